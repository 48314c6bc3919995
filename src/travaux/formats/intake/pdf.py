"""PDF: the text layer of each page, lines joined to paragraphs, each block with its page and box.

Read by pypdfium2. A page without a text layer is a scan: told, never guessed at. The text is what the layer
says; a word broken at the end of a line keeps a soft hyphen where the break was.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from travaux.acts.fault import Fault, Refused, refused
from travaux.formats.intake.pages import SOFT, Line, Stretch, stretches
from travaux.text.source import Block, Document

MOST_PAGES = 5000
MOST_CHARACTERS = 20_000_000
_BROKEN = ("\x02", "\ufffe", "\uffff")  # how the library marks a hyphen that it takes for a word break


def take_pdf(name: str, data: bytes) -> Document | Refused:
    """A PDF file as a document.

    Refused: a damaged file (``intake.damaged``), one under a password (``intake.locked``), one without a
    text layer (``intake.scan``), one with more than `MOST_PAGES` pages.
    """
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "intake.locked" if "password" in str(error).lower() else "intake.damaged"
        return _refused(code, name)
    try:
        if len(file) > MOST_PAGES:
            return refused("intake.pages", file=name, n=len(file), most=MOST_PAGES)
        pages = [list(_lines(file, n)) for n in range(len(file))]
        title = str(file.get_metadata_dict().get("Title", "")).strip()
    except pypdfium2.PdfiumError:
        return _refused("intake.damaged", name)
    finally:
        file.close()
    return _document(name, pages, title)


def _refused(code: str, name: str) -> Refused:
    return Refused((Fault(code, values={"file": name, "kind": "pdf"}),))


def _document(name: str, pages: list[list[Line]], title: str) -> Document | Refused:
    found = stretches(pages)
    if not any(c.isalnum() for s in found for c in s.words):
        return refused("intake.scan", file=name)
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for stretch in found:
        parts.append(stretch.words)
        blocks.append(Block(at, at + len(stretch.words), stretch.kind, place(stretch)))
        at += len(stretch.words) + 2
    text = "\n\n".join(parts)
    bare = sum(not page for page in pages)
    told = {"file": name, "n": bare, "of": len(pages)}
    notes = (Fault("intake.scanned_pages", values=told),) if bare else ()
    known = title if title and title.casefold() in " ".join(text[:3000].split()).casefold() else None
    return Document(name, text, tuple(blocks), title=known, notes=notes)


def place(stretch: Stretch) -> str:
    """``page 3, box 72 540 523 600``: left, bottom, right, top in points; one for each page it stands on."""
    boxes: dict[int, list[Line]] = {}
    for line in stretch.lines:
        boxes.setdefault(line.page, []).append(line)
    return "; ".join(
        f"page {page}, box {min(x.left for x in lines):.0f} {min(x.bottom for x in lines):.0f}"
        f" {max(x.right for x in lines):.0f} {max(x.top for x in lines):.0f}"
        for page, lines in boxes.items()
    )


@dataclass(slots=True)
class _Open:
    """The line being read: its characters and the box around those that are no spaces."""

    words: list[str] = field(default_factory=list)
    left: float = 1e9
    bottom: float = 1e9
    right: float = -1e9
    top: float = -1e9
    heights: list[float] = field(default_factory=list)

    def add(self, char: str, box: tuple[float, float, float, float] | None) -> None:
        """One character, with its left, right, bottom and top."""
        self.words.append(char)
        if box is not None:
            self.left, self.right = min(self.left, box[0]), max(self.right, box[1])
            self.bottom, self.top = min(self.bottom, box[2]), max(self.top, box[3])
            self.heights.append(box[3] - box[2])

    def line(self, page: int) -> Line | None:
        """The finished line; None where it holds no visible character."""
        words = "".join(self.words).strip()
        if not words or not self.heights:
            return None
        size = sorted(self.heights)[len(self.heights) * 9 // 10]
        return Line(words, page, self.left, self.bottom, self.right, self.top, round(size, 2))


def _lines(file: Any, number: int) -> Iterator[Line]:
    """The lines of page `number` (from 0), in the order of its text layer."""
    page = file[number]
    layer = page.get_textpage()
    try:
        current = _Open()
        for char, box in _characters(layer):
            if char == "\n":
                if (line := current.line(number + 1)) is not None:
                    yield line
                current = _Open()
            else:
                current.add(char, box)
        if (line := current.line(number + 1)) is not None:
            yield line
    finally:
        layer.close()
        page.close()


def _characters(layer: Any) -> Iterator[tuple[str, tuple[float, float, float, float] | None]]:
    """Each character of a text layer with its box; line breaks as a newline, also where a word is broken."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for i in range(min(layer.count_chars(), MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(layer, i)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char == "\r" or code == 0:
            continue
        if char == "\n":
            yield char, None
        elif char in _BROKEN:
            yield SOFT, None
            yield "\n", None
        elif char.isspace():
            yield " ", None
        else:
            raw.FPDFText_GetCharBox(layer, i, left, right, bottom, top)
            yield char, (left.value, right.value, bottom.value, top.value)
