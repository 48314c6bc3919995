"""One neutral sentence for any act: who, what, about what. The date and the source are said beside it.

Every kind has a wording ``view.act_<kind>``. The optional fields of an act follow as clauses
(``view.clause_<field>``); what an act leaves out is left out of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import msgspec

from travaux.acts import kinds as k
from travaux.acts.base import Act, Claim, Evidence, Point
from travaux.acts.vocabulary import kind_of
from travaux.register.fold import Entered
from travaux.views.page import SHORT
from travaux.views.sentence_delivery import DELIVERY_VALUES, DELIVERY_VARIANTS
from travaux.views.sentence_sealed import sealed_clauses
from travaux.views.sentence_text import TEXT_VALUES, TEXT_VARIANTS
from travaux.views.wording import QUOTES, Wording, clipped

_WORD = re.compile(r"\w+")
_CLAUSE = 240  # characters of free text in a clause


def sentence(entered: Entered[Act], w: Wording) -> str:
    """What the act says, in one sentence without a full stop."""
    act, kind = entered.act, kind_of(entered.act)
    if isinstance(act, k.Correct):
        return _correction(entered, act, w)
    values = {"who": w.who(entered), **_MAIN.get(type(act), _nothing)(act, w)}
    variant = _VARIANT.get(type(act), lambda _: kind)(act)
    if isinstance(act, _PASSIVE) and not entered.actor:
        variant = f"{variant}_unnamed"
    main = w.say(f"act_{variant}", **values)
    return main + _clauses(act, w, main) + sealed_clauses(entered, w, sentence)


def _correction(entered: Entered[Act], act: k.Correct, w: Wording) -> str:
    """What the corrected act now says, or that it is struck; and why."""
    now = sentence(msgspec.structs.replace(entered, act=act.instead), w) if act.instead else ""
    return w.say(
        "act_correct" if now else "act_correct_strikes", now=now, act=act.corrects[:SHORT], why=act.why
    )


def claimed(claim: Claim, w: Wording) -> str:
    """A figure of fulfilment in words: the figure as given, its unit, what it is of, the base if named."""
    of = w.name(claim.of)
    counted = claim.unit in _WORD.findall(of.casefold())  # “7 programmes of Union State programmes”
    figure = w.say("figure_share" if counted else f"figure_{claim.unit}", figure=claim.figure, of=of)
    return figure if claim.base is None else w.say("figure_base", figure=figure, base=claim.base)


def spoken_words(act: k.State, w: Wording) -> str:
    """What somebody said: in quotation marks where the source's exact words are held and were quoted."""
    quoted = w.quoted(act.basis)
    if quoted and act.direct:
        return w.say("quote", words=quoted.strip(QUOTES))
    return quoted or w.said(act.words, act.basis)


def _clauses(act: Act, w: Wording, main: str) -> str:
    said = ((f, read(getattr(act, f), w)) for f, read in _CLAUSES.items() if hasattr(act, f))
    new = ((f, text) for f, text in said if text and not (f == "body" and _says(main, text)))
    own = _text(act.words, w) if isinstance(act, _IN_WORDS) else ""
    first = w.say("clause_in_words", text=w.say("quote", words=own)) if own else ""
    return first + "".join(w.say(f"clause_{field}", text=text) for field, text in new)


def _says(sentence: str, name: str) -> bool:
    """True where all words of a name stand in the sentence already, in whatever order."""
    return set(_WORD.findall(name.casefold())) <= set(_WORD.findall(sentence.casefold()))


def _nothing(_act: Any, _w: Wording) -> dict[str, object]:
    return {}


def _subject(act: Any, w: Wording) -> dict[str, object]:
    return {"subject": w.name(act.subject), "at": w.name(getattr(act, "at", "") or getattr(act, "to", ""))}


def _meeting(act: Any, w: Wording) -> dict[str, object]:
    named = w.name(act.meeting)
    if named == act.meeting and getattr(act, "title", ""):
        named = w.said(act.title, act.basis)
    return {"meeting": named, "when": w.when(getattr(act, "planned", getattr(act, "to", None)))}


def _instrument(act: Any, w: Wording) -> dict[str, object]:
    return {
        "title": w.name(act.instrument),
        "type": getattr(act, "type", ""),
        "category": getattr(act, "category", ""),
    }


def _package(act: Any, w: Wording) -> dict[str, object]:
    elements = getattr(act, "elements", ()) or (act.element,)
    return {"package": w.name(act.package), "elements": w.listed(elements)}


