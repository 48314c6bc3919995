"""A disk that may lose power: what was synced stays, of the rest nobody knows.

Bytes of a file are durable after a sync of that file; the names in a folder after a sync of that folder,
the name of a new file also after its own. Of what is not durable none, all, any part, or torn sectors may
stay; of changes to a folder the first few, in their order. After a sync that failed, what was written before
stays doubtful for ever: the kernel may have dropped it, and a later sync says nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path, PurePosixPath
from random import Random

from tests.record.tracing import Cut, Made, Opened, Removed, Renamed, Step, Synced, Wrote

SECTOR = 512
Image = dict[str, bytes | None]
Change = Wrote | Cut


class State(Enum):
    """Whether a change to a file survives: a sync may still save it, no sync can any more, it does."""

    LOOSE = "loose"
    DOUBTFUL = "doubtful"
    KEPT = "kept"


@dataclass(slots=True, eq=False)
class File:
    """`sure`: the bytes on the disk; `changes`: what came later, in order."""

    sure: bytes = b""
    changes: list[tuple[Change, State]] = field(default_factory=list)

    def sync(self, good: bool) -> None:
        after = State.KEPT if good else State.DOUBTFUL
        self.changes = [(c, after if state is State.LOOSE else state) for c, state in self.changes]
        if all(state is State.KEPT for _, state in self.changes):
            self.sure, self.changes = applied(self.sure, [c for c, _ in self.changes]), []

    def bytes(self, stays: Callable[[Change], list[Change]]) -> bytes:
        """The bytes where `stays` says what is left of a change that is not durable."""
        if not self.changes:
            return self.sure
        left = [[c] if state is State.KEPT else stays(c) for c, state in self.changes]
        return applied(self.sure, [change for part in left for change in part])


@dataclass(slots=True, eq=False)
class Folder:
    """`sure`: the names on the disk; `changes`: later changes, each a few names with what they mean then."""

    sure: dict[str, Node] = field(default_factory=dict)
    changes: list[dict[str, Node | None]] = field(default_factory=list)

    def names(self, first: int | None = None) -> dict[str, Node]:
        """The names with the `first` so many changes, by default with all."""
        found: dict[str, Node | None] = dict(self.sure)
        for change in self.changes[:first]:
            found |= change
        return {name: node for name, node in found.items() if node is not None}

    def sync(self, first: int | None = None) -> None:
        """Have the `first` so many changes on the disk, by default all."""
        self.sure = self.names(first)
        del self.changes[:first]


Node = File | Folder


class Disk:
    """The files under one folder, step by step."""

    def __init__(self, image: Image) -> None:
        """A disk on which `image` is durable: bytes by relative path, None for a folder."""
        self.root = Folder()
        for path, data in sorted(image.items()):
            self._folder(path).sure[PurePosixPath(path).name] = Folder() if data is None else File(data)

    def do(self, step: Step) -> None:
        """Follow one step of a program."""
        match step:
            case Opened(path, create, cut):
                if create and self._find(path) is None:
                    self._change(path, File())
                if cut:
                    self._file(path).changes.append((Cut(path, 0), State.LOOSE))
            case Wrote() | Cut():
                self._file(step.path).changes.append((step, State.LOOSE))
            case Made(path):
                self._change(path, Folder())
            case Removed(path):
                self._change(path, None)
            case Renamed(path, to):
                self._rename(path, to)
            case Synced(path, good):
                self._sync(path, good)

    def images(self, chance: Random, drawn: int) -> Iterator[Image]:
        """What may be there after a power cut now: none of the loose, all, and `drawn` of each other sort."""
        yield self._image(lambda _: 0, lambda _: [])
        yield self._image(lambda folder: len(folder.changes), lambda change: [change])
        for _ in range(drawn):
            yield self._image(
                lambda folder: chance.randint(0, len(folder.changes)),
                lambda change: [change] if chance.random() < 0.5 else [],
            )
            yield self._image(
                lambda folder: chance.randint(0, len(folder.changes)),
                lambda change: [c for c in sectors(change) if chance.random() < 0.5],
            )

    def _image(self, first: Callable[[Folder], int], stays: Callable[[Change], list[Change]]) -> Image:
        found: Image = {}
        waiting: list[tuple[str, Folder]] = [("", self.root)]
        while waiting:
            above, folder = waiting.pop()
            for name, node in folder.names(first(folder)).items():
                path = f"{above}{name}"
                if isinstance(node, Folder):
                    found[path] = None
                    waiting.append((f"{path}/", node))
                else:
                    found[path] = node.bytes(stays)
        return found

    def _sync(self, path: str, good: bool) -> None:
        node = self._find(path)
        if isinstance(node, File):
            node.sync(good)
            folder = self._folder(path)
            naming = [nth for nth, change in enumerate(folder.changes) if [*change.values()] == [node]]
            if good and naming:
                folder.sync(naming[0] + 1)
        elif node is not None and good:
            node.sync()

    def _rename(self, path: str, to: str) -> None:
        node, folder = self._find(path), self._folder(path)
        if node is None or folder is not self._folder(to):
            raise ValueError(path)  # from folder to folder: two changes, for which this model has no order
        folder.changes.append({PurePosixPath(path).name: None, PurePosixPath(to).name: node})

    def _change(self, path: str, node: Node | None) -> None:
        self._folder(path).changes.append({PurePosixPath(path).name: node})

    def _find(self, path: str) -> Node | None:
        node: Node | None = self.root
        for name in PurePosixPath(path).parts:
            node = node.names().get(name) if isinstance(node, Folder) else None
        return node

    def _folder(self, path: str) -> Folder:
        found = self._find(str(PurePosixPath(path).parent))
        if not isinstance(found, Folder):
            raise ValueError(path)
        return found

    def _file(self, path: str) -> File:
        found = self._find(path)
        if not isinstance(found, File):
            raise ValueError(path)
        return found


def applied(data: bytes, changes: list[Change]) -> bytes:
    """Bytes after changes in order; a hole that a later write leaves is filled with zeros."""
    found = bytearray(data)
    for change in changes:
        start = change.size if isinstance(change, Cut) else change.offset
        found.extend(bytes(max(0, start - len(found))))
        if isinstance(change, Cut):
            del found[start:]
        else:
            found[start : start + len(change.data)] = change.data
    return bytes(found)


def sectors(change: Change) -> list[Change]:
    """A write as the sectors of the disk that it touches; any other change as it is."""
    if isinstance(change, Cut):
        return [change]
    at, end, found = change.offset, change.offset + len(change.data), []
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        found.append(Wrote(change.path, at, change.data[at - change.offset : stop - change.offset]))
        at = stop
    return list[Change](found)


def put(image: Image, folder: Path) -> None:
    """Write an image into a folder that is there and empty."""
    for path, data in sorted(image.items()):
        if data is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(data)


def held(folder: Path) -> Image:
    """The image of a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() if file.is_file() else None
        for file in folder.rglob("*")
    }
