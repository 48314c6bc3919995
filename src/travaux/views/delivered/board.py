"""The board: all measures of a register or programme, counted by the printed rule, and the lists people need.

What moved, where the sides disagree, what nobody reported on, who waits for whom, what a body answers for,
what changed between two days. One base, three counts; figures spoken in public stand beside them, as said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from travaux.delivery.counting import VERSION, Group, group_of, tally
from travaux.delivery.waits import circles
from travaux.register.dated import day_of
from travaux.register.delivered import Delivered, Delivery, delivery
from travaux.register.fold import AsOf
from travaux.register.positions import Figure, figures
from travaux.views.delivered.row import Row, rows
from travaux.views.sentence import claimed
from travaux.views.wording import Wording

FORMAT = "travaux-measures/1"


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    pass


class PartyCount(_Part, frozen=True):
    """How many of the measures a party owes it claims done."""

    party: str
    name: str
    claims_done: int
    owes: int


class GroupCount(_Part, frozen=True):
    """How many measures the rule puts into one group."""

    group: str
    word: str
    n: int


class Counts(_Part, frozen=True):
    """The three counts on one base, frozen on `base_on`, and the current base beside it."""

    rule: str
    version: int
    base_on: str
    base: int
    added: int
    removed: int
    current: int
    strict: int
    claimed: int
    by_party: tuple[PartyCount, ...]
    groups: tuple[GroupCount, ...]


class Spoken(_Part, frozen=True):
    """A figure of fulfilment as somebody said it: never averaged, never compared away."""

    who: str
    figure: str
    on: str
    when: str
    act: str
    sources: str


class Circle(_Part, frozen=True):
    """Measures that wait for each other; `mutual` where the waiting crosses parties."""

    measures: tuple[str, ...]
    parties: tuple[str, ...]
    mutual: bool
    words: str


class Change(_Part, frozen=True):
    """What changed for one measure between two days.

    `sort` is added, obligation, moved, claim, answer, finding or passed.
    """

    measure: str
    what: str
    sort: str
    text: str
    acts: tuple[str, ...] = ()


class Board(_Part, frozen=True):
    """Measures as of a day. `compared` is the day they are compared with, or ""."""

    format: str
    register: str
    register_id: str
    kind: str
    lang: str
    as_of: str
    compared: str
    reader: str
    counts: Counts
    rows: tuple[Row, ...]
    circles: tuple[Circle, ...]
    spoken: tuple[Spoken, ...]
    changes: tuple[Change, ...] = ()

    @property
    def moved(self) -> tuple[Row, ...]:
        """Measures whose date is not the one first promised."""
        return tuple(r for r in self.rows if r.moved)

    @property
    def disputed(self) -> tuple[Row, ...]:
        """Measures of which a party disputes what another reports."""
        return tuple(r for r in self.rows if r.disputed)

    @property
    def unreported(self) -> tuple[Row, ...]:
        """Measures in force of which at least one party that owes has reported nothing."""
        return tuple(
            r for r in self.rows if r.obligation != "withdrawn" and any(not c.claims for c in r.cells)
        )

    @property
    def waiting(self) -> tuple[Row, ...]:
        """Measures whose date hangs on something that has not happened."""
        return tuple(r for r in self.rows if r.waits_for)

    def of_body(self, name: str) -> tuple[Row, ...]:
        """Measures that a body leads or carries out with others, by its name."""
        return tuple(r for r in self.rows if any(name in (c.lead, *c.also) for c in r.cells))


def board(
    w: Wording,
    on: date,
    *,
    compare: tuple[AsOf, date] | None = None,
    programme: str = "",
    base_on: date | None = None,
    reader: str = "public",
) -> Board:
    """The board as of the day `on`, of all measures or of one programme.

    `compare` is an earlier state and its day. `base_on` freezes the base (default: the day on
    which most were promised under an instrument). `reader` is whom it is made for.
    """
    state = _within(delivery(w.asof, on), programme)
    made = rows(w, state)
    before = _within(delivery(*compare), programme) if compare else None
    return Board(
        format=FORMAT,
        register=w.asof.founding.name,
        register_id=w.asof.founding.origin,
        kind=w.asof.founding.kind,
        lang=w.lang,
        as_of=on.isoformat(),
        compared=compare[1].isoformat() if compare else "",
        reader=reader,
        counts=_counts(w, state, base_on),
        rows=made,
        circles=_circles(w, state),
        spoken=tuple(_spoken(w, f) for f in figures(w.asof) if programme in ("", f.claim.of)),
        changes=changes(w, rows(w, before), made) if before else (),
    )


def by_quarter(listed: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows under the quarter they are due in, in order of time; those without a date last, under ""."""
    found: dict[str, list[Row]] = {}
    for row in sorted(listed, key=lambda r: (not r.quarter, r.quarter, r.id)):
        found.setdefault(row.quarter, []).append(row)
    return found


