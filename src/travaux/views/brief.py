"""The brief: one typed page computed from the register as of a day, in the order a reader needs it.

What the audience may not see never reaches the `AsOf`, so nothing is filtered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from travaux.acts.kinds import State
from travaux.register.fold import AsOf
from travaux.register.measures import measures
from travaux.register.meetings import meetings
from travaux.register.positions import Figure, figures, matters
from travaux.register.things import instruments
from travaux.views.compare import change_lines, changes
from travaux.views.happenings import meeting_lines, source_lines, statement_lines
from travaux.views.matters import matter_lines
from travaux.views.page import FORMAT, MARKS, SAID, Brief, Line, Section, Term
from travaux.views.promised import claim_lines, latest_figures, nearest_first, promises
from travaux.views.standing import BY_ACTS, Ladder, ladder_lines, standing_lines
from travaux.views.wording import Wording, Words, no_words, wording

# What each section may take of the first page, in printed rows; together with the headings they fill one A4.
ROWS: Final = {
    "standing": 6, "changes": 9, "ladder": 10, "matters": 8, "promises": 10, "claims": 6, "meetings": 6,
}  # fmt: skip
_WIDE, _NARROW = 70, 22  # characters of a row in the column of words, and in that of sources
_EACH_GROUP = 2  # changes of one group on the first page


def nothing_held(_: str) -> bool:
    """No document is held."""
    return False


def brief(
    asof: AsOf,
    *,
    compare: AsOf | None = None,
    lang: str = "en",
    words: Words = no_words,
    holds: Callable[[str], bool] = nothing_held,
    ladder: Ladder = BY_ACTS,
) -> Brief:
    """The brief of `asof`. A day in it (`asof.on`) is needed for anything to be due or overdue.

    `compare` is an earlier state of the same register, for "what changed". `words` gives the characters of
    an anchor where the document is held, `holds` says whether the document of a hash is. `ladder` knows the
    rungs and where a text stands on them.
    """
    w = wording(asof, lang, words, ladder.names)
    founding = asof.founding
    return Brief(
        format=FORMAT,
        register=founding.name,
        kind=founding.kind,
        lang=lang,
        as_of=asof.on.isoformat() if asof.on else "",
        compared=compare.on.isoformat() if compare and compare.on else "",
        title=w.say("title", register=founding.name),
        stand=w.say(f"stand_{founding.kind}", day=w.day(asof.on) if asof.on else w.say("all_days")),
        sections=tuple(_sections(w, compare, holds, ladder)),
        legend=tuple(Term(mark=m, word=w.say(f"mark_{m}"), printed=m not in SAID) for m in MARKS),
    )


def _sections(
    w: Wording, compare: AsOf | None, holds: Callable[[str], bool], ladder: Ladder
) -> Iterable[Section]:
    asof = w.asof
    texts, owed, open_, given = instruments(asof), measures(asof), matters(asof), figures(asof)
    said, held = asof.acts(State), meetings(asof)
    places = [ladder.place(asof, t) for t in texts]
    promised = {m.id for m in owed}
    yield _section(w, "standing", standing_lines(w, texts, places, owed, open_))
    if compare is not None:
        changed = change_lines(changes(compare, asof), w)
        since = w.day(compare.on) if compare.on and compare.on != asof.on else ""
        yield _section(w, "changes", changed, _first_of_each(changed), since)
    rungs = ladder_lines(w, ladder, texts, places)
    yield _section(w, "ladder", rungs, sorted(rungs, key=lambda one: one.code != "view.text_waits"))
    yield _section(w, "matters", matter_lines(w, open_))
    made = promises(w, owed, said)
    yield _section(w, "promises", tuple(p.line for p in made), nearest_first(made))
    yield _section(w, "claims", claims := claim_lines(w, given), _latest(claims, given))
    yield _section(w, "meetings", meeting_lines(w, held))
    yield _section(w, "statements", statement_lines(w, said, promised.__contains__))
    yield _section(w, "sources", source_lines(w, holds))


def _section(
    w: Wording, name: str, lines: tuple[Line, ...], first: Sequence[Line] | None = None, since: str = ""
) -> Section:
    """The section with its first-page lines marked: as many as fit, in the order of `first` (all lines)."""
    left, front, headings = ROWS.get(name, 0), set(), {""}
    for one in lines if first is None else first:
        rows = _rows(one) + (one.group not in headings)
        if rows <= left:
            front.add(id(one))
            headings.add(one.group)
            left -= rows
    return Section(
        id=name,
        title=w.say(f"section_{name}_since", day=since) if since else w.say(f"section_{name}"),
        lines=tuple(replace(one, front=True) if id(one) in front else one for one in lines),
        empty=w.say(f"empty_{name}"),
    )


def _rows(one: Line) -> int:
    """About how many printed rows a line takes, its sides with it."""
    texts = [(f"{one.text} {one.quote}", "" if one.told_by_sides else one.sources)]
    texts += [(f"{s.text} {s.quote}", s.sources) for s in one.joined]
    return sum(max(-(-len(text) // _WIDE), -(-len(sources) // _NARROW)) for text, sources in texts)


def _first_of_each(lines: Sequence[Line]) -> list[Line]:
    """A few lines of each group, so that every sort of change is on the first page."""
    return [one for _, rows in groupby(lines, key=lambda c: c.group) for one in list(rows)[:_EACH_GROUP]]


def _latest(lines: Sequence[Line], given: Sequence[Figure]) -> list[Line]:
    """The last figure of each speaker, the latest first."""
    last = latest_figures(given)
    return sorted((c for c in lines if c.acts[0] in last), key=lambda c: last[c.acts[0]], reverse=True)
