"""Every kind of act has one neutral sentence."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.register.registers import FOUND, GAZETTE, act, act_id, entered, ferry, register
from travaux.acts.kinds import Found
from travaux.acts.vocabulary import kinds
from travaux.register.fold import AsOf, Part, fold
from travaux.views.sentence import sentence
from travaux.views.wording import wording

ON = "2031-03-03"
MINIMAL: dict[str, dict[str, Any]] = {
    "found": FOUND,
    "admit": {"party": {"id": "nuria", "name": "Nuria"}},
    "accredit": {"keys": [{"vkey": "v", "role": "delegation"}]},
    "recall": {"keys": ["a+1"]},
    "roots": {"roots": ["r"], "threshold": 1},
    "move_host": {"host": "v", "base": {"size": 1, "root": "AA=="}, "why": "the host is gone"},
    "amend_rules": {"on": ON, "rules": "0" * 64},
    "introduce": {"on": ON, "what": "subject", "id": "gas", "names": {"en": "gas"}},
    "convene": {"on": ON, "meeting": "m", "title": "Talks", "planned": "2031-04"},
    "meet": {"on": ON, "meeting": "m", "title": "Talks"},
    "postpone": {"on": ON, "meeting": "m"},
    "cancel": {"on": ON, "meeting": "m"},
    "table": {"on": ON, "instrument": "x", "type": "plan", "titles": {"en": "X"}},
    "withdraw": {"on": ON, "instrument": "x"},
    "classify": {"on": ON, "instrument": "x", "category": "sensitive"},
    "propose": {"on": ON, "actor": "arvia", "instrument": "harbour-dues", "unit": "art-1", "lang": "en",
                "words": "Ferries may run."},
    "support": {"on": ON, "actor": "arvia", "instrument": "harbour-dues", "bracket": "b1", "option": "may",
                "stance": "flexible_if", "condition": "fares fall"},
    "oppose": {"on": ON, "actor": "arvia", "instrument": "harbour-dues", "bracket": "b1"},
    "settle": {"on": ON, "instrument": "harbour-dues", "at": "board", "bracket": "b1", "option": "may"},
    "couple": {"on": ON, "instrument": "harbour-dues", "brackets": ["b1", "b2"]},
    "streamline": {"on": ON, "actor": "desk", "instrument": "harbour-dues", "bracket": "b1",
                   "options": ["may", "shall"], "words": "should"},
    "rectify": {"on": ON, "instrument": "harbour-dues", "unit": "art-1", "lang": "en", "was": "run .",
                "now": "run."},
    "reserve": {"on": ON, "actor": "arvia", "subject": "night", "sort": "scrutiny"},
    "lift": {"on": ON, "actor": "arvia", "subject": "night"},
    "refer": {"on": ON, "subject": "programmes", "to": "council"},
    "approve": {"on": ON, "actor": "arvia", "subject": "programmes", "at": "board"},
    "object": {"on": ON, "actor": "arvia", "subject": "programmes", "at": "board", "why": "too soon"},
    "abstain": {"on": ON, "actor": "arvia", "subject": "programmes", "at": "board"},
    "open_silence": {"on": ON, "subject": "programmes", "at": "board", "until": "2031-03-09T18:00+03:00"},
    "adopt": {"on": ON, "subject": "programmes", "at": "council"},
    "sign": {"on": ON, "actor": "arvia", "subject": "programmes", "ad_referendum": True},
    "ratify": {"on": ON, "actor": "arvia", "subject": "programmes"},
    "publish": {"on": ON, "subject": "programmes", "where": "Gazette"},
    "enter_into_force": {"on": ON, "subject": "programmes"},
    "bundle": {"on": ON, "package": "set", "names": {"en": "Set"},
               "elements": ["programmes", "harbour-dues"]},
    "detach": {"on": ON, "package": "set", "element": "programmes"},
    "undertake": {"on": ON, "measure": "m", "parties": ["arvia"], "what": "dig", "due": "by 2031-06-01"},
    "report": {"on": ON, "actor": "arvia", "measure": "piers", "claim": "done_in_part"},
    "answer": {"on": ON, "actor": "tolia", "measure": "piers", "report": "0" * 64, "says": "disputes"},
    "find": {"on": ON, "measure": "piers", "finding": "fulfilled_late"},
    "assess": {"on": ON, "actor": "desk", "measure": "piers", "value": "B", "scale": "A to E"},
    "request_extension": {"on": ON, "actor": "arvia", "measure": "piers", "why": "ice",
                          "deadline": {"kind": "after_event", "event": "night", "offset": "P1Y2M10D"}},
    "decide_extension": {"on": ON, "actor": "tolia", "measure": "piers", "request": "0" * 64,
                         "decision": "otherwise", "to": "2032-Q1"},
    "amend_measure": {"on": ON, "measure": "piers", "why": "a third pier"},
    "suspend_measure": {"on": ON, "measure": "piers", "until": "2031-12-01"},
    "withdraw_measure": {"on": ON, "measure": "piers"},
    "cite": {"on": ON, "id": "c", "document": {"publisher": "Gazette", "title": "News", "on": ON}},
    "state": {"on": ON, "actor": "arvia", "words": "it goes well"},
    "take_position": {"on": ON, "actor": "arvia", "subject": "night", "stance": "in favour", "why": "trade"},
    "refuse": {"on": ON, "actor": "tolia", "what": "to pay"},
    "deny": {"on": ON, "actor": "tolia", "what": "a delay"},
    "seal": {"note": "checkpoint"},
    "sealed": {},
    "disclose": {"discloses": "a" * 64, "opening": "b" * 64},
    "erase": {"sha256": "b" * 64, "why": "it names private persons"},
}  # fmt: skip
SAID = {
    "propose": "Arvia proposes for art-1 of Agreement on harbour dues (en): “Ferries may run.”",
    "support": "Arvia could accept, in bracket b1 of Agreement on harbour dues: “may”; condition: fares fall",
    "oppose": "Arvia opposes, in bracket b1 of Agreement on harbour dues: no text",
    "settle": "At Ferry Board, words agreed, in bracket b1 of Agreement on harbour dues: “may”",
    "couple": "To be decided together in Agreement on harbour dues: brackets b1, b2",
    "streamline": "desk merges options (2) in bracket b1 of Agreement on harbour dues into: “should”",
    "rectify": "Formal correction in art-1 of Agreement on harbour dues (en): “run .” becomes “run.”",
    "convene": "Meeting planned for Apr 2031: Talks",
    "postpone": "Meeting put off without a new date: m",
    "approve": "Arvia approves at Ferry Board: Ferry programmes",
    "object": "Arvia objects at Ferry Board: Ferry programmes; reason: too soon",
    "open_silence": "Silence procedure on Ferry programmes at Ferry Board; until 9 Mar 2031, 18:00 UTC+03:00",
    "bundle": "One package, Set: Ferry programmes and Agreement on harbour dues",
    "undertake": "Arvia undertakes: dig; due by 1 Jun 2031",
    "report": "Arvia reports “done in part” on: rebuild two piers",
    "answer": "Tolia disputes what was reported on: rebuild two piers",
    "assess": "desk rates rebuild two piers: B (A to E)",
    "request_extension": "Arvia asks for another date, 1 year 2 months 10 days after: night crossings, for: "
    "rebuild two piers; reason: ice",
    "decide_extension": "Tolia agrees to another date, Q1 2032, for: rebuild two piers",
    "suspend_measure": "Suspended: rebuild two piers; until 1 Dec 2031",
    "cite": "Source: Gazette, News, 3 Mar 2031",
    "take_position": "Arvia on night crossings: in favour; reason: trade",
    "refuse": "Tolia refuses: to pay",
}


def said(kind: str, /, **values: Any) -> str:
    made = register(*ferry())
    last = entered(len(made), act(kind, **values))
    made.add(last)
    return sentence(last, wording(made.as_of()))


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind != "correct"])
def test_every_kind_has_a_sentence(kind: str) -> None:
    """Every kind but the correction, which speaks through the act it corrects (see below)."""
    told = said(kind, **MINIMAL[kind])
    assert told == SAID.get(kind, told)
    assert "{" not in told
    assert not told.endswith((".", " ", ":"))
    assert told == told.strip()


@pytest.mark.parametrize(
    "kind", ["approve", "object", "abstain", "sign", "ratify", "reserve", "lift", "report"]
)
def test_a_source_that_does_not_say_who_gives_a_sentence_without_anybody(kind: str) -> None:
    told = said(kind, **{**MINIMAL[kind], "actor": "", "basis": GAZETTE})
    assert "speaker" not in told
    assert "desk" not in told


def test_a_correction_says_what_the_act_now_reads_and_why() -> None:
    now = {"act": "refuse", "on": ON, "actor": "tolia", "what": "to pay late"}
    told = said("correct", corrects=act_id(3), why="a slip", instead=now)
    assert (
        told == f"Correction of {act_id(3)[:8]}, which now reads: Tolia refuses: to pay late; reason: a slip"
    )
    assert said("correct", corrects=act_id(3), why="a slip") == f"Struck: {act_id(3)[:8]}; reason: a slip"


@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        ("meet", {"where": "Velmar", "outcome": "agreed"}, "Meeting held: Talks, Velmar; outcome: agreed"),
        ("table", {"count": 6, "number": "7", "derived": ["programmes"]},
         "On the table: X (plan), no. 7, 6 in number; worked out from Ferry programmes"),
        ("approve", {"conditions": ["night"], "ad_referendum": "by 2031-05-01"},
         "Arvia approves at Ferry Board: Ferry programmes; on condition of night crossings; "
         "ad referendum, to be confirmed by 1 May 2031"),
        ("state", {"person": "ona-tal"}, "Ona Tal (Arvia): it goes well"),
        ("state", {"announces": True, "due": "2031-Q3"}, "Arvia announces: it goes well; due Q3 2031"),
        ("state", {"actor": ""}, "a speaker not named: it goes well"),
        ("sign", {"actor": ""}, "Signed: Ferry programmes"),
        ("ratify", {"deposited": True}, "Arvia deposits its ratification: Ferry programmes"),
        ("propose", {"operation": "move", "place": {"after": "art-2"}},
         "Arvia proposes to move art-1 of Agreement on harbour dues after art-2"),
        ("propose", {"operation": "deletion"},
         "Arvia proposes to delete art-1 of Agreement on harbour dues (en)"),
        ("propose", {"bracket": "b1", "words": "may"},
         "Arvia proposes in bracket b1 of Agreement on harbour dues (en): “may”"),
        ("support", {"bracket": "", "unit": "art-1", "like": "tolia", "condition": ""},
         "Arvia joins the wording of Tolia, in art-1 of Agreement on harbour dues"),
        ("settle", {"option": None, "degree": "aim_agreed"},
         "At Ferry Board, aim agreed: bracket b1 of Agreement on harbour dues"),
        ("couple", {"sort": "same"},
         "One decision in several places of Agreement on harbour dues: brackets b1, b2"),
        ("couple", {"sort": "exclusive"},
         "Words can stay in one only, in Agreement on harbour dues: brackets b1, b2"),
        ("reserve", {"subject": "harbour-dues", "bracket": "b1"},
         "Arvia enters a scrutiny reservation on bracket b1 of Agreement on harbour dues"),
        ("lift", {"subject": "harbour-dues", "unit": "art-1"},
         "Arvia lifts its reservation on art-1 of Agreement on harbour dues"),
        ("enter_into_force", {"provisionally": True}, "Applied provisionally: Ferry programmes"),
        ("postpone", {"to": '2031-10-21/2031-10-31 "late October"'},
         "Meeting moved to “late October” (21 Oct 2031 – 31 Oct 2031): m"),
    ],
)  # fmt: skip
def test_what_an_act_adds_is_said_and_what_it_leaves_out_is_not(
    kind: str, more: dict[str, Any], expected: str
) -> None:
    assert said(kind, **{**MINIMAL[kind], "basis": GAZETTE, **more}) == expected


def test_a_founding_act_names_its_parties() -> None:
    made = fold([entered(0, act("found", **FOUND))])
    assert isinstance(made.founding, Found)
    told = sentence(next(iter(made.as_of().every())), wording(made.as_of()))
    assert told == "The register “Ferry line” is founded; parties: Arvia and Tolia"


def test_one_party_undertakes_and_several_undertake() -> None:
    several = said("undertake", **{**MINIMAL["undertake"], "parties": ["arvia", "tolia"]})
    assert several.startswith("Arvia and Tolia undertake: dig")


def test_the_own_words_of_a_report_are_told() -> None:
    told = said("report", **MINIMAL["report"], words="one pier stands")
    assert told == "Arvia reports “done in part” on: rebuild two piers, in its words: “one pier stands”"


def test_programmes_of_programmes_are_counted_once() -> None:
    claim = {"of": "programmes", "figure": "7", "unit": "programmes", "base": "28"}
    told = said("state", on=ON, actor="arvia", words="so", claim=claim)
    assert "7 of Ferry programmes, out of 28" in told
    other = said("state", on=ON, actor="arvia", words="so", claim={**claim, "unit": "measures"})
    assert "7 measures of Ferry programmes" in other


def test_a_body_is_named_once() -> None:
    meeting = {"on": ON, "meeting": "m", "title": "Session of the Ferry Board", "body": "board"}
    assert said("meet", **meeting) == "Meeting held: Session of the Ferry Board"
    assert said("meet", **{**meeting, "title": "Talks"}) == "Meeting held: Talks, Ferry Board"


def test_what_was_disclosed_is_not_told_of_a_record_that_ends_before() -> None:
    said = act("take_position", on=ON, actor="arvia", subject="night", stance="in favour")
    parts = (Part("parties", "disclosed", said, since=5), Part(("arvia",), note="a mandate", since=7))
    sealed = msgspec.structs.replace(entered(1, act("sealed"), "arvia"), parts=parts)
    told = [sentence(sealed, wording(AsOf(register(), None, size), "en")) for size in (5, 6, 8)]
    assert ["in favour" in t for t in told] == [False, True, True]
    assert ["a mandate" in t for t in told] == [False, False, True]
