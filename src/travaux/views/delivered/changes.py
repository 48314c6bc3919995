"""What changed for each measure between two days, told in the order of the measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from travaux.register.delivered import Delivered
from travaux.views.delivered.row import Row
from travaux.views.delivered.rows import Rows
from travaux.views.wording import Wording


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What changed for one measure between two days.

    `sort` is added, obligation, moved, claim, answer, finding or passed.
    """

    measure: str
    what: str
    sort: str
    text: str
    acts: tuple[str, ...] = ()


def changes(w: Wording, before: Rows, after: Rows) -> Iterator[Change]:
    """What changed for each measure between two states; rows are made only of those that differ."""
    old = {d.measure.id: n for n, d in enumerate(before.measures)}
    for n, d in enumerate(after.measures):
        at = old.get(d.measure.id)
        if at is None:
            yield from _changed(w, None, after[n])
        elif _differ(before.measures[at], d):
            yield from _changed(w, before[at], after[n])


def _differ(old: Delivered, new: Delivered) -> bool:
    """False where nothing that `_changed` tells of can have changed."""
    return _told(old) != _told(new) or (new.days > 0 and old.days == 0)


def _told(d: Delivered) -> tuple[object, ...]:
    m = d.measure
    said = [(e.id for e in o.current) for o in m.owed], [(a.id for a in o.answers.values()) for o in m.owed]
    finding = m.finding and (m.finding.id, m.finding.corrected)
    return m.obligation, len(m.dues), finding, *(tuple(ids) for part in said for ids in part)


def _changed(w: Wording, old: Row | None, row: Row) -> Iterator[Change]:
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
