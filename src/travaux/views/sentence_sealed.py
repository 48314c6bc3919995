"""What is said of sealed parts: who may open them, and what they hold for whom they are open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from travaux.acts.base import Act
from travaux.register.fold import Entered, Part
from travaux.views.wording import Wording, clipped

_NOTE = 240  # characters
Sentence = Callable[[Entered[Act], Wording], str]


def sealed_clauses(entered: Entered[Act], w: Wording, say: Sentence) -> str:
    """A clause for each sealed part of an act, as known at the size of `w.asof`; `say` tells an act."""
    known = (p.by(w.asof.recorded) for p in entered.parts)
    return "".join(f"; {_clause(entered, p, w, say)}" for p in known)


def _clause(entered: Entered[Act], part: Part, w: Wording, say: Sentence) -> str:
    values: dict[str, Any] = {"readers": _readers(part, w)}
    if part.fault is not None:
        values["why"] = part.fault.sentence(w.lang)
    if part.act is not None:
        inner = msgspec.structs.replace(entered, act=part.act, parts=())
        values["says"] = say(inner, w)
        return w.say(f"part_{part.state}", **values)
    if part.note:
        return w.say("part_note", note=clipped(part.note, _NOTE), **values)
    return w.say(f"part_{part.state}", **values)


def _readers(part: Part, w: Wording) -> str:
    return w.say("part_parties") if isinstance(part.to, str) else w.listed(part.to)
