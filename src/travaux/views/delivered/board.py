"""The board: all measures of a register or programme, counted by the printed rule, and the lists people need.

What moved, where the sides disagree, what nobody reported on, who waits for whom, what a body answers for,
what changed between two days. One base, three counts; figures spoken in public stand beside them, as said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from travaux.acts.collector import collector_resting
from travaux.delivery.counting import VERSION, tally
from travaux.delivery.waits import circles
from travaux.register.delivered import Delivery, delivery
from travaux.register.fold import AsOf
from travaux.register.positions import Figure, figures
from travaux.views.delivered.changes import Change, changes
from travaux.views.delivered.row import Row
from travaux.views.delivered.rows import Rows
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


class Board(_Part, frozen=True):
    """Measures as of a day. `compared` is the day they are compared with, or "".

    Everything but the rows is there at once; each of `rows` is made when it is looked at.
    """

    format: str
    register: str
    register_id: str
    kind: str
    lang: str
    as_of: str
    compared: str
    reader: str
    counts: Counts
    rows: Rows
    circles: tuple[Circle, ...]
    spoken: tuple[Spoken, ...]
    changes: tuple[Change, ...] = ()


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

    def state(asof: AsOf, day: date) -> Delivery:
        whole = delivery(asof, day)
        return whole.under(programme) if programme else whole

    now = state(w.asof, on)
    rows = Rows(w, now)
    before = Rows(w, state(*compare)) if compare else None
    return Board(
        format=FORMAT,
        register=w.asof.founding.name,
        register_id=w.asof.founding.origin,
        kind=w.asof.founding.kind,
        lang=w.lang,
        as_of=on.isoformat(),
        compared=compare[1].isoformat() if compare else "",
        reader=reader,
        counts=_counts(w, now, base_on),
        rows=rows,
        circles=_circles(w, now),
        spoken=tuple(_spoken(w, f) for f in figures(w.asof) if programme in ("", f.claim.of)),
        changes=tuple(changes(w, before, rows)) if before is not None else (),
    )


def board_json(page: Board) -> bytes:
    """A board with all its rows as JSON (``docs/schema/measures.schema.json``)."""
    with collector_resting():
        return msgspec.json.encode(page, enc_hook=_made)


def board_values(page: Board) -> dict[str, Any]:
    """The same as plain values."""
    with collector_resting():
        made: dict[str, Any] = msgspec.to_builtins(page, enc_hook=_made)
    return made


def _made(rows: Any) -> tuple[Row, ...]:
    """The rows of a list that is written whole; a board holds nothing else that has to be made first."""
    if not isinstance(rows, Rows):
        raise NotImplementedError(type(rows))
    return tuple(rows)


def _counts(w: Wording, state: Delivery, base_on: date | None) -> Counts:
    held = [d.adopted for d in state.measures if d.under] or [d.adopted for d in state.measures]
    day = base_on or _largest(held) or state.on
    base = [d for d in state.measures if d.adopted <= day]
    found = tally(d.counted for d in base)
    added = len(state.measures) - len(base)
    removed = sum(d.counted.withdrawn for d in state.measures)
    return Counts(
        rule=w.say("counting_rule"),
        version=VERSION,
        base_on=day.isoformat(),
        base=found.base,
        added=added,
        removed=removed,
        current=len(state.measures) - removed,
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


def _circles(w: Wording, state: Delivery) -> tuple[Circle, ...]:
    waiting = {x.measure for x in state.waits}
    owing = {
        d.measure.id: [o.party for o in d.measure.owed] for d in state.measures if d.measure.id in waiting
    }
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
