"""Deadlines of a plan's rows: read by its mapping, its answers and what the column itself settles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from openpyxl.utils import get_column_letter

from travaux.acts.deadline import Continuous, Deadline, Lasting, Recurring
from travaux.acts.fault import Fault, Place
from travaux.acts.when import OPEN_END, OPEN_START, When
from travaux.formats.plans import Cell, Line, PlanFile, Timed, Unsure, Ways, read_deadline
from travaux.formats.plans.bodies import alike
from travaux.formats.plans.together import read_together
from travaux.secretariat.plans.headings import Laid, ways_of
from travaux.secretariat.plans.mapping import Mapping
from travaux.secretariat.plans.timeline import Drawn, Timeline, range_of

_SLASHED: Final = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as an act will hold it: `when`, a `deadline` of another sort, or an `event` to wait for.

    `sort` is that of `Timed`, "" where the cell is empty or a question is open. `words` are the cell's.
    """

    sort: str = ""
    when: When | None = None
    deadline: Deadline | None = None
    event: str = ""
    offset: str = ""
    words: str = ""
    address: str = ""

    @property
    def plain(self) -> str:
        """The deadline without the source's words: what makes two of them the same."""
        if self.when:
            return self.when.expr.removeprefix("by ")
        if self.event:
            return f"{self.offset} after {alike(self.event)}"
        return str(self.deadline) if self.deadline else ""


NO_DUE: Final = Due()
NO_READING: Final = Unsure("import_plan.unread_deadline", wrong=True)


class Dues:
    """The deadlines of one sheet."""

    def __init__(self, file: PlanFile, laid: Laid, mapping: Mapping) -> None:
        self.file, self.laid, self.mapping = file, laid, mapping
        self.notes: list[Fault] = []
        self.answers = {alike(k): v for k, v in mapping.answers.items() if v.strip()}
        ways = ways_of(mapping)
        self.ways = replace(ways, order=ways.order or self._order())
        self.timeline = Timeline(laid, mapping, _legends(file, laid, mapping))

    @staticmethod
    def letter(column: int) -> str:
        """The letters of a column, as in an address."""
        return get_column_letter(max(column, 1))

    def of(self, line: Line, questions: list[Fault], faults: list[Fault]) -> Due:
        """The deadline of a row; what has to be asked or refused goes to the lists, by address."""
        cell = self._written(line, "deadline", faults)
        drawn = self.timeline.of(line)
        if cell and cell.fault and not self._answer(cell):
            return Due(words=cell.text, address=cell.address)
        if cell is None and drawn is None:
            self._coloured(line, questions)
            return NO_DUE
        shown = cell or Cell(drawn.words, drawn.words, drawn.address) if drawn else cell
        assert shown
        words = " ".join(shown.text.split())
        made = self._made(shown, drawn, line, questions, faults, written=cell is not None)
        if isinstance(made, Unsure):
            offered = f" ({', '.join(made.offered)})" if made.offered else ""
            asked = self._fault(shown, made.code, value=words[:120], offered=offered)
            (faults if made.wrong else questions).append(asked)
            return Due(words=words, address=shown.address)
        return replace(made, words=words, address=shown.address)

    def _made(
        self, cell: Cell, drawn: Drawn | None, line: Line, questions: list[Fault], faults: list[Fault], *,
        written: bool,
    ) -> Due | Unsure:  # fmt: skip
        """What is written, or drawn where nothing is; where both are they have to agree."""
        read = (
            self._read(cell, line) if written or self._answer(cell) else drawn.read if drawn else NO_READING
        )
        if isinstance(read, Unsure):
            return read
        if written and drawn and not self._answer(cell) and _differ(read, drawn.read):
            return Unsure("import_plan.two_deadlines", _spans(read, drawn.read))
        return self._resolved(read, self._start(line, questions, faults), cell)

    def _written(self, line: Line, role: str, faults: list[Fault]) -> Cell | None:
        """What the columns of a role hold in a row, several of them as one cell with the range they take."""
        held = [line.cells[c] for c in self.laid.columns.get(role, ()) if c in line.cells]
        full = [c for c in held if c.text or self._answer(c)]
        wrong = next((c for c in full if c.fault and not self._answer(c)), None)
        if wrong:
            faults.append(self._fault(wrong, wrong.fault))
            return wrong
        if len(full) < 2:
            return full[0] if full else None
        text = " ".join(c.text for c in full)
        return Cell(text, text, range_of(full))

    def _coloured(self, line: Line, questions: list[Fault]) -> None:
        """Ask about a cell for the deadline that is coloured and otherwise empty."""
        for column in self.laid.columns.get("deadline", ()):
            cell = line.cells.get(column)
            if cell and cell.fill:
                questions.append(self._fault(cell, "import_plan.colour_only", fill=cell.fill))

    def _answer(self, cell: Cell) -> str:
        sheet = self.laid.sheet.name
        keys = (f"{sheet}!{cell.address}", cell.address, cell.text)
        return next((a for k in keys if k and (a := self.answers.get(alike(k)))), "")

    def _read(self, cell: Cell, line: Line, role: str = "deadline") -> Timed | Unsure:
        answer = self._answer(cell)
        if answer:
            return _answered(answer, self.ways)
        columns = self.laid.columns.get(role, ())
        if len(columns) > 1:
            held = [(self.laid.headings.get(c, ""), line.cells[c]) for c in columns if c in line.cells]
            parts = [(h, c.unmarked if isinstance(c.value, str) else c.value) for h, c in held if c.text]
            return read_together(parts, self.ways)
        value = cell.unmarked if isinstance(cell.value, str) else cell.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            read = read_deadline(value, self.ways, spreadsheet=self.file.sort == "xlsx")
            return read if isinstance(read, Timed) or not read.wrong else read_deadline(cell.text, self.ways)
        return read_deadline(value, self.ways)

    def _start(self, line: Line, questions: list[Fault], faults: list[Fault]) -> When | None:
        """The first day or period of a row, where the plan has a column for it."""
        cell = self._written(line, "start", [])
        if cell is None or cell.fault:
            return None
        read = self._read(cell, line, "start")
        if isinstance(read, Timed):
            return read.due
        if read.wrong:
            faults.append(self._fault(cell, read.code, value=cell.text[:120], offered=""))
        else:
            questions.append(self._fault(cell, read.code, value=cell.text[:120], offered=""))
        return None

    def _resolved(self, read: Timed, start: When | None, cell: Cell) -> Due | Unsure:
        match read.sort:
            case "date" | "period":
                if start and read.due and start.first > read.due.last and not self._answer(cell):
                    return Unsure("import_plan.ends_before", (start.expr,))
                return Due(read.sort, when=read.due)
            case "continuous":
                return Due("continuous", deadline=Continuous())
            case "none":
                return Due("none")
            case "after_event":
                return Due("after_event", event=read.event, offset=read.offset)
            case "duration":
                if start is None:
                    return Unsure("import_plan.no_start")
                begun = When.day(start.first) if start.first != OPEN_START else start
                return Due("duration", deadline=Lasting(start=begun, length=read.offset))
        return self._recurring(read, start)

    def _recurring(self, read: Timed, start: When | None) -> Due | Unsure:
        """The first time of something recurring: in the years the cell says, or from the plan's start."""
        begin, until = _ends(read.due)
        plan = self.mapping.plan
        first = begin or (start.first if start and start.first != OPEN_START else None) or _day(plan.from_)
        if first is None:
            return Unsure("import_plan.first_time")
        last = until or _day(plan.until)
        deadline = Recurring(
            first=_first_time(first, read), every=read.every, until=When.day(last) if last else None
        )
        return Due("recurring", deadline=deadline)

    def _order(self) -> str:
        """The order of day and month, where some dates of the column show it and none the other one."""
        shown: dict[str, str] = {}
        for cell in self._dated():
            for one, two in _SLASHED.findall(cell.text) if isinstance(cell.value, str) else ():
                if int(one) > 12 or int(two) > 12:
                    shown.setdefault("dmy" if int(one) > 12 else "mdy", cell.address)
        if len(shown) == 2:
            place = Place(self.file.place(self.laid.sheet, shown["dmy"]))
            self.notes.append(Fault("import_plan.both_orders", place, {"other": shown["mdy"]}))
        return next(iter(shown)) if len(shown) == 1 else ""

    def _dated(self) -> Iterator[Cell]:
        for column in (c for r in ("deadline", "start") for c in self.laid.columns.get(r, ())):
            yield from (line.cells[column] for line in self.laid.body if column in line.cells)

    def _fault(self, cell: Cell, code: str, **values: object) -> Fault:
        values = {"value": cell.text, "offered": "", **values}
        return Fault(code, Place(self.file.place(self.laid.sheet, cell.address)), values)


