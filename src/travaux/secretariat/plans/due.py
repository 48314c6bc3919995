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
from travaux.secretariat.plans.headings import Laid
from travaux.secretariat.plans.mapping import Mapping

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


class Dues:
    """The deadlines of one sheet."""

    def __init__(self, file: PlanFile, laid: Laid, mapping: Mapping) -> None:
        self.file, self.laid, self.mapping = file, laid, mapping
        self.notes: list[Fault] = []
        self.answers = {alike(k): v for k, v in mapping.answers.items() if v.strip()}
        self.ways = Ways(
            mapping.dates.order or self._order(),
            mapping.plan.year,
            mapping.dates.financial_year,
            mapping.dates.serials,
        )

    @staticmethod
    def letter(column: int) -> str:
        """The letters of a column, as in an address."""
        return get_column_letter(max(column, 1))

    def of(self, line: Line, questions: list[Fault], faults: list[Fault]) -> Due:
        """The deadline of a row; what has to be asked or refused goes to the lists, by address."""
        column = self.laid.column("deadline")
        cell = line.cells.get(column)
        if cell is None or not column:
            return Due()
        if cell.fault and not self._answer(cell):
            faults.append(self._fault(cell, cell.fault))
            return Due(words=cell.text, address=cell.address)
        if not cell.text and not self._answer(cell):
            if cell.fill:
                questions.append(self._fault(cell, "import_plan.colour_only", fill=cell.fill))
            return Due()
        words = " ".join(cell.text.split())
        read = self._read(cell)
        made = (
            read
            if isinstance(read, Unsure)
            else self._resolved(read, self._start(line, questions, faults), cell)
        )
        if isinstance(made, Unsure):
            offered = f" ({', '.join(made.offered)})" if made.offered else ""
            asked = self._fault(cell, made.code, value=words[:120], offered=offered)
            (faults if made.wrong else questions).append(asked)
            return Due(words=words, address=cell.address)
        return replace(made, words=words, address=cell.address)

    def _answer(self, cell: Cell) -> str:
        sheet = self.laid.sheet.name
        keys = (f"{sheet}!{cell.address}", cell.address, cell.text)
        return next((a for k in keys if k and (a := self.answers.get(alike(k)))), "")

    def _read(self, cell: Cell) -> Timed | Unsure:
        answer = self._answer(cell)
        if answer:
            return _answered(answer, self.ways)
        value = cell.unmarked if isinstance(cell.value, str) else cell.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            read = read_deadline(value, self.ways, spreadsheet=self.file.sort == "xlsx")
            return read if isinstance(read, Timed) or not read.wrong else read_deadline(cell.text, self.ways)
        return read_deadline(value, self.ways)

    def _start(self, line: Line, questions: list[Fault], faults: list[Fault]) -> When | None:
        """The first day or period of a row, where the plan has a column for it."""
        cell = line.cells.get(self.laid.column("start"))
        if cell is None or not cell.text or cell.fault:
            return None
        read = self._read(cell)
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
        del cell
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
        for role in ("deadline", "start"):
            column = self.laid.column(role)
            yield from (line.cells[column] for line in self.laid.body if column in line.cells)

    def _fault(self, cell: Cell, code: str, **values: object) -> Fault:
        values = {"value": cell.text, "offered": "", **values}
        return Fault(code, Place(self.file.place(self.laid.sheet, cell.address)), values)


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
