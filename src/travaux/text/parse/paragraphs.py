"""Paragraphs of a draft with their labels; headings, footnotes and page furniture told apart.

A paragraph begins after an empty line, with a label (“3 bis.”, “(a)”, “Option 2:”), after a heading, and in a
text whose lines are not wrapped with every line. Page furniture is no paragraph: it is cut out of what it
stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from travaux.text.parse.furniture import BLANK, FOOT, PAGE, RULE, TEXT, kinds, lines_of

BODY, HEADING, FOOTNOTE = "body", "heading", "footnote"

_SUFFIX = (
    r"(?:[ .]?(?:bis|ter|quater|quinquies|sexies|alt(?:ernative|\.)?)(?![a-z])"
    r"(?:[ .]?\d{1,2}(?=[.):\s\]]))?)*"
)
_LEAD = r"[ \t>]*(?:\#{1,6}[ \t]+)?[*_]{0,3}(?:[-•–‣][ \t]+)?(?:\[[ \t]*){0,12}[*_]{0,3}"
_NAMED = (
    r"Articles?|Sections?|Chapter|Annex|Part|Paragraph|Para\.?|Title|Rule|Regulation|Principle|Clause"
    r"|Appendix|"
    r"Resolution|Recommendation|Decision|Goal|Target|Статья|Пункт|Глава|Раздел|Приложение"
)
_LABEL = re.compile(
    rf"(?P<lead>{_LEAD})(?:(?P<mark>ADD|MOD|SUP|NOC)\b[ \t]*(?P<by>[A-Z][\w/().-]*/\d[\w/().-]*)?[ \t]*)?"
    r"(?:"
    rf"(?P<named>(?i:{_NAMED}))[ \t]+(?P<n1>\d{{1,3}}(?:\.\d+)*[A-Z]?|[IVXLC]+"
    rf"|[A-Z](?![a-z]))(?P<s1>{_SUFFIX})"
    r"(?=[\s.:,)\]–—-]|$)(?![ \t]+[a-z])"
    rf"|(?P<n2>(?:PP|OP)[ ]?\d{{1,3}})(?P<s2>{_SUFFIX})(?=[\s.:)\]])"
    rf"|(?P<n3>\d{{1,3}}(?:\.\d{{1,3}}){{0,4}})(?P<s3>{_SUFFIX})(?P<stop>[.):])?(?=\s|\[|$)"
    rf"|(?P<n4>\((?:[a-z]{{1,2}}|[ivxlc]{{1,5}}|\d{{1,2}}|[A-Z])\))(?P<s4>{_SUFFIX})(?=[\s\[])"
    r"|(?P<n5>[a-z])[.)](?=[ \t]+\S)"
    r"|(?P<n6>[A-Z]|[IVX]{1,5})\.(?=[ \t]+\S)"
    r")?(?P<rest>.*)",
    re.DOTALL,
)
_OPTION_LINE = re.compile(rf"{_LEAD}(?i:option|alternative|alt|variant|вариант)\b\.?[ \t]*[(\dA-Zivx]")
_NOTE_LINE = re.compile(r"[ \t*_{\[(]*(?i:notes?|n\.b\.|footnotes?)\b[^\n:]{0,40}:")
_BULLET = re.compile(r"[ \t]*[-•–‣*][ \t]+\S")
_SENTENCE = re.compile(r"\b(?:shall|should|will|may|must|are|is|agree[sd]?)\b")
_OPTION_WORDS = ("option", "alt", "variant", "note", "para", "вариант")
_WRAP = 140
_HEADING = 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the source (end exclusive). `label` as printed (“4 bis”, “(a)”, “Article 7”), `base` the
    label without bis, ter, alt; `content` is where the words after the label begin; `level` 0 for headings
    and articles, 1 for numbers, 2 for items, 9 without label. `mark` is an operation (ADD, MOD, SUP, NOC),
    `by` the document it refers to.
    """

    start: int
    end: int
    kind: str = BODY
    label: str = ""
    base: str = ""
    content: int = 0
    level: int = 9
    mark: str = ""
    by: str = ""
    labelled: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """The paragraphs of a text in order, and its furniture as (start, end)."""

    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[tuple[int, int], ...]


