"""A rolling text as plain text, as HTML and as a picture of its progress."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from tests.register.drafting import Talks, talks
from travaux.formats.progress_svg import progress_svg
from travaux.formats.text_html import text_html
from travaux.formats.text_plain import Printer, plain_text, visible
from travaux.text.page import Moment, TextPage
from travaux.views.rolling import Asked, text_page

BRACKETED = "The parties [may][shall][should] publish the annual table of fares [and of tolls] every spring."
RENDERINGS = ["bracketed", "attributed", "columns", "progress"]


def page(made: Talks, rendering: str = "attributed", party: str = "") -> TextPage:
    register = made.register()
    asked = Asked(rendering, party, compare=date(2031, 3, 4))
    told = text_page(register.as_of(), "dues", asked, before=register.as_of(date(2031, 3, 4)))
    assert isinstance(told, TextPage), told
    return told


def test_brackets_stand_in_plain_text_with_or_without_names() -> None:
    made = talks()
    made.on("oppose", "tolia", "may", why="too weak")
    assert plain_text(page(made, "bracketed")) == (
        f"1  {BRACKETED}\n\n2  Ferries run daily [and at night].\n"
    )
    assert plain_text(page(made)) == (
        "1  The parties [may (Nuria; opposes: Tolia (too weak))][shall (Arvia)][should (Tolia)] publish the "
        "annual table of fares [and of tolls (Nuria)][no text (Arvia, Tolia)] every spring.\n\n"
        "2  Ferries run daily [and at night (Nuria)].\n"
    )


def test_long_lists_of_names_are_groups_or_all_others() -> None:
    many = [{"id": f"p{n}", "name": f"P{n}"} for n in range(9)]
    made = Talks(parties=[*many, {"id": "arvia", "name": "Arvia"}])
    for n in range(9):
        made.propose(f"p{n}", "Fares shall be public.", on="2031-03-05")
    made.propose("arvia", "Fares should be public.", on="2031-03-05")
    assert plain_text(page(made)) == "1  Fares [shall (all others)][should (Arvia)] be public.\n"
    beside = Printer({"Coast": [f"P{n}" for n in range(9)]})
    place = next(p.place for p in page(made).units[0].pieces if p.place)
    assert beside.sides(place.options[0].sides)[0] == "Coast"


def test_merged_options_show_each_proponent_where_its_words_went() -> None:
    made = talks()
    made.on("streamline", "desk", None, among="may", options=["shall", "should"], words="is to")
    told = plain_text(page(made))
    assert "[is to (merged from: “shall” (Arvia), “should” (Tolia))]" in told
    assert "[shall (" not in told


def test_marks_of_direction_and_control_characters_are_shown() -> None:
    assert visible("a\u202eb\x00c\nd") == "a\\u{202e}b\\u{0}c\nd"


def test_a_bracket_of_the_wording_itself_is_told_from_an_open_one() -> None:
    made = Talks()
    made.propose("arvia", "Fares [sic] are public.")
    assert plain_text(page(made)) == "1  Fares [sic] are public.\n"
    made.propose("tolia", "Fares [sic] are secret.")
    assert plain_text(page(made, "bracketed")) == "1  Fares \\[sic\\] are [public][secret].\n"


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_the_html_is_whole_and_says_everything_by_words(rendering: str) -> None:
    made = talks()
    made.on("settle", "arvia", " and at night", at="board")
    told = text_html(page(made, rendering))
    tree = html.document_fromstring(told)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for target in tree.xpath("//a/@href"):
        assert target[1:] in ids
    for label in tree.xpath("//@aria-labelledby"):
        assert all(name in ids for name in label.split())
    assert tree.xpath("//table") and all(t.xpath("./caption") for t in tree.xpath("//table"))
    assert tree.xpath("//svg/title") and tree.xpath("//svg/desc")
    assert "<script" not in told and "http://" not in told.replace("http://www.w3.org/2000/svg", "")
    if rendering != "progress":
        assert "agreed" in "".join(tree.xpath("//p[contains(@class,'legend')]//text()"))


def test_a_copy_of_the_page_is_a_bracketed_text() -> None:
    tree = html.document_fromstring(text_html(page(talks(), "bracketed")))
    for link in tree.xpath("//sup"):
        link.drop_tree()
    first = tree.xpath("//p[@class='words']")[0].text_content()
    assert (
        first
        == "The parties [may][shall][should] publish the annual table of fares [and of tolls] every spring."
    )


def test_columns_put_the_names_beside_the_text() -> None:
    tree = html.document_fromstring(text_html(page(talks(), "columns")))
    assert "Arvia" not in tree.xpath("//p[@class='words']")[0].text_content()
    assert "shall — Arvia" in tree.xpath("//dl")[0].text_content()


@given(st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=25, deadline=None)
def test_any_wording_at_all_is_kept_from_the_page_around_it(one: str, two: str) -> None:
    made = Talks()
    made.propose("arvia", one)
    made.propose("tolia", two)
    made.propose("nuria", "</p><script>alert(1)</script>")
    told = text_html(page(made))
    assert "<script" not in told
    told.encode("utf-8")
    plain_text(page(made)).encode("utf-8")
    assert "\u202e" not in told


def test_the_same_page_gives_the_same_bytes() -> None:
    assert text_html(page(talks())) == text_html(page(talks()))


def moments(n: int) -> list[Moment]:
    return [Moment(f"2031-03-{k + 1:02}", k % 5, k, 2, 20, 40 - k) for k in range(n)]


@pytest.mark.parametrize("n", [0, 1, 2, 9, 31])
def test_the_picture_is_well_formed_and_told_in_words(n: int) -> None:
    told = progress_svg(moments(n))
    tree = ElementTree.fromstring(told)
    space = "{http://www.w3.org/2000/svg}"
    assert tree.get("role") == "img"
    assert tree.find(f"{space}title") is not None and tree.find(f"{space}desc") is not None
    assert len(tree.findall(f"{space}circle")) == n
    width, height = float(tree.get("width", 0)), float(tree.get("height", 0))
    for rect in tree.findall(f"{space}rect"):
        assert 0 <= float(rect.get("x", -1)) <= width and 0 <= float(rect.get("y", -1)) <= height
    if n:
        patterns = {p.get("id") for p in tree.iter(f"{space}pattern")}
        assert {r.get("fill") for r in tree.findall(f"{space}rect")} <= {f"url(#{p})" for p in patterns}
