"""DOCX: the document as it reads with every tracked change accepted, each block with its paragraph and runs.

Tracked insertions and the place a passage was moved to are kept, deletions and the place it was moved from
left out. Tables, text boxes, footnotes and endnotes are read; headers and footers stay as asides; comments,
field codes and hidden words are no words of the document, and leaving some out is noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from travaux.acts.fault import Fault, Refused, refused
from travaux.formats.intake.package import Package, open_package
from travaux.text.source import Block, Document

_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_GONE = frozenset(("del", "moveFrom"))
_COME = frozenset(("ins", "moveTo"))
_THROUGH = frozenset(
    "ins moveTo hyperlink smartTag sdt sdtContent customXml fldSimple dir bdo Choice".split()
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))


def _tag(element: etree._Element) -> str:
    """The local name of an element; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _child(element: etree._Element, *names: str) -> etree._Element | None:
    """The first descendant along `names`, each a direct child of the one before."""
    found: etree._Element | None = element
    for name in names:
        found = next((c for c in found if _tag(c) == name), None) if found is not None else None
    return found


def _value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of the Word namespace; empty where it is not there."""
    if element is None:
        return ""
    told = (element.get(f"{{{namespace}}}{name}") for namespace in _W)
    return next((str(value) for value in told if value is not None), "")


def _on(element: etree._Element | None) -> bool:
    """Whether a property that is on or off is on."""
    return element is not None and _value(element) not in ("0", "false", "off", "none")


@dataclass(slots=True)
class _Text:
    """The text as it grows, and what was met on the way."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    size: int = 0
    runs: list[str] = field(default_factory=list)
    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    boxes: list[etree._Element] = field(default_factory=list)

    def close(self, kind: str, place: str) -> None:
        """End the open paragraph, if it holds words; `place` gets the offsets at which its runs begin."""
        whole = "".join(self.runs)
        words = whole.strip()
        if words:
            skipped = len(whole) - len(whole.lstrip())
            starts, at = [], 0
            for run in self.runs:
                starts.append(max(0, at - skipped))
                at += len(run)
            if self.parts:
                self.parts.append("\n\n")
                self.size += 2
            runs = " ".join(str(s) for s in dict.fromkeys(starts) if s < len(words))
            self.blocks.append(Block(self.size, self.size + len(words), kind, f"{place}, runs at {runs}"))
            self.parts.append(words)
            self.size += len(words)
        self.runs.clear()


def take_docx(name: str, data: bytes) -> Document | Refused:
    """A Word document as a document; refused as `open_package` refuses, or where it holds no words."""
    package = open_package(name, data)
    if isinstance(package, Refused):
        return package
    main = package.related("", "officeDocument") or "word/document.xml"
    root = package.xml(main)
    if root is None or isinstance(root, Refused):
        return refused("intake.damaged", file=name, kind="docx")
    text = _Text()
    reader = _Reader(text, _styles(package, main))
    body = _child(root, "body")
    reader.blocks(root if body is None else body, "")
    for part, kind in _NOTES:
        reader.notes(package, package.related(main, part), kind)
    for kind in ("header", "footer"):
        reader.aside(package, package.related(main, kind), kind)
    if not any(b.kind != "aside" for b in text.blocks):
        return refused("intake.wordless", file=name)
    comments = _comments(package, package.related(main, "comments"))
    whole = "".join(text.parts)
    title, told = _title(package, whole), _told(name, text, comments)
    return Document(name, whole, tuple(text.blocks), title=title, notes=told)


def _told(name: str, text: _Text, comments: int) -> tuple[Fault, ...]:
    notes: list[Fault] = []
    if text.insertions or text.deletions:
        counts = {"file": name, "insertions": text.insertions, "deletions": text.deletions}
        notes.append(Fault("intake.tracked", values=counts))
    if text.hidden:
        notes.append(Fault("intake.hidden", values={"file": name, "n": text.hidden}))
    if comments:
        notes.append(Fault("intake.comments", values={"file": name, "n": comments}))
    return tuple(notes)


