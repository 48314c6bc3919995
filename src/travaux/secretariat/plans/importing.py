"""A plan taken in for a register: read, compared with the edition before it, proposed as acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from travaux.acts.base import Act
from travaux.acts.fault import Fault, Refused
from travaux.acts.kinds import Introduce
from travaux.acts.when import When
from travaux.formats.plans import PlanFile
from travaux.formats.plans.bodies import alike
from travaux.record.receipt import Receipt
from travaux.register.fold import AsOf
from travaux.register.measures import Measure, measures
from travaux.register.names import directory
from travaux.secretariat.door import Secretariat
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.plans.comparing import Change, Compared, Promise, compare
from travaux.secretariat.plans.due import Due
from travaux.secretariat.plans.headings import lay
from travaux.secretariat.plans.likeness import Bodies, plain_text
from travaux.secretariat.plans.mapping import Mapping
from travaux.secretariat.plans.planned import Planned
from travaux.secretariat.plans.proposals import Edition, Proposed, Proposing, source_acts
from travaux.secretariat.plans.rows import Reading, Step, read_rows
from travaux.secretariat.submitting import Submission, submit


def _once(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Each fault once, where several rows have the same one at the same place."""
    return tuple({(f.code, str(f.place)): f for f in faults}.values())


@dataclass(frozen=True, slots=True)
class Import:
    """What an edition comes to: its `reading`, a `Proposed` for each row that says something new, and how it
    differs from the edition before it (None where there is none). `unchanged` rows are on the record."""

    edition: Edition
    mapping: Mapping
    reading: Reading
    proposed: tuple[Proposed, ...]
    compared: Compared | None
    unchanged: int

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that is refused, by cell."""
        return _once(f for p in self.proposed for f in p.faults)

    @property
    def questions(self) -> tuple[Fault, ...]:
        """All that a person has to say, by cell."""
        return _once(f for p in self.proposed for f in p.questions)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts proposed, in their order."""
        return tuple(a for p in self.proposed for a in p.acts)


def take(
    register: AsOf,
    edition: Edition,
    mapping: Mapping,
    *,
    earlier: PlanFile | None = None,
    cite: bool = False,
    performed: bool = False,
    step: Step | None = None,
) -> Import | Refused:
    """Read an edition and propose what it adds. It is compared with the file `earlier`, else with the
    measures of this plan that the register holds.

    Refused: headings of the mapping that are not in the file, in either of the two.
    """
    reading = _read(edition.file, mapping, step)
    before = _read(earlier, mapping) if earlier else None
    if isinstance(reading, Refused) or isinstance(before, Refused):
        return reading if isinstance(reading, Refused) else before  # type: ignore[return-value]
    on_record = _of_plan(register, mapping)
    held = [_promised(m, register) for m in on_record]
    rows = [_promise(r) for r in reading.rows]
    bodies = _bodies(register, mapping)
    here = compare(held, rows, bodies, _Decisions(register, on_record, bodies)) if held else None
    known = {new.place: old.measure for old, new in here.pairs} if here else {}
    shown = here
    if before is not None:
        old = [_promise(r, _measure_of(r, on_record)) for r in before.rows]
        shown = compare(old, rows, bodies, _Decisions(register, on_record, bodies))
    unchanged = _unchanged(here) if here else set()
    proposing = Proposing(register, edition, mapping, known, cite=cite, performed=performed)
    fresh = [r for r in _as_recorded(reading.rows, here, on_record) if r.place not in unchanged]
    return Import(edition, mapping, reading, proposing.propose(fresh), shown, len(reading.rows) - len(fresh))


def _as_recorded(
    rows: Sequence[Planned], compared: Compared | None, held: Sequence[Measure]
) -> list[Planned]:
    """The rows, a deadline only written otherwise as it stands on the record: no date moves by form."""
    if compared is None:
        return list(rows)
    moved = {c.new_place for c in compared.changes if c.sort == "moved"}
    terms = {m.id: m.terms for m in held}
    kept = {new.place: terms[old.measure] for old, new in compared.pairs if new.place not in moved}
    return [
        replace(r, due=replace(r.due, when=kept[r.place].due, deadline=kept[r.place].deadline, event=""))
        if r.place in kept
        else r
        for r in rows
    ]


def _read(file: PlanFile, mapping: Mapping, step: Step | None = None) -> Reading | Refused:
    laid = lay(file, mapping)
    return laid if isinstance(laid, Refused) else read_rows(file, laid, mapping, step)


def _promise(row: Planned, measure: str = "") -> Promise:
    led = row.led[0].bodies if row.led else None
    also = tuple(b for one in row.led for b in one.bodies.every)[1:]
    return Promise(
        row.place, measure, row.number, row.what, row.due.plain, row.due.when.last if row.due.when else None,
        row.due.words,
        led.every[0] if led and led.every else "", also, row.indicator,
    )  # fmt: skip


