"""The minister's page: where we stand, is it us or them, did the goalposts move, what to decide today.

One A4 page for one party. Self-rated claims are labelled so; the five decisions wanted are drawn from mutual
waits, requests that are still open, and old disputes, each with who can decide and since when.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import msgspec

from travaux.acts.when import OPEN_END, When
from travaux.views.delivered.board import Board, Change, Spoken
from travaux.views.delivered.row import Row
from travaux.views.wording import Wording

FORMAT = "travaux-minister/1"
DECISIONS: Final = 5
AHEAD: Final = 60  # days


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    pass


class Part(_Part, frozen=True):
    """A part of a bar: how many measures it claims done, under way, not started, or has not reported on."""

    code: str
    word: str
    n: int


class Bar(_Part, frozen=True):
    """One party's measures on the printed base, in parts that add up: `n` each, with word and shape."""

    party: str
    name: str
    owes: int
    parts: tuple[Part, ...]


class Decision(_Part, frozen=True):
    """A decision wanted: what about, why now, since how many days, who can take it."""

    sort: str
    measure: str
    what: str
    text: str
    days: int
    who: str
    acts: tuple[str, ...] = ()


class Coming(_Part, frozen=True):
    """A measure due within the next sixty days."""

    measure: str
    what: str
    due: str
    days: int
    owes: tuple[str, ...]


class MinisterPage(_Part, frozen=True):
    """The page for `party`, as of a day; `more` counts the decisions that did not find room."""

    format: str
    register: str
    party: str
    name: str
    as_of: str
    compared: str
    sentence: str
    rule: str
    base: str
    bars: tuple[Bar, ...]
    schedule: str
    decisions: tuple[Decision, ...]
    more: int
    changes: tuple[Change, ...]
    days_moved: int
    coming: tuple[Coming, ...]
    spoken: tuple[Spoken, ...]


def minister_page(w: Wording, board: Board, party: str) -> MinisterPage:
    """The page of one party from a board; the board's `compared` day is that of the last page."""
    wanted = sorted(_decisions(w, board), key=lambda d: (-d.days, d.measure))
    counts = board.counts
    return MinisterPage(
        format=FORMAT,
        register=board.register,
        party=party,
        name=w.name(party),
        as_of=board.as_of,
        compared=board.compared,
        sentence=_sentence(w, board, party),
        rule=counts.rule,
        base=w.say(
            "base", base=counts.base, day=w.day(date.fromisoformat(counts.base_on)), added=counts.added,
            removed=counts.removed, current=counts.current,
        ),
        bars=tuple(_bars(w, board)),
        schedule=_schedule(w, board),
        decisions=tuple(wanted[:DECISIONS]),
        more=max(len(wanted) - DECISIONS, 0),
        changes=board.changes,
        days_moved=sum(_moved_days(board)),
        coming=tuple(_coming(board.rows)),
        spoken=board.spoken,
    )  # fmt: skip


def _sentence(w: Wording, board: Board, party: str) -> str:
    """Built from counts only: agreed done, claimed, overdue of ours and of theirs, disputes."""
    ours = sum(_late(r, party) for r in board.rows)
    late = sum(r.overdue_days > 0 for r in board.rows)
    return w.say(
        "minister_sentence",
        base=w.count("measures_owed", board.counts.base),
        strict=board.counts.strict,
        claimed=board.counts.claimed,
        current=board.counts.current,
        late=late,
        ours=ours,
        party=w.name(party),
        disputed=len(board.disputed),
    )


def _late(row: Row, party: str) -> bool:
    """Overdue, and `party` is among those who have not said it is done."""
    mine = [c for c in row.cells if c.party == party]
    return row.overdue_days > 0 and any(all(s.code != "done" for s in c.claims) for c in mine)


