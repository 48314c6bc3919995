"""The minister's page: where we stand, is it us or them, did the goalposts move, what to decide today.

One A4 page for one party. Self-rated claims are labelled so; the five decisions wanted are drawn from mutual
waits, requests that are still open, and old disputes, each with who can decide and since when.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from heapq import nsmallest
from typing import Final

import msgspec

from travaux.acts.kinds import Answer
from travaux.acts.when import OPEN_END, When
from travaux.register.delivered import Delivered
from travaux.register.fold import Entered
from travaux.register.measures import Measure
from travaux.register.moved import Request
from travaux.views.delivered.board import Board, Circle, Spoken
from travaux.views.delivered.changes import Change
from travaux.views.delivered.making import asking, days_left, days_open, due_words, open_requests, what_of
from travaux.views.wording import Wording

FORMAT = "travaux-minister/1"
DECISIONS: Final = 5
AHEAD: Final = 60  # days
PARTS: Final = ("done", "under_way", "not_started", "none")


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


class _Wanted(msgspec.Struct, frozen=True, gc=False):
    """A decision that may be shown: since how many `days`, on which measure, and what about.

    That is a mutual wait, an open request, or an answer that disputes a claim (then `owes` is whose claim).
    """

    days: int
    measure: str
    about: Circle | Request | Entered[Answer]
    m: Measure | None = None
    owes: str = ""


def minister_page(w: Wording, board: Board, party: str) -> MinisterPage:
    """The page of one party from a board; the board's `compared` day is that of the last page."""
    counts, listed = board.counts, board.rows.measures
    on = date.fromisoformat(board.as_of)
    wanted = list(_wanted(board, on))
    first = nsmallest(DECISIONS, wanted, key=lambda d: (-d.days, d.measure))
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
        bars=tuple(_bars(w, listed)),
        schedule=_schedule(w, board, on),
        decisions=tuple(_told(w, one, on) for one in first),
        more=len(wanted) - len(first),
        changes=board.changes,
        days_moved=_days_moved(board),
        coming=tuple(_coming(w, listed, on)),
        spoken=board.spoken,
    )  # fmt: skip


def _sentence(w: Wording, board: Board, party: str) -> str:
    """Built from counts only: agreed done, claimed, overdue of ours and of theirs, disputes."""
    late = [d for d in board.rows.measures if d.days]
    return w.say(
        "minister_sentence",
        base=w.count("measures_owed", board.counts.base),
        strict=board.counts.strict,
        claimed=board.counts.claimed,
        current=board.counts.current,
        late=len(late),
        ours=sum(_open_to(d, party) for d in late),
        party=w.name(party),
        disputed=len(board.rows.disputed),
    )


def _open_to(d: Delivered, party: str) -> bool:
    """True where `party` is among those who owe it and have not said that it is done."""
    return any(s.party == party and "done" not in s.claims for s in d.counted.sides)


def _bars(w: Wording, listed: Sequence[Delivered]) -> Iterator[Bar]:
    owing = (d.counted.sides for d in listed if not d.counted.withdrawn)
    said = Counter([(s.party, s.claims) for sides in owing for s in sides])
    counted: Counter[tuple[str, str]] = Counter()
    for (party, claims), n in said.items():
        counted[party, _part(claims)] += n
    for party in dict.fromkeys(party for party, _ in said):
        parts = tuple(Part(code=c, word=w.say(f"bar_{c}"), n=counted[party, c]) for c in PARTS)
        yield Bar(party=party, name=w.name(party), owes=sum(p.n for p in parts), parts=parts)


def _part(claims: frozenset[str]) -> str:
    if not claims:
        return "none"
    if claims == {"done"}:
        return "done"
    return "under_way" if claims & {"under_way", "done_in_part", "done"} else "not_started"


def _schedule(w: Wording, board: Board, today: date) -> str:
    """Earned schedule in measures: the day on which the plan expected as many as are agreed done today."""
    first = (d.measure.dues[0].when for d in board.rows.measures)
    dues = sorted(when.last for when in first if when is not None and when.last != OPEN_END)
    done = board.counts.strict
    expected = bisect_right(dues, today)
    if not dues:
        return w.say("schedule_none")
    if done == 0:
        return w.say("schedule_nothing", expected=expected)
    earned = dues[min(done, len(dues)) - 1]
    return w.say("schedule", done=done, day=w.day(earned), behind=(today - earned).days, expected=expected)


def _wanted(board: Board, on: date) -> Iterator[_Wanted]:
    mutual = [c for c in board.circles if c.mutual]
    waiting = {m for c in mutual for m in c.measures}
    late = {d.measure.id: d.days for d in board.rows.measures if d.measure.id in waiting}
    for circle in mutual:
        days = max((late[m] for m in circle.measures if m in late), default=0)
        yield _Wanted(days, circle.measures[0], circle)
    for d in board.rows.measures:
        m = d.measure
        for request in open_requests(m) if m.requests else ():
            yield _Wanted(days_open(request, on), m.id, request, m)
        if d.counted.disputed:
            for party, answer in _disputes(d):
                yield _Wanted(_days_since(answer.act.on, on), m.id, answer, m, party)


def _disputes(d: Delivered) -> Iterator[tuple[str, Entered[Answer]]]:
    """Each answer that disputes a claim, with the party whose claim it is."""
    for owed, side in zip(d.measure.owed, d.counted.sides, strict=True):
        for party, says in side.answers.items():
            if says == "disputes":
                yield owed.party, owed.answers[party]


def _told(w: Wording, one: _Wanted, on: date) -> Decision:
    about, what = one.about, what_of(w, one.m) if one.m else w.name(one.measure)
    acts: tuple[str, ...] = ()
    if isinstance(about, Circle):
        sort, text = "mutual_wait", about.words
        who = ", ".join(w.name(p) for p in about.parties)
    elif isinstance(about, Request):
        told = asking(w, about, on)
        text = w.say("decide_request", party=told.name, to=told.to, why=told.why)
        sort, who, acts = "extension", ", ".join(told.lacking), (told.act,)
    else:
        why = w.say(f"dispute_{about.act.reason}") if about.act.reason else about.act.words
        text = w.say("decide_dispute", party=w.name(one.owes), other=w.name(about.actor), why=why)
        sort, who, acts = "dispute", w.say("joint_body"), (about.id,)
    return Decision(sort=sort, measure=one.measure, what=what, text=text, days=one.days, who=who, acts=acts)


def _days_since(when: When, today: date) -> int:
    return max((today - when.last).days, 0) if when.last != OPEN_END else 0


def _days_moved(board: Board) -> int:
    moved = {c.measure for c in board.changes if c.sort == "moved"}
    rows = board.rows.where(lambda d: d.measure.id in moved) if moved else ()
    return sum(r.dates[-1].moved_days or 0 for r in rows)


def _coming(w: Wording, listed: Sequence[Delivered], on: date) -> Iterator[Coming]:
    left = ((days_left(d, on), d) for d in listed if not d.counted.withdrawn and not d.days)
    near = [(days, d.measure.id, d) for days, d in left if days is not None and days <= AHEAD]
    for days, thing, d in sorted(near, key=lambda item: item[:2]):
        owes = tuple(w.name(o.party) for o in d.measure.owed)
        yield Coming(measure=thing, what=what_of(w, d.measure), due=due_words(w, d), days=days, owes=owes)