def layout(text: str) -> Layout:
    """Paragraphs and furniture of any string; they cover all that is not white space."""
    spans = lines_of(text)
    sorts = kinds(text, spans)
    wrapped = _wrapped(spans, sorts)
    found: list[Paragraph] = []
    current: list[int] = []
    between: set[str] = set()
    for span, sort in zip(spans, sorts, strict=True):
        if sort == FOOT:
            found.append(Paragraph(*span, FOOTNOTE, content=span[0]))
        if sort != TEXT:
            between.add(sort)
            continue
        line = text[span[0] : span[1]]
        if current and _goes_on(text, current, line, wrapped, between):
            current[1] = span[1]
        else:
            if current:
                found.append(_paragraph(text, *current))
            current = list(span)
        between = set()
    if current:
        found.append(_paragraph(text, *current))
    found.sort(key=lambda paragraph: paragraph.start)
    furniture = tuple(span for span, sort in zip(spans, sorts, strict=True) if sort in (PAGE, RULE))
    return Layout(tuple(found), furniture)


def _wrapped(spans: list[tuple[int, int]], sorts: list[str]) -> bool:
    """Whether lines are cut to a width, so that a line end alone ends no paragraph."""
    lengths = [end - start for (start, end), sort in zip(spans, sorts, strict=True) if sort == TEXT]
    return bool(lengths) and max(lengths) <= _WRAP


def _goes_on(text: str, current: list[int], line: str, wrapped: bool, between: set[str]) -> bool:
    """Whether `line` belongs to the paragraph before it."""
    if starts_paragraph(line):
        return False
    last = text[max(current[0], current[1] - 8) : current[1]].rstrip()
    if PAGE in between or FOOT in between:
        return last[-1:] not in ".;:!?]" and (line.lstrip()[:1].islower() or last[-1:] in ",[")
    if BLANK in between or RULE in between:
        return False
    if not wrapped and not line.lstrip()[:1].islower():
        return False
    return not _is_heading(text, current[0], current[1])


def starts_paragraph(line: str) -> bool:
    """Whether a line begins with a label, an option, a note, a bullet or a sign of heading."""
    if line[:1].islower() and line[1:2].islower() and not line.startswith(_OPTION_WORDS):
        return False
    if _OPTION_LINE.match(line) or _NOTE_LINE.match(line) or _BULLET.match(line):
        return True
    if line.lstrip().startswith(("#", "|")):
        return True
    match = _LABEL.match(line)
    return match is not None and _label(match) is not None


def _label(match: re.Match[str]) -> tuple[str, str, int, int] | None:
    """Label, base, level and end of the label; None where the line has none."""
    if match["n1"]:
        return (
            f"{match['named']} {match['n1']}{match['s1']}",
            f"{match['named']} {match['n1']}",
            0,
            match.end("s1"),
        )
    if match["n2"]:
        return match["n2"] + match["s2"], match["n2"], 1, match.end("s2")
    if match["n3"] and (match["stop"] or match["s3"] or "." in match["n3"]):
        return match["n3"] + match["s3"], match["n3"], 1, match.end("s3")
    if match["n4"]:
        return match["n4"] + match["s4"], match["n4"], 3 if len(match["n4"]) > 3 else 2, match.end("s4")
    if match["n5"]:
        return match["n5"], match["n5"], 2, match.end("n5")
    if match["n6"]:
        return match["n6"], match["n6"], 0, match.end("n6")
    if match["mark"]:
        return "", "", 1, match.end("mark")
    return None


def _paragraph(text: str, start: int, end: int) -> Paragraph:
    match = _LABEL.match(text, start, end)
    kind = HEADING if _is_heading(text, start, end) else BODY
    found = _label(match) if match else None
    if match is None or found is None:
        begin = start + len(text[start : start + 80]) - len(text[start : min(end, start + 80)].lstrip())
        return Paragraph(start, end, kind, content=begin, level=0 if kind == HEADING else 9, labelled=begin)
    label, base, level, at = found
    labelled = match.end("lead")
    at = max(at, match.end("by"))
    while at < end and text[at] in ".):]*_ \t" and not (text[at] == "]" and "[" not in match["lead"]):
        at += 1
    return Paragraph(
        start, end, kind, label, base, at, level, match["mark"] or "", match["by"] or "", labelled
    )


def _is_heading(text: str, start: int, end: int) -> bool:
    """A short line without a full stop: the name of a part, a letter or a sign before it, or capitals."""
    if end - start > _HEADING + 20:
        return False
    line = text[start:end].strip()
    bare = line.strip("[]{}*_#> \t.:")
    if not bare or "\n" in line or len(line) > _HEADING or line[-1] in ";," or _OPTION_LINE.match(line):
        return False
    if line.startswith("#"):
        return True
    match = _LABEL.match(line)
    if match and (match["n1"] or match["n6"]):
        rest = match["rest"].strip("[]*_ \t.:")
        return not rest.endswith(".") and not _SENTENCE.search(rest) and not line.rstrip("]").endswith(".")
    return bare.isupper() and sum(map(str.isalpha, bare)) > 5 and not line.endswith(".") and "[" not in line
