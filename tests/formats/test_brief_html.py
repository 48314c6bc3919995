"""The page of the brief: whole, self-contained, readable aloud and on paper, the same bytes each time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from tests.register.made import DAYS, entries
from tests.register.registers import GAZETTE, act, as_of, ferry, register
from travaux.acts.base import Act
from travaux.formats.brief_html import html
from travaux.register.fold import Entered, fold
from travaux.views.brief import brief
from travaux.views.page import to_json


def page(*acts: Act, on: str = "2031-10-20") -> str:
    made = register(*(acts or ferry()))
    return html(to_json(brief(as_of(made, on), compare=as_of(made, "2031-06-01"))))


def parsed(text: str) -> etree._Element:
    return lxml_html.document_fromstring(text)


def test_it_stands_alone_without_script_or_link_outward() -> None:
    tree = parsed(page())
    assert not tree.xpath("//script | //link | //img | //iframe | //*[@src] | //*[@onclick]")
    assert "url(" not in page()
    assert "http" not in page()


def test_it_names_its_language_and_title_and_has_one_main_heading() -> None:
    tree = parsed(page())
    assert tree.get("lang") == "en"
    assert tree.findtext(".//title") == "Ferry line: brief"
    assert len(tree.xpath("//h1")) == 1
    assert len(tree.xpath("//main")) == 1


def test_every_section_has_a_heading_and_ids_are_used_once() -> None:
    tree = parsed(page())
    for section in tree.xpath("//section"):
        (heading,) = tree.xpath(f'//h2[@id="{section.get("aria-labelledby")}"]')
        assert heading.getparent() is section
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_table_has_a_caption_and_every_header_a_scope() -> None:
    tree = parsed(page())
    tables = tree.xpath("//table")
    assert tables
    for table in tables:
        assert table.find("caption").text_content()
        assert all(th.text_content() for th in table.xpath("thead//th"))
        assert [th.get("scope") for th in table.xpath("thead//th")] == ["col"] * 4
    assert not tree.xpath("//th[not(@scope)]")


def test_every_row_has_as_many_cells_as_the_table_has_columns() -> None:
    for row in parsed(page()).xpath("//tbody/tr"):
        assert sum(int(cell.get("colspan", "1")) for cell in row) == 4


def test_every_line_is_printed_on_the_first_page_or_in_full() -> None:
    made = register(*ferry())
    document = brief(as_of(made, "2031-10-20"), compare=as_of(made, "2031-06-01"))
    seen = " ".join(parsed(page()).text_content().split())
    for section in document.sections:
        for line in section.lines:
            assert line.text in seen
            assert all(s.text in seen for s in line.sides)


def test_what_the_first_page_has_no_room_for_follows_on_a_page_of_its_own() -> None:
    tree = parsed(page())
    full = tree.xpath('//div[@class="full"]')
    assert len(full) == 1
    assert {s.get("aria-labelledby") for s in full[0].iter("section")} >= {"full-statements", "full-sources"}


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_words_of_an_act_are_text_and_never_markup(words: str) -> None:
    hostile = f"</td><script>alert(1)</script> & {words}"
    printable = all(c.isprintable() for c in words)
    said = act("state", on="2031-03-03", actor="arvia", words=hostile, basis=GAZETTE)
    table = act("table", on="2031-03-03", instrument="x", type="plan", titles={"en": hostile}, basis=GAZETTE)
    told = page(said, table, act("adopt", on="2031-03-03", subject="x", at="board", basis=GAZETTE))
    assert "<script" not in told
    if printable:
        assert " ".join(hostile.split()) in " ".join(parsed(told).text_content().split())


@settings(max_examples=30, deadline=None)
@given(entries(), DAYS)
def test_the_same_brief_gives_the_same_bytes(acts: list[Entered[Act]], on: object) -> None:
    first, again = (html(to_json(brief(fold(acts).as_of(on)))) for _ in range(2))  # type: ignore[arg-type]
    assert first == again
    assert first.startswith("<!DOCTYPE html>")
