"""The log tells every act in order, search finds acts by their words, sources say what is held."""

from __future__ import annotations

from hypothesis import given, settings

from tests.register.made import DAYS, entries
from tests.register.registers import GAZETTE, act, act_id, as_of, ferry, register
from travaux.acts.base import Act
from travaux.acts.kinds import Correct
from travaux.register.fold import Entered, fold
from travaux.views.compare import changes
from travaux.views.log import log
from travaux.views.search import Search, words
from travaux.views.sources import source_page
from travaux.views.wording import Wording, wording


def spoken(*acts: Act, on: str = "2031-12-31") -> Wording:
    return wording(as_of(register(*(acts or ferry())), on))


# --- log --------------------------------------------------------------------------------------------------


def test_the_log_tells_the_acts_in_the_order_they_were_recorded() -> None:
    lines = list(log(spoken()))
    assert [one.id for one in lines] == [act_id(n) for n in range(len(ferry()) + 1)]
    assert lines[0].when == ""
    assert (lines[9].on, lines[9].who, lines[9].kind, lines[9].family) == (
        "2031-03-03", "Arvia", "approve", "ladder"
    )  # fmt: skip
    assert lines[9].sources == "Gazette, 4 Mar 2031"


def test_the_log_can_be_asked_for_some_kinds_or_one_thing() -> None:
    assert {one.kind for one in log(spoken(), kinds=["meet", "convene"])} == {"meet", "convene"}
    assert [one.kind for one in log(spoken(), about="piers")] == ["undertake", "report", "state"]


def test_a_corrected_act_stays_on_the_log_as_first_recorded_and_is_marked() -> None:
    now = {"act": "refuse", "on": "2031-01-02", "actor": "tolia", "what": "to pay late"}
    lines = list(log(spoken(
        act("refuse", on="2031-01-02", actor="tolia", what="to pay", basis=GAZETTE),
        act("refuse", on="2031-01-02", actor="tolia", what="to wait", basis=GAZETTE),
        act("correct", corrects=act_id(1), why="misread", instead=now),
        act("correct", corrects=act_id(2), why="misread"),
    )))  # fmt: skip
    assert [one.sentence for one in lines[1:3]] == ["Tolia refuses: to pay", "Tolia refuses: to wait"]
    assert [one.marks for one in lines[1:3]] == [("corrected",), ("struck",)]
    assert "which now reads: Tolia refuses: to pay late" in lines[3].sentence


# --- search -----------------------------------------------------------------------------------------------

RUSSIAN = act("introduce", on="2031-01-01", what="subject", id="gas", basis=GAZETTE,
              names={"ru": "Единый рынок газа; ещё ёлка"}, note="перевод не сверён")  # fmt: skip


def found(query: str, *acts: Act) -> list[str]:
    return [hit.act.id for hit in Search(spoken(*ferry(), *acts)).find(query)]


def test_words_are_found_in_any_order_case_and_by_their_beginning() -> None:
    at = act_id(17)
    for query in ("channel light", "LIGHT chan", "lig", "light the channel"):
        assert at in found(query)
    assert at not in found("ight")
    assert found("") == found("   ") == found("zzz") == []


def test_every_word_asked_for_must_be_there() -> None:
    assert set(found("light channel")) <= set(found("channel"))
    assert found("light zzz") == []


def test_yo_and_accents_make_no_difference_and_short_i_does() -> None:
    gas = act_id(len(ferry()) + 1)
    assert found("елка", RUSSIAN) == found("ЁЛКА", RUSSIAN) == found("еще рын", RUSSIAN) == [gas]
    assert found("сверен", RUSSIAN) == [gas]
    assert words("Ёж café Йод") == ["еж", "cafe", "йод"]


def test_quoted_words_must_follow_each_other() -> None:
    assert act_id(17) in found('"light the channel"')
    assert act_id(17) not in found('"channel light"')


def test_a_hit_shows_the_words_around_the_first_one() -> None:
    long = act("state", on="2031-01-02", actor="arvia", words="so " * 60 + "marmalade " + "on " * 60)
    (hit,) = Search(spoken(*ferry(), long)).find("marmal")
    assert "marmalade" in hit.snippet
    assert hit.snippet.startswith("…")
    assert len(hit.snippet) <= 170


def test_names_in_every_language_aliases_and_publishers_are_found() -> None:
    alias = act("introduce", on="2031-01-01", what="body", id="bank", names={"en": "Bank"},
                aliases=["Central vault"], basis=GAZETTE)  # fmt: skip
    assert found("vault", alias) == [act_id(len(ferry()) + 1)]
    assert len(found("herald")) == 3


# --- sources ----------------------------------------------------------------------------------------------


def test_a_source_says_whether_its_document_is_held() -> None:
    told = [(s.publisher, s.held, s.state) for s in source_page(spoken(), lambda sha: sha == "a" * 64)]
    assert told == [
        ("Gazette", False, "only cited"), ("Gazette", True, "held here"), ("Herald", False, "only cited")
    ]  # fmt: skip
    assert source_page(spoken(), lambda _: False)[1].state == "known by its hash, not held here"


# --- compared ---------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(entries(), DAYS, DAYS)
def test_what_is_new_is_shown_after_and_not_before(
    acts: list[Entered[Act]], one: object, other: object
) -> None:
    earlier, later = sorted((one, other))  # type: ignore[type-var]
    made = fold(acts)
    before, after = made.as_of(earlier), made.as_of(later)  # type: ignore[arg-type]
    new = {e.id for group in changes(before, after).new.values() for e in group}
    seen = {e.id for e in before.every()}
    now = {e.id for e in after.every() if not isinstance(e.act, Correct)}
    assert new <= now
    assert not new & seen
    assert changes(after, after).new == dict.fromkeys(changes(before, after).new, ())
