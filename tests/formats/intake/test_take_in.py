"""Bytes become one text with its source map, or one clear refusal; nothing in between."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.acts.fault import Refused
from travaux.formats.intake import LARGEST, take_in
from travaux.text.source import Document

PAGE = """<!doctype html><html><head><title>Arvia - news</title>
<meta property="og:title" content="Ferry talks">
<meta property="article:published_time" content="2031-03-03T10:00:00Z">
<meta property="og:site_name" content="Press office of Arvia"></head>
<body><nav><a href="/">Home</a></nav><div class="share-bar">Share 14</div>
<h1>Ferry talks</h1><p>President of Arvia Ona Tal <b>said</b>:<br>“We are&nbsp;ready.”</p>
<ul><li>the first pier</li><li>the second pier</li></ul><script>var said = "we will pay";</script>
<p style="display: none">We will pay everything.</p><p hidden>We agreed.</p></body></html>"""


def took(name: str, data: bytes) -> Document:
    found = take_in(name, data)
    assert isinstance(found, Document), found
    return found


def codes(name: str, data: bytes) -> list[str]:
    found = take_in(name, data)
    assert isinstance(found, Refused)
    return [f.code for f in found.faults]


def test_plain_text_is_the_text_itself() -> None:
    text = "\ufeffOne\r\nTwo\tthree\r\n"
    assert took("a.txt", text.encode()).text == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    assert (
        took("a.txt", "Договорились встретиться".encode(encoding)).text.lstrip("\ufeff")
        == "Договорились встретиться"
    )


def test_windows_1251_is_recognised_by_its_letters_and_said() -> None:
    found = took("a.txt", "Стороны договорились о встрече.".encode("cp1251"))
    assert found.text == "Стороны договорились о встрече."
    assert [n.code for n in found.notes] == ["intake.guessed"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "intake.empty"),
        ("a.txt", b" \r\n\t ", "intake.empty"),
        ("a.txt", b"--- ...", "intake.empty"),
        ("a.txt", bytes(range(256)) * 40, "intake.binary"),
        ("a.txt", b"\xff\xfe\x00\xd8" * 9 + b"\x00", "intake.broken"),
        ("a.pdf", b"%PDF-1.7 ...", "intake.damaged"),
        ("a.docx", b"PK\x03\x04....", "intake.damaged"),
        ("a.zip", b"PK\x03\x04....", "intake.kind"),
        ("a.html", b"<html><script>var x = 1</script></html>", "intake.wordless"),
        ("a.txt", b"a" * (LARGEST + 1), "intake.large"),
    ],
)
def test_what_is_no_document_is_refused_by_name(name: str, data: bytes, code: str) -> None:
    assert codes(name, data) == [code]
    assert name in take_in(name, data).faults[0].line()  # type: ignore[union-attr]


def test_html_gives_paragraphs_with_their_elements() -> None:
    found = took("a.html", PAGE.encode())
    assert [(found.text[b.start : b.end], b.kind) for b in found.blocks] == [
        ("Home", "aside"),
        ("Share 14", "aside"),
        ("Ferry talks", "heading"),
        ("President of Arvia Ona Tal said:\n“We are\u00a0ready.”", "body"),
        ("the first pier", "item"),
        ("the second pier", "item"),
    ]
    assert found.blocks[3].place == "body/p[1]"
    assert (found.title, found.date.value, found.site.value) == (
        "Ferry talks",
        "2031-03-03",
        "Press office of Arvia",
    )  # type: ignore[union-attr]


def test_hidden_words_and_scripts_are_never_words_of_the_document_and_that_is_said() -> None:
    found = took("a.html", PAGE.encode())
    assert "pay" not in found.text and "agreed" not in found.text
    assert [(n.code, n.values["n"]) for n in found.notes] == [("intake.hidden", 2)]


def test_deep_nesting_and_broken_markup_end_in_a_result() -> None:
    deep = b"<html><body>" + b"<div>" * 5000 + b"words here" + b"</p></b>" * 3000
    assert isinstance(take_in("a.html", deep), Document | Refused)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a"]))
def test_any_bytes_give_a_document_whose_map_fits_or_a_refusal(data: bytes, name: str) -> None:
    found = take_in(name, data)
    if isinstance(found, Document):
        assert all(0 <= b.start < b.end <= len(found.text) for b in found.blocks)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<ul><li>",
                "<div hidden>",
                "</div>",
                "words ",
                "&amp;",
                "<br>",
                "<!-- x -->",
                "<nav>",
                "</nav>",
                "<td>",
            ]
        ),
        max_size=40,
    )
)
def test_any_markup_gives_blocks_in_order(parts: list[str]) -> None:
    found = take_in("a.html", ("<html>" + "".join(parts)).encode())
    if isinstance(found, Document):
        ends = [b.end for b in found.blocks]
        assert ends == sorted(ends)
        assert all(b.start >= e for b, e in zip(found.blocks[1:], ends, strict=False))


def test_hidden_by_the_style_sheet_or_out_of_sight_is_no_word_of_the_document() -> None:
    page = (
        "<html><head><style>.gone, p#x { display : none } @media print { .seen { display: none } }</style>"
        '<body><p class="a gone">We will pay.</p><p id="x">We will pay.</p><p class="seen">We agreed.</p>'
        '<p style="position:absolute; left:-9999px">We will pay.</p><p style="opacity: 0">We will pay.</p>'
    )
    found = took("a.html", page.encode())
    assert found.text == "We agreed."
    assert found.notes[0].values["n"] == 4


@pytest.mark.parametrize(
    "head",
    [
        '<meta itemprop="datePublished" content="2031-03-03T09:00">',
        '<script type="application/ld+json">{"@type":"Article","datePublished":"2031-03-03"}</script>',
        '<body><span itemprop="datePublished" content="2031-03-03"></span>',
        '<body><time datetime="2031-03-03">3 March</time>',
    ],
)
def test_the_day_of_publication_is_taken_from_what_the_page_tells(head: str) -> None:
    found = took("a.html", f"<html>{head}<p>The sides agreed.</p></html>".encode())
    assert found.date is not None and found.date.value == "2031-03-03"


def test_two_encodings_in_one_file_are_refused_with_the_line() -> None:
    data = "Стороны договорились.\nВстреча в мае.\n".encode() + "Сбор".encode("cp1251") + b"\n"
    found = take_in("a.txt", data)
    assert isinstance(found, Refused)
    assert found.faults[0].code == "intake.mixed"
    assert found.faults[0].line().startswith("a.txt:3: ")


@pytest.mark.parametrize("wrong", ["cp1251", "cp1252"])
def test_a_text_that_was_saved_in_the_wrong_encoding_is_said(wrong: str) -> None:
    words = "Встреча" if wrong == "cp1251" else "Réunion à Genève, décidée"
    garbled = words.encode().decode(wrong, "ignore")
    assert [n.code for n in took("a.txt", garbled.encode()).notes] == ["intake.misread"]
    assert took("a.txt", f"{words} «Стороны» — “yes”".encode()).notes == ()


@pytest.mark.parametrize("declared", ["iso-2022-jp", "no-such-encoding"])
def test_a_page_that_is_not_in_the_encoding_it_declares_says_so(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>Обе стороны согласны.</p></body></html>'
    held = took("page.html", page.encode())
    assert held.text == "Обе стороны согласны."
    assert [n.code for n in held.notes] == ["intake.undeclared"]
    guessed = took("page.html", page.encode("cp1251"))
    assert guessed.text == held.text
    assert [n.code for n in guessed.notes] == ["intake.undeclared", "intake.guessed"]
