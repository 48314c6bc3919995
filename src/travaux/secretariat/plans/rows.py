"""The rows of a plan, read by its mapping: what each promises, and what in it has to be asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from travaux.acts.fault import Fault, Place
from travaux.formats.plans import Bodies, Cell, Line, PlanFile, read_bodies
from travaux.formats.plans.bodies import Splitting, alike, stand_alone
from travaux.secretariat.plans.due import Dues
from travaux.secretariat.plans.headings import Laid
from travaux.secretariat.plans.mapping import Mapping
from travaux.secretariat.plans.passed import Passed, passing
from travaux.secretariat.plans.planned import Led, Planned, led_together, numbered_once

Step = Callable[[int, int], None]
_LIST_END: Final = re.compile(r"[\s.:;)]+\Z")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"«»]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan read: its measures in order, the rows that are none, and all that was odd besides."""

    rows: tuple[Planned, ...]
    passed: tuple[Passed, ...]
    notes: tuple[Fault, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is refused, by cell."""
        return tuple(f for r in self.rows for f in r.faults)

    @property
    def questions(self) -> tuple[Fault, ...]:
        """What a person has to say, by cell."""
        return tuple(f for r in self.rows for f in r.questions)


def read_rows(file: PlanFile, laid: Sequence[Laid], mapping: Mapping, step: Step | None = None) -> Reading:
    """Every row of the sheets found. Nothing is left out without a word: a row is a measure, joins the one
    before it, or is listed among those passed over; a measure that cannot be read carries its faults."""
    rows: list[Planned] = []
    passed: list[Passed] = []
    notes: list[Fault] = list(file.notes)
    total, done = sum(len(one.body) for one in laid), 0
    for one in laid:
        reader = _Sheet(file, one, mapping)
        notes += reader.dues.notes
        for line in one.body:
            reader.take(line)
            done += 1
            if step and done % 100 == 0:
                step(done, total)
        rows += reader.rows
        passed += reader.passed
    return Reading(
        tuple(numbered_once(rows, by_text=mapping.ids.by != "number")), tuple(passed), tuple(notes)
    )


class _Sheet:
    """One sheet, row by row."""

    def __init__(self, file: PlanFile, laid: Laid, mapping: Mapping) -> None:
        self.file, self.laid, self.mapping = file, laid, mapping
        self.dues = Dues(file, laid, mapping)
        self.rows: list[Planned] = []
        self.passed: list[Passed] = []
        self.section: tuple[str, ...] = ()
        self.passing = passing(laid, self.dues.timeline)
        cells = [
            line.text(c)
            for r in laid.columns
            if r.partition("@")[0] in ("lead", "also")
            for c in laid.columns[r]
            for line in laid.body
        ]
        self.how = Splitting(mapping.bodies.separators, mapping.bodies.legend, stand_alone(cells))
        self.statuses = {alike(k): v for k, v in mapping.status.items()}
        self.split: dict[str, Bodies] = {}

    def take(self, line: Line) -> None:
        """One row: a measure, part of the one before, or passed over and said so."""
        if line.hidden and self.mapping.table.hidden == "leave":
            self._pass(line, "hidden")
            return
        why = self.passing(line)
        if why:
            self._pass(line, why)
            if why == "section":
                self._enter(line)
            return
        if self._continues(line):
            self._join(line)
            return
        self.rows.append(self._planned(line))

    def _pass(self, line: Line, why: str) -> None:
        words = " ".join(c.text for c in line.filled)
        self.passed.append(
            Passed(self.file.place(self.laid.sheet, str(line.n)), why, " ".join(words.split())[:120])
        )

    def _enter(self, line: Line) -> None:
        """A section row opens a section, under the one whose number it continues."""
        title = " ".join(" ".join(c.text for c in line.filled).split())
        number = re.match(r"[\w-]+(?:\.[\w-]+)*", title)
        depth = number[0].count(".") if number and number[0][0].isdigit() else 0
        self.section = (*self.section[:depth], title)

    def _continues(self, line: Line) -> bool:
        """Whether a row goes on from the one above: its text is a cell merged from there, or is left out."""
        what, number = self._cell(line, "what"), self._cell(line, "number")
        merged = bool(what and what.spread) and (number is None or bool(number.spread) or not number.text)
        missing = not (what and what.text) and not (number and number.text and not number.spread)
        return bool(self.rows) and (merged or (missing and self.mapping.table.continued == "join"))

    def _join(self, line: Line) -> None:
        """Add what a further row says to the measure before it."""
        before, more = self.rows[-1], self._planned(line, joined=True)
        due = before.due
        asked: tuple[Fault, ...] = ()
        if more.due.words and alike(more.due.words) != alike(before.due.words):
            if before.due.words:
                asked = (
                    Fault(
                        "import_plan.several_dates",
                        Place(more.place),
                        {"value": more.due.words, "offered": ""},
                    ),
                )
            else:
                due = more.due
        led = led_together(before.led, more.led)
        self.rows[-1] = replace(
            before, due=due, led=led, end=more.end, evidence=(*before.evidence, *more.evidence),
            claims=before.claims or more.claims, notes=(*before.notes, *more.notes),
            indicator="; ".join(dict.fromkeys(filter(None, (before.indicator, more.indicator)))),
            questions=(*before.questions, *more.questions, *asked), faults=(*before.faults, *more.faults),
        )  # fmt: skip

    def _planned(self, line: Line, *, joined: bool = False) -> Planned:
        faults: list[Fault] = []
        questions: list[Fault] = []

        def said(role: str) -> str:
            return " — ".join(
                dict.fromkeys(
                    t for c in self.laid.columns.get(role, ()) if (t := self._text(line, c, faults))
                )
            )

        number, what = self._number(line, faults), said("what")
        if not what and not joined:
            code = "import_plan.no_what" if number else "import_plan.nothing"
            faults.append(self._fault(line, self.laid.column("what"), code, number=number))
        self._struck(line, questions)
        due = self.dues.of(line, questions, faults)
        programme = said("programme")
        return Planned(
            self.file.place(self.laid.sheet, str(line.n)), line.n, line.start, line.end, number, what,
            self.section, programme, said("party"), due, tuple(self._led(line, questions, faults)),
            tuple(self._claims(line, questions, faults)), tuple(self._evidence(line)), said("indicator"),
            said("baseline"), said("target"), said("source"), said("condition"),
            tuple(t for c in self.laid.columns.get("notes", ()) if (t := self._text(line, c, faults))),
            tuple(questions), tuple(faults),
        )  # fmt: skip

    def _cell(self, line: Line, role: str) -> Cell | None:
        return line.cells.get(self.laid.column(role))

    def _text(self, line: Line, column: int, faults: list[Fault]) -> str:
        cell = line.cells.get(column)
        if cell is None:
            return ""
        if cell.fault:
            faults.append(self._fault(line, column, cell.fault, value=cell.text))
            return ""
        return cell.unmarked

    def _number(self, line: Line, faults: list[Fault]) -> str:
        cell = self._cell(line, "number")
        if cell is None or cell.spread:
            return ""
        if isinstance(cell.value, datetime):
            faults.append(
                self._fault(line, self.laid.column("number"), "import_plan.number_is_date", value=cell.text)
            )
            return ""
        return " ".join(_LIST_END.sub("", self._text(line, self.laid.column("number"), faults)).split())

    def _struck(self, line: Line, questions: list[Fault]) -> None:
        for role in ("what", "deadline", "number"):
            cell = self._cell(line, role)
            if cell and cell.struck and cell.text:
                questions.append(
                    self._fault(line, self.laid.column(role), "import_plan.struck", value=cell.text[:80])
                )
                return

    def _led(self, line: Line, questions: list[Fault], faults: list[Fault]) -> Iterator[Led]:
        for role in self.laid.columns:
            name, _, party = role.partition("@")
            if name != "lead" and not (
                name == "also" and f"lead@{party}".strip("@") not in self.laid.columns
            ):
                continue
            also = self.laid.columns.get(f"also@{party}" if party else "also", ())
            leads = self.laid.columns.get(f"lead@{party}" if party else "lead", ())
            made = [self._bodies(line, c, questions, faults) for c in (*leads, *also)]
            every = list(dict.fromkeys(b for one in made for b in one.every))
            if every:
                lead = made[0].lead if leads and made[0].lead else ""
                yield Led(
                    party,
                    Bodies(
                        lead or (every[0] if leads else ""),
                        tuple(b for b in every if b != (lead or (every[0] if leads else ""))),
                    ),
                )

    def _bodies(self, line: Line, column: int, questions: list[Fault], faults: list[Fault]) -> Bodies:
        text = self._text(line, column, faults)
        if not text or text in ("-", "—", "–"):
            return Bodies()
        if text not in self.split:
            self.split[text] = read_bodies(text, self.how)
        found = self.split[text]
        if found.doubt:
            questions.append(self._fault(line, column, found.doubt, value=" ".join(text.split())[:120]))
        return found

    def _claims(
        self, line: Line, questions: list[Fault], faults: list[Fault]
    ) -> Iterator[tuple[str, str, str]]:
        for role, columns in self.laid.columns.items():
            name, _, party = role.partition("@")
            if name != "status":
                continue
            words = self._text(line, columns[0], faults)
            claim = self.statuses.get(alike(words), "")
            if words and not claim:
                questions.append(
                    self._fault(line, columns[0], "import_plan.status", value=" ".join(words.split())[:120])
                )
            elif words and claim != "none":
                yield party, claim, words

    def _evidence(self, line: Line) -> Iterator[tuple[str, str]]:
        for column in self.laid.columns.get("evidence", ()):
            cell = line.cells.get(column)
            for part in re.split(r"\s*[;\n]\s*", cell.unmarked if cell and not cell.fault else ""):
                found = _ADDRESS.search(part)
                if part:
                    yield part, found[0].rstrip(".,)") if found else (cell.link if cell else "")

    def _fault(self, line: Line, column: int, code: str, **values: object) -> Fault:
        cell = line.cells.get(column)
        address = cell.address if cell else f"{self.dues.letter(column)}{line.n}"
        return Fault(code, Place(self.file.place(self.laid.sheet, address)), values)
