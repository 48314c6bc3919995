"""The log as files (C2SP tlog-tiles): hash tiles, bundles of entries, and the paths of both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from travaux.acts.fault import Refused, refused
from travaux.record.tree import HASH, complete_root

WIDTH: Final = 256
MAX_ENTRY: Final = 65_535
_PATH = re.compile(r"tile/(0|[1-9]|[1-5][0-9]|entries|open)/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d*))?\Z", re.A)


@dataclass(frozen=True, slots=True)
class Tile:
    """The place of a tile: its level ("0", "1", … or "entries" or "open"), number and width (1 to 256)."""

    level: str
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The relative path of the file."""
        full = f"tile/{self.level}/{number_path(self.number)}"
        return full if self.width == WIDTH else f"{full}.p/{self.width}"


def number_path(number: int) -> str:
    """A tile number in groups of three digits, all but the last prefixed with x."""
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03d}")
    return "/".join(reversed(groups))


def parse_path(path: str) -> Tile | Refused:
    """The tile at a relative path; any second way to write one is refused (``record.tile_path``)."""
    match = _PATH.match(path)
    if match is None or len(path) > 100:
        return refused("record.tile_path", path=path[:120])
    level, groups, width = match.groups()
    number = int(groups.replace("x", "").replace("/", ""))
    tile = Tile(level, number, int(width) if width else WIDTH)
    return tile if tile.path == path and tile.width <= WIDTH else refused("record.tile_path", path=path[:120])


def bundle_tiles(size: int, level: str) -> Iterator[Tile]:
    """The bundles ("entries" or "open"), or tiles of level "0", that hold `size` entries."""
    full, rest = divmod(size, WIDTH)
    yield from (Tile(level, n) for n in range(full))
    if rest:
        yield Tile(level, full, rest)


def hash_tiles(size: int) -> Iterator[Tile]:
    """All hash tiles of a log of `size` entries, level by level."""
    level = 0
    while size:
        yield from bundle_tiles(size, str(level))
        size, level = size // WIDTH, level + 1


def encode_bundle(entries: Iterable[bytes]) -> bytes:
    """Entries, each behind its length in two bytes; a withheld entry is empty."""
    return b"".join(len(e).to_bytes(2, "big") + e for e in entries)


def decode_bundle(data: bytes, width: int) -> list[tuple[int, bytes]] | Refused:
    """`width` entries with the byte offset at which each starts; missing or left-over bytes are refused."""
    found: list[tuple[int, bytes]] = []
    at = 0
    for _ in range(width):
        length = int.from_bytes(data[at : at + 2], "big")
        start, at = at + 2, at + 2 + length
        if at > len(data) or start > len(data):
            return refused("record.bundle", offset=start, width=width, found=len(found))
        found.append((start, data[start:at]))
    return found if at == len(data) else refused("record.bundle_rest", offset=at, rest=len(data) - at)


def decode_tile(data: bytes, width: int) -> list[bytes] | Refused:
    """The `width` hashes of a tile."""
    if len(data) != HASH * width:
        return refused("record.tile_width", wanted=HASH * width, found=len(data))
    return [data[i : i + HASH] for i in range(0, len(data), HASH)]


def parents(hashes: Sequence[bytes]) -> list[bytes]:
    """The hashes one level up: the roots of the full tiles among `hashes`."""
    full = len(hashes) // WIDTH
    return [complete_root(hashes[i * WIDTH : (i + 1) * WIDTH]) for i in range(full)]
