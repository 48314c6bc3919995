"""Rows of a table that are no measures: section titles, totals, headings said again, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from travaux.formats.plans.bodies import alike
from travaux.formats.plans.cells import Line
from travaux.secretariat.plans.headings import Laid
from travaux.secretariat.plans.timeline import Timeline

_TOTAL: Final = re.compile(
    r"(?:grand |sub-?)?totals?\b|итог[оа]?\b|всего\b|усяго\b|разом\b|sous-total|total général|summe\b|"
    r"gesamt\b|insgesamt\b",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"\*|[¹²³⁰⁴-⁹]|\d{1,2}\)\s|\[\d+\]|(?:notes?|remarks?|sources?|legend|key|abbreviations?|"
    r"примечани[ея]|источник|сноск[аи]|"
    r"условные обозначения|сокращения|заўвага|крыніца|remarques?|légende|abréviations|anmerkung|quelle|"
    r"hinweis|notas?|fuente)\s*(?:[:.\s]|\Z)",
    re.IGNORECASE,
)
_BODY: Final = ("number", "what", "programme", "notes")


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that is no measure: where, why (section, total, heading, footnote, hidden …), its words."""

    place: str
    why: str
    words: str


def passing(laid: Laid, timeline: Timeline) -> Callable[[Line], str]:
    """Says of a row of this table why it is no measure, "" where it may be one."""
    mapped = {c for columns in laid.columns.values() for c in columns}
    telling = {c for r, columns in laid.columns.items() if r not in _BODY for c in columns}
    telling -= set(timeline.columns)
    what, number = laid.column("what"), laid.column("number")
    spans = {row: (first, last) for row, first, last in laid.sheet.spans}
    headings = {c: alike(h.rsplit(" / ", 1)[-1]) for c, h in laid.headings.items()}
    depth = _usual_depth(laid, number, telling)

    def why(line: Line) -> str:
        filled = line.filled
        if not filled:
            return "merged" if not any(line.text(c) for c in telling) and not timeline.bar(line) else ""
        if _is_heading(line, headings):
            return "heading"
        if _is_numbering([c.text for c in filled]):
            return "numbering"
        first = filled[0].text
        if _TOTAL.match(first) or (number and _TOTAL.match(line.text(what)) and not line.text(number)):
            return "total"
        own = {c for c, cell in line.cells.items() if cell.text and not cell.spread}
        if own & telling or (own & {what, number} and timeline.bar(line)):
            return ""
        if len(filled) == 1 and _NOTE.match(first) and _is_note(line, first, number):
            return "footnote"
        if not own & mapped:
            return "aside"
        return _section(line, own)

    def _section(line: Line, own: set[int]) -> str:
        """A title: alone in its row, merged over the table, or numbered above the measures."""
        if not telling and not timeline.columns:
            return ""
        first, last = spans.get(line.n, (0, 0))
        if last - first >= 2:
            return "section"
        if len(own) == 1 and (own != {number} or len(line.text(number)) > 12):
            return "section"
        shallow = bool(number and line.text(number)) and _depth(line.text(number)) < depth
        return "section" if shallow or line.text(what).endswith(":") else ""

    return why


def _is_note(line: Line, first: str, number: int) -> bool:
    """Whether what stands alone in a row is no short number: it is long, or says “Key” or “Note”."""
    return not (number and line.text(number)) or len(first) > 12 or not any(map(str.isdigit, first))


def _is_heading(line: Line, headings: Table[int, str]) -> bool:
    """The headings said again, as on each page of a printed table."""
    texts = {c: alike(cell.text) for c, cell in line.cells.items() if cell.text}
    same = sum(headings.get(c) == t for c, t in texts.items())
    return same >= 2 and same * 2 > len(texts)


def _is_numbering(texts: list[str]) -> bool:
    """The row 1, 2, 3 … under the headings, which numbers the columns."""
    plain = [t.strip(" .()") for t in texts]
    if len(plain) < 3 or not all(p.isascii() and p.isdigit() for p in plain):
        return False
    numbers = [int(p) for p in plain]
    return numbers[0] <= 2 and all(b == a + 1 for a, b in pairwise(numbers))


def _depth(number: str) -> int:
    return number.strip(" .").count(".")


def _usual_depth(laid: Laid, number: int, telling: set[int]) -> int:
    """How deep the numbers of most rows with a deadline or body go (1.2.3: two points)."""
    depths = Counter(
        _depth(line.text(number))
        for line in laid.body
        if number and line.text(number) and any(line.text(c) for c in telling)
    )
    return depths.most_common(1)[0][0] if depths else 0
