"""Labels of options: “Option 1:”, “Alternative B”, “Option II (ARV):”, “(a) … or (b) …” inside brackets, and
provisions numbered as alternatives of their neighbour (“9 alt”).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from travaux.text.parse.pair import Pair
from travaux.text.parse.paragraphs import BODY, Paragraph

_LABEL = re.compile(
    r"(?<![\w-])(?P<word>(?i:option|alternative|alt\.?|variant|version|вариант))[ \t]{1,3}[*_]{0,3}"
    r"(?P<ordinal>\(?(?:\d{1,2}|[IVX]{1,5}|[A-Z]|[ivx]{1,5}|[a-h])\)?)(?P<suffix>(?:[ ]?(?:bis|ter"
    r"|alt))?)[*_]{0,3}"
    r"(?![\w-])(?P<head>[ \t]{0,3}(?:\([^()\[\]\n]{1,100}\)|\[[^\[\]\n]{1,60}\]|[–—-]["
    r" \t][^:\[\]\n]{1,60}(?=:)|(?<![\w])(?:by|of|from)[ ][^:\[\]\n]{1,60}(?=:)))?"
    r"[ \t*_]{0,4}(?P<end>:[*_]{0,3}|[.)](?=\s)|[–—](?=\s)|-(?=[ \t])|\](?=[\s:.])[:.]?|(?<=\))(?=[ \t])"
    r"|(?=[ \t]*(?:\n|\Z)))"
)
_LINE_EDGE = re.compile(
    r"(?:\A|\n)(?:[ \t>*_#•–-]|[\[{]|(?:PP|OP)\d{1,3}\w{0,4}[.:]?[ \t]"
    r"|\(?\d{1,3}(?:[ ]?(?:bis|ter|alt))*[.)][ \t])*\Z"
)
_ITEM = re.compile(r"\((?P<one>[a-h]|[ivx]{1,4}|[1-9])\)(?=\s)")
_SUFFIX = re.compile(r"alt", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Label:
    """One label of an option: where it stands (`start` to `end`), `word` and `ordinal`
    (ten times its number, “1 bis” between 1 and 2), and the span of what
    stands between them and the colon (names or a title), empty where start equals end.
    """

    start: int
    end: int
    word: str
    ordinal: int
    shown: str = ""
    head: tuple[int, int] = (0, 0)
    own_line: bool = False


def labels(text: str, pairs: Sequence[Pair], paragraphs: Sequence[Paragraph]) -> list[Label]:
    """Every label of an option in the text, in order."""
    found = _written(text) + _items(text, pairs) + _alternates(paragraphs)
    return sorted(found, key=lambda label: (label.start, label.end))


def _written(text: str) -> list[Label]:
    found = []
    for match in _LABEL.finditer(text):
        edge = _LINE_EDGE.search(text[max(0, match.start() - 60) : match.start()]) is not None
        before = text[max(0, match.start() - 4) : match.start()].rstrip(" \t\n*_")
        inline = match["end"].startswith(":") and (before == "" or before[-1] in "[.;:/]),")
        inline = inline or (match["ordinal"].endswith(")") and before.endswith("["))
        boxed = match["end"].startswith("]")
        if (boxed and not (edge and before.endswith("["))) or (not edge and not inline):
            continue
        start = text.rindex("[", 0, match.start()) if boxed else match.start()
        end = match.end()
        if before.endswith("{") and (closing := text.find("}", end, end + 100)) > 0:
            start, end = text.rindex("{", 0, match.start()), closing + 1
        word = match["word"].lower().rstrip(".")
        word = "alternative" if word == "alt" else word
        shown = f"{match['word']} {match['ordinal']}{match['suffix']}"
        head = match.span("head") if match["head"] else (0, 0)
        number = 10 * _ordinal(match["ordinal"].strip("()")) + 5 * bool(match["suffix"])
        found.append(Label(start, end, word, number, shown, head, edge))
    return found


def _ordinal(sign: str) -> int:
    """The number of “2”, “B”, “ii”, “IV”; a single letter i, v or x is roman."""
    small = sign.lower()
    if small.isdigit():
        return int(small)
    if all(letter in _ROMAN for letter in small):
        values = [_ROMAN[letter] for letter in small] + [0]
        return sum(-a if a < b else a for a, b in itertools.pairwise(values))
    return ord(small[0]) - ord("a") + 1


def _items(text: str, pairs: Sequence[Pair]) -> list[Label]:
    """Items (a), (b) inside one pair of brackets that an “or” or nothing at all joins."""
    found: list[Label] = []
    for pair in pairs:
        if pair.close - pair.open > 4000 or not _ITEM.match(text, _skip(text, pair.open + 1)):
            continue
        items = list(_ITEM.finditer(text, pair.open, pair.close))
        items = [m for m in items if "[" not in text[pair.open + 1 : m.start()]]
        if len(items) < 2 or not _rivals(text, items):
            continue
        word = f"item {pair.open}"
        found += [Label(m.start(), m.end(), word, 10 * (k + 1), m[0]) for k, m in enumerate(items)]
    return found


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n":
        at += 1
    return at


def _rivals(text: str, items: list[re.Match[str]]) -> bool:
    ends = [text[a.end() : b.start()].rstrip() for a, b in itertools.pairwise(items)]
    if ends[-1].endswith((" or", "; or", "/", ", or")):
        return True
    return not any(end.endswith((";", ",", " and", ".")) for end in ends)


def _alternates(paragraphs: Sequence[Paragraph]) -> list[Label]:
    """A provision and those right after it that bear its number with “alt”."""
    units = [p for p in paragraphs if p.kind == BODY and p.label and p.level <= 1]
    found: list[Label] = []
    k = 0
    while k < len(units):
        rest = k + 1
        while rest < len(units) and _is_alternate(units[k], units[rest]):
            rest += 1
        if rest > k + 1:
            word = f"alt {units[k].start}"
            found += [
                Label(unit.labelled, unit.content, word, 10 * (number + 1), unit.label, own_line=True)
                for number, unit in enumerate(units[k:rest])
            ]
        k = rest
    return found


def _is_alternate(first: Paragraph, other: Paragraph) -> bool:
    same = first.base.replace(" ", "").lower() == other.base.replace(" ", "").lower()
    return (
        same
        and _SUFFIX.search(other.label[len(other.base) :]) is not None
        and not _SUFFIX.search(first.label)
    )
