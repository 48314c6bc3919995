"""What a store of the log promises, whichever database keeps it.

A store raises `StoreError` with a fault inside; the doors of this package turn it into a `Refused`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar

from travaux.acts.fault import Fault, Place, Refused

Args = ParamSpec("Args")
T = TypeVar("T")
S = TypeVar("S")


class StoreError(Exception):
    """The store cannot do what was asked; `fault` says why."""

    def __init__(self, code: str, where: str = "", **values: object) -> None:
        """The fault's code, the file or row, and the values of its sentence."""
        super().__init__(code)
        self.fault = Fault(code, Place(where), values)


class Row(NamedTuple):
    """An entry as stored; the columns beside `entry` are derived from it. `key` is the id's 32 bytes."""

    index: int  # type: ignore[assignment]  # hides a method of tuples that nobody needs here
    key: bytes
    by: str
    n: int
    leaf: bytes
    entry: bytes

    @property
    def id(self) -> str:
        """The act's id in hex."""
        return self.key.hex()


@dataclass(frozen=True, slots=True)
class CosignatureRow:
    """A cosignature as stored; the columns beside `line` are derived from it."""

    size: int
    name: str
    key_id: bytes
    time: int
    line: str


class OpeningRow(NamedTuple):
    """What opens the part `part` of the act with the hex id `act`, as kept beside the log."""

    act: str
    part: int
    salt: bytes
    content: bytes


class Store(Protocol):
    """One register's storage: entries in order, checkpoints, cosignatures, blobs. Indexes run from 0."""

    @property
    def where(self) -> str:
        """The name of the store for people, which opens it again: the path of its file, or its address."""

    def close(self) -> None:
        """Let go of it; further calls are programming errors."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lock; commit durably at the end, undo everything on an exception."""

    def reading(self) -> AbstractContextManager[None]:
        """Read as of one moment: what others append inside is not seen. Not inside `writing`."""

    def head(self) -> tuple[int, bytes]:
        """The number of entries, and the peaks of their tree one after the other."""

    def stands(self, index: int) -> tuple[int, bytes | None]:
        """The number of entries, and the bytes of the entry `index`, as they are read now."""

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """The entries [start, stop) in order."""

    def key_rows(self) -> Iterator[Row]:
        """The entries of the kinds that the record itself reads, in order."""

    def author_heads(self) -> Iterator[Row]:
        """The last entry of each author."""

    def row(self, index: int) -> Row | None:
        """One entry."""

    def find(self, ident: str) -> int:
        """The index of the act `ident`, or -1."""

    def leaves(self, start: int, stop: int) -> bytes:
        """The leaf hashes of entries [start, stop), one after the other."""

    def insert(self, rows: Sequence[Row]) -> None:
        """Append `rows` at the end; inside `writing`, before `set_head`."""

    def set_head(self, first: int, size: int, peaks: bytes, note: bytes) -> None:
        """Make the log `size` entries long, with its peaks and checkpoint; `first` is the first new entry."""

    def checkpoints(self) -> Iterator[tuple[int, bytes]]:
        """The stored checkpoints by size."""

    def checkpoint(self, size: int) -> bytes | None:
        """The checkpoint of one size."""

    def put_checkpoint(self, size: int, note: bytes) -> None:
        """Keep a checkpoint of an earlier size; one that is there stays."""

    def put_cosignature(self, row: CosignatureRow) -> None:
        """Keep a cosignature; inside `writing`."""

    def cosignatures(self, size: int | None = None) -> Iterator[CosignatureRow]:
        """The cosignatures, of one size or of all, by size and name."""

    def put_blob(self, sha256: str, data: bytes) -> None:
        """Keep a document under its hash; inside `writing`. One that is there stays as it is."""

    def blob(self, sha256: str) -> bytes | None:
        """A document by its hash, or None."""

    def blob_hashes(self) -> Iterator[str]:
        """The hashes of the documents held, sorted."""

    def empty_blob(self, sha256: str) -> None:
        """Take a document's bytes away; inside `writing`. That it was once held stays known."""

    def put_opening(self, row: OpeningRow) -> None:
        """Keep what opens a sealed part; inside `writing`. One that is there stays."""

    def openings(self, act: str = "") -> Iterator[OpeningRow]:
        """The openings held, of one act or of all, by act and part."""

    def drop_opening(self, act: str, part: int) -> None:
        """Forget what opens a sealed part; inside `writing`."""

    def forget(self) -> None:
        """See that what was taken away is in none of the store's own files; outside `writing`.

        Where another process reads an earlier state, that is only so once it ends (``record.still_read``).
        """

    def meta(self, key: str) -> str:
        """A setting of this copy of the register, or an empty string."""

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting; inside `writing`."""

    def metas(self) -> Iterator[tuple[str, str]]:
        """All settings by name."""

    def backup(self, path: str) -> None:
        """Write a consistent copy to a new file."""

    def damage(self) -> Iterator[str]:
        """What the database itself finds wrong with its file, in its own words."""

    def discard(self) -> None:
        """Take away a register that was just created and could not be filled."""


def refusing(method: Callable[Concatenate[S, Args], T]) -> Callable[Concatenate[S, Args], T | Refused]:
    """A method whose store errors come back as refusals."""

    @wraps(method)
    def call(self: S, /, *args: Args.args, **kwargs: Args.kwargs) -> T | Refused:
        try:
            return method(self, *args, **kwargs)
        except StoreError as error:
            return Refused((error.fault,))

    return call
