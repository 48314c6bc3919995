"""Notes in a draft (paragraphs, braces, brackets, parentheses), and the brackets they tie together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from travaux.text.parse.paragraphs import FOOTNOTE, Paragraph

_BRACE = re.compile(r"(?<!\\)\{([^{}]{0,2000})\}")
_NOTED = re.compile(
    r"[ \t]*[*_]{0,3}(?i:(?:[\w’'-]+ ){0,2}(?:foot)?notes?(?: (?:by|from|to|on) [^:\n]{1,40})?|n\.b\.|nb"
    r"|coupling|link|linkage)[*_]{0,3}[ ]?:"
)
_PAREN = re.compile(
    r"\(((?i:note|n\.b\.|if|linked to|see also|pending|depends on|subject to|together with"
    r"|cf\.)\b[^()\n]{3,300})\)"
)
_REF = (
    r"(?:(?:articles?|paragraphs?|paras?\.?|sections?|provisions?|brackets?|items?|clauses?|rules?"
    r"|annex(?:es)?|OPs?|PPs?) )?"
    r"(?:(?:PP|OP)?\d{1,3}(?:\.\d{1,3})*(?: ?(?:bis|ter|quater|alt))*(?:\([a-z0-9]{1,3}\))*"
    r"|\([a-z]{1,3}\)|(?-i:[A-Z])(?![\w]))"
)
_LIST = rf"{_REF}(?:(?:, ?(?:and )?| and | & | or | with | \+ ){_REF})*"
_FATE = (
    r"(?:is |are |be )?(?:stays?|remains?|kept|retained|keeps?|goes?(?: out)?|falls?(?: away)?|out"
    r"|deleted|dropped|lifted|removed|accepted|agreed|"
    r"in|drops?(?: out)?|disappears?|removed|stands?|chosen|survives?)"
)
_EITHER = re.compile(
    rf"(?i:if|where|should)\s+(?P<one>{_LIST})\s+{_FATE}(?:[^,;.]{{0,40}})?,?\s*(?:then\s+)?(?P<other>{_LIST})\s+(?P<fate>(?:would\s+|will\s+|must\s+|should\s+|can\s+)?{_FATE})",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    rf"(?P<all>{_LIST})\s+(?:are|is|to be|will be|must be|should be|have to be)\s+(?:to be\s+|all\s+"
    rf"|both\s+)?(?:(?:decided|considered|settled|taken|negotiated|read|solved|resolved|discussed|lifted)"
    r"\s+(?:together|jointly|as (?:a|one) package|at the same time)|(?:inter)?linked|coupled|(?:a|one"
    r"|part of (?:a|the same)) package|tied(?: together)?)"
    rf"(?:\s+(?:to|with)\s+(?P<more>{_LIST}))?",
    re.IGNORECASE,
)
_EXCLUSIVE = re.compile(
    rf"(?P<all>{_LIST})\s+(?:are\s+(?:mutually\s+exclusive|alternatives)|exclude\s+each\s+other"
    rf"|cannot\s+both\s+(?:stay|stand|be\s+kept|be\s+retained))",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"(?:linked to|depends on|dependent on|subject to(?: the)?(?: outcome of| decision on| agreement"
    rf" on)?|pending(?: the)?(?: outcome of| decision on| agreement on| settlement of| discussion of)?"
    rf"|together with|coupled with|contingent on|conditional on|to be aligned with|align with|conforms?"
    rf" to|once (?=[^.;]{{1,40}}(?:settled|agreed)))\s*(?P<all>{_LIST})",
    re.IGNORECASE,
)
_ITEM = re.compile(_REF, re.IGNORECASE)
_OUT = re.compile(r"goes|go\b|falls?|out|deleted|dropped|removed|drops?|disappears?", re.IGNORECASE)
_KEPT = re.compile(
    r"stays?|remains?|kept|retained|keeps?|in\b|accepted|agreed|stands?|chosen|survives?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A note: text[start:end], its words in start + `skip`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Provisions that a remark ties together, by the labels it uses. `exclusive`: one of them at most stays.
    `own` says that the provision in which the remark stands is one of them.
    """

    remark: Remark
    labels: tuple[str, ...]
    exclusive: bool
    own: bool


def braces(text: str) -> list[tuple[int, int]]:
    """Spans in braces (both marks included), the innermost ones, in order."""
    return [match.span() for match in _BRACE.finditer(text)]


def remarks(text: str, paragraphs: Sequence[Paragraph], notes: Iterable[tuple[int, int]]) -> list[Remark]:
    """Every note of a text; `notes` are the spans of braces and of note brackets."""
    found = [Remark(start, end, text[start + 1 : end - 1].strip()) for start, end in notes]
    for paragraph in paragraphs:
        if paragraph.kind == FOOTNOTE or _NOTED.match(text, paragraph.start, paragraph.end):
            found.append(
                Remark(paragraph.start, paragraph.end, text[paragraph.start : paragraph.end].strip())
            )
    taken = sorted((remark.start, remark.end) for remark in found)
    k = 0
    for match in _PAREN.finditer(text):
        while k < len(taken) and taken[k][1] <= match.start():
            k += 1
        if k == len(taken) or match.start() < taken[k][0]:
            found.append(Remark(*match.span(), match[1].strip()))
    return sorted(found, key=lambda remark: (remark.start, -remark.end))


def ties(found: Iterable[Remark]) -> list[Tie]:
    """The couplings that notes state in words."""
    made = []
    for remark in found:
        words = remark.words[:2000]
        if not any(map(str.isdigit, words)) and not re.search(r"\([a-z]\)|\b[A-Z]\b", words):
            continue
        tie = _tie(remark, words)
        if tie is not None and len(tie.labels) + tie.own > 1:
            made.append(tie)
    return made


def _tie(remark: Remark, words: str) -> Tie | None:
    if match := _EITHER.search(words):
        first = match[0][: match.start("other") - match.start()]
        exclusive = bool(_OUT.search(match["fate"])) != bool(
            _OUT.search(first[len(match["one"]) :]) and not _KEPT.search(first[len(match["one"]) :])
        )
        return Tie(remark, (*_refs(match["one"]), *_refs(match["other"])), exclusive, own=False)
    if match := _EXCLUSIVE.search(words):
        return Tie(remark, _refs(match["all"]), exclusive=True, own=False)
    if match := _TOGETHER.search(words):
        return Tie(remark, (*_refs(match["all"]), *_refs(match["more"] or "")), exclusive=False, own=False)
    if match := _ONE.search(words):
        return Tie(remark, _refs(match["all"]), exclusive=False, own=True)
    return None


def _refs(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[0].strip() for match in _ITEM.finditer(words)))
