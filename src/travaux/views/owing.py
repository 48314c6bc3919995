"""What each side says of a measure, side by side: claims, answers of the others, findings, words."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from travaux.acts.kinds import Answer, Find, Report, State
from travaux.acts.vocabulary import kind_of
from travaux.register.fold import Entered
from travaux.register.measures import Measure
from travaux.views.line import side
from travaux.views.page import Side
from travaux.views.sentence import spoken_words
from travaux.views.wording import Wording, clipped

_WORDS = 240  # characters


def measure_sides(w: Wording, measure: Measure) -> list[Side]:
    """One side for each party that owes or answers, by id, then the joint finding, then anybody else.

    A party that owes and has said nothing has a side that says so. An answer stands with the party that gave
    it and names whose report it answers.
    """
    given: defaultdict[str, list[tuple[str, Entered[Answer]]]] = defaultdict(list)
    for owed in measure.owed:
        for who, answer in owed.answers.items():
            given[who].append((owed.party, answer))
    owing = {o.party: o for o in measure.owed}
    sides = []
    for party in sorted({*owing, *given}):
        owed_by = owing.get(party)
        claims, others = (owed_by.current, owed_by.words) if owed_by else ((), ())
        said = [_claim(w, e) for e in claims] or ([w.say("no_report")] if owed_by else [])
        said += [_answer(w, e, of) for of, e in given[party]]
        said += [_words(w, e) for e in others]
        sides.append(side(w, party, "; ".join(said), (*claims, *(e for _, e in given[party]), *others)))
    if measure.finding:
        sides.append(_finding(w, measure.finding))
    return sides + [_other(w, e) for e in measure.others]


def _claim(w: Wording, entered: Entered[Report]) -> str:
    act = entered.act
    evidence = "; ".join(e.what for e in act.evidence)
    return w.say(
        "claims",
        claim=w.say(f"claim_{act.claim}"),
        when=w.when(act.on),
        words=_own(w, act.words),
        evidence=w.say("shows", evidence=evidence) if evidence else w.say("shows_nothing"),
    )


def _answer(w: Wording, entered: Entered[Answer], of: str) -> str:
    act = entered.act
    word = w.say(f"answer_{act.says}")
    if act.reason:
        word = w.say("answer_because", answer=word, reason=w.say(f"dispute_{act.reason}"))
    return w.say("answers", answer=word, of=w.name(of), when=w.when(act.on), words=_own(w, act.words))


def _finding(w: Wording, entered: Entered[Find]) -> Side:
    act = entered.act
    said = w.say(
        "finds", finding=w.say(f"found_{act.finding}"), when=w.when(act.on), words=_own(w, act.words)
    )
    return side(w, act.body, said, [entered], name=w.name(act.body) if act.body else w.say("joint_finding"))


def _own(w: Wording, words: str) -> str:
    return w.say("reason", why=clipped(words, _WORDS)) if words else ""


def _other(w: Wording, entered: Entered[Any]) -> Side:
    """Words about a measure by somebody who does not owe it, or of whom the source does not say so."""
    said = _claim(w, entered) if isinstance(entered.act, Report) else _words(w, entered)
    return side(w, entered.actor, said, [entered], name=w.who(entered))


def _words(w: Wording, entered: Entered[Any]) -> str:
    """What somebody said of a measure, beside the name of the side."""
    act = entered.act
    own = spoken_words(act, w) if isinstance(act, State) else w.said(act.what, act.basis)
    code = {"refuse": "side_refuses", "deny": "side_denies"}.get(kind_of(act), "side_holds")
    speaker = w.say("through", person=w.name(act.person)) if act.person and entered.actor else ""
    return w.say(code, what=clipped(own, _WORDS), when=w.when(act.on), speaker=speaker, why="")
