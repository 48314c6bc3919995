"""The document's own day, with its evidence: told by the user, the carrier, or the text; never guessed.

In the text: a full date in the title, the first paragraphs or the last one. Else the day and month of the
event in the first paragraph, with a year that the text forces: years told as past bound it from below, years
told as future from above, and a named year compared with "this year" lies next to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from travaux.reader.calendars import Calendar
from travaux.reader.page import Page
from travaux.reader.timex import Found

_HEAD = 5  # paragraphs in which a document tells its date


@dataclass(frozen=True, slots=True)
class Dated:
    """The day (None: unknown), the spans that prove it as (start, end, rule), and which rule decided."""

    day: date | None
    evidence: tuple[tuple[int, int, str], ...] = ()
    rule: str = ""
    event: tuple[int, int] | None = None


@dataclass(slots=True)
class _Bounds:
    low: int = 0
    high: int = 9999
    evidence: list[tuple[int, int, str]] = field(default_factory=list)
    exact: int = 0


def document_day(page: Page, found: Sequence[tuple[Found, str]]) -> Dated:
    """The day that the text itself tells. `found` holds its expressions with the tense of their clauses."""
    head = _head_end(page)
    tail = page.paras[-1].start if page.paras else 0
    for f, tense in found:
        whole = f.rule in ("iso", "numeric", "day-month-year") or ("day2" in f.slots and _yeared(f))
        if not whole or (tense == "future" and not _dateline(page, f)) or _hidden(page, f):
            continue
        if f.end <= head or (f.start >= tail and len(page.paras) > 1):
            worth = Calendar(page.lang, None).worth(f, "")
            if worth and worth.value:
                day = date.fromisoformat(worth.value.rsplit("/", 1)[-1])
                return Dated(day, ((f.start, f.end, f"timex.{f.rule}"),), "text", (f.start, f.end))
    return _without_year(page, found, head)


def _dateline(page: Page, f: Found) -> bool:
    """Whether a date stands with a place before the first sentence: no verb before it, a dash, slash or the
    paragraph's end soon after."""
    i, j = page.tokens.index(f.start), page.tokens.index(f.end)
    para = page.paras[page.sentence_at(i).paragraph]
    first, last = page.tokens.index(para.start), page.tokens.index(para.end)
    finite = page.lang.words("finite")
    if i - first > 10 or any(page.tokens.low[k] in finite for k in range(first, i)):
        return False
    return j >= last - 1 or any(page.tokens.word[k] in "–-/" for k in range(j, min(j + 10, last)))


def _yeared(f: Found) -> bool:
    """Whether a range of days tells its year: then its last day is that of the document."""
    return "year" in f.slots or "year2" in f.slots


def _hidden(page: Page, f: Found) -> bool:
    i = page.tokens.index(f.start)
    return bool(i < len(page.hidden) and page.hidden[i])


def _head_end(page: Page) -> int:
    body = [p for p in page.paras if p.kind != "aside"]
    return body[min(_HEAD, len(body)) - 1].end if body else 0


def _without_year(page: Page, found: Sequence[tuple[Found, str]], head: int) -> Dated:
    """Day and month from the head of the document, the year from what the text forces."""
    event = next(
        (
            f
            for f, tense in found
            if f.rule == "day-month" and f.end <= head and tense != "future" and not _hidden(page, f)
        ),
        None,
    )
    if event is None:
        return Dated(None)
    bounds = _bounds(page, found)
    year = bounds.exact or (bounds.low if bounds.low == bounds.high else 0)
    if not year:
        return Dated(None)
    worth = Calendar(page.lang, date(year, 1, 1)).worth(event, "")
    told = Calendar(page.lang, None).worth(event, "")
    if worth is None or told is None or told.value is None or "/" in told.value:
        return Dated(None)
    try:
        day = date.fromisoformat(f"{year:04}{told.value[4:]}")
    except ValueError:
        return Dated(None)
    spans = ((event.start, event.end, "timex.day-month"), *bounds.evidence)
    return Dated(day, spans, "inferred", (event.start, event.end))


def _bounds(page: Page, found: Sequence[tuple[Found, str]]) -> _Bounds:
    """The years between which the document's own must lie."""
    bounds = _Bounds()
    for n, (f, tense) in enumerate(found):
        if "year" not in f.slots:
            continue
        year = int(f.slots["year"])
        contrast = _contrasted(page, found[max(n - 5, 0) : n + 6], f)
        if contrast:
            bounds.exact = bounds.exact or year + (-1 if tense != "past" else 1)
            bounds.evidence.append((f.start, f.end, "year.contrast"))
        elif tense == "future":
            bounds.high = min(bounds.high, year)
        else:
            if year > bounds.low:
                bounds.evidence.append((f.start, f.end, "year.not-after"))
            bounds.low = max(bounds.low, year)
    if bounds.exact and not bounds.low <= bounds.exact <= bounds.high:
        bounds.exact = 0
    return bounds


def _contrasted(page: Page, found: Sequence[tuple[Found, str]], year: Found) -> bool:
    """Whether "this year" stands in the same sentence as a named year, not far from it: "in 2032 ...
    at this year's level"."""
    if year.rule != "year":
        return False
    sentence = page.sentence_at(page.tokens.index(year.start))
    first, last = page.span_of(sentence.i, sentence.j)
    this = page.lang.data["dates"]["this"]
    units = page.lang.data["dates"]["units"]
    return any(
        f.rule == "relative-unit"
        and first <= f.start < last
        and f.slots["rel"].lower() in this
        and units.get(f.slots["unit"].lower()) == "Y"
        for f, _ in found
    )
