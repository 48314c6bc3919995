"""Documents in a language without data of its own: nothing is read but dates that say their year.

Months are known by their names in the Unicode CLDR, whatever the language; figures by their form. What could
be a day or a month stays without a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale

from travaux.reader.items import DateItem, Doc, Evidence, Reading
from travaux.text.source import Document

UNKNOWN: Final = "und"  # BCP 47: a language that was not determined
_LOCALES: Final = (
    "ar", "az", "be", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "he", "hr", "hu", "hy", "id",
    "it", "ka", "kk", "ky", "lt", "lv", "mk", "ms", "nb", "nl", "pl", "pt", "ro", "sk", "sl", "sq", "sr",
    "sv", "tg", "th", "tr", "uk", "uz", "vi",
)  # fmt: skip
_FIGURES: Final = re.compile(
    r"(?<![\d./-])(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d1>\d{1,2})[./](?P<m1>\d{1,2})[./](?P<y1>\d{4})"
    r"|(?P<y2>\d{4})年(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})日)?)(?![\d/-])"
)
_NAMED: Final = re.compile(
    r"(?<![\w.])(?:(?P<d>\d{1,2})(?:\.|º|er|e|-)?\s+(?:de\s+|d[’'])?)?(?P<month>[^\W\d_]{3,}\.?)\s+(?:de\s+|del\s+)?"
    r"(?P<y>(?:19|20)\d\d)(?!\d)"
)


def dates_only(document: Document, day: date | None) -> Reading:
    """A reading that holds dates and nothing else; `day` is the document's own day, if the user told it."""
    found = [*_figures(document.text), *_named(document.text)]
    found.sort(key=lambda one: (one[0], one[1]))
    items = tuple(
        DateItem(
            start=a, end=b, text=document.text[a:b], id=f"t{n:02}", rule=rule,
            confidence=0.9 if value else 0.4, type="DATE", value=value,
        )
        for n, (a, b, value, rule) in enumerate(found, 1)
    )  # fmt: skip
    evidence = (Evidence(source="user"),) if day else ()
    told = document.date.value if document.date else None
    doc = Doc(
        file=document.name, lang=UNKNOWN, date=day.isoformat() if day else told, date_evidence=evidence,
        title=document.title, sha256=document.sha256, n_chars=len(document.text),
    )  # fmt: skip
    return Reading(
        doc=doc, persons=(), parties=(), quotes=(), statements=(), dates=items, meetings=(), bodies=(),
        instruments=(), commitments=(), positions=(), refusals=(),
    )  # fmt: skip


def _figures(text: str) -> Iterator[tuple[int, int, str | None, str]]:
    for hit in _FIGURES.finditer(text):
        parts = [p for p in hit.groups() if p]
        if hit["d1"]:
            first, second, year = (int(p) for p in parts)
            dotted = "." in hit[0]
            value = _day(year, second, first) if dotted or first > 12 else None
            value = _day(year, first, second) if value is None and second > 12 else value
        else:
            value = _day(*(int(p) for p in parts))
        yield hit.start(), hit.end(), value, "timex.figures"


def _named(text: str) -> Iterator[tuple[int, int, str | None, str]]:
    months = _months()
    for hit in _NAMED.finditer(text):
        month = months.get(hit["month"].rstrip(".").casefold())
        if month is None:
            continue
        value = _day(int(hit["y"]), month, int(hit["d"])) if hit["d"] else f"{hit['y']}-{month:02}"
        yield hit.start(), hit.end(), value, "timex.named-month"


def _day(year: int, month: int, day: int = 0) -> str | None:
    """The ISO form of a day or month; None where the calendar has no such day."""
    if not day:
        return f"{year}-{month:02}" if 1 <= month <= 12 else None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Names of months in many languages; one that means two months in two languages is left out."""
    found: dict[str, int] = {}
    clash: set[str] = set()
    for code in _LOCALES:
        names = Locale.parse(code).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in names[form][width].items():
                    key = str(name).rstrip(".").casefold()
                    if found.setdefault(key, number) != number:
                        clash.add(key)
    return {name: number for name, number in found.items() if name not in clash}
