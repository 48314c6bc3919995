"""The brief: in order, grounded, in neutral equal type, and never a merged or judging word."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.register.made import DAYS, entries
from tests.register.registers import GAZETTE, act, act_id, as_of, day, entered, ferry, register
from travaux.acts.base import Act
from travaux.acts.basis import Anchored
from travaux.register.fold import Entered, fold
from travaux.views.brief import ROWS, brief
from travaux.views.page import MARKS, SAID, SECTIONS, Brief, Line, schema, to_json
from travaux.views.plain import plain
from travaux.views.standing import Ladder, Place

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "brief.schema.json"


def asked(on: str = "2031-10-20", *acts: Act, **more: Any) -> Brief:
    return brief(as_of(register(*(acts or ferry())), on), **more)


def section(made: Brief, name: str) -> tuple[Line, ...]:
    return next(s.lines for s in made.sections if s.id == name)


def texts(lines: tuple[Line, ...]) -> str:
    return "\n".join([t for one in lines for t in (one.group, one.text, *(s.text for s in one.sides))])


def one(made: Brief, name: str, word: str) -> Line:
    (found,) = (line for line in section(made, name) if word in line.text)
    return found


# --- the page ---------------------------------------------------------------------------------------------


def test_the_sections_stand_in_their_order_and_changes_only_when_compared() -> None:
    alone = [s.id for s in asked().sections]
    compared = [s.id for s in asked(compare=as_of(register(*ferry()), "2031-06-01")).sections]
    assert compared == list(SECTIONS)
    assert alone == [name for name in SECTIONS if name != "changes"]


def test_where_we_stand_is_two_sentences() -> None:
    undated = brief(register(*ferry()).as_of())
    for made in (asked(), asked("2031-01-01"), asked("2031-01-01", act("seal", note="x")), undated):
        assert len(section(made, "standing")) == 2


def test_the_first_page_stays_within_its_rows_and_leaves_nothing_out_of_the_whole() -> None:
    many = [
        act("state", on="2031-03-01", actor="arvia", words=f"figure {n} " + "word " * 30, basis=GAZETTE,
            claim={"of": "programmes", "figure": str(n)})
        for n in range(30)
    ]  # fmt: skip
    made = asked("2031-10-20", *ferry(), *many)
    for part in made.sections:
        assert len(part.front) <= ROWS.get(part.id, 0)
    assert len(section(made, "claims")) == 32
    whole = "\n".join(plain(made, 120))
    assert all(f" {n} %" in whole for n in range(30))


@settings(max_examples=60, deadline=None)
@given(entries(), DAYS, DAYS)
def test_every_line_ends_with_acts_that_the_register_shows(
    acts: list[Entered[Act]], on: Any, then: Any
) -> None:
    made = fold(acts)
    shown = {e.id for e in made.as_of(on).every()} | {e.id for e in made.as_of(on).recorded_acts()}
    page = brief(made.as_of(on), compare=made.as_of(then))
    for part in page.sections:
        for line in part.lines:
            assert line.acts or part.id == "standing"
            assert {*line.acts, *(a for s in line.sides for a in s.acts)} <= shown
            assert set(line.marks) <= set(MARKS)


@settings(max_examples=60, deadline=None)
@given(entries(), DAYS, st.integers(40, 160))
def test_the_same_register_gives_the_same_page_and_every_row_fits(
    acts: list[Entered[Act]], on: Any, width: int
) -> None:
    first, again = (brief(fold(acts).as_of(on)) for _ in range(2))
    assert to_json(first) == to_json(again)
    assert plain(first, width) == plain(again, width)
    longest = max((len(w) for w in " ".join(plain(first)).split()), default=0)
    assert all(len(row) <= max(width, longest) for row in plain(first, width))


def test_entries_an_audience_may_not_see_change_no_byte() -> None:
    acts = (register().founding, *ferry())
    whole = [entered(n, a) for n, a in enumerate(acts)]
    gaps = [Entered(e.index + (e.index > 9) * 5, e.id, e.by, e.party, e.act) for e in whole]
    on = day("2031-10-20")
    assert to_json(brief(fold(gaps).as_of(on, recorded=99))) == to_json(brief(fold(whole).as_of(on)))


def test_no_line_tells_a_log_index_or_how_many_acts_there_are() -> None:
    many = [act("state", on="2031-03-03", actor="arvia", words="so", basis=GAZETTE)] * 347
    told = to_json(asked("2031-10-20", *many)).decode() + "\n".join(plain(asked("2031-10-20", *many)))
    assert not re.search(r"\b34[678]\b", told)


# --- neutrality -------------------------------------------------------------------------------------------


def test_parties_stand_in_the_order_of_their_ids_with_the_same_fields() -> None:
    line = one(asked(), "matters", "night")
    assert [s.party for s in line.sides] == ["arvia", "tolia"]
    assert [s.text for s in line.sides] == [
        "wants them (3 Mar 2031, Ona Tal)", "too early: no lights in the channel (3 Mar 2031)"
    ]  # fmt: skip


def test_a_refusal_that_names_the_matter_is_not_said_twice() -> None:
    line = one(asked(), "matters", "fleet list")
    assert [s.text for s in line.sides] == ["refuses: trade secret (6 Mar 2031)"]


def test_a_meeting_without_a_name_is_called_by_the_words_of_its_source() -> None:
    plan = act("convene", on="2031-03-03", meeting="meeting-4", title="[3:9]", planned="2032-01", basis=SLICE)
    told = [
        section(asked("2031-10-20", plan, **m), "meetings")[0].text
        for m in ({"words": lambda _: "a summit"}, {})
    ]
    assert told == ["a summit", "Meeting"]


def test_swapping_the_parties_swaps_nothing_but_the_names() -> None:
    def told(first: str, second: str) -> list[tuple[str, tuple[str, ...]]]:
        acts = [
            act("undertake", on="2031-01-01", measure="m", parties=[first, second], what="do it",
                due="2031-02-01", basis=GAZETTE),
            act("report", on="2031-02-01", measure="m", actor=first, claim="done", basis=GAZETTE),
        ]  # fmt: skip
        (line,) = section(asked("2031-03-01", *acts), "promises")
        return sorted((s.text, s.marks) for s in line.sides)

    assert told("arvia", "tolia") == told("tolia", "arvia")


@settings(max_examples=60, deadline=None)
@given(entries(), DAYS)
def test_no_promise_is_called_failed(acts: list[Entered[Act]], on: Any) -> None:
    said = texts(section(brief(fold(acts).as_of(on)), "promises")).casefold()
    assert not any(word in said for word in ("fail", "breach", "broken", "unfulfilled", "violat"))


# --- promises and figures ---------------------------------------------------------------------------------


def test_a_date_gone_by_without_a_report_is_overdue_without_evidence() -> None:
    line = one(asked("2031-12-11"), "promises", "one tariff")
    assert "overdue 10 days, no evidence" in line.text
    assert "overdue" in line.marks
    assert [s.text for s in line.sides] == ["no report on record"] * 2


def test_a_date_gone_by_that_a_party_calls_done_is_not_called_overdue() -> None:
    line = one(asked(), "promises", "two piers")
    assert "overdue" not in line.text
    assert "claimed" in line.marks
    arvia, tolia = line.sides
    assert arvia.text == "done (20 Sep 2031): both open; evidence: photograph of the piers"
    assert tolia.text == "one pier is still closed (25 Sep 2031)"


def test_sides_with_nothing_on_record_share_one_printed_row_and_stay_apart_in_the_json() -> None:
    line = one(asked("2031-12-11"), "promises", "one tariff")
    assert [s.name for s in line.sides] == ["Arvia", "Tolia"]
    assert [s.name for s in line.joined] == ["Arvia, Tolia"]
    assert "Arvia, Tolia: no report on record" in "\n".join(plain(asked("2031-12-11"), 120))


def test_sides_that_say_the_same_on_acts_of_their_own_are_never_joined() -> None:
    done = [
        act("report", on="2031-10-01", actor=party, measure="tariff", claim="done", basis=GAZETTE)
        for party in ("arvia", "tolia")
    ]
    line = one(asked("2031-12-11", *ferry(), *done), "promises", "one tariff")
    assert line.sides[0].text == line.sides[1].text
    assert [s.name for s in line.joined] == ["Arvia", "Tolia"]


def test_the_first_page_gives_every_group_of_changes_a_few_lines() -> None:
    made = register(*ferry(), *(
        act("adopt", on=f"2031-06-0{n}", subject="programmes", at=f"level-{n}", basis=GAZETTE)
        for n in range(2, 8)
    ))  # fmt: skip
    page = brief(as_of(made, "2031-10-20"), compare=as_of(made, "2031-06-01"))
    (changed,) = (s for s in page.sections if s.id == "changes")
    groups = [line.group for line in changed.front]
    assert len(set(groups)) >= 3
    assert max(groups.count(g) for g in groups) == 2


def test_the_last_figures_come_first_to_the_first_page() -> None:
    given_ = [
        act("state", on=f"2031-07-{10 + n}", actor="arvia", person=f"speaker-{n}", basis=GAZETTE,
            claim={"of": "programmes", "figure": f"{n}"})
        for n in range(12)
    ]  # fmt: skip
    (figures,) = (s for s in asked("2031-10-20", *given_).sections if s.id == "claims")
    assert [f.values["who"] for f in figures.front][-1] == "speaker-11 (Arvia)"
    assert "speaker-0 (Arvia)" not in [f.values["who"] for f in figures.front]


def test_the_first_page_shows_the_last_figure_of_each_speaker() -> None:
    later = [
        act("state", on=f"2031-0{n}-01", actor="arvia", person="ona-tal", basis=GAZETTE,
            claim={"of": "programmes", "figure": f"7{n}"})
        for n in range(2, 10)
    ]  # fmt: skip
    (figures,) = (s for s in asked("2031-10-20", *ferry(), *later).sections if s.id == "claims")
    assert [f.text.split(" %")[0] for f in figures.front] == ["Tolia: 40", "Ona Tal (Arvia): 79"]


def test_a_claim_of_somebody_who_does_not_owe_stands_under_its_own_name() -> None:
    told = [
        act("report", on="2031-10-01", actor=who, measure="piers", claim="under_way", basis=GAZETTE)
        for who in ("tolia", "")
    ]
    line = one(asked("2031-10-20", *ferry(), *told), "promises", "two piers")
    assert [(s.party, s.name) for s in line.sides] == [
        ("arvia", "Arvia"), ("tolia", "Tolia"), ("tolia", "Tolia"), ("", "a speaker not named")
    ]  # fmt: skip
    assert line.sides[-1].text == "under way (1 Oct 2031); names no evidence"


def test_the_first_date_promised_stays_on_the_page() -> None:
    line = one(asked(), "promises", "one tariff")
    assert (line.on, "by 1 Jul 2031" in line.text, "moved" in line.marks) == ("by 2031-12-01", True, True)


def test_a_conditional_promise_past_its_date_says_so() -> None:
    line = one(asked("2032-02-01"), "promises", "light the channel")
    assert "it stood under a condition" in line.text
    assert "the harbour dues are agreed" in line.text
    assert "overdue" not in line.marks


def test_what_one_side_announced_stands_apart_from_what_was_agreed() -> None:
    line = one(asked(), "promises", "students")
    assert line.marks == ("announced",)
    assert line.group.startswith("Announced by one side")


def test_figures_are_told_with_who_when_and_of_how_many() -> None:
    told = [(one.when, one.text) for one in section(asked(), "claims")]
    assert told == [
        ("1 Jun 2031", "Ona Tal (Arvia): over 50 % of Ferry programmes; no total named"),
        ("2 Jun 2031", "Tolia: 40 % of Ferry programmes, out of 120"),
    ]


# --- ladder, meetings, dates ------------------------------------------------------------------------------


def test_facts_about_a_text_are_told_apart_and_both_dates_stand() -> None:
    line = one(asked(), "ladder", "Ferry programmes")
    assert "approved at Ferry Board by Arvia and Tolia, 3 Mar 2031" in line.text
    assert "20 Mar 2031 (Gazette, 4 Mar 2031), 21 Mar 2031 (Herald, 5 Mar 2031)" in line.text
    assert "differs" in line.marks
    assert line.group == "Joint Council"
    assert one(asked(), "ladder", "harbour dues").text.startswith("Agreement on harbour dues waits here")


def test_what_waits_stands_first_on_its_rung_and_the_top_rung_first() -> None:
    later = act("refer", on="2031-03-10", subject="harbour-dues", to="council", basis=GAZETTE)
    told = [(line.group, line.text[:20]) for line in section(asked("2031-10-20", *ferry(), later), "ladder")]
    assert told == [
        ("Joint Council", "Agreement on harbour"), ("Joint Council", "Ferry programmes (6)")
    ]  # fmt: skip


def test_that_a_text_came_to_a_level_is_not_said_once_it_is_adopted_there() -> None:
    acts = [
        act("table", on="2031-01-01", instrument="x", type="plan", titles={"en": "X"}, basis=GAZETTE),
        act("refer", on="2031-01-02", subject="x", to="board", basis=GAZETTE),
        act("adopt", on="2031-01-03", subject="x", at="board", basis=GAZETTE),
    ]
    before, after = (one(asked("2031-02-01", *acts[:n]), "ladder", "X").text for n in (2, 3))
    assert ("came to board" in before, "came to board" in after) == (True, False)


def test_the_rules_say_where_a_text_stands_and_why() -> None:
    ladder = Ladder(
        ("board", "council"), lambda _, t: Place("council", waits=True, reasons=(f"{t.id} lacks a yes",))
    )
    line = one(asked(ladder=ladder), "ladder", "harbour dues")
    assert (line.group, "harbour-dues lacks a yes" in line.text) == ("Joint Council", True)


def test_a_plan_for_a_day_gone_by_says_that_nobody_told_whether_it_was_held() -> None:
    assert "unreported" in one(asked(), "meetings", "Autumn").marks
    assert "unreported" not in one(asked("2031-10-05"), "meetings", "Autumn").marks


def test_inside_an_interval_a_thing_may_have_happened() -> None:
    acts = [*ferry(), act("meet", on="2031-10-01/2031-10-31", meeting="m", title="Maybe", basis=GAZETTE)]
    asked_on = {d: one(asked(d, *acts), "meetings", "Maybe").marks for d in ("2031-10-20", "2031-10-31")}
    assert asked_on == {"2031-10-20": ("perhaps",), "2031-10-31": ()}


# --- words of the source ----------------------------------------------------------------------------------

TEXT = "e" * 64
SLICE = {"kind": "anchored", "source": TEXT, "text": TEXT, "start": 3, "end": 9, "slice": "f" * 64}


def test_words_show_only_where_the_document_is_held() -> None:
    said = act("state", on="2031-03-03", actor="arvia", direct=True, basis=SLICE)
    plan = act("undertake", on="2031-03-03", measure="m", parties=["arvia"], what="[3:9]", basis=SLICE)

    def words(anchor: Anchored) -> str | None:
        return "“we  will”" if anchor.start == 3 else None

    held, not_held = (asked("2031-10-20", said, plan, **more) for more in ({"words": words}, {}))
    assert section(held, "statements")[0].text == "Arvia: “we will”"
    assert section(not_held, "statements")[0].text == "Arvia: words in the source, not held here"
    assert one(held, "promises", "we will").quote == ""
    assert one(not_held, "promises", "words in the source, not held here")
    assert "[3:9]" not in "\n".join(plain(not_held))


def test_a_position_stands_in_our_words_with_those_of_the_source_below() -> None:
    holds = act(
        "take_position", on="2031-03-03", actor="arvia", subject="night", stance="not now", basis=SLICE
    )
    plan = act("undertake", on="2031-03-03", measure="m", parties=["arvia"], what="dig", basis=SLICE)
    held = asked("2031-10-20", holds, plan, words=lambda _: "“too early”")
    (side,) = section(held, "matters")[0].sides
    assert (side.text, side.quote, side.marks) == ("not now (3 Mar 2031)", "“too early”", ())
    assert section(held, "promises")[0].quote == "“too early”"
    not_held = asked("2031-10-20", holds, plan)
    assert section(not_held, "matters")[0].sides[0].marks == ("not_held",)
    assert section(not_held, "promises")[0].marks == ("not_held",)
    assert "words not held here" in "\n".join(plain(not_held))


def test_words_that_may_be_kept_stand_in_the_act_itself() -> None:
    said = act("state", on="2031-03-03", actor="arvia", direct=True, basis={**SLICE, "words": "we will"})
    assert section(asked("2031-10-20", said), "statements")[0].text == "Arvia: “we will”"


# --- performed and reported -------------------------------------------------------------------------------


def test_in_a_working_register_what_a_source_reports_is_marked() -> None:
    acts = [
        act("table", on="2031-01-01", instrument="x", type="plan", titles={"en": "X"}),
        act("approve", on="2031-01-02", subject="x", at="board", actor="arvia"),
        act("approve", on="2031-01-02", subject="x", at="board", actor="tolia", basis=GAZETTE),
    ]
    made = brief(as_of(register(*acts, working=True), "2031-03-01"))
    line = one(made, "ladder", "X")
    assert "as reported: approved at board by Tolia" in line.text
    assert "reported" in line.marks
    assert "as reported" not in line.text.split("as reported")[0]


# --- compared ---------------------------------------------------------------------------------------------


def test_what_changed_holds_new_acts_moved_dates_and_dates_gone_by() -> None:
    made = register(*ferry())
    lines = section(brief(as_of(made, "2031-10-20"), compare=as_of(made, "2031-06-01")), "changes")
    said = texts(lines)
    assert "agree on one tariff: the date was by 1 Jul 2031, now by 1 Dec 2031" in said
    assert "Tolia: 40 % of Ferry programmes, out of 120" in said
    assert "Talks of the presidents" not in said
    assert not any("Tolia and Arvia undertake: agree on one tariff" in line.text for line in lines)
    gone = section(brief(as_of(made, "2031-08-01"), compare=as_of(made, "2031-06-01")), "changes")
    assert "the date went by" in texts(gone)


def test_a_date_that_had_gone_by_before_is_no_change() -> None:
    made = register(*ferry())
    since = section(brief(as_of(made, "2031-08-10"), compare=as_of(made, "2031-07-20")), "changes")
    assert "the date went by" not in texts(since)


def test_a_correction_stands_under_what_changed() -> None:
    acts = ferry()
    struck = act("correct", corrects=act_id(len(acts)), why="the paper withdrew it")
    made = register(*acts, struck)
    on = day("2031-10-20")
    lines = section(brief(made.as_of(on), compare=made.as_of(on, len(acts) + 1)), "changes")
    assert [one.text for one in lines] == ["An act was struck (the paper withdrew it)"]


# --- JSON -------------------------------------------------------------------------------------------------


def test_the_json_is_what_the_schema_says() -> None:
    made = asked(compare=as_of(register(*ferry()), "2031-06-01"))
    jsonschema.validate(json.loads(to_json(made)), schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**json.loads(to_json(made)), "sections": 3}, schema())


def test_the_schema_in_the_documentation_is_not_stale() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema()


def test_every_mark_has_a_word() -> None:
    assert {t.mark for t in asked().legend} == set(MARKS)
    assert set(MARKS) >= SAID


# --- what is owed, and by whom ----------------------------------------------------------------------------


def owed(measure: str = "m", due: str = "2031-02-01", **more: Any) -> Act:
    return act("undertake", on="2031-01-01", measure=measure, parties=["arvia", "tolia"],
               what=f"do {measure}", due=due, basis=GAZETTE, **more)  # fmt: skip


def test_the_parties_to_one_step_are_named_together() -> None:
    both = [
        act("table", on="2031-01-01", instrument="plan", type="plan", titles={"en": "Plan"}, basis=GAZETTE),
        *(act("approve", on="2031-02-01", actor=p, subject="plan", at="board", basis=GAZETTE)
          for p in ("tolia", "arvia")),
    ]  # fmt: skip
    first = section(asked("2031-03-01", *both), "standing")[0]
    assert "Plan, approved at board by Arvia and Tolia, 1 Feb 2031;" in first.text
    assert len(first.acts) == 2
    alone = section(asked("2031-03-01", *both[:2]), "standing")[0]
    assert "Tolia approves at board: Plan" in alone.text


def test_a_measure_withdrawn_is_not_overdue_and_not_on_the_first_page() -> None:
    gone = act("withdraw_measure", on="2031-01-20", actor="arvia", measure="m", why="no boats", basis=GAZETTE)
    made = asked("2031-03-01", owed(), gone)
    (line,) = section(made, "promises")
    assert line.group == "Withdrawn"
    assert "withdrawn 20 Jan 2031 by Arvia: no boats; no longer owed" in line.text
    assert not {"overdue", "passed"} & set(line.marks)
    assert not line.front
    assert len(line.acts) == 2
    assert "none is past its date" in section(made, "standing")[1].text
    compared = asked("2031-03-01", owed(), gone, compare=as_of(register(owed(), gone), "2031-01-10"))
    assert "went by" not in texts(section(compared, "changes"))
    assert "Withdrawn, no longer owed: do m" in texts(section(compared, "changes"))


def test_a_measure_suspended_says_so_until_it_is_in_force_again() -> None:
    rests = act("suspend_measure", on="2031-01-20", actor="tolia", measure="m", why="ice", until="2031-04-01",
                basis=GAZETTE)  # fmt: skip
    again = act("suspend_measure", on="2031-02-20", actor="tolia", measure="m", resumes=True, basis=GAZETTE)
    (line,) = section(asked("2031-03-01", owed(), rests), "promises")
    assert "suspended 20 Jan 2031 by Tolia; until 1 Apr 2031: ice" in line.text
    assert "overdue" not in line.marks
    (line,) = section(asked("2031-03-01", owed(), rests, again), "promises")
    assert "overdue" in line.marks


def extension() -> list[Act]:
    asks = act("request_extension", on="2031-01-10", actor="tolia", measure="m", why="ice", to="2031-06-01",
               basis=GAZETTE)  # fmt: skip
    base = register(owed(), asks)
    asked_as = list(base.as_of().every())[-1].id
    agrees = act("decide_extension", on="2031-01-12", actor="arvia", measure="m", request=asked_as,
                 decision="granted", basis=GAZETTE)  # fmt: skip
    return [owed(), asks, agrees]


def test_a_date_moved_by_an_extension_says_who_asked_and_who_agreed() -> None:
    acts = extension()
    (line,) = section(asked("2031-03-01", *acts), "promises")
    assert "first promised: 1 Feb 2031; Tolia asked for another date (ice), Arvia agreed" in line.text
    assert line.when == "1 Jun 2031"
    compared = asked("2031-03-01", *acts, compare=as_of(register(*acts), "2031-01-05"))
    assert (
        "the date was 1 Feb 2031, now 1 Jun 2031; Tolia asked for another date (ice), Arvia agreed"
        in texts(section(compared, "changes"))
    )
    (waiting,) = section(asked("2031-01-11", *acts), "promises")
    assert "Tolia asks for 1 Jun 2031 (ice), not decided yet" in waiting.text


def test_answers_and_findings_stand_beside_the_claims() -> None:
    report = act("report", on="2031-02-01", measure="m", actor="arvia", claim="done", basis=GAZETTE)
    base = register(owed(), report)
    told = list(base.as_of().every())[-1].id
    answer = act("answer", on="2031-02-02", actor="tolia", measure="m", report=told, says="disputes",
                 reason="not_in_force", words="no boat runs", basis=GAZETTE)  # fmt: skip
    find = act("find", on="2031-02-03", actor="desk", measure="m", finding="not_fulfilled", basis=GAZETTE)
    (line,) = section(asked("2031-03-01", owed(), report, answer, find), "promises")
    assert [s.name for s in line.sides] == ["Arvia", "Tolia", "Joint finding"]
    assert line.sides[0].text.startswith("done (1 Feb 2031)")
    assert "disputes: not in force, on what Arvia reports (2 Feb 2031): no boat runs" in line.sides[1].text
    assert "no report on record" in line.sides[1].text
    assert line.sides[2].text == "found not fulfilled (3 Feb 2031)"
    assert all(s.acts for s in line.sides)


def test_what_the_parties_found_fulfilled_is_not_overdue() -> None:
    find = act("find", on="2031-02-03", actor="desk", measure="m", finding="fulfilled_late", basis=GAZETTE)
    made = asked("2031-03-01", owed(), find)
    assert "overdue" not in section(made, "promises")[0].marks
    assert "none is past its date" in section(made, "standing")[1].text


def test_old_promises_do_not_push_those_of_the_day_off_the_first_page() -> None:
    old = [owed(f"old-{n}", f"2020-01-{n + 1:02}") for n in range(20)]
    made = asked("2031-03-01", *old, owed("late", "2031-02-20"), owed("soon", "2031-03-05"))
    front = [line.text[:7] for line in section(made, "promises") if line.front]
    assert "do late" in front
    assert "do soon" in front
    assert section(made, "promises")[0].text.startswith("do late")
    assert section(made, "promises")[1].text.startswith("do old-19")


def test_what_changed_holds_the_wording_of_texts_and_what_became_of_measures() -> None:
    more = [
        act("report", on="2031-02-01", measure="m", actor="arvia", claim="done", words="it stands",
            basis=GAZETTE),
        act("find", on="2031-02-03", actor="desk", measure="m", finding="fulfilled", basis=GAZETTE),
        act("table", on="2031-01-01", instrument="plan", type="plan", titles={"en": "Plan"}, basis=GAZETTE),
        act("propose", on="2031-02-04", actor="tolia", instrument="plan", unit="art-1", lang="en",
            words="Boats run.", basis=GAZETTE),
    ]  # fmt: skip
    acts = (owed(), *more)
    told = texts(section(asked("2031-03-01", *acts, compare=as_of(register(*acts), "2031-01-15")), "changes"))
    assert "Wording of the texts" in told
    assert "Tolia proposes for art-1 of Plan" in told
    assert "Found fulfilled: do m" in told
    assert "it stands" in told


def test_levels_bear_the_names_of_the_rules_and_one_apart_stands_beside() -> None:
    levels = {"low": {"en": "Working group"}, "top": {"en": "Council"}, "side": {"en": "Presidents"}}
    acts = [
        a for n, level in enumerate(("side", "low", "top"))
        for a in (
            act("table", on="2031-01-01", instrument=f"t{n}", type="programme", titles={"en": f"Text {n}"},
                basis=GAZETTE),
            act("adopt", on=f"2031-02-0{n + 1}", subject=f"t{n}", at=level, basis=GAZETTE),
        )
    ]  # fmt: skip
    where = {"t0": "side", "t1": "low", "t2": "top"}
    ladder = Ladder(
        ("low", "top", "side"), lambda _, t: Place(where[t.id], waits=False), levels, frozenset({"side"})
    )
    made = asked("2031-03-01", *acts, ladder=ladder)
    assert [line.group for line in section(made, "ladder")] == [
        "Council", "Working group", "Beside the ladder: Presidents",
    ]  # fmt: skip
    assert "adopted at Council" in section(made, "ladder")[0].text
    assert "Adopted at Council" in section(made, "standing")[0].text


def test_a_source_of_several_acts_is_named_once() -> None:
    other = {"kind": "cited", "publisher": "Herald"}
    acts = [
        act("table", on="2031-01-01", instrument="plan", type="plan", titles={"en": "Plan"}, basis=GAZETTE),
        act(
            "approve", on="2031-02-01", actor="tolia", subject="plan", at="board", basis=other, also=[GAZETTE]
        ),
        act("approve", on="2031-02-02", actor="arvia", subject="plan", at="board", basis=GAZETTE),
    ]
    (line,) = section(asked("2031-03-01", *acts), "ladder")
    assert line.sources == "Herald; Gazette, 4 Mar 2031"
