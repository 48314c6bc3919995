"""What the acts of the text family say, in words: the values of their sentences, and which sentence it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from travaux.acts import kinds as k
from travaux.acts.base import Act
from travaux.views.wording import Wording, clipped

_LONGEST = 240  # characters of a text that a sentence quotes
_HASH = 8


def part(act: Any, w: Wording) -> str:
    """What an act is about: a bracket or a unit of an instrument, or the instrument itself."""
    title = w.name(getattr(act, "instrument", "") or act.subject)
    if act.bracket:
        return w.say("part_bracket", bracket=act.bracket, title=title)
    return w.say("part_unit", unit=w.name(act.unit), title=title) if act.unit else title


def _words(text: str, w: Wording) -> str:
    return w.say("quote", words=clipped(text, _LONGEST)) if text.strip() else w.say("no_text")


def _propose(act: k.Propose, w: Wording) -> dict[str, object]:
    words = w.say("document", hash=act.document[:_HASH]) if act.document else _words(act.words, w)
    after = act.place.after if act.place else ""
    place = w.say("place_after", unit=w.name(after)) if after else w.say("place_first")
    return {"part": part(act, w), "lang": act.lang, "words": words, "place": place}


def _support(act: k.Support, w: Wording) -> dict[str, object]:
    return {"part": part(act, w), "option": _words(act.option, w), "like": w.name(act.like)}


def _oppose(act: k.Oppose, w: Wording) -> dict[str, object]:
    title = w.name(act.instrument)
    told = w.say("part_bracket", bracket=act.bracket, title=title)
    return {"part": told, "option": _words(act.option, w)}


def _settle(act: k.Settle, w: Wording) -> dict[str, object]:
    option = "" if act.option is None else _words(act.option, w)
    degree = w.say(f"degree_{act.degree}")
    return {"part": part(act, w), "at": w.name(act.at), "degree": degree, "option": option}


def _couple(act: k.Couple, w: Wording) -> dict[str, object]:
    return {"title": w.name(act.instrument), "brackets": ", ".join(act.brackets)}


def _streamline(act: k.Streamline, w: Wording) -> dict[str, object]:
    told = w.say("part_bracket", bracket=act.bracket, title=w.name(act.instrument))
    return {"part": told, "n": len(act.options), "words": _words(act.words, w)}


def _rectify(act: k.Rectify, w: Wording) -> dict[str, object]:
    told = w.say("part_unit", unit=w.name(act.unit), title=w.name(act.instrument))
    return {"part": told, "lang": act.lang, "was": _words(act.was, w), "now": _words(act.now, w)}


def _reserve(act: k.Reserve, w: Wording) -> dict[str, object]:
    return {"subject": part(act, w), "sort": w.say(f"sort_{act.sort}")}


TEXT_VALUES: Final[dict[type[Act], Callable[[Any, Wording], dict[str, object]]]] = {
    k.Propose: _propose,
    k.Support: _support,
    k.Oppose: _oppose,
    k.Reserve: _reserve,
    k.Lift: lambda a, w: {"subject": part(a, w)},
    k.Settle: _settle,
    k.Couple: _couple,
    k.Streamline: _streamline,
    k.Rectify: _rectify,
}
TEXT_VARIANTS: Final[dict[type[Act], Callable[[Any], str]]] = {
    k.Propose: lambda a: "propose_option" if a.bracket else f"propose_{a.operation}",
    k.Support: lambda a: "support_like" if a.like else f"support_{a.stance}",
    k.Settle: lambda a: "settle" if a.option is None else "settle_option",
    k.Couple: lambda a: f"couple_{a.sort}",
}