def _measure_of(row: Planned, held: Sequence[Measure]) -> str:
    """The measure of the register that a row of an earlier edition is."""
    text = plain_text(row.what)
    return next((m.id for m in held if m.number == row.number and plain_text(m.what) == text), "") or next(
        (m.id for m in held if plain_text(m.what) == text), ""
    )


def _of_plan(register: AsOf, mapping: Mapping) -> list[Measure]:
    """The measures of this plan on the record: under its id, else with its prefix."""
    plan, prefix = mapping.plan.id, mapping.ids.prefix
    if not plan and not prefix:
        return []
    found = [
        m for m in measures(register) if (m.last.under == plan if plan else m.id.startswith(f"{prefix}-"))
    ]
    return sorted(found, key=lambda m: m.promised[0].index)


def _promised(measure: Measure, register: AsOf) -> Promise:
    """A measure of the register as an edition would have it."""
    names = directory(register)
    due = measure.terms.due
    event = getattr(measure.terms.deadline, "event", "")
    plain = Due(
        when=due, deadline=measure.terms.deadline, event=names.name(event) if event else "",
        offset=getattr(measure.terms.deadline, "offset", ""),
    ).plain  # fmt: skip
    every = [names.name(b) for lead in measure.leads for b in (lead.body, *lead.also)]
    words = (due.words or due.expr) if due else ""
    accepted = measure.acceptance.words if measure.acceptance else ""
    return Promise(
        measure.id, measure.id, measure.number, measure.what, plain, due.last if due else None, words,
        every[0] if every else "", tuple(every[1:]), accepted,
    )  # fmt: skip


def _bodies(register: AsOf, mapping: Mapping) -> Bodies:
    """What the register and the mapping know of bodies' names; a successor is the same body."""
    ids: dict[str, str] = {}
    heirs = {e.act.id: e.act.successor for e in register.acts(Introduce) if e.act.successor}
    for entered in register.acts(Introduce):
        if entered.act.what == "body":
            thing = entered.act.id
            for _ in range(8):
                thing = heirs.get(thing, thing)
            ids |= {alike(n): thing for n in (*entered.act.names.values(), *entered.act.aliases)}
    return Bodies(mapping.bodies.legend, ids)


class _Decisions:
    """The acts of the register that cover a change: an extension granted, an amendment, a withdrawal."""

    def __init__(self, register: AsOf, held: Sequence[Measure], bodies: Bodies) -> None:
        self.by_id = {m.id: m for m in held}
        self.names, self.bodies = directory(register), bodies

    def __call__(self, change: Change) -> tuple[str, ...]:
        measure = self.by_id.get(change.measure)
        if measure is None:
            return ()
        match change.sort:
            case "moved":
                return tuple(
                    e.id
                    for d in measure.dues
                    if d.request
                    for e in d.acts
                    if _same_date(change, d.when, d.terms.deadline)
                )
            case "dropped":
                return tuple(e.id for e in measure.withdrawn)
            case "reworded":
                return tuple(
                    e.id for e in measure.amended if plain_text(e.act.what) == plain_text(change.new)
                )
            case "lead":
                leads = [(e.id, lead.body) for e in measure.amended for lead in e.act.leads]
                return tuple(i for i, body in leads if self.bodies.same(self.names.name(body), change.new))
            case "indicator":
                return tuple(e.id for e in measure.amended if e.act.acceptance)
            case "bodies":
                return tuple(e.id for e in measure.amended if e.act.leads)
        return ()


def _same_date(change: Change, when: When | None, deadline: object) -> bool:
    """Whether what was decided is what the new edition says."""
    if when is None:
        return deadline is not None
    return change.last == when.last


def _unchanged(compared: Compared) -> set[str]:
    """The rows that say nothing new in substance."""
    changed = {c.new_place for c in compared.changes}
    return {new.place for _, new in compared.pairs if new.place not in changed}


@dataclass(frozen=True, slots=True)
class Recorded:
    """The receipts of the acts, the sources first."""

    receipts: list[Receipt]


def record(
    office: Secretariat,
    made: Import,
    mapping: bytes,
    signer: str,
    keys: Keyring,
    *,
    with_: tuple[str, ...] = (),
) -> Recorded | Refused:
    """Put an import on the record, all of it or nothing; the file, its text and the mapping are kept.

    Refused: a fault or open question in any row; whatever the rules refuse.
    """
    open_ = (*made.faults, *made.questions)
    if open_:
        return Refused(open_)
    register = office.as_of(for_="parties")
    sources = source_acts(register, made.edition, made.mapping, mapping, made.acts)
    file = made.edition.file
    cited = any(getattr(getattr(a, "basis", None), "source", "") for a in made.acts)
    for data in (mapping, *((file.data, file.text.encode("utf-8", "surrogatepass")) if cited else ())):
        kept = office.keep(data)
        if isinstance(kept, Refused):
            return kept
    said = [Submission(a, signer) for a in sources]
    said += [
        Submission(a, signer, with_=with_ if getattr(a, "basis", True) is None else ()) for a in made.acts
    ]
    done = submit(office, said, keys)
    return done if isinstance(done, Refused) else Recorded(done)
