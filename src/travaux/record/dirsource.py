"""A log read from a directory of tiles, for verification."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from travaux.acts.fault import Refused
from travaux.record.checkpoint import Checkpoint, parse_checkpoint
from travaux.record.findings import Finding, finding
from travaux.record.history import History
from travaux.record.note import MAX_NOTE, Note, parse_note
from travaux.record.opening import FOLDER as OPENINGS
from travaux.record.opening import MAX_FILE as MAX_OPENING
from travaux.record.opening import SUFFIX as OPENING
from travaux.record.sources import Item
from travaux.record.tiles import (
    WIDTH,
    Tile,
    bundle_tiles,
    decode_bundle,
    decode_tile,
    hash_tiles,
    parents,
    parse_path,
)
from travaux.record.tree import HASH

MAX_BUNDLE: Final = WIDTH * (2 + 65_535)


def is_export(path: Path) -> bool:
    """True for a directory that holds a checkpoint or tiles: an exported register, whole or damaged."""
    return (path / "checkpoint").is_file() or (path / "tile").is_dir()


class DirectorySource:
    """An exported directory: `checkpoint`, `tile/…`, `cosig/…`, `blob/sha256/…`."""

    def __init__(self, path: Path) -> None:
        """The source over a directory; nothing is read yet but the checkpoint."""
        self.path, self.where = path, str(path)
        self.findings: list[Finding] = []
        self.known: set[str] = {"checkpoint", "policy"}
        self.level = "entries" if (path / "tile" / "entries").is_dir() else "open"
        self._note = self._read_note("checkpoint")
        self.size = self._size()

    def last(self) -> Checkpoint | None:
        """The checkpoint file."""
        at = parse_checkpoint(self._note.text) if self._note else None
        if isinstance(at, Refused):
            self._once([Finding("checkpoint", f, "checkpoint") for f in at.faults])
        return at if isinstance(at, Checkpoint) else None

    def leaves(self) -> bytes:
        """The tiles of level 0."""
        return b"".join(
            b"".join(self._tile(t) or [bytes(HASH)] * t.width) for t in bundle_tiles(self.size, "0")
        )

    def items(self) -> Iterator[Item]:
        """The entries of the bundles, beside the leaves of the tiles; `tile/open` must agree with both."""
        both = self.level == "entries" and (self.path / "tile" / "open").is_dir()
        for tile in bundle_tiles(self.size, self.level):
            leaves = self._tile(Tile("0", tile.number, tile.width))
            bundle = self._bundle(tile)
            opened = self._bundle(Tile("open", tile.number, tile.width)) if both else None
            for nth in range(tile.width):
                leaf = leaves[nth] if leaves else None
                yield self._item(tile, nth, bundle, leaf)
                if opened is not None and bundle is not None:
                    self._compare(tile, nth, bundle[nth][1], opened[nth])

    def notes(self) -> Iterator[tuple[str, Note]]:
        """The checkpoint, and the cosigned ones of other sizes."""
        if self._note:
            yield "checkpoint", self._note
        for file in sorted((self.path / "cosig").glob("*")):
            where = f"cosig/{file.name}"
            self.known.add(where)
            note = self._read_note(where)
            if note and note.text.split("\n")[1:2] != [file.name]:
                self.findings.append(finding("files", "record.row", where, column="size"))
            if note:
                yield where, note

    def finish(self, history: History) -> None:
        """Every tile against the entries, level by level."""
        level, hashes = 0, [history.leaf(i) for i in range(history.size)]
        for tile in hash_tiles(history.size):
            if int(tile.level) != level:
                level, hashes = level + 1, parents(hashes)
            found = self._tile(tile)
            wanted = hashes[tile.number * WIDTH : tile.number * WIDTH + tile.width]
            for nth, (a, b) in enumerate(zip(found or wanted, wanted, strict=True)):
                if a != b:
                    index = tile.number * WIDTH + nth if level == 0 else None
                    self.findings.append(finding("tree", "record.tile_other", tile.path, index, nth * HASH))

    def blobs(self) -> Iterator[tuple[str, str, int, bool]]:
        """The documents, each read in pieces."""
        for file in sorted((self.path / "blob" / "sha256").glob("*/*")):
            where, digest = file.relative_to(self.path).as_posix(), file.parent.name + file.name
            self.known.add(where)
            hashed = sha256()
            try:
                with file.open("rb") as data:
                    while piece := data.read(1 << 20):
                        hashed.update(piece)
                size = file.stat().st_size
            except OSError as error:
                self._unreadable(where, error)
                continue
            yield where, digest, size, hashed.hexdigest() == digest

    def blob(self, where: str, digest: str) -> bytes:  # noqa: ARG002 - a directory finds it by its place
        """The bytes of a document of `blobs`."""
        return (self.path / where).read_bytes()

    def openings(self) -> Iterator[tuple[str, bytes]]:
        """The files of openings, which only their readers are given."""
        for file in sorted((self.path / OPENINGS).glob(f"*{OPENING}")):
            where = file.relative_to(self.path).as_posix()
            self.known.add(where)
            try:
                with file.open("rb") as data:
                    yield where, data.read(MAX_OPENING + 1)
            except OSError as error:
                self._unreadable(where, error)

    def policy(self) -> str | None:
        """The file ``policy``, None where there is none."""
        try:
            with (self.path / "policy").open("rb") as file:
                return file.read(MAX_NOTE).decode("utf-8", "replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            self._unreadable("policy", error)
            return None

    def strangers(self) -> Iterator[str]:
        """Files, or whole folders, that are no part of a log; what is in them is not verified."""
        tops = {p.split("/")[0] for p in self.known} | {"tile", "cosig", "blob", OPENINGS}
        for top in sorted(p.name for p in self.path.iterdir()):
            if top not in tops:
                yield top
        for top in ("tile", "blob", "cosig", OPENINGS):
            for file in sorted((self.path / top).rglob("*")):
                name = file.relative_to(self.path).as_posix()
                if file.is_file() and name not in self.known:
                    yield name

    def _size(self) -> int:
        """The size to read: as the checkpoint says, but never beyond the bundles that are there."""
        present, folder = 0, self.path / "tile" / self.level
        for file in folder.rglob("*"):
            tile = parse_path(file.relative_to(self.path).as_posix())
            if isinstance(tile, Tile) and file.is_file():
                present = max(present, tile.number * WIDTH + tile.width)
        at = self.last()
        if at is None or at.size <= present:
            return present if at is None else at.size
        missing = Tile(self.level, present // WIDTH, min(WIDTH, at.size - present // WIDTH * WIDTH))
        self._once([finding("files", "record.file_missing", missing.path)])
        return present

    def _item(self, tile: Tile, nth: int, bundle: list[tuple[int, bytes]] | None, leaf: bytes | None) -> Item:
        index = tile.number * WIDTH + nth
        if bundle is None:
            return Item(index, None, leaf, tile.path)
        offset, raw = bundle[nth]
        withheld = not raw and tile.level == "open"
        if not raw and not withheld:
            self.findings.append(finding("files", "record.withheld_here", tile.path, index, offset))
        return Item(index, raw or None, leaf, tile.path, offset, withheld)

    def _compare(self, tile: Tile, nth: int, raw: bytes, opened: tuple[int, bytes]) -> None:
        """The public's copy of an entry is the entry itself, or empty where it is restricted."""
        public = b'"audience":"public"' in raw.partition(b',"b')[0]
        if opened[1] != (raw if public else b""):
            where = Tile("open", tile.number, tile.width).path
            index = tile.number * WIDTH + nth
            self._once([finding("files", "record.open_other", where, index, opened[0])])

    def _tile(self, tile: Tile) -> list[bytes] | None:
        read = self._read(tile, HASH * WIDTH)
        hashes = decode_tile(*read) if read else None
        if isinstance(hashes, Refused):
            self._once([Finding("files", f, tile.path) for f in hashes.faults])
            return None
        return hashes[: tile.width] if hashes else None

    def _bundle(self, tile: Tile) -> list[tuple[int, bytes]] | None:
        read = self._read(tile, MAX_BUNDLE)
        entries = decode_bundle(*read) if read else None
        if isinstance(entries, Refused):
            offset = entries.faults[0].values.get("offset")
            at = offset if isinstance(offset, int) else None
            self._once([Finding("files", f, tile.path, None, at) for f in entries.faults])
            return None
        return entries[: tile.width] if entries else None

    def _read(self, tile: Tile, limit: int) -> tuple[bytes, int] | None:
        """The bytes of a tile and their width; a partial one may have been replaced by the full one."""
        for found in (tile, Tile(tile.level, tile.number)):
            file = self.path / found.path
            if not file.is_file():
                continue
            self.known.add(found.path)
            try:
                with file.open("rb") as data:
                    return data.read(limit + 1), found.width
            except OSError as error:
                self._unreadable(found.path, error)
                return None
        self._once([finding("files", "record.file_missing", tile.path)])
        return None

    def _read_note(self, where: str) -> Note | None:
        try:
            with (self.path / where).open("rb") as file:
                note = parse_note(file.read(MAX_NOTE + 1))
        except FileNotFoundError:
            self.findings.append(finding("files", "record.file_missing", where))
            return None
        except OSError as error:
            self._unreadable(where, error)
            return None
        if isinstance(note, Refused):
            self.findings += [Finding("checkpoint", f, where) for f in note.faults]
            return None
        return note

    def _unreadable(self, where: str, error: OSError) -> None:
        self._once([finding("files", "record.unreadable", where, detail=error.strerror or str(error))])

    def _once(self, found: list[Finding]) -> None:
        self.findings += [f for f in found if f not in self.findings]
