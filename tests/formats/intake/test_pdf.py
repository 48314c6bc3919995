"""PDF: lines become paragraphs, heads and page numbers asides, a broken word is whole for the reader."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.intake.made import pages
from travaux.acts.fault import Refused
from travaux.formats.intake import take_in
from travaux.formats.intake.pages import SOFT, Line, joined, stretches
from travaux.reader import find_anchor, read
from travaux.text.source import Document

STATEMENT = """
#set document(title: "Joint statement on ferries")
#set page(header: [Joint Ferry Commission], numbering: "1", width: 14cm, height: 12cm)
#set par(justify: true)
#set text(hyphenate: true, lang: "en", size: 11pt)
= Joint statement on ferries
Velmar, 3 March 2031

President of Arvia Ona Tal met the President of Tolia in Velmar on Monday. They discussed infrastructure,
interconnections, telecommunications and the establishment of an intergovernmental commission for
transportation.

“If the fare list is ready, we are ready to sign the ferry agreement in April,” the President of Arvia said.

- to publish the fare list by 1 May 2031;
- to open the second pier in June 2031.

#lorem(160)

It was decided that the ministers will meet in Velmar on 5 May 2031.
"""


@pytest.fixture(scope="module")
def statement(tmp_path_factory: pytest.TempPathFactory) -> Document:
    found = take_in("a.pdf", pages(STATEMENT, tmp_path_factory.mktemp("pdf")))
    assert isinstance(found, Document), found
    return found


def of_kind(document: Document, kind: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind == kind]


def test_lines_are_joined_to_paragraphs_with_heads_and_numbers_aside(statement: Document) -> None:
    assert of_kind(statement, "heading") == ["Joint statement on ferries"]
    assert of_kind(statement, "aside") == ["Joint Ferry Commission", "1", "Joint Ferry Commission", "2"]
    assert [w.split()[-1] for w in of_kind(statement, "item")] == ["2031;", "2031."]
    body = of_kind(statement, "body")
    assert [w.split()[0] for w in body] == ["Velmar,", "President", "“If", "Lorem", "It"]
    assert all("\n" not in w for w in body)


def test_each_block_leads_to_its_page_and_box_and_one_may_stand_on_two(statement: Document) -> None:
    last = statement.blocks[-2]
    assert last.place.startswith("page 2, box ")
    across = next(b for b in statement.blocks if ";" in b.place)
    assert [p.split(",")[0] for p in across.place.split("; ")] == ["page 1", "page 2"]
    left, bottom, right, top = map(float, last.place.split("box ")[1].split())
    assert 0 < left < right < 14 / 2.54 * 72 and 0 < bottom < top < 12 / 2.54 * 72


def test_a_word_broken_at_the_end_of_a_line_is_found_whole(statement: Document) -> None:
    assert SOFT in statement.text
    for words in (
        "intergovernmental commission for transportation",
        "telecommunications and the establishment",
    ):
        found = find_anchor(statement.text, words)
        assert found is not None
        assert statement.text[slice(*found)].replace(SOFT, "") == words


def test_the_reader_reads_it_as_it_reads_a_text(statement: Document) -> None:
    reading = read(statement)
    assert not isinstance(reading, Refused)
    assert reading.doc.date == "2031-03-03"
    assert reading.quotes[0].text.startswith("If the fare list is ready")
    assert all(statement.text[i.start : i.end] == i.text for i in (*reading.quotes, *reading.commitments))


def test_a_title_of_the_properties_counts_only_where_the_document_has_it(
    statement: Document, tmp_path: Path
) -> None:
    assert statement.title == "Joint statement on ferries"
    other = take_in("b.pdf", pages('#set document(title: "Microsoft Word - x")\nThe sides agreed.', tmp_path))
    assert isinstance(other, Document) and other.title is None


def test_a_scan_is_told(tmp_path: Path) -> None:
    found = take_in("scan.pdf", pages("#rect(width: 3cm, height: 3cm)", tmp_path))
    assert isinstance(found, Refused)
    assert found.faults[0].line() == "scan.pdf has no text layer; it is a scan: run OCR first"


def test_a_scanned_page_among_others_is_noted(tmp_path: Path) -> None:
    found = take_in("a.pdf", pages("The sides agreed.\n#pagebreak()\n#rect(width: 3cm)", tmp_path))
    assert isinstance(found, Document)
    assert [(n.code, n.values["n"], n.values["of"]) for n in found.notes] == [("intake.scanned_pages", 1, 2)]


def test_a_damaged_or_cut_file_is_one_clear_line(tmp_path: Path) -> None:
    whole = pages("The sides agreed.", tmp_path)
    found = take_in("a.pdf", whole[:200])
    assert isinstance(found, Refused)
    assert [f.code for f in found.faults] == ["intake.damaged"]
    assert isinstance(take_in("a.pdf", b"%PDF-1.7\n%%EOF"), Refused)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_flipped_bytes_give_a_document_or_a_refusal(seed: int, n: int) -> None:
    import random

    dice = random.Random(seed)
    data = bytearray(_SMALL)
    for _ in range(n):
        data[dice.randrange(len(data))] = dice.randrange(256)
    found = take_in("a.pdf", bytes(data))
    assert isinstance(found, Document | Refused)


def _small() -> bytes:
    import io

    file = pypdfium2.PdfDocument.new()
    file.new_page(200, 200)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


_SMALL = _small()


def line(
    words: str, top: float, *, page: int = 1, left: float = 50, right: float = 400, size: float = 8
) -> Line:
    return Line(words, page, left, top - 10, right, top, size)


def test_a_real_hyphen_stays_and_a_break_becomes_soft() -> None:
    assert joined([line("the Arvian-", 100), line("Tolian ferry", 88)]) == "the Arvian-Tolian ferry"
    assert joined([line("the commis-", 100), line("sion met", 88)]) == f"the commis{SOFT}sion met"
    assert joined([line("a well-to-", 100), line("do harbour", 88)]) == "a well-to-do harbour"


def test_a_short_last_line_or_a_wider_gap_ends_a_paragraph() -> None:
    rows = [("One goes", 700, 400), ("on here.", 688, 120), ("Two begins", 676, 400), ("and ends", 664, 400),
            ("Three stands apart", 630, 400)]  # fmt: skip
    page = [line(words, top, right=right) for words, top, right in rows]
    whole = ["One goes on here.", "Two begins and ends", "Three stands apart"]
    assert [s.words for s in stretches([page])] == whole


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.builds(line, st.text("ab -•1.", min_size=1, max_size=12), st.floats(0, 800)), max_size=8),
        max_size=4,
    )
)
def test_no_word_is_lost_or_doubled(layout: list[list[Line]]) -> None:
    def letters(words: str) -> list[str]:
        return sorted(c for c in words if c.isalnum())

    given_ = [c for page in layout for x in page for c in letters(x.words)]
    assert sorted(given_) == sorted(c for s in stretches(layout) for c in letters(s.words))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not here")
def test_a_file_under_a_password_is_told(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<html><body><p>The sides agreed to meet.</p></body></html>")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    lock = '{"EncryptFile":{"type":"boolean","value":"true"},'
    lock += '"DocumentOpenPassword":{"type":"string","value":"x"}}'
    form = ["--convert-to", f"pdf:writer_web_pdf_Export:{lock}", "--outdir", str(tmp_path)]
    done = ["libreoffice", home, "--headless", *form, str(page)]
    subprocess.run(done, check=True, capture_output=True, timeout=120)
    found = take_in("a.pdf", (tmp_path / "a.pdf").read_bytes())
    assert isinstance(found, Refused)
    assert [f.code for f in found.faults] == ["intake.locked"]


COLUMNS = """
#set page(columns: 2, header: [Press office], numbering: "1 / 1", width: 20cm, height: 14cm)
#set par(justify: true, first-line-indent: (amount: 1.5em, all: true), spacing: 0.65em)
#set text(lang: "en", hyphenate: true, size: 10pt)
"""


def test_columns_and_indented_paragraphs_are_read_in_order(tmp_path: Path) -> None:
    sentence = (
        "The sides agreed to publish the timetable of the ferry line and the list of fares in every harbour"
    )
    paragraphs = [f"Point {n}. {' '.join([f'{sentence}.'] * (1 + n % 4))}" for n in range(1, 24)]
    found = take_in("a.pdf", pages(COLUMNS + "\n\n".join(paragraphs), tmp_path))
    assert isinstance(found, Document)
    body = [found.text[b.start : b.end].replace(SOFT, "") for b in found.blocks if b.kind != "aside"]
    assert body == paragraphs