def _legends(file: PlanFile, laid: Laid, mapping: Mapping) -> frozenset[str]:
    """The colours of sheets that are not read: one of them may be a legend."""
    read = {laid.sheet.name, *mapping.table.sheets}
    others = [s for s in file.sheets if s.name not in read] if mapping.table.sheets else []
    return frozenset(c.fill for s in others for line in s.lines for c in line.cells.values() if c.fill)


def _differ(written: Timed, drawn: Timed | Unsure) -> bool:
    """Whether a date that is written lies outside what is drawn, or what is drawn is not certain."""
    if isinstance(drawn, Unsure) or written.due is None or drawn.due is None:
        return isinstance(drawn, Unsure) and drawn.code != "import_plan.painted"
    return not drawn.due.first <= written.due.last <= drawn.due.last


def _spans(*read: Timed | Unsure) -> tuple[str, ...]:
    return tuple(r.due.expr for r in read if isinstance(r, Timed) and r.due)


def _answered(answer: str, ways: Ways) -> Timed | Unsure:
    """What a person wrote in the mapping: a date of ours, or any way of writing that can be read."""
    made = When.parse(answer)
    if isinstance(made, When):
        return Timed("date" if made.exact else "period", made)
    return read_deadline(answer, ways)


def _ends(due: When | None) -> tuple[date | None, date | None]:
    if due is None:
        return None, None
    return (due.first if due.first != OPEN_START else None), (due.last if due.last != OPEN_END else None)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _first_time(first: date, read: Timed) -> When:
    """The first due day or period on or after `first`."""
    if read.day:
        month, day = read.day
        year = first.year if (month, day) >= (first.month, first.day) else first.year + 1
        return When.day(date(year, month, min(day, 28) if month == 2 else day))
    match read.every:
        case "P3M":
            expr = f"{first.year}-Q{(first.month + 2) // 3}"
        case "P6M":
            expr = f"{first.year}-H{1 if first.month < 7 else 2}"
        case "P1M":
            expr = f"{first:%Y-%m}"
        case every if every.endswith("Y"):
            expr = str(first.year)
        case _:
            expr = first.isoformat()
    made = When.parse(expr)
    assert isinstance(made, When), expr
    return made
