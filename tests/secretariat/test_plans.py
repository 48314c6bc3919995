"""Editions of a plan: what changed in substance, and what only looks changed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.acts.fault import Refused
from travaux.secretariat.plans.comparing import Compared, Promise, compare
from travaux.secretariat.plans.likeness import Bodies, is_short_for, plain_text
from travaux.secretariat.plans.mapping import Columns, Mapping, Plan, read_mapping, write_mapping
from travaux.secretariat.plans.vocabulary import claim_of


def promise(
    number: str, what: str, due: str = "2031-06-30", lead: str = "Treasury", **more: object
) -> Promise:
    last = date.fromisoformat(due) if len(due) == 10 else None
    return Promise(f"row {number}", "", number, what, due, last, due, lead, **more)  # type: ignore[arg-type]


def side_by_side(old: list[Promise], new: list[Promise], bodies: Bodies | None = None) -> Compared:
    return compare(old, new, bodies or Bodies(), lambda _: ())


def sorts(compared: Compared) -> list[tuple[str, str]]:
    return [(c.sort, c.number) for c in compared.changes]


OLD = [
    promise("1", "Dredge the channel to 12 500 m³"),
    promise("2", "Light the channel"),
    promise("3", "Train the pilots"),
    promise("4", "Publish the tariff"),
]


def test_the_same_edition_has_no_change() -> None:
    found = side_by_side(OLD, list(OLD))
    assert (found.changes, found.doubts, found.form, found.same) == ((), (), {}, 4)


def test_rows_in_another_order_under_new_numbers_are_the_same_measures() -> None:
    new = [
        promise("1", OLD[3].what),
        promise("2", OLD[0].what),
        promise("3", OLD[1].what),
        promise("4", OLD[2].what),
    ]
    found = side_by_side(OLD, new)
    assert found.changes == ()
    assert found.form == {"number": 4, "order": 1}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dredge the channel", "dredge  the channel."),
        ("«Порядок» учёта", '"порядок" учета'),
        ("12 500 tonnes", "12,500 tonnes"),
        ("37,1 %", "37.1%"),
        ("a – b", "a-b"),
        ("1. Do it", "Do it"),
    ],
)
def test_typography_is_no_change(one: str, two: str) -> None:
    found = side_by_side([promise("1", one)], [promise("1", two)])
    assert found.changes == ()
    assert found.form == {"typography": 1}


def test_another_number_in_the_text_is_a_change() -> None:
    found = side_by_side([promise("1", "Train 200 officers")], [promise("1", "Train 20 officers")])
    assert sorts(found) == [("reworded", "1")]


def test_what_moved_dropped_added_and_changed_hands() -> None:
    new = [
        promise("1", OLD[0].what, "2031-12-31"),
        promise("2", "Light the channel and the harbour"),
        promise("3", "Train the pilots", lead="Port Authority"),
        promise("5", "Build a sluice"),
    ]
    found = side_by_side(OLD, new)
    assert sorted(sorts(found)) == [
        ("added", "5"),
        ("dropped", "4"),
        ("lead", "3"),
        ("moved", "1"),
        ("reworded", "2"),
    ]
    assert next(c.days for c in found.changes if c.sort == "moved") == 184
    assert len(found.undecided) == 5


def test_a_likeness_under_another_number_is_asked_about_not_told() -> None:
    new = [*OLD[:3], promise("9", "Publish the new tariff")]
    found = side_by_side(OLD, new)
    assert found.changes == ()
    assert [(d.old.number, d.new.number) for d in found.doubts] == [("4", "9")]


def test_one_number_for_another_measure_is_dropped_and_added() -> None:
    found = side_by_side(
        [promise("1", "Dredge the channel")], [promise("1", "Recognise foreign diplomas by law")]
    )
    assert sorted(sorts(found)) == [("added", "1"), ("dropped", "1")]


def test_a_body_renamed_throughout_is_told_once_and_is_no_change_of_lead() -> None:
    old = [promise(str(n), f"Measure number {n} of the plan", lead="Ministry of Trade") for n in range(3)]
    new = [
        promise(str(n), f"Measure number {n} of the plan", lead="Department for Commerce") for n in range(3)
    ]
    found = side_by_side(old, new)
    assert found.changes == ()
    assert found.renamed == {"Ministry of Trade": "Department for Commerce"}
    split = [*new[:2], promise("2", "Measure number 2 of the plan", lead="Treasury")]
    assert [c.sort for c in side_by_side(old, split).changes] == ["lead"] * 3


def test_names_of_one_body() -> None:
    bodies = Bodies({"ABC": "Agency for Boats"}, {"harbour office": "port", "port office": "port"})
    assert bodies.same("ABC", "Agency for boats")
    assert bodies.same("Harbour Office", "Port Office")
    assert bodies.same("MoF", "Ministry of Finance")
    assert bodies.same("Минфин", "Министерство финансов")
    assert bodies.same("МИД", "Министерство иностранных дел")
    assert not bodies.same("Ministry of Finance", "Ministry of Justice")
    assert not bodies.same("Минюст", "Министерство финансов")
    assert not is_short_for("Finance", "Ministry of Finance")


def test_measures_merged_and_split_are_told_with_their_dates() -> None:
    old = [
        promise("1", "Train the customs officers"),
        promise("2", "Train the border officers"),
        promise("3", "Build the depot and light its yard", "2031-12-31"),
    ]
    new = [
        promise("1", "Train the customs and border officers", "2031-12-31"),
        promise("2", "Build the depot", "2031-12-31"),
        promise("3", "Light the yard of the depot", "2031-12-31"),
    ]
    found = side_by_side(old, new)
    assert sorts(found) == [("merged", "1"), ("split", "3")]
    merged = found.changes[0]
    assert merged.old == "1 Train the customs officers (2031-06-30); 2 Train the border officers (2031-06-30)"
    assert merged.new.endswith("(2031-12-31)")
    assert [(len(o), len(n)) for o, n in found.joined] == [(2, 1), (1, 2)]


@pytest.mark.parametrize(
    "new",
    [
        "Train officers of customs and tax and open an academy for the border",
        "Train the customs officers of the eastern region",
        "Train the customs officers",
    ],
)
def test_what_adds_more_or_leaves_a_part_out_is_not_called_merged(new: str) -> None:
    old = [promise("1", "Train the customs officers"), promise("2", "Train the border officers")]
    assert "merged" not in [c.sort for c in side_by_side(old, [promise("7", new)]).changes]


def test_a_part_that_adds_no_word_of_its_own_is_not_merged() -> None:
    old = [promise("1", "Train customs border officers"), promise("2", "Train officers")]
    new = [promise("7", "Train customs border officers yearly")]
    assert "merged" not in [c.sort for c in side_by_side(old, new).changes]


def test_a_change_that_was_decided_names_its_acts() -> None:
    new = [promise("1", OLD[0].what, "2031-12-31"), *OLD[1:]]
    found = compare(OLD, new, Bodies(), lambda c: ("act",) if c.sort == "moved" else ())
    assert found.undecided == ()
    assert found.changes[0].decided == ("act",)


texts = st.text("abc де 12.", min_size=1, max_size=12).filter(lambda t: bool(plain_text(t)))
plans = st.lists(st.tuples(texts, st.sampled_from(["2031-06-30", "2031-12-31", ""])), max_size=8)


@given(plans, plans)
def test_every_row_is_paired_dropped_added_or_asked_about(
    one: list[tuple[str, str]], two: list[tuple[str, str]]
) -> None:
    old = [promise(str(n), w, d) for n, (w, d) in enumerate(one)]
    new = [promise(str(n), w, d) for n, (w, d) in enumerate(two)]
    found = side_by_side(old, new)
    counted = [c.sort for c in found.changes]
    was, now = sum(len(o) for o, _ in found.joined), sum(len(n) for _, n in found.joined)
    assert len(found.pairs) + counted.count("dropped") + len(found.doubts) + was == len(old)
    assert len(found.pairs) + counted.count("added") + len(found.doubts) + now == len(new)
    assert not side_by_side(old, list(old)).changes


@given(st.text(max_size=40), st.text(max_size=40), st.lists(st.text(min_size=1, max_size=20), max_size=3))
def test_a_mapping_written_reads_back(source: str, heading: str, sheets: list[str]) -> None:
    made = Mapping(
        source=source, plan=Plan(title=heading), columns=Columns(what=heading), answers={"TBD": heading}
    )
    assert read_mapping(write_mapping(made, {"": "why", "columns.what": "because"}), "m.toml") == made
    del sheets


def test_a_mapping_with_an_unknown_field_is_refused() -> None:
    assert isinstance(read_mapping(b'[columns]\nwhen = "D"', "m.toml"), Refused)


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("Completed", "done"),
        ("выполнено", "done"),
        ("Частично выполнено", "done_in_part"),
        ("не приступали", "not_started"),
        ("en cours", "under_way"),
        ("on hold by decree", ""),
    ],
)
def test_words_of_statuses(words: str, claim: str) -> None:
    assert claim_of(words) == claim
