"""Documents read: bytes to a document in hand, and what the reader found in it.

The one place where the reader meets files. Nothing is recorded here.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.formats.intake import take_in
from travaux.secretariat.archive import Paper, Shelf, papers
from travaux.secretariat.documents import Held

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from travaux.reader.items import Reading
    from travaux.text.source import Document

KINDS = (
    "quotes", "statements", "dates", "meetings", "bodies", "instruments", "commitments", "positions",
    "refusals",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """A document in hand: its bytes with their hashes (`held`), and its text with the map (`document`)."""

    held: Held
    document: Document

    @property
    def content(self) -> str:
        """SHA-256 (hex) of all that the reader is given beside the name: the text, and what the carrier
        tells of it (blocks, title, date, site). Two wrappings with the same hash are read alike."""
        d = self.document
        blocks = [(b.start, b.end, b.kind) for b in d.blocks]
        told = [(t.source, t.field, t.value) if t else None for t in (d.date, d.site)]
        return sha256(msgspec.json.encode([self.held.text_sha256, blocks, d.title, told])).hexdigest()


def take(paper: Paper, shelf: Shelf) -> Taken | Refused:
    """Fetch one document and take it in; refused as `Shelf.fetch` and `take_in` refuse."""
    data = shelf.fetch(paper)
    return data if isinstance(data, Refused) else take_data(paper.name, data)


def take_data(name: str, data: bytes) -> Taken | Refused:
    """Take in the bytes of one document; refused as `take_in` refuses."""
    document = take_in(name, data)
    return document if isinstance(document, Refused) else Taken(Held(name, data, document.text), document)


def take_one(path: str) -> Taken | Refused:
    """Take in the single document at `path`. Refused also: a folder or an archive (``read.one_only``)."""
    if path != "-" and Path(path).is_dir():
        return refused("read.one_only", Place(path))
    with Shelf() as shelf:
        for paper in papers([path]):
            if not isinstance(paper, Paper):
                return Refused((paper,))
            return refused("read.one_only", Place(path)) if paper.member else take(paper, shelf)
    return refused("read.one_only", Place(path))


def read_taken(taken: Taken, *, date: date | None = None) -> Reading | Refused:
    """What the reader finds in a document; a refusal names the document."""
    from travaux.reader import read

    found = read(taken.document, date=date)
    if isinstance(found, Refused):
        return Refused(tuple(f.at(taken.held.name) for f in found.faults))
    return found


def unread(reading: Reading, name: str) -> tuple[Fault, ...]:
    """The notice that a document is in a language without data, so that only dates were read."""
    from travaux.reader.language import LANGUAGES
    from travaux.reader.unread import UNKNOWN

    if reading.doc.lang != UNKNOWN:
        return ()
    return (Fault("reader.language", Place(name), {"known": ", ".join(LANGUAGES)}),)


def write_text(taken: Taken, path: Path) -> tuple[Path, Path] | Refused:
    """Write the text that offsets count in to `path`, in UTF-8 with its own line ends, and ``path.map.json``.

    The map is a list of {start, end, kind, place}, one for each block of the carrier; empty for plain text.
    """
    beside = path.with_name(path.name + ".map.json")
    try:
        path.write_bytes(taken.held.text.encode("utf-8", "surrogatepass"))
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(taken.document.blocks), indent=0) + b"\n")
    except OSError as error:
        return refused("file.not_written", Place(str(path)), detail=error.strerror or str(error))
    return path, beside


def plain(reading: Reading) -> dict[str, object]:
    """A reading as plain values, with every key of the output contract."""
    values: dict[str, object] = msgspec.json.decode(reading.json())
    return values


@dataclass(slots=True)
class Places:
    """Where characters of a document stand, for people: line and column of the text, and the page if any."""

    document: Document
    _lines: list[int] = field(default_factory=list)
    _blocks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        at = -1
        self._lines = [0]
        while (at := self.document.text.find("\n", at + 1)) >= 0:
            self._lines.append(at + 1)
        self._blocks = [b.start for b in self.document.blocks]

    def line(self, start: int) -> tuple[int, int]:
        """(line, column) of a character, both from 1."""
        n = bisect_right(self._lines, start)
        return n, start - self._lines[n - 1] + 1

    def short(self, start: int) -> str:
        """``line:column``, or ``p. 3`` and ``par. 12`` where the carrier has pages or numbered paragraphs."""
        place = self.carrier(start)
        head = place.split(",", 1)[0]
        if head.startswith(("page ", "paragraph ", "table ", "footnote ")):
            return head.replace("page ", "p. ").replace("paragraph ", "par. ")
        return "{}:{}".format(*self.line(start))

    def carrier(self, start: int) -> str:
        """The place in the carrier's own terms; empty for plain text."""
        n = bisect_right(self._blocks, start) - 1
        return self.document.blocks[n].place if n >= 0 else ""


@cache
def rules_hash() -> str:
    """A hash of everything that a reading depends on beside the document: reader, its data, intake.

    Two installations with the same hash read the same text alike.
    """
    found = sha256()
    for package in ("travaux.reader", "travaux.formats.intake", "travaux.text"):
        for name, data in sorted(_files(resources.files(package), package)):
            found.update(f"{name}\0{len(data)}\0".encode())
            found.update(data)
    return found.hexdigest()


def _files(folder: Traversable, at: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{at}/{entry.name}"
        if entry.is_dir():
            found += [] if entry.name == "__pycache__" else _files(entry, name)
        elif entry.name.endswith((".py", ".toml")):
            found.append((name, entry.read_bytes()))
    return found
