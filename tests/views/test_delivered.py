"""Views of delivery: parties apart, dates with their history, the lists, the minister's page."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.stage import Stage
from tests.views.delivered import BOTH, TODAY, board_of, last, played
from travaux.views.delivered.board import Board
from travaux.views.delivered.minister import minister_page
from travaux.views.delivered.row import Row
from travaux.views.wording import wording


@pytest.fixture(scope="module")
def stage() -> Stage:
    return played()


@pytest.fixture(scope="module")
def made(stage: Stage) -> Board:
    return board_of(stage)


def row(board: Board, measure: str) -> Row:
    return next(r for r in board.rows if r.id == measure)


def test_each_measure_is_in_its_group(made: Board) -> None:
    assert {r.id: r.group for r in made.rows} == {
        "fares": "agreed_done", "lights": "disputed", "dredge": "no_report", "piers": "overdue",
        "berth": "no_report", "old": "withdrawn", "timetable": "no_report", "quay": "no_report",
    }  # fmt: skip


def test_the_counts_stand_on_one_base_that_does_not_move(stage: Stage, made: Board) -> None:
    counts = made.counts
    assert (counts.base, counts.added, counts.removed, counts.current) == (8, 0, 1, 7)
    assert (counts.strict, counts.claimed) == (1, 2)
    assert [(p.party, p.claims_done, p.owes) for p in counts.by_party] == [("arvia", 1, 5), ("tolia", 1, 4)]
    assert sum(g.n for g in counts.groups) == counts.base
    assert counts.version == 1
    assert "Agreed done" in counts.rule


def test_a_date_that_moved_shows_both_and_who_asked(made: Board) -> None:
    first, second = row(made, "dredge").dates
    assert (first.on, second.on, second.kind, second.moved_days) == (
        "2031-12-31",
        "2032-06-30",
        "notice",
        182,
    )
    assert (second.asked_by, second.why) == ("Arvia", "ice")
    assert [r.id for r in made.rows.moved] == ["dredge"]


def test_an_open_request_moves_nothing_and_says_whose_word_is_missing(made: Board) -> None:
    (asking,) = row(made, "berth").asking
    assert (asking.to, asking.lacking, asking.days) == ("31 Dec 2033", ("Arvia",), 51)
    assert row(made, "berth").due == "2032-06-30"


def test_the_lists(made: Board) -> None:
    assert [r.id for r in made.rows.disputed] == ["lights"]
    assert {r.id for r in made.rows.unreported} == {"dredge", "piers", "berth", "timetable", "quay"}
    assert [r.id for r in made.rows.waiting] == ["timetable"]
    (circle,) = made.circles
    assert (circle.measures, circle.mutual) == (("dredge", "quay"), True)


def test_quarters_in_order_and_no_measure_lost(made: Board) -> None:
    quarters = made.rows.by_quarter()
    assert list(quarters) == ["2031-Q2", "2031-Q3", "2031-Q4", "2032-Q2", ""]
    assert sum(map(len, quarters.values())) == len(made.rows)


def test_changes_between_two_days(stage: Stage) -> None:
    found = {(c.measure, c.sort) for c in board_of(stage, compare=date(2031, 7, 1)).changes}
    assert found == {
        ("lights", "claim"), ("lights", "answer"), ("lights", "passed"),
        ("dredge", "moved"), ("piers", "passed"),
    }  # fmt: skip


def test_an_answer_or_a_finding_alone_is_a_change() -> None:
    stage = played()
    stage.do("find", "arvia", BOTH, measure="fares", finding="fulfilled", on="2032-01-05")
    answered = board_of(stage, date(2031, 9, 25), compare=date(2031, 9, 10))
    assert [(c.measure, c.sort) for c in answered.changes] == [("lights", "answer")]
    found = board_of(stage, date(2032, 1, 6), compare=date(2032, 1, 4))
    assert [(c.measure, c.sort) for c in found.changes] == [("fares", "finding")]


def test_as_of_an_earlier_day_nothing_later_shows(stage: Stage) -> None:
    early = board_of(stage, date(2031, 5, 15))
    assert row(early, "lights").cells[0].claims == ()
    assert not early.rows.moved
    assert row(early, "old").obligation == "withdrawn"
    assert board_of(stage, date(2031, 3, 15)).counts.removed == 0


CLAIMS = ("not_started", "under_way", "done", "done_in_part", "will_not_be_done")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_cell_changes_when_another_party_speaks(data: st.DataObject) -> None:
    """Law 6: what one party claims never shows in the other's cell, in any field."""
    stage = played()
    before = row(board_of(stage), "piers")
    party = data.draw(st.sampled_from(["arvia", "tolia"]))
    words = data.draw(st.text(st.characters(categories=["L"]), max_size=20))
    stage.do(
        "report",
        party,
        measure="piers",
        claim=data.draw(st.sampled_from(CLAIMS)),
        words=words,
        on="2032-01-01",
    )
    after = row(board_of(stage), "piers")
    for cell, old in zip(after.cells, before.cells, strict=True):
        if cell.party == party:
            assert [c.act for c in cell.claims] == [last(stage)]
        else:
            assert cell.claims == old.claims
            assert cell.history == old.history


def test_the_minister_s_page_says_whose_it_is_and_what_to_decide(stage: Stage, made: Board) -> None:
    page = minister_page(wording(stage.register.as_of(TODAY)), made, "arvia")
    assert {d.sort for d in page.decisions} == {"mutual_wait", "extension", "dispute"}
    assert [d.days for d in page.decisions] == sorted((d.days for d in page.decisions), reverse=True)
    assert "2 are overdue, on 1 of which Arvia" in page.sentence
    assert [sum(p.n for p in bar.parts) for bar in page.bars] == [bar.owes for bar in page.bars]
    assert [c.measure for c in page.coming] == ["quay"]
    early = date(2031, 4, 10)  # "old", due on 1 May, is withdrawn
    ahead = minister_page(wording(stage.register.as_of(early)), board_of(stage, early), "arvia").coming
    assert "old" not in [c.measure for c in ahead]


def test_the_same_page_in_pdf_and_html_fits_one_sheet(stage: Stage, made: Board) -> None:
    import pypdfium2

    from travaux.formats.minister_html import minister_html
    from travaux.formats.minister_pdf import minister_pdf

    page = msgspec.json.encode(minister_page(wording(stage.register.as_of(TODAY)), made, "tolia"))
    printed = minister_pdf(page)
    assert printed == minister_pdf(page)
    with pypdfium2.PdfDocument(printed) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
    told = minister_html(page)
    for word in ("Arvia", "Tolia", "strike"):
        assert word in text
        assert word in told
