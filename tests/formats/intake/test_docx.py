"""Word files: tracked changes as accepted, nothing hidden read, each block with its paragraph and runs."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.intake.made import TYPES, W, paragraph, relation, word
from travaux.acts.fault import Refused
from travaux.formats.intake import take_in
from travaux.formats.intake.package import MOST_UNPACKED
from travaux.text.source import Document


def took(data: bytes) -> Document:
    found = take_in("a.docx", data)
    assert isinstance(found, Document), found
    return found


def refused(data: bytes) -> list[str]:
    found = take_in("a.docx", data)
    assert isinstance(found, Refused)
    return [f.code for f in found.faults]


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(document.text[b.start : b.end], b.kind) for b in document.blocks]


def run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def test_insertions_stay_and_deletions_go() -> None:
    body = (
        f"<w:p>{run('The sides ')}<w:ins>{run('shall')}</w:ins><w:del>{run('should', 'delText')}</w:del>"
        f"{run(' meet.')}</w:p>"
    )
    found = took(word(body))
    assert found.text == "The sides shall meet."
    (note,) = found.notes
    assert (note.code, note.values["insertions"], note.values["deletions"]) == ("intake.tracked", 1, 1)
    assert found.blocks[0].place == "paragraph 1, runs at 0 10 15"


def test_a_moved_passage_stands_once_where_it_was_moved_to() -> None:
    body = (
        f"<w:p><w:moveFrom>{run('Moved words.')}</w:moveFrom>{run('First.')}</w:p>"
        f"<w:p>{run('Second. ')}<w:moveTo>{run('Moved words.')}</w:moveTo></w:p>"
    )
    assert took(word(body)).text == "First.\n\nSecond. Moved words."


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert took(word(paragraph("The sides ", gone) + paragraph("agreed."))).text == "The sides agreed."


def test_a_deleted_row_of_a_table_is_gone_and_the_others_have_their_cells() -> None:
    def row(properties: str, *cells: str) -> str:
        return f"<w:tr>{properties}{''.join(f'<w:tc>{paragraph(c)}</w:tc>' for c in cells)}</w:tr>"

    table = (
        row("", "Measure", "Due") + row("<w:trPr><w:del/></w:trPr>", "gone", "gone") + row("", "Pier", "May")
    )
    found = took(word(f"<w:tbl>{table}</w:tbl>{paragraph('After.')}"))
    assert [w for w, _ in blocks(found)] == ["Measure", "Due", "Pier", "May", "After."]
    assert found.blocks[3].place.startswith("table 1 row 3 cell 2")


def test_headings_items_and_quotations_are_told_by_style_and_numbering() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Q"><w:name w:val="Intense Quote"/></w:style></w:styles>'
    )
    body = (
        paragraph("Talks", '<w:pPr><w:pStyle w:val="H1"/></w:pPr>')
        + paragraph("first", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + paragraph("words", '<w:pPr><w:pStyle w:val="Q"/></w:pPr>')
        + paragraph("plain")
    )
    assert [k for _, k in blocks(took(word(body, styles=styles)))] == ["heading", "item", "quote", "body"]


def test_hidden_words_field_codes_and_comments_are_no_words_of_the_document() -> None:
    body = (
        f"<w:p>{run('Seen. ')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>We will pay.</w:t></w:r>"
        f"<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>{run('Also seen.')}</w:p>"
    )
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="1">{paragraph("secret")}</w:comment></w:comments>'
    found = took(word(body, comments=comments))
    assert found.text == "Seen. Also seen."
    assert [n.code for n in found.notes] == ["intake.hidden", "intake.comments"]


def test_footnotes_follow_and_headers_stay_as_asides() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Arvia reserves its position.")}</w:footnote></w:footnotes>'
    )
    header = f'<w:hdr xmlns:w="{W}">{paragraph("Restricted")}</w:hdr>'
    found = took(word(paragraph("The sides agreed."), footnotes=notes, header=header))
    assert blocks(found) == [
        ("The sides agreed.", "body"), ("Arvia reserves its position.", "body"), ("Restricted", "aside"),
    ]  # fmt: skip
    assert found.blocks[1].place.startswith("footnote 2")


def test_a_text_box_is_read_once_though_word_writes_it_twice() -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent {mc}>{twice}</mc:AlternateContent>"
    found = took(word(f"<w:p>{run('Before.')}<w:r>{both}</w:r></w:p>{paragraph('After.')}"))
    assert [w for w, _ in blocks(found)] == ["Before.", "In the box.", "After."]


@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">'],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_document_types_are_refused(declaration: str, encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<w:document xmlns:w="{W}"/>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", part.encode(encoding))
    assert refused(made.getvalue()) == ["intake.entities"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        with package.open("word/document.xml", "w") as part:
            for _ in range(MOST_UNPACKED // 1_000_000 + 1):
                part.write(b" " * 1_000_000)
    assert len(made.getvalue()) < 1_000_000
    assert refused(made.getvalue()) == ["intake.bomb"]


def test_a_relation_to_the_outside_is_not_followed() -> None:
    made = io.BytesIO()
    outside = relation("officeDocument", "http://nowhere.example/document.xml", "External")
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{outside}</Relationships>',
        )
    assert refused(made.getvalue()) == ["intake.damaged"]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_damaged_file_gives_a_document_or_a_refusal(data: st.DataObject) -> None:
    good = bytearray(word(paragraph("The sides agreed.")))
    for _ in range(data.draw(st.integers(0, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(good[: data.draw(st.integers(4, len(good)))])
    assert isinstance(take_in("a.docx", cut), Document | Refused)


def test_a_file_made_by_another_writer_reads_the_same() -> None:
    made = docx.Document()
    made.add_heading("Ferry talks", 1)
    made.add_paragraph("The sides agreed to meet.")
    made.add_paragraph("the first pier", style="List Bullet")
    made.add_table(1, 2).rows[0].cells[1].text = "by May"
    file = io.BytesIO()
    made.save(file)
    assert blocks(took(file.getvalue())) == [
        ("Ferry talks", "heading"), ("The sides agreed to meet.", "body"), ("the first pier", "item"),
        ("by May", "body"),
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not here")
def test_a_file_made_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<html><body><h1>Ferry talks</h1><p>The sides agreed to meet.</p></body></html>")
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    done = [
        "libreoffice",
        home,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        str(page),
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run(done, check=True, capture_output=True, timeout=120)
    found = took((tmp_path / "a.docx").read_bytes())
    assert blocks(found) == [("Ferry talks", "heading"), ("The sides agreed to meet.", "body")]