@dataclass(slots=True)
class _Reader:
    """Walks the parts of one document; `styles` gives the kind of block of a style's id."""

    text: _Text
    styles: dict[str, str]
    paragraph: int = 0
    table: int = 0

    def blocks(self, parent: etree._Element, within: str, kind: str = "") -> None:
        """Paragraphs and tables among the children, wrappers looked through."""
        for child in parent:
            tag = _tag(child)
            if tag == "p":
                self.one(child, within, kind)
            elif tag == "tbl":
                self.rows(child, within, kind)
            elif tag in _COME or tag in _THROUGH:
                self.blocks(child, within, kind)
            elif tag in _GONE:
                self.text.deletions += 1

    def one(self, p: etree._Element, within: str, kind: str) -> None:
        """One paragraph; one whose end was deleted goes on in the next."""
        if not within:
            self.paragraph += 1
        for piece in self.runs(p):
            self.text.runs.append(piece)
        mark = _child(p, "pPr", "rPr")
        if mark is not None and any(_tag(c) in _GONE for c in mark):
            self.text.deletions += 1
            return
        self.text.close(kind or self.kind(p), within or f"paragraph {self.paragraph}")
        boxes, self.text.boxes = self.text.boxes, []
        for box in boxes:
            self.blocks(box, f"{within or f'paragraph {self.paragraph}'} text box", kind)

    def rows(self, table: etree._Element, within: str, kind: str) -> None:
        """The cells of a table, row by row; deleted rows left out."""
        if not within:
            self.table += 1
        name = f"{within} table" if within else f"table {self.table}"
        rows = [r for r in table.iter() if _tag(r) == "tr" and _nearest(r, "tbl") is table]
        for n, row in enumerate(rows, 1):
            marks = _child(row, "trPr")
            if marks is not None and any(_tag(c) == "del" for c in marks):
                self.text.deletions += 1
                continue
            cells = [c for c in row.iter() if _tag(c) == "tc" and _nearest(c, "tr") is row]
            for m, cell in enumerate(cells, 1):
                self.blocks(cell, f"{name} row {n} cell {m}", kind)

    def runs(self, parent: etree._Element) -> Iterator[str]:
        """The words of each run, in order; what is deleted, hidden or a field's code left out."""
        for child in parent:
            tag = _tag(child)
            if tag in _GONE:
                self.text.deletions += 1
            elif tag == "r":
                yield self.run(child)
            elif tag in _THROUGH:
                self.text.insertions += tag in _COME
                yield from self.runs(child)

    def run(self, r: etree._Element) -> str:
        """The words of one run."""
        hidden = _on(_child(r, "rPr", "vanish"))
        words = "".join(self.signs(r))
        if hidden:
            self.text.hidden += bool(words.strip())
            return ""
        return words

    def signs(self, r: etree._Element) -> Iterator[str]:
        """Letters, tabs, line breaks; text boxes are put aside for after the paragraph."""
        for child in r:
            tag = _tag(child)
            if tag == "t":
                yield child.text or ""
            elif tag == "br" and _value(child, "type") in ("page", "column"):
                yield " "
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag in ("drawing", "pict", "AlternateContent"):
                chosen = _child(child, "Choice") if tag == "AlternateContent" else None
                found = (child if chosen is None else chosen).iter()
                self.text.boxes += [e for e in found if _tag(e) == "txbxContent"]

    def kind(self, p: etree._Element) -> str:
        """What sort of block a paragraph is: by its style, then by its number or bullet."""
        known = self.styles.get(_value(_child(p, "pPr", "pStyle")), "")
        if known:
            return known
        return "item" if _child(p, "pPr", "numPr") is not None else "body"

    def notes(self, package: Package, path: str, kind: str) -> None:
        """Footnotes or endnotes, after the text; the separators between are none."""
        root = package.xml(path)
        if root is None or isinstance(root, Refused):
            return
        for note in root:
            if _tag(note) == kind and _value(note, "type") in ("", "normal"):
                self.blocks(note, f"{kind} {_value(note, 'id')}")

    def aside(self, package: Package, path: str, kind: str) -> None:
        """A header or footer: kept as text, not read."""
        root = package.xml(path)
        if root is not None and not isinstance(root, Refused):
            self.blocks(root, kind, "aside")


def _nearest(element: etree._Element, name: str) -> etree._Element | None:
    """The nearest ancestor of that name."""
    return next((a for a in element.iterancestors() if _tag(a) == name), None)


def _styles(package: Package, main: str) -> dict[str, str]:
    """Style id → kind of block, for headings, lists and set-off quotations; by the name, else the outline."""
    root = package.xml(package.related(main, "styles"))
    found: dict[str, str] = {}
    for style in () if root is None or isinstance(root, Refused) else root:
        name = _value(_child(style, "name")).lower()
        outline = _child(style, "pPr", "outlineLvl") is not None
        if name.startswith(("heading", "title", "subtitle")) or outline:
            found[_value(style, "styleId")] = "heading"
        elif name.startswith("list") or _child(style, "pPr", "numPr") is not None:
            found[_value(style, "styleId")] = "item"
        elif "quote" in name:
            found[_value(style, "styleId")] = "quote"
    return found


def _comments(package: Package, path: str) -> int:
    root = package.xml(path)
    return 0 if root is None or isinstance(root, Refused) else sum(_tag(c) == "comment" for c in root)


def _title(package: Package, text: str) -> str | None:
    """The title of the properties, where it stands in the document: templates leave their own behind."""
    root = package.xml("docProps/core.xml")
    if root is None or isinstance(root, Refused):
        return None
    title = next((" ".join((e.text or "").split()) for e in root if _tag(e) == "title"), "")
    return title if title and title.casefold() in " ".join(text[:3000].split()).casefold() else None
