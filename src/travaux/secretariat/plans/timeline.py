"""Deadlines drawn in a plan: cells marked or coloured under columns that are headed by periods."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from openpyxl.utils import get_column_letter

from travaux.formats.plans import Cell, Line, Timed, Unsure
from travaux.formats.plans.marks import COLOUR, Mark, mark_of
from travaux.formats.plans.periods import joined
from travaux.formats.plans.timed import due_of
from travaux.formats.plans.words import plainly
from travaux.secretariat.plans.headings import Laid
from travaux.secretariat.plans.mapping import Mapping

_FIGURE: Final = re.compile(r"[-+]?\d[\d\s.,\xa0]*%?\Z")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one row's marks say: the range of cells they stand in, its words for people, and the reading."""

    address: str
    words: str
    read: Timed | Unsure


class Timeline:
    """The columns of a sheet that are headed by periods; `of` reads one row of them."""

    def __init__(self, laid: Laid, mapping: Mapping, elsewhere: frozenset[str] = frozenset()) -> None:
        """`elsewhere` are colours of other sheets that may say what they mean."""
        self.laid, self.said = laid, mapping.timeline
        self.columns = laid.columns.get("timeline", ())
        self.known = frozenset(map(plainly, self.said.marks))
        self.idle = frozenset(map(plainly, self.said.idle))
        self.spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for row, first, last in laid.sheet.spans:
            self.spans[row].append((first, last))
        self.doubtful = self._doubtful() | elsewhere if self.columns else frozenset()
        self.figures = self._figures()

    def of(self, line: Line) -> Drawn | None:
        """The deadline that a row's marks draw, None where nothing is marked.

        Certain where marks of one kind, or of one colour that stands nowhere else, follow each other without
        a gap; else asked about, with what they span.
        """
        marks = self._marks(line) if self.columns else {}
        if not marks:
            return self._painted(line)
        first, last = min(marks), max(marks)
        whole = joined(self.laid.periods[first], self.laid.periods[last])
        address = _range(first, last, line.n)
        signs = ", ".join(dict.fromkeys(m.unread or m.kind or f"{COLOUR}{m.fill}" for m in marks.values()))
        words = f"{self._heading(first)} – {self._heading(last)}" if first != last else self._heading(first)
        code = self._doubt(marks)
        if code:
            return Drawn(address, signs, Unsure(code, (whole,)))
        due = due_of(whole, f"{words} ({address})")
        return Drawn(address, words, Timed("period", due))

    def bar(self, line: Line) -> bool:
        """Whether a row has a mark, or a colour that its words do not have, under some of the periods."""
        if not self.columns:
            return False
        marks = self._marks(line)
        outside = {c.fill for n, c in line.cells.items() if n not in self.columns and c.text}
        return any(m.kind or m.unread or m.fill not in outside for m in marks.values())

    def marked(self) -> dict[str, int]:
        """How many cells bear each kind of mark, for a reason why the columns are a timeline."""
        counted: dict[str, int] = {}
        for line in self.laid.body:
            for m in self._marks(line).values() if self.bar(line) else ():
                kind = m.kind or (f"“{m.unread[:20]}”" if m.unread else "colour")
                counted[kind] = counted.get(kind, 0) + 1
        return counted

    def _marks(self, line: Line) -> dict[int, Mark]:
        """Column -> mark; one that is merged over several columns stands in each."""
        found = {c: m for c in self.columns if (m := mark_of(line.cells.get(c), self.known, self.idle))}
        for first, last in self.spans.get(line.n, ()):
            if first in found:
                found |= {c: found[first] for c in self.columns if first < c <= last}
        signed = any(m.kind or m.unread for m in found.values())
        if signed:
            found = {c: m for c, m in found.items() if m.kind or m.unread or m.fill not in self.doubtful}
        return found

    def _doubt(self, marks: dict[int, Mark]) -> str:
        """Why a row's marks are not certain, "" where they are."""
        kinds = {m.kind for m in marks.values()}
        fills = {m.fill for m in marks.values()} - (self.doubtful if kinds != {""} else frozenset())
        if any(m.unread for m in marks.values()) or ("1" in kinds and self.figures):
            return "import_plan.unread_mark"
        if len(kinds) > 1 or len(fills) > 1:
            return "import_plan.two_marks"
        colour = f"{COLOUR}{next(iter(fills), '')}".casefold()
        if kinds == {""} and fills & self.doubtful and colour not in self.known:
            return "import_plan.doubtful_colour"
        at = [self.columns.index(c) for c in sorted(marks)]
        gap = any(b != a + 1 for a, b in pairwise(at))
        return "import_plan.gap" if gap and self.said.gaps != "span" else ""

    def _painted(self, line: Line) -> Drawn | None:
        """A row without marks where a rule of the workbook paints cells: its colours are not in the file."""
        for top, bottom, left, right in self.laid.sheet.painted:
            inside = [c for c in self.columns if left <= c <= right]
            if inside and top <= line.n <= bottom:
                address = _range(min(inside), max(inside), line.n)
                return Drawn(address, "", Unsure("import_plan.painted"))
        return None

    def _doubtful(self) -> frozenset[str]:
        """Colours that may mean something else: they stand beside words elsewhere (a legend, a band, a
        section), or fill a column of the timeline from top to bottom, but for a row in five."""
        heads = range(self.laid.line, self.laid.body[0].n if self.laid.body else self.laid.line + 1)
        measures = [line for line in self.laid.body if line.text(self.laid.column("what"))]
        numbers = {line.n for line in measures}
        elsewhere = {
            cell.fill
            for line in self.laid.sheet.lines
            if line.n not in heads
            for c, cell in line.cells.items()
            if cell.fill and (c not in self.columns or line.n not in numbers)
        }
        return frozenset(elsewhere | set(self._bands(measures)))

    def _bands(self, measures: Sequence[Line]) -> Iterator[str]:
        for column in self.columns if len(measures) > 2 else ():
            fills = Counter(cell.fill for line in measures if (cell := line.cells.get(column)) and cell.fill)
            yield from (fill for fill, n in fills.items() if n * 5 >= len(measures) * 4)

    def _figures(self) -> bool:
        """Whether numbers other than 0 and 1 stand under the periods: then a 1 is no mark."""
        texts = {line.text(c) for line in self.laid.body for c in self.columns}
        return any(_FIGURE.match(t) and t not in ("0", "1") for t in texts)

    def _heading(self, column: int) -> str:
        return self.laid.headings.get(column) or get_column_letter(column)


def _range(first: int, last: int, row: int) -> str:
    one = f"{get_column_letter(first)}{row}"
    return one if first == last else f"{one}:{get_column_letter(last)}{row}"


def range_of(cells: Sequence[Cell]) -> str:
    """The addresses of the cells that were read together: ``D4``, ``D4:E4``."""
    return cells[0].address if len(cells) == 1 else f"{cells[0].address}:{cells[-1].address}"
