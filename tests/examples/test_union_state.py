"""The Union State: everything sourced, both sources kept, equal treatment, and a brief that reads well."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from tests.examples.built import Built, build, good
from travaux.acts.base import Act, Deed
from travaux.acts.basis import Anchored, Cited
from travaux.acts.kinds import Adopt, Introduce, Meet, State, Table, TakePosition, Undertake
from travaux.examples import UNION_STATE, acts, folder
from travaux.register.sources import bases
from travaux.register.wording import rolling
from travaux.secretariat.checking import check
from travaux.secretariat.door import Secretariat
from travaux.text.render import clean


def of(listed: list[Act], kind: type[Act]) -> list[Act]:
    return [a for a in listed if isinstance(a, kind)]


def test_it_verifies_in_all_layers(union_state: Built) -> None:
    checked = good(check(union_state.path, union_state.home))
    assert [f.line() for f in checked.report.faults] == []
    assert checked.report.size == len(union_state.acts())


def test_every_act_but_the_founding_says_where_it_comes_from(union_state: Built) -> None:
    deeds = [a for a in union_state.acts() if isinstance(a, Deed)]
    assert len(deeds) > 200
    assert all(a.reported for a in deeds)
    assert all(b.publisher for a in deeds for b in bases(a) if isinstance(b, Cited))


def test_no_word_of_a_document_is_shipped(union_state: Built) -> None:
    anchored = [b for a in union_state.acts() for b in bases(a) if isinstance(b, Anchored)]
    assert len(anchored) > 100
    assert {b.words for b in anchored} == {""}
    assert not [f for f in folder(UNION_STATE).iterdir() if f.suffix not in (".acts", ".toml")]


def test_what_is_unverified_is_left_out(union_state: Built) -> None:
    days = {str(a.on) for a in union_state.acts() if isinstance(a, Deed)}
    assert not days & {"2021-08", "2022-07-17", "2022-08-24", "2025-01", "2026-01-22"}
    claimed = {(a.claim.figure, a.claim.base) for a in of(union_state.acts(), State) if a.claim}
    assert not {f for f, _ in claimed} & {"46", "over 46", "more than 46"}
    assert {b for _, b in claimed if b} == {989, 310}


def test_where_sources_differ_about_the_day_both_stand(union_state: Built) -> None:
    adopted = {(str(a.on), bases(a)[0].publisher) for a in of(union_state.acts(), Adopt)
               if a.subject == "package-2021-2023" and a.at == "supreme-state-council"}  # fmt: skip
    assert adopted == {("2021-11-04", "primepress.by"), ("2021-11-05", "aif.ru")}
    held = [str(a.on) for a in of(union_state.acts(), Meet) if a.meeting == "supreme-state-council-2021"]
    assert sorted(held) == ["2021-11-04", "2021-11-05"]


def test_figures_of_fulfilment_stand_side_by_side(union_state: Built) -> None:
    said = [a for a in of(union_state.acts(), State) if a.claim and a.claim.of == "union-programmes"]
    assert [a.claim.figure for a in said] == [
        "60", "60", "68", "7", "about 70", "70-80", "about 90", "94", "100"
    ]  # fmt: skip
    assert Counter(a.actor for a in said) == {"belarus": 3, "union-state": 3, "russia": 2, "": 1}


def test_the_two_states_are_treated_alike(union_state: Built) -> None:
    listed = union_state.acts()
    joint = [a for a in of(listed, Undertake) if set(a.parties) == {"belarus", "russia"}]
    assert len(joint) >= 15
    assert {a.parties for a in joint} == {("belarus", "russia")}
    held = {(a.subject, a.actor) for a in of(listed, TakePosition)}
    for subject in ("single-currency", "credit-support", "migration"):
        assert {(subject, "belarus"), (subject, "russia")} <= held


def test_everything_that_has_a_name_has_it_in_english_and_russian(union_state: Built) -> None:
    listed = union_state.acts()
    # The titles of single programmes are attested only in translation, so they are not translated back.
    tabled = [a.titles for a in of(listed, Table) if a.within != "union-programmes"]
    named = [a.names for a in of(listed, Introduce)] + tabled
    assert [n for n in named if not {"en", "ru"} <= set(n)] == []
    cyrillic = re.compile("[А-яЁёІіЎў]")
    assert not [n for n in named if cyrillic.search(n["en"]) or not cyrillic.search(n["ru"])]


def test_no_act_speaks_of_a_thing_before_it_has_a_name(union_state: Built) -> None:
    names = {a.id: a.on.first for a in reversed(of(union_state.acts(), Introduce))}
    for act in union_state.acts():
        for thing in (getattr(act, "person", ""), getattr(act, "actor", "")):
            assert not thing or names[thing] <= act.on.last, (thing, act)


@pytest.mark.parametrize(
    ("on", "there", "absent"),
    [
        ("2019-12-31",
         ["Work out about 28 roadmaps", "31 roadmaps are to be ready", "which is not yet approval",
          "a leaked copy of the text dates a tax code 1 April 2021"],
         ["Single currency", "28 programmes", "Vladimir Putin"]),
        ("2021-09-09",
         ["Single currency\n      Belarus: too early", "Russia: not now: the two countries are not ready",
          "Single emission centre", "Key provisions of the Union State Treaty",
          "by 1 Dec 2023  Sign a document on a common gas market",
          "“late October” (21 Oct 2021 – 31 Oct 2021)  Adopt the programmes",
          "approved at talks of the Presidents by Belarus and Russia"],
         ["Supreme State Council, 4 Nov 2021", "68 %"]),
        ("2023-12-02",
         ["68 % of Union State programmes, out of 989", "about 90 % of Union State programmes",
          "Sign a document on a common gas market (Belarus and Russia; under Union State programmes): "
          "overdue 1 day",
          "sources differ"],
         ["100 %", "Main directions for 2024-2026"]),
        ("2026-11-25",
         ["100 % of Union State programmes", "115 measures of Main directions for 2024-2026, out of 310",
          "a significant part of Main directions for 2024-2026", "Main directions for 2027-2029 (draft)",
          "a common gas market has still to be created"],
         []),
    ],
)  # fmt: skip
def test_the_brief_as_of_four_days(union_state: Built, on: str, there: list[str], absent: list[str]) -> None:
    told = union_state.brief(on)
    assert [t for t in there if t not in told] == []
    assert [t for t in absent if t in told] == []


def test_what_changed_between_two_days_is_told(union_state: Built) -> None:
    told = union_state.brief("2026-11-25", "2021-09-09").partition("WHAT CHANGED SINCE 9 SEP 2021")[2]
    for phrase in (
        "Adopted at Supreme State Council: Main directions for 2024-2026",
        "Sign a document on a common gas market: the date went by",
        "Dmitry Mezentsev (Union State): 68 %",
    ):
        assert phrase in told


def test_a_fault_in_one_file_records_nothing_of_it(union_state: Built, tmp_path: object) -> None:
    first = acts(UNION_STATE)[0]
    made = build(UNION_STATE, tmp_path, [])  # type: ignore[arg-type]
    wrong = tmp_path / "wrong.acts"  # type: ignore[operator]
    wrong.write_text(first.read_text(encoding="utf-8").replace("within: union-state", "within: onion-state"))
    before = len(made.acts())
    refusal = made.submit(wrong)
    assert "onion-state" in str([f.line() for f in refusal.faults])  # type: ignore[union-attr]
    assert len(made.acts()) == before


def test_the_known_titles_make_a_text(union_state: Built) -> None:
    with good(Secretariat.open(union_state.path)) as office:
        text = rolling(office.as_of(date(2021, 9, 10)), "programme-summaries")
    assert [clean(s.text()) for _, _, s in text.sheets()] == [
        "Convergence of macroeconomic policy",
        "Monetary policy and macroprudential regulation",
        "Currency regulation and control",
    ]
    assert text.unplaced == ()


def test_days_are_real_and_none_is_later_than_the_example() -> None:
    text = "".join(f.read_text(encoding="utf-8") for f in acts(UNION_STATE))
    days = [date.fromisoformat(d) for d in re.findall(r"^on: (\d{4}-\d\d-\d\d)$", text, re.MULTILINE)]
    assert len(days) > 200
    assert max(days) < date(2026, 11, 25)
