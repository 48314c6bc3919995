"""The brief as PDF: what is on the page is in the file, as text, tagged, the same bytes each time."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.register.registers import as_of, ferry, register
from travaux.formats.brief_pdf import pdf
from travaux.views.brief import brief
from travaux.views.page import Brief, to_json


@pytest.fixture(scope="module")
def page() -> Brief:
    return brief(as_of(register(*ferry()), "2031-09-01"))


@pytest.fixture(scope="module")
def made(page: Brief) -> bytes:
    return pdf(to_json(page))


def text_of(data: bytes, number: int) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(document[number].get_textpage().get_text_range().split())


def test_the_first_page_holds_every_front_line(page: Brief, made: bytes) -> None:
    first = text_of(made, 0).replace("-", "")
    for section in page.sections:
        for line in section.front:
            for word in line.text.replace("-", "").split()[:3]:
                assert word in first


def test_every_line_stands_somewhere(page: Brief, made: bytes) -> None:
    with pypdfium2.PdfDocument(made) as document:
        whole = " ".join(text_of(made, n) for n in range(len(document)))
    for section in page.sections:
        assert section.title in whole
        for line in section.lines:
            assert all(act[:8] in whole for act in line.acts[:4])


def test_the_file_is_tagged_and_names_its_language_and_title(made: bytes) -> None:
    assert made.startswith(b"%PDF-")
    assert b"/MarkInfo" in made
    assert b"/Lang(en)" in made


def test_the_same_brief_gives_the_same_bytes(page: Brief, made: bytes) -> None:
    assert pdf(to_json(page)) == made