def _state(act: Any, w: Wording) -> dict[str, object]:
    return {"words": clipped(spoken_words(act, w), 2 * _CLAUSE), "subject": w.name(act.subject)}


def _cite(act: Any, w: Wording) -> dict[str, object]:
    document = act.document
    parts = (document.publisher, document.title, w.when(document.on) if document.on else "")
    return {"document": ", ".join(p for p in parts if p)}


def _what(act: Any, w: Wording) -> dict[str, object]:
    return {"what": w.said(act.what, act.basis)}


_MAIN: Final[dict[type[Act], Callable[[Any, Wording], dict[str, object]]]] = {
    k.Found: lambda a, w: {
        "name": a.name,
        "parties": w.listed(tuple(p.id for p in a.parties if p.id != a.keeper)),
    },
    k.Admit: lambda a, w: {"party": w.name(a.party.id)},
    k.Accredit: lambda a, w: {"roles": ", ".join(dict.fromkeys(w.say(f"role_{x.role}") for x in a.keys))},
    k.Introduce: lambda a, w: {"name": w.name(a.id), "what": w.say(f"what_{a.what}")},
    **dict.fromkeys((k.Convene, k.Meet, k.Postpone, k.Cancel), _meeting),
    **dict.fromkeys((k.Table, k.Withdraw, k.Classify), _instrument),
    **TEXT_VALUES,
    **dict.fromkeys((k.Refer, k.Approve, k.Object, k.Abstain, k.Adopt, k.Sign, k.Ratify), _subject),
    **dict.fromkeys((k.Publish, k.EnterIntoForce, k.OpenSilence), _subject),
    **dict.fromkeys((k.Bundle, k.Detach), _package),
    **DELIVERY_VALUES,
    k.Disclose: lambda a, _: {"act": a.discloses[:SHORT]},
    k.Erase: lambda a, _: {"document": a.sha256[:SHORT]},
    k.Cite: _cite,
    k.State: _state,
    k.TakePosition: lambda a, w: {**_subject(a, w), "stance": w.said(a.stance, a.basis)},
    **dict.fromkeys((k.Refuse, k.Deny), _what),
}
# Kinds that can be told without who did it, where a source does not say.
_PASSIVE: Final = (k.Approve, k.Object, k.Abstain, k.Sign, k.Ratify, k.Reserve, k.Lift, k.Report)
_IN_WORDS: Final = (k.Report, k.Answer, k.Find, k.Assess)
_VARIANT: Final[dict[type[Act], Callable[[Any], str]]] = {
    **TEXT_VARIANTS,
    **DELIVERY_VARIANTS,
    k.Postpone: lambda a: "postpone" if a.to else "postpone_open",
    k.State: lambda a: "state_announces" if a.announces else "state_on" if a.subject else "state",
    k.EnterIntoForce: lambda a: "enter_into_force_provisionally" if a.provisionally else "enter_into_force",
    k.Ratify: lambda a: "ratify_deposited" if a.deposited else "ratify",
}


def _text(value: Any, _: Wording) -> str:
    return clipped(str(value), _CLAUSE) if value else ""


def _list(value: Any, _: Wording) -> str:
    return clipped("; ".join(_item(v) for v in value), _CLAUSE)


def _item(value: Any) -> str:
    if isinstance(value, Evidence):
        return value.what
    return value.matter if isinstance(value, Point) else str(value)


def _date(value: Any, w: Wording) -> str:
    return w.when(value) if value and not isinstance(value, bool) else ""


def _things(value: Any, w: Wording) -> str:
    return w.listed(value) if value else ""


def _thing(value: Any, w: Wording) -> str:
    return w.name(value) if value else ""


def _flag(value: Any, w: Wording) -> str:
    return w.say("yes") if value is True else ""


def _figure(value: Any, w: Wording) -> str:
    return claimed(value, w) if isinstance(value, Claim) else ""


# The optional fields of all kinds, in the order they are said.
_CLAUSES: Final[dict[str, Callable[[Any, Wording], str]]] = {
    "number": _text,
    "count": _text,
    "where": _text,
    "body": _thing,
    "members": _things,
    "derived": _things,
    "under": _thing,
    "form": _text,
    "due": _date,
    "until": _date,
    "conditions": _things,
    "condition": _text,
    "ad_referendum": _date,
    "legal_review": _flag,
    "points": _list,
    "agenda": _list,
    "outcome": _text,
    "evidence": _list,
    "claim": _figure,
    "why": _text,
}
