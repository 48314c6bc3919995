"""Calendar, feed, table and drawing of measures: read back by programs that are not ours."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from icalendar import Calendar
from lxml import etree

from tests.rules.stage import Stage
from tests.views.delivered import BOTH, board_of, played
from travaux.formats.delivery.calendar import measures_ics
from travaux.formats.delivery.feed import ATOM, measures_atom
from travaux.formats.delivery.table_csv import HEADS, measures_csv, safe
from travaux.formats.delivery.timeline import measures_svg
from travaux.views.delivered.board import board_json

NS = {"a": ATOM}


@pytest.fixture(scope="module")
def stage() -> Stage:
    return played()


def data(stage: Stage, on: date = date(2032, 3, 1)) -> bytes:
    return board_json(board_of(stage, on))


@pytest.mark.parametrize("codec", [measures_ics, measures_atom, measures_csv, measures_svg])
def test_the_same_board_gives_the_same_bytes(stage: Stage, codec: object) -> None:
    assert codec(data(stage)) == codec(data(stage))  # type: ignore[operator]


def events(stage: Stage, on: date) -> dict[str, object]:
    found = Calendar.from_ical(measures_ics(data(stage, on))).walk("VEVENT")
    return {str(e["uid"]).partition("@")[0]: e for e in found}


def test_a_calendar_holds_every_dated_measure_under_a_lasting_uid(stage: Stage) -> None:
    early, late = events(stage, date(2031, 7, 15)), events(stage, date(2032, 3, 1))
    assert set(late) == {"fares", "lights", "dredge", "piers", "berth", "old", "quay"}
    assert set(early) == set(late)
    before, after = early["dredge"], late["dredge"]
    assert str(before["uid"]) == str(after["uid"])  # type: ignore[index]
    assert (int(before["sequence"]), int(after["sequence"])) == (0, 1)  # type: ignore[index]
    assert after.decoded("dtstart") == date(2032, 6, 30)  # type: ignore[attr-defined]
    assert "moved from 31 Dec 2031" in str(after["summary"])  # type: ignore[index]


def test_a_withdrawn_measure_is_cancelled_and_its_sequence_rises(stage: Stage) -> None:
    before, after = events(stage, date(2031, 3, 15))["old"], events(stage, date(2031, 5, 1))["old"]
    assert str(before["status"]) == "CONFIRMED"  # type: ignore[index]
    assert str(after["status"]) == "CANCELLED"  # type: ignore[index]
    assert int(after["sequence"]) > int(before["sequence"])  # type: ignore[index]


def test_every_party_has_a_line_of_its_own_in_the_calendar(stage: Stage) -> None:
    lines = str(events(stage, date(2032, 3, 1))["piers"]["description"]).split("\n")  # type: ignore[index]
    assert [one.partition(":")[0] for one in lines[:2]] == ["Arvia", "Tolia"]


def test_the_feed_has_one_entry_an_act_under_its_id(stage: Stage) -> None:
    feed = etree.fromstring(measures_atom(data(stage)))
    ids = feed.xpath("a:entry/a:id/text()", namespaces=NS)
    sorts = feed.xpath("a:entry/a:category/@term", namespaces=NS)
    assert sorted(sorts) == ["disputed", "moved"]
    assert len(set(ids)) == len(ids)
    assert all(i.startswith("urn:sha256:") for i in ids)
    assert feed.xpath("a:updated/text()", namespaces=NS) == ["2031-09-20T00:00:00Z"]
    for wanted in ("id", "title", "updated"):
        assert len(feed.xpath(f"a:entry/a:{wanted}", namespaces=NS)) == len(ids)


def test_the_table_has_a_line_for_each_party_and_measure(stage: Stage) -> None:
    text = measures_csv(data(stage)).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert list(lines[0]) == list(HEADS)
    assert len(lines) == sum(len(r.cells) for r in board_of(stage).rows)
    assert [one["party"] for one in lines if one["measure"] == "piers"] == ["arvia", "tolia"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert safe(text).startswith("'")
    stage = played()
    stage.do("undertake", "arvia", BOTH, measure="evil", parties=["arvia"], what=text, due="2032-01-01")
    whole = measures_csv(data(stage)).decode("utf-8-sig")
    for cells in csv.reader(io.StringIO(whole)):
        assert not any(c.startswith(("=", "+", "-", "@", "\t", "\r")) for c in cells)


def test_the_drawing_tells_what_it_shows_in_words(stage: Stage) -> None:
    svg = etree.fromstring(measures_svg(data(stage)))
    ns = {"s": "http://www.w3.org/2000/svg"}
    assert svg.get("role") == "img"
    assert svg.xpath("s:title/text()", namespaces=ns) == ["Ferry line: dates of measures"]
    told = svg.xpath("s:g/s:title/text()", namespaces=ns)
    assert len(told) == 7
    assert any("complete the dredge: due 30 Jun 2032, first promised 31 Dec 2031" in t for t in told)
    assert len(svg.xpath("//s:rect[@class='delay']", namespaces=ns)) == 1
    assert len(svg.xpath("//s:polygon[@class='gone']", namespaces=ns)) == 1


def test_a_board_without_dates_is_still_a_drawing_a_calendar_and_a_feed() -> None:
    from tests.rules.stage import ready_book

    empty = board_json(board_of(Stage(ready_book("two-ministries"))))
    assert etree.fromstring(measures_svg(empty)) is not None
    assert list(Calendar.from_ical(measures_ics(empty)).walk("VEVENT")) == []
    assert etree.fromstring(measures_atom(empty)).findall(f"{{{ATOM}}}entry") == []
