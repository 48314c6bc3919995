"""What a careful person reads from a plan, set beside what was read: right, asked, wrong or lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from travaux.acts.deadline import Continuous, Lasting, Recurring
from travaux.acts.fault import Refused
from travaux.formats.plans import PlanFile, read_plan
from travaux.formats.plans.bodies import alike
from travaux.secretariat.plans.due import Due
from travaux.secretariat.plans.guessing import Guess, guess
from travaux.secretariat.plans.headings import lay
from travaux.secretariat.plans.planned import Planned
from travaux.secretariat.plans.rows import Reading, read_rows

ASK = "?"


@dataclass(frozen=True, slots=True)
class Gold:
    """One measure: `due` as `shown` writes it, `ASK` where a person has to say, "" where nothing is said."""

    number: str
    what: str
    due: str = ""
    lead: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A plan in one layout: its file's name, how it is made, and its measures in order."""

    name: str
    make: Callable[[], bytes]
    gold: Sequence[Gold]


@dataclass(frozen=True, slots=True)
class Score:
    """Cells by outcome, the questions a person gets, and a word on each cell that is not right."""

    counts: Mapping[str, int]
    questions: int
    told: tuple[str, ...]

    def line(self, name: str) -> str:
        """One line of a table of scores."""
        counts = [f"{self.counts.get(k, 0):4d}" for k in ("right", "asked", "wrong", "lost")]
        return f"{name:28}{' '.join(counts)}  {self.questions:3d} questions"


def shown(due: Due) -> str:
    """A deadline as golds write it: ``2031-Q2``, ``by 2031-06``, ``every P3M``, ``P6M after …``, ``none``."""
    if due.when:
        return due.when.expr
    if due.event:
        return f"{due.offset} after {due.event}"
    match due.deadline:
        case Recurring():
            return f"every {due.deadline.every}"
        case Continuous():
            return "continuous"
        case Lasting():
            return f"for {due.deadline.length}"
    return due.sort


def guessed(layout: Layout) -> tuple[PlanFile, Guess] | Refused:
    """The file of a layout with the mapping that is guessed for it."""
    file = read_plan(layout.name, layout.make())
    assert isinstance(file, PlanFile), file
    made = guess(file, {"north": ("The North",)})
    return made if isinstance(made, Refused) else (file, made)


def first_read(layout: Layout) -> Reading | Refused:
    """What the guess alone makes of a layout, nothing corrected."""
    found = guessed(layout)
    if isinstance(found, Refused):
        return found
    file, made = found
    laid = lay(file, made.mapping)
    return laid if isinstance(laid, Refused) else read_rows(file, laid, made.mapping)


def score(layout: Layout) -> Score:
    """Set the first reading beside the gold, cell by cell."""
    reading = first_read(layout)
    counts: Counter[str] = Counter()
    told: list[str] = []

    def say(outcome: str, gold: Gold, name: str, want: object, got: object) -> None:
        counts[outcome] += 1
        if outcome != "right":
            told.append(f"{outcome} {gold.number or gold.what[:30]} {name}: {want!r} read {got!r}")

    if isinstance(reading, Refused):
        for gold in layout.gold:
            for name in ("what", "due", "lead", "also"):
                say("asked", gold, name, getattr(gold, name), "refused")
        return Score(counts, len(reading.faults), tuple(told))
    left = list(reading.rows)
    for gold in layout.gold:
        row = _row(gold, left)
        if row is None:
            for name in ("what", "due", "lead", "also"):
                if getattr(gold, name):
                    say("lost", gold, name, getattr(gold, name), "no row")
            continue
        left.remove(row)
        for name, outcome, want, got in _judged(gold, row):
            say(outcome, gold, name, want, got)
    for row in left:
        outcome = "asked" if row.faults or row.questions else "wrong"
        counts[outcome] += 1
        told.append(f"{outcome} {row.place}: no measure, read as {row.number!r} {row.what[:40]!r}")
    questions = len({(f.code, str(f.place)) for f in (*reading.questions, *reading.faults)})
    return Score(counts, questions, tuple(told))


def _row(gold: Gold, rows: Sequence[Planned]) -> Planned | None:
    same = [r for r in rows if alike(r.what) == alike(gold.what)]
    return next((r for r in same if r.number == gold.number), same[0] if same else None)


def _judged(gold: Gold, row: Planned) -> list[tuple[str, str, object, object]]:
    led = row.led[0].bodies if row.led else None
    lead, also = (led.lead, led.also) if led else ("", ())
    asked = {f.code for f in (*row.questions, *row.faults)}
    bodies_asked = "import_plan.one_body_or_more" in asked
    due_asked = bool(
        asked - {"import_plan.one_body_or_more", "import_plan.number_twice", "import_plan.status"}
    )
    due = shown(row.due)
    made: list[tuple[str, str, object, object]] = [
        ("number", "right" if row.number == gold.number else "wrong", gold.number, row.number),
        ("what", "right", gold.what, row.what),
    ]
    if gold.due == ASK:
        made.append(("due", "wrong" if due else "right" if due_asked else "lost", ASK, due))
    elif due == gold.due:
        made.append(("due", "asked" if due_asked and not due and gold.due else "right", gold.due, due))
    else:
        made.append(("due", "wrong" if due else "asked" if due_asked else "lost", gold.due, due))
    for name, want, got in (
        ("lead", (alike(gold.lead),), (alike(lead),)),
        ("also", tuple(map(alike, gold.also)), tuple(map(alike, also))),
    ):
        if set(want) == set(got):
            made.append((name, "right", want, got))
        else:
            nothing = not any(got)
            made.append((name, "asked" if bodies_asked else "lost" if nothing else "wrong", want, got))
    return made
