"""The same values written in every style that the notation has, right and with one slip."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

_PLAIN = st.sampled_from(
    [
        "x",
        "a b",
        "a:b",
        "a#b",
        "-a",
        "1",
        "null",
        "it's",
        'say "x"',
        "a & b",
        "порт",
        "2031-03-03",
        "a\\b",
        "~",
        "x!",
    ]
)
_ANY = st.text("ab :#-,[]{}'\"|>&*!%\\é ", max_size=8)
_LINES = st.lists(st.text("ab :#-\"'\t", max_size=6), min_size=1, max_size=4).map("\n".join)
_NAMES = st.sampled_from(["a", "b", "c d", "on", "é", "x-y", "e.f", "g:h"])
_GAP = st.sampled_from(["", "", "", "\n", "# a comment\n", "   \n", "  # odd: comment\n"])

Said = tuple[Any, str]  # a value and one way to write it


@st.composite
def documents(draw: st.DrawFn) -> Said:
    """The fields of one act as a dict, and lines that say so."""
    value, lines = draw(_fields(0, 3))
    return value, lines


@st.composite
def slips(draw: st.DrawFn) -> str:
    """Lines with one character taken out, put in or doubled."""
    text: str = draw(documents())[1]
    at = draw(st.integers(0, len(text)))
    put = draw(
        st.sampled_from(
            ["", " ", "\n", "-", ":", "#", "'", '"', "[", "}", "|", "\t", ",", "a", "&", "  ", "? "]
        )
    )
    return text[:at] + put + text[at + draw(st.integers(0, 2)) :]


@st.composite
def _fields(draw: st.DrawFn, indent: int, depth: int) -> Said:
    names = draw(st.lists(_NAMES, min_size=1, max_size=3, unique=True))
    found, lines = {}, ""
    for name in names:
        quote = draw(st.sampled_from(["", "'", '"']))
        found[name], below = draw(_held(indent, depth))
        lines += (
            draw(_GAP) + " " * indent + quote + name + quote + draw(st.sampled_from([":", ":", " :"])) + below
        )
    return found, lines


@st.composite
def _held(draw: st.DrawFn, indent: int, depth: int) -> Said:
    """What stands behind a colon or a dash, line end included."""
    style = draw(
        st.sampled_from(["line", "line", "literal", "fields", "list"] if depth else ["line", "literal"])
    )
    if style == "line":
        value, words = draw(_inline(depth, flow=False))
        below = draw(st.sampled_from([" ", "  ", "\n" + " " * (indent + 1)]))
        return value, below + words + draw(st.sampled_from(["", " ", "  # note"])) + "\n"
    if style == "literal":
        return draw(_literal(indent))
    deeper = indent + draw(st.integers(1, 3))
    head = draw(st.sampled_from(["", " ", "  # note"])) + "\n"
    if style == "fields":
        value, lines = draw(_fields(deeper, depth - 1))
    else:
        value, lines = draw(_items(deeper, depth - 1))
    return value, head + lines


@st.composite
def _items(draw: st.DrawFn, indent: int, depth: int) -> Said:
    found, lines = [], ""
    for _ in range(draw(st.integers(1, 3))):
        gap = draw(st.integers(1, 3))
        dash = draw(_GAP) + " " * indent + "-"
        if depth and draw(st.booleans()):
            make = draw(st.sampled_from([_fields, _items]))
            value, below = draw(make(indent + 1 + gap, depth - 1))
            bare = below.lstrip("\n #acomentd:")
            if not below.startswith(" " * (indent + 1 + gap) + bare[:1]):
                below = "\n" + below  # a comment or an empty line first: the item stands below its dash
            else:
                below = " " * gap + below[indent + 1 + gap :]
        else:
            value, below = draw(_held(indent, 0))
        found.append(value)
        lines += dash + below
    return found, lines


@st.composite
def _literal(draw: st.DrawFn, indent: int) -> Said:
    deeper = " " * (indent + draw(st.integers(1, 3)))
    text: str = draw(_LINES)
    end = draw(st.sampled_from(["", "-", "+"]))
    trailing = draw(st.integers(0, 2))
    lines = text.split("\n")
    if not text.strip(" \n") or lines[0][:1] in (" ", "\t", ""):
        lines = ["x", *lines]
    while not lines[-1]:
        lines.pop()
    value = "\n".join(lines) + {"": "\n", "-": "", "+": "\n" * (1 + trailing)}[end]
    said = "".join(f"{deeper if line else ''}{line}\n" for line in lines)
    return value, f" |{end}\n{said}" + "\n" * trailing + "# the text ends here\n"


@st.composite
def _inline(draw: st.DrawFn, depth: int, *, flow: bool) -> Said:
    style = draw(
        st.sampled_from(
            ["plain", "single", "double", "list", "fields"] if depth else ["plain", "single", "double"]
        )
    )
    if style == "plain":
        word: str = draw(_PLAIN)
        return word, word
    if style == "single":
        word = draw(_ANY)
        return word, "'" + word.replace("'", "''") + "'"
    if style == "double":
        word = draw(_ANY)
        return word, '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("é", "\\xe9") + '"'
    gap = draw(st.sampled_from(["", " "]))
    inner = [draw(_inline(depth - 1, flow=True)) for _ in range(draw(st.integers(0, 3)))]
    end = draw(st.sampled_from(["", ","])) if inner else ""
    if style == "list":
        return [v for v, _ in inner], "[" + gap + ", ".join(w for _, w in inner) + end + gap + "]"
    named = dict(zip(draw(st.permutations(["a", "b c", "on"])), inner, strict=False))
    words = ", ".join(f"{n}: {w}" for n, (_, w) in named.items())
    return {n: v for n, (v, _) in named.items()}, "{" + gap + words + end + gap + "}"
