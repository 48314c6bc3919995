"""What a page adds to a text: running heads, page numbers, rules and footnotes, told line by line."""

from __future__ import annotations

import itertools
import re
from collections import Counter

TEXT, BLANK, PAGE, RULE, FOOT = "text", "blank", "page", "rule", "foot"

_PAGE = re.compile(
    r"\s*(?:(?i:page|p\.|стр\.)\s*\d{1,4}(?:\s*(?i:of|/|из)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]"
    r"|\d{1,4}\s*/\s*\d{1,4})\s*"
)
_NUMBER = re.compile(r"\s*\d{1,4}\s*")
_RULE = re.compile(r"\s*(?:_{5,}|-{3,}|—{2,}|={4,}|\*\s?\*\s?\*|•\s?•\s?•)\s*")
_FOOT = re.compile(r"\s*(?:(\*{1,3}|†{1,2}|‡|[¹²³⁴⁵⁶⁷⁸⁹]+)(?=\s*\S)|(\d{1,3}/)\s|(\[\^\w+\]:))")
_NUMBERED = re.compile(r"\s*\d{1,3}[ \t]+\S")
_DIGITS = re.compile(r"\d+")
_LONGEST = 100


def lines_of(text: str) -> list[tuple[int, int]]:
    """Start and end of every line without its line feed; line feeds in a row are one empty line, a form feed
    ends a line too.
    """
    return [match.span() for match in re.finditer(r"[^\n\f]+|\n{2,}|\f", text)]


def kinds(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """The kind of each line of `spans`."""
    found = [_kind(text[start:end]) for start, end in spans]
    _page_numbers(text, spans, found)
    _running_heads(text, spans, found)
    _footnotes(text, spans, found)
    return found


def _kind(line: str) -> str:
    if line == "\f" or (len(line) < _LONGEST and _PAGE.fullmatch(line)):
        return PAGE
    if not line.strip():
        return BLANK
    return RULE if len(line) < 2 * _LONGEST and _RULE.fullmatch(line) else TEXT


def _page_numbers(text: str, spans: list[tuple[int, int]], found: list[str]) -> None:
    """Lines that are a number alone, where there are several that rise, or a page breaks beside them."""
    bare = [k for k, (a, b) in enumerate(spans) if b - a < 12 and _NUMBER.fullmatch(text[a:b])]
    values = [int(text[spans[k][0] : spans[k][1]]) for k in bare]
    rising = len(values) > 1 and all(a + 1 == b for a, b in itertools.pairwise(values))
    for k in bare:
        around = spans[max(0, k - 2) : k + 3]
        if rising or any(text[a:b] == "\f" for a, b in around):
            found[k] = PAGE


def _running_heads(text: str, spans: list[tuple[int, int]], found: list[str]) -> None:
    """Lines beside a page number or a page break that come back at other page breaks."""
    near: list[int] = []
    for k, sort in enumerate(found):
        if sort == PAGE:
            near += _next_text(found, k, -1) + _next_text(found, k, 1)
    shapes = {k: _DIGITS.sub("#", text[spans[k][0] : spans[k][1]].strip()) for k in dict.fromkeys(near)}
    counts = Counter(shapes.values())
    for k, shape in shapes.items():
        if counts[shape] > 1 and len(shape) <= _LONGEST and not set(shape) & set("[]{}"):
            found[k] = PAGE


def _next_text(found: list[str], k: int, step: int) -> list[int]:
    k += step
    while 0 <= k < len(found) and found[k] == BLANK:
        k += step
    return [k] if 0 <= k < len(found) and found[k] == TEXT else []


def _footnotes(text: str, spans: list[tuple[int, int]], found: list[str]) -> None:
    """Lines that begin with the sign of a footnote, or stand between a rule and the end of the page."""
    below = False
    first = {sign: _first(text, sign) for sign in ("*", "**", "***")}
    for k, (a, b) in enumerate(spans):
        line = text[a : min(b, a + 40)]
        if found[k] == RULE:
            below = text[a:b].lstrip()[:1] == "_"
        elif found[k] == PAGE:
            below = False
        elif found[k] == TEXT:
            below = below and (bool(_NUMBERED.match(line)) or found[k - 1] in (FOOT, BLANK, RULE))
            if (below and (_NUMBERED.match(line) or found[k - 1] == FOOT)) or _signed(line, a, first):
                found[k] = FOOT


def _signed(line: str, at: int, first: dict[str, int]) -> bool:
    """Whether a line at offset `at` begins with the sign of a footnote that a word before it carries."""
    match = _FOOT.match(line)
    if match is None:
        return False
    sign = match[1] or ""
    if sign.startswith("*"):
        return line[match.end(1) : match.end(1) + 1] in (" ", "\t") and first[sign] < at
    return True


def _first(text: str, sign: str) -> int:
    """Where a word or bracket first carries `sign`, or the end of the text."""
    match = re.search(rf"[\w\])]{re.escape(sign)}(?!\*)", text)
    return match.start() if match else len(text)
