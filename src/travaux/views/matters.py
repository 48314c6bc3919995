"""Open matters: the position of each side beside the others, with its reason and its reservations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from travaux.acts.kinds import Deny, Refuse, Reserve, TakePosition
from travaux.register.fold import Entered
from travaux.register.positions import Matter, Position
from travaux.views.line import line, side
from travaux.views.page import Line, Side
from travaux.views.wording import Wording, clipped

_REASON = 300  # characters
_DOES = {Refuse: "refuses", Deny: "denies"}


def matter_lines(w: Wording, matters: Iterable[Matter]) -> tuple[Line, ...]:
    """One line a matter, one side a party, by id."""
    return tuple(_matter(w, m) for m in matters)


def _matter(w: Wording, matter: Matter) -> Line:
    entries = [e for s in matter.sides for e in (*s.current, *s.reserved)]
    sides = [_side(w, s) for s in matter.sides]
    latest = max((e.act.on for e in entries), key=lambda on: on.first)
    if matter.subject:
        return line(w, "matter", entries, when=latest, sides=sides, subject=w.name(matter.subject))
    what = next((w.said(e.act.what, e.act.basis) for e in entries if isinstance(e.act, Refuse | Deny)), "")
    return line(w, "matter_refused", entries, when=latest, sides=sides, what=what or w.say("not_held"))


def _side(w: Wording, held: Position) -> Side:
    said = [_words(w, e, titled=not held.subject) for e in held.current]
    said += [_reserved(w, e) for e in held.reserved]
    marks = ("reserved",) if held.reserved else ()
    return side(w, held.party, "; ".join(said), (*held.current, *held.reserved), marks)


def _words(w: Wording, entered: Entered[Any], *, titled: bool) -> str:
    """What a side holds, refuses or denies; `titled` where the matter is called by what it refuses."""
    act = entered.act
    own = act.stance if isinstance(act, TakePosition) else act.what
    code = "side_holds" if isinstance(act, TakePosition) else f"side_{_DOES[type(act)]}"
    return w.say(
        f"{code}_it" if titled and code != "side_holds" else code,
        what=clipped(w.said(own, act.basis), _REASON),
        when=w.when(act.on),
        speaker=w.say("through", person=w.name(act.person)) if act.person else "",
        why=w.say("reason", why=clipped(act.why, _REASON)) if act.why else "",
    )


def _reserved(w: Wording, entered: Entered[Reserve]) -> str:
    act = entered.act
    why = act.condition or act.why
    return w.say(
        "side_reserves",
        sort=w.say(f"sort_{act.sort}"),
        when=w.when(act.on),
        why=w.say("reason", why=clipped(why, _REASON)) if why else "",
    )