def changes(w: Wording, before: Sequence[Row], after: Sequence[Row]) -> tuple[Change, ...]:
    """What changed for each measure between two states."""
    old = {r.id: r for r in before}
    found: list[Change] = []
    for row in after:
        found += _changed(w, old.get(row.id), row)
    return tuple(found)


def _changed(w: Wording, old: Row | None, row: Row) -> Iterable[Change]:
    def change(sort: str, acts: Iterable[str] = (), **values: str) -> Change:
        text = w.say(f"measure_{sort}", **values)
        return Change(measure=row.id, what=row.what, sort=sort, text=text, acts=tuple(acts))

    if old is None:
        yield change("added", row.acts, due=row.due_when)
        return
    if row.obligation != old.obligation:
        yield change(
            "obligation", (), old=w.say(f"owed_{old.obligation}"), new=w.say(f"owed_{row.obligation}")
        )
    for dated in row.dates[len(old.dates) :]:
        yield change("moved", dated.acts, old=old.dates[-1].when, new=dated.when, why=dated.why)
    known = {s.act for c in old.cells for s in (*c.claims, *(r.said for r in c.replies if r.said))}
    for cell in row.cells:
        for claim in cell.claims:
            if claim.act not in known:
                yield change("claim", (claim.act,), who=cell.name, word=claim.word)
        for reply in cell.replies:
            if reply.said and reply.said.act not in known:
                yield change("answer", (reply.said.act,), who=reply.name, word=reply.said.word)
    if row.finding and row.finding != old.finding:
        yield change("finding", (row.finding.act,), word=row.finding.word)
    if row.overdue_days and not old.overdue_days:
        yield change("passed", (), days=w.count("days", row.overdue_days))


def _within(state: Delivery, programme: str) -> Delivery:
    if not programme:
        return state
    kept = tuple(d for d in state.measures if d.measure.last.under == programme)
    ids = {d.measure.id for d in kept}
    return Delivery(state.on, kept, tuple(x for x in state.waits if x.measure in ids), state.parties)


def _counts(w: Wording, state: Delivery, base_on: date | None) -> Counts:
    adopted = {d.measure.id: day_of(d.measure.promised[0].act.on) for d in state.measures}
    held = [d.measure for d in state.measures if d.measure.last.under] or [d.measure for d in state.measures]
    day = base_on or _largest(adopted[m.id] for m in held) or state.on
    base = [d for d in state.measures if adopted[d.measure.id] <= day]
    found = tally(d.counted for d in base)
    added = len(state.measures) - len(base)
    return Counts(
        rule=w.say("counting_rule"),
        version=VERSION,
        base_on=day.isoformat(),
        base=found.base,
        added=added,
        removed=sum(_gone(d) for d in state.measures),
        current=sum(not _gone(d) for d in state.measures),
        strict=found.strict,
        claimed=found.claimed,
        by_party=tuple(
            PartyCount(party=p, name=w.name(p), claims_done=says, owes=owes)
            for p, (says, owes) in found.by_party.items()
        ),
        groups=tuple(
            GroupCount(group=g.value, word=w.say(f"group_{g.value}"), n=n) for g, n in found.groups.items()
        ),
    )


def _largest(days: Iterable[date]) -> date | None:
    """The day on which most measures were adopted, the first of them where there are several."""
    counted = Counter(days)
    return min(counted, key=lambda day: (-counted[day], day), default=None)


def _gone(d: Delivered) -> bool:
    return group_of(d.counted) is Group.WITHDRAWN


def _circles(w: Wording, state: Delivery) -> tuple[Circle, ...]:
    owing = {d.measure.id: [o.party for o in d.measure.owed] for d in state.measures}
    found = circles(state.waits, owing)
    return tuple(
        Circle(
            measures=c.measures,
            parties=c.parties,
            mutual=c.mutual,
            words="; ".join(w.say("waits_on", measure=w.name(x.measure), on=w.name(x.on)) for x in c.waits),
        )
        for c in sorted(found, key=lambda c: not c.mutual)
    )


def _spoken(w: Wording, figure: Figure) -> Spoken:
    said = figure.said
    return Spoken(
        who=w.who(said),
        figure=claimed(figure.claim, w),
        on=str(said.act.on),
        when=w.when(said.act.on),
        act=said.id,
        sources=w.sources(said.act),
    )
