"""The law of consent, the promise of a verdict, and that judging changes nothing, on random processes."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.register.registers import act_id
from tests.rules.stage import PARTIES, Stage, one_level, ready_book
from travaux.acts.vocabulary import kind_of
from travaux.register.fold import AsOf, fold
from travaux.register.ladder import Stance, level_of, reservations, stances
from travaux.rules.judge import standing
from travaux.rules.sentence import Sentence

THINGS = ("dues", "tariff", "deal")
LEVELS = ("working-group", "commission")
ALLOWED = {"working-group": {Stance.ABSTAIN}, "commission": set[Stance]()}  # consensus; unanimity
ENDS_A_ROUND = {"refer", "withdraw", "detach", "bundle", "table", "propose", "correct"}
SIGNERS = st.sampled_from([*PARTIES[:3], "desk"])


@st.composite
def attempts(draw: st.DrawFn) -> tuple[str, str, dict[str, Any]]:
    """(kind, signer, values) of an act that somebody tries; the rules may refuse it."""
    thing, at = draw(st.sampled_from(THINGS)), draw(st.sampled_from(LEVELS))
    on = {"subject": thing, "at": at}
    hash_ = draw(st.sampled_from(["1" * 64, "2" * 64]))
    kinds: dict[str, dict[str, Any]] = {
        "approve": {**on, "conditions": draw(st.sampled_from([(), (), ("dues",)]))},
        "object": on, "abstain": on, "adopt": on,
        "refer": {"subject": thing, "to": at, "points": draw(st.sampled_from([(), ({"matter": "x"},)]))},
        "table": {"instrument": thing, "type": "plan", "titles": {"en": thing}, "document": hash_},
        "withdraw": {"instrument": thing},
        "bundle": {"package": "deal", "names": {"en": "Deal"}, "elements": ["dues", "tariff"]},
        "detach": {"package": "deal", "element": "dues"},
        "reserve": {"subject": thing, "sort": "substantive"}, "lift": {"subject": thing},
        "propose": {"instrument": thing, "unit": "article-1", "lang": "en", "words": hash_},
        "correct": {"corrects": act_id(draw(st.integers(1, 14))), "why": "a slip"},
        "meet": {"meeting": "session", "who": list(PARTIES[:2])},
    }  # fmt: skip
    kind = draw(st.sampled_from([*sorted(kinds), "approve", "approve", "adopt", "refer"]))
    return kind, draw(SIGNERS), kinds[kind]


def held(asof: AsOf) -> dict[tuple[str, str, str], Any]:
    """Every party's stance on every thing at every level, and its reservations."""
    found: dict[tuple[str, str, str], Any] = {
        (h.party, t, at): (h.stance, h.entered.id)
        for t in THINGS
        for at in LEVELS
        for h in stances(asof, t, at).values()
    }
    for t in THINGS:
        for r in reservations(asof, t):
            found[r.party, t, f"reserved {r.id}"] = r.act.sort
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(attempts(), min_size=20, max_size=45))
def test_no_act_of_one_party_changes_the_consent_of_another(
    tried: list[tuple[str, str, dict[str, Any]]],
) -> None:
    s = Stage(ready_book("two-ministries"), parties=3)
    for name in ("dues", "tariff"):
        s.text(name)
    for kind, signer, values in tried:
        before, size = held(s.asof()), len(s.register)
        verdict = s.verdict(kind, signer, **values)
        assert verdict == s.verdict(kind, signer, **values)
        assert len(s.register) == size and held(s.asof()) == before
        assert verdict.reasons and verdict.lines()
        assert bool(verdict.faults()) is not verdict.allowed
        if not verdict.allowed:
            continue
        if kind == "adopt":
            words = stances(s.asof(), values["subject"], values["at"])
            assert set(words) == set(PARTIES[:3])
            said = {h.stance for h in words.values()}
            assert said & {Stance.YES, Stance.CONDITIONAL}
            assert not said - {Stance.YES, Stance.CONDITIONAL} - ALLOWED[values["at"]]
            assert level_of(s.asof(), values["subject"]) in (values["at"], "")
        s.do(kind, signer, **values)
        after = held(s.asof())
        for key, word in before.items():
            if key[0] != signer:
                gone = key not in after and kind in ENDS_A_ROUND and not key[2].startswith("reserved")
                assert after.get(key) == word or gone, (kind, signer, key)
        assert all(key[0] == signer for key in after if key not in before)
    every = list(s.asof().recorded_acts())
    again = fold(every).as_of()
    assert held(again) == held(s.asof())
    for thing in ("dues", "tariff"):
        assert standing(again, s.book, thing) == standing(s.asof(), s.book, thing)
    assert all(kind_of(e.act) != "approve" or e.party != "desk" for e in every)


RULES = (
    '{ is = "unanimity" }',
    '{ is = "unanimity", abstention = "allows", absence = "allows" }',
    '{ is = "consensus" }',
    '{ is = "majority", of = "members", share = "3/4" }',
    '{ is = "majority", of = "voting", share = "2/3" }',
    '{ is = "willing", least = 3 }',
    '{ is = "unsettled", named = "rule 42" }',
    '{ is = "quorum", present = "3/4" }',
    '{ is = "reservation" }',
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from(RULES), min_size=1, max_size=3),
    st.sampled_from(["all_of", "any_of"]),
    st.text("ynacr-", min_size=4, max_size=4),
    st.sets(st.sampled_from(PARTIES[:4])),
)
def test_doing_what_a_refusal_names_turns_the_answer(
    rules: list[str], joined: str, votes: str, reserving: set[str]
) -> None:
    s = Stage(one_level(f'{{ is = "{joined}", rules = [{", ".join(rules)}] }}'), parties=4)
    for name in ("tariff", "dues"):
        s.text(name)
    for party, letter in zip(PARTIES, votes, strict=False):
        kind = {"y": "approve", "n": "object", "a": "abstain", "c": "approve", "r": "approve"}.get(letter)
        more: dict[str, Any] = {}
        if letter in "cr":
            more = {"conditions": ["dues"]} if letter == "c" else {"ad_referendum": "2031-04-01"}
        if kind:
            s.do(kind, party, subject="tariff", at="board", **more)
    for party in sorted(reserving):
        s.do("reserve", party, subject="tariff", sort="substantive")
    verdict = s.verdict("adopt", "arvia", subject="tariff", at="board")
    if not verdict.allowed:
        assert verdict.change, verdict.say()
        for change in verdict.change:
            carry_out(s, change)
        turned = s.verdict("adopt", "arvia", subject="tariff", at="board")
        assert turned.allowed, f"{verdict.say()}\n{turned.say()}"


def carry_out(s: Stage, change: Sentence) -> None:
    """Do what a refusal says would change it."""
    values = change.values
    match change.code.removeprefix("rules."):
        case "lift_reservation":
            if any(r.party == values["party"] for r in reservations(s.asof(), "tariff")):
                s.do("lift", str(values["party"]), subject="tariff")
        case "say_yes":
            yes(s, values["parties"])
        case "one_says_yes":
            yes(s, values["parties"], 1)
        case "more_yes" | "take_part":
            yes(s, values["parties"], int(str(values["n"])))
        case _:
            yes(s, (values["party"],))


def yes(s: Stage, parties: Any, most: int = 99) -> None:
    for party in tuple(parties)[:most]:
        s.do("approve", str(party), subject="tariff", at="board")