def _bars(w: Wording, board: Board) -> Iterable[Bar]:
    cells = [c for r in board.rows if r.obligation != "withdrawn" for c in r.cells]
    for party in dict.fromkeys(c.party for c in cells):
        own = [c for c in cells if c.party == party]
        counted = dict.fromkeys(("done", "under_way", "not_started", "none"), 0)
        for cell in own:
            counted[_part(tuple(s.code for s in cell.claims))] += 1
        parts = tuple(Part(code=code, word=w.say(f"bar_{code}"), n=n) for code, n in counted.items())
        yield Bar(party=party, name=w.name(party), owes=len(own), parts=parts)


def _part(claims: tuple[str, ...]) -> str:
    if not claims:
        return "none"
    if set(claims) == {"done"}:
        return "done"
    return "under_way" if set(claims) & {"under_way", "done_in_part", "done"} else "not_started"


def _schedule(w: Wording, board: Board) -> str:
    """Earned schedule in measures: the day on which the plan expected as many as are agreed done today."""
    dues = sorted(d for r in board.rows if (d := _last_day(r)) != date.max)
    done = board.counts.strict
    today = date.fromisoformat(board.as_of)
    expected = sum(d <= today for d in dues)
    if not dues:
        return w.say("schedule_none")
    if done == 0:
        return w.say("schedule_nothing", expected=expected)
    earned = dues[min(done, len(dues)) - 1]
    return w.say("schedule", done=done, day=w.day(earned), behind=(today - earned).days, expected=expected)


def _last_day(row: Row) -> date:
    made = When.parse(row.dates[0].on) if row.dates[0].on else None
    return made.last if isinstance(made, When) else date.max


def _decisions(w: Wording, board: Board) -> Iterable[Decision]:
    for circle in board.circles:
        if circle.mutual:
            who = ", ".join(w.name(p) for p in circle.parties)
            first = circle.measures[0]
            days = max((r.overdue_days for r in board.rows if r.id in circle.measures), default=0)
            yield Decision(
                sort="mutual_wait", measure=first, what=w.name(first), text=circle.words, days=days, who=who
            )
    for row in board.rows:
        yield from _asked(row, w)
        yield from _disputed(row, w, date.fromisoformat(board.as_of))


def _asked(row: Row, w: Wording) -> Iterable[Decision]:
    for request in row.asking:
        text = w.say("decide_request", party=request.name, to=request.to, why=request.why)
        yield Decision(
            sort="extension", measure=row.id, what=row.what, text=text, days=request.days,
            who=", ".join(request.lacking), acts=(request.act,),
        )  # fmt: skip


def _disputed(row: Row, w: Wording, today: date) -> Iterable[Decision]:
    for cell in row.cells:
        for reply in cell.replies:
            if reply.said and reply.said.code == "disputes":
                text = w.say(
                    "decide_dispute", party=cell.name, other=reply.name,
                    why=reply.said.reason or reply.said.words,
                )  # fmt: skip
                yield Decision(
                    sort="dispute", measure=row.id, what=row.what, text=text,
                    days=_days_since(reply.said.on, today), who=w.say("joint_body"), acts=(reply.said.act,),
                )  # fmt: skip


def _days_since(on: str, today: date) -> int:
    made = When.parse(on)
    return max((today - made.last).days, 0) if isinstance(made, When) and made.last != OPEN_END else 0


def _moved_days(board: Board) -> Iterable[int]:
    moved = {c.measure for c in board.changes if c.sort == "moved"}
    return (d.moved_days or 0 for r in board.rows if r.id in moved for d in r.dates[-1:])


def _coming(rows: Sequence[Row]) -> Iterable[Coming]:
    near = [
        r for r in rows if r.days_left is not None and r.days_left <= AHEAD and r.obligation != "withdrawn"
    ]
    for row in sorted(near, key=lambda r: (r.days_left or 0, r.id)):
        yield Coming(
            measure=row.id, what=row.what, due=row.due_when, days=row.days_left or 0,
            owes=tuple(c.name for c in row.cells),
        )  # fmt: skip
