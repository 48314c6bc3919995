"""Two ministries: both act and sign, the rules refuse once and say why, and what was reported stays apart."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.examples.built import Built, build, good
from travaux.acts.fault import Refused
from travaux.acts.kinds import (
    Adopt,
    AmendMeasure,
    Approve,
    DecideExtension,
    Lift,
    Object,
    Oppose,
    Propose,
    Refer,
    Report,
    Reserve,
    Settle,
    Sign,
    Support,
    Undertake,
    WithdrawMeasure,
)
from travaux.examples import MINISTRIES, acts, folder
from travaux.formats.intake import take_in
from travaux.reader import read
from travaux.register.wording import rolling
from travaux.secretariat.checking import check
from travaux.secretariat.door import Secretariat
from travaux.secretariat.showing import board_of
from travaux.text.render import attributed

STORY = (
    Propose,
    Support,
    Oppose,
    Settle,
    Approve,
    DecideExtension,
    Object,
    Refer,
    Reserve,
    Lift,
    Adopt,
    Sign,
    Undertake,
    WithdrawMeasure,
    Report,
)


@pytest.fixture(scope="module")
def reading() -> dict[str, Any]:
    data = (folder(MINISTRIES) / "communique.txt").read_bytes()
    found: dict[str, Any] = json.loads(good(read(good(take_in("communique.txt", data)))).json())
    return found


def test_it_verifies_in_all_layers(ministries: Built) -> None:
    checked = good(check(ministries.path, ministries.home))
    assert [f.line() for f in checked.report.faults] == []


def test_the_story_has_every_step(ministries: Built) -> None:
    told = [type(a) for a in ministries.acts()]
    assert [kind for kind in STORY if kind not in told] == []


def test_both_ministries_and_the_keeper_sign(ministries: Built) -> None:
    with good(Secretariat.open(ministries.path)) as office:
        entered = list(office.register.as_of().recorded_acts())
    assert {e.by for e in entered[4:]} == {"arvia/delegation", "tolia/delegation", "secretariat/keeper"}
    joint = [e for e in entered[4:] if e.cosigners]
    assert {type(e.act) for e in joint} == {Settle, Undertake, AmendMeasure, DecideExtension, WithdrawMeasure}
    assert {e.cosigners for e in joint} <= {("tolia/delegation",), ("arvia/delegation",)}


def test_delivery_shows_disputes_moves_mutual_waits_and_withdrawals(ministries: Built) -> None:
    day = date(2026, 11, 20)
    with good(Secretariat.open(ministries.path)) as office:
        page = board_of(office, day)
    rows = {row.id: row for row in page.rows}
    assert rows["night-watch"].group == "disputed"
    assert [d.on for d in rows["joint-tickets"].dates] == ["by 2026-10-31", "by 2027-01-31"]
    assert rows["ferry-museum"].obligation == "withdrawn"
    assert rows["timetable-notice"].waits_for
    assert [c.measures for c in page.circles if c.mutual] == [("channel-lights", "second-ferry")]


def test_an_agreement_that_is_none_is_refused_with_the_reason(tmp_path: Path) -> None:
    made = build(MINISTRIES, tmp_path, acts(MINISTRIES)[:2])
    before = len(made.acts())
    refusal = made.submit(folder(MINISTRIES) / "too-early.acts")
    assert isinstance(refusal, Refused)
    sentence = refusal.faults[0].line()
    assert "objected (the channel is not lit at night)" in sentence
    assert "withdraws its objection" in sentence
    assert len(made.acts()) == before


def test_a_yes_that_waits_is_no_adoption_yet(tmp_path: Path) -> None:
    made = build(MINISTRIES, tmp_path, acts(MINISTRIES)[:4])
    early = tmp_path / "early.acts"
    lines = ("act: adopt", "signer: secretariat/keeper", "on: 2026-06-12", "subject: crossings-programme")
    early.write_text("\n".join((*lines, "at: commission", "")), encoding="utf-8")
    refusal = made.submit(early)
    assert isinstance(refusal, Refused)
    assert "waits for a decision on Agreement on Harbour Dues" in refusal.faults[0].line()
    assert "holds a parliamentary reservation" in refusal.faults[0].line()


@pytest.mark.parametrize(
    ("on", "night", "costs"),
    [
        ("2026-03-15", "Ferries also run at night from 1 April 2027.",
         "Each Party pays for its own quays and ferries."),
        ("2026-04-15",
         "Ferries also run at night "
         "[from 1 April 2027 (arvia; opposes: tolia)][once the channel is lit (tolia)].",
         "Each Party pays for its own quays and ferries"
         "[, and half of the lights in the channel (tolia; flexible if: arvia)][ (arvia)]."),
        ("2026-06-12", "Ferries also run at night from 1 May 2027, with the channel lit.",
         "Each Party pays for its own quays and ferries, and half of the lights in the channel."),
    ],
)  # fmt: skip
def test_the_programme_is_negotiated_in_brackets(ministries: Built, on: str, night: str, costs: str) -> None:
    with good(Secretariat.open(ministries.path)) as office:
        text = rolling(office.as_of(date.fromisoformat(on)), "crossings-programme")
    told = {unit: attributed(sheet.text()) for unit, _, sheet in text.sheets()}
    assert told["service"] == "Ferries run between Velmar and Port Kesh every day of the year."
    assert (told["night"], told["costs"]) == (night, costs)
    assert text.unplaced == ()


def test_the_brief_says_what_waits_and_who_says_what(ministries: Built) -> None:
    told = ministries.brief("2026-11-25")
    for phrase in (
        "waiting for a decision: House Rules of the Booking Office",
        "nothing was said by: Tolia",
        "adopted at Crossings Commission by Joint secretariat, 1 Jul 2026",
        "Arvia: done (12 Oct 2026)",
        "Tolia: done in part (20 Oct 2026)",
        "Tolia: under way (5 Oct 2026): twelve of thirty lights stand",
    ):
        assert phrase in told


def test_before_the_commission_met_the_two_sides_differed(ministries: Built) -> None:
    told = ministries.brief("2026-05-01")
    assert "Arvia: wants them from 1 April 2027" in told
    assert "Tolia: not before the channel is lit" in told


def test_nobody_is_named(reading: dict[str, Any]) -> None:
    assert reading["persons"] == []
    assert reading["parties"] == ["Arvia", "Tolia"]


def test_the_reader_reads_the_communique_well(reading: dict[str, Any]) -> None:
    assert [q["speaker"] for q in reading["quotes"]].count("Arvia") == 4
    assert [q["speaker"] for q in reading["quotes"]].count("Tolia") == 4
    firm = {(c["status"], tuple(c["parties"]), c["due"]) for c in reading["commitments"]}
    assert {
        ("agreed", ("Arvia", "Tolia"), "2027-01-31"),
        ("agreed", ("Arvia", "Tolia"), "2026-06-30"),
        ("conditional", ("Tolia",), "2027-05-01"),
        ("refused", ("Tolia",), None),
        ("deferred", ("Arvia",), None),
    } <= firm
    stances = {(p["party"], p["subject"], p["stance"]) for p in reading["positions"]}
    assert {
        ("Tolia", "a shared harbour police", "support"),
        ("Arvia", "a shared harbour police", "oppose"),
    } <= stances
    assert {r["party"] for r in reading["refusals"]} == {"Tolia"}
    assert {(m["status"], m["when"]) for m in reading["meetings"]} == {
        ("held", "2026-05-20"), ("planned", "2026-12-09")
    }  # fmt: skip
