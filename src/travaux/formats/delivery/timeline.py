"""The dates of measures as a drawing (SVG): first and present date, delay hatched, today as a line.

Drawn with real text, a title and a description; shapes differ, not only shades. It stands beside a table that
says the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any, Final

from travaux import messages
from travaux.acts.when import OPEN_END, When

ROW: Final = 22
LEFT, WIDTH, TOP = 300, 640, 46
_Span = tuple[date, date]


def measures_svg(board: bytes) -> bytes:
    """The drawing of all measures of a board that have a date, by that date; a note where none has."""
    held: dict[str, Any] = json.loads(board)
    lang = held["lang"]
    dated = [
        (row, first, last) for row in held["rows"] if (last := _last(row["due"])) and (first := _first(row))
    ]
    dated.sort(key=lambda item: (item[2], item[0]["id"]))
    today = date.fromisoformat(held["as_of"])
    days = [today, *(d for _, a, b in dated for d in (a, b))]
    span = (date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1))
    height = TOP + ROW * max(len(dated), 1) + 16
    drawn = [_row(lang, n, item, span) for n, item in enumerate(dated)]
    at = _x(today, span)
    now = f'<line x1="{at}" x2="{at}" y1="{TOP - 14}" y2="{height - 12}" class="now"/>'
    told = escape(_say(lang, "svg_desc", n=len(dated), day=held["as_of"]))
    title = escape(_say(lang, "svg_title", register=held["register"]))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 60} {height}" role="img" '
        f'aria-labelledby="t d" lang="{escape(lang, quote=True)}">',
        f'<title id="t">{title}</title><desc id="d">{told}</desc>',
        _STYLE, *_years(span, height), now,
        f'<text x="{at}" y="{TOP - 18}" class="small" text-anchor="middle">{escape(held["as_of"])}</text>',
        *drawn, "</svg>\n",
    ]  # fmt: skip
    return "\n".join(parts).encode()


_STYLE: Final = (
    "<style>text{font:12px sans-serif;fill:#111}.small{font-size:11px}.year{stroke:#bbb}.now{stroke:#111;"
    "stroke-width:1.5}.first{stroke:#111;stroke-dasharray:3 2}.delay{fill:url(#h);stroke:#111}.due{fill:#111}"
    ".gone{fill:#fff;stroke:#111}</style>"
    '<defs><pattern id="h" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line x1="0" x2="0" y1="0" y2="5" stroke="#111"/></pattern></defs>'
)


def _row(lang: str, n: int, item: tuple[Mapping[str, Any], date, date], span: _Span) -> str:
    row, first, last = item
    y = TOP + ROW * n
    start, end = _x(first, span), _x(last, span)
    label = row["what"] if len(row["what"]) <= 44 else row["what"][:43].rstrip() + "…"
    told = _say(
        lang,
        "svg_row",
        what=row["what"],
        due=row["due_when"],
        first=row["dates"][0]["when"],
        state=row["group_word"],
    )
    drawn = f'<text x="4" y="{y + 15}">{escape(label)}</text>'
    if end != start:
        left, right = min(start, end), max(start, end)
        drawn += f'<line x1="{start}" x2="{start}" y1="{y + 3}" y2="{y + 19}" class="first"/>'
        drawn += f'<rect x="{left}" y="{y + 8}" width="{right - left:.1f}" height="6" class="delay"/>'
    shape = "gone" if row["obligation"] == "withdrawn" else "due"
    points = f"{end},{y + 5} {end + 6:.1f},{y + 11} {end},{y + 17} {end - 6:.1f},{y + 11}"
    return f'<g><title>{escape(told)}</title>{drawn}<polygon points="{points}" class="{shape}"/></g>'


def _years(span: _Span, height: int) -> list[str]:
    step = max((span[1].year - span[0].year) // 16, 1)
    found = []
    for year in range(span[0].year, span[1].year + 1, step):
        x = _x(date(year, 1, 1), span)
        found.append(
            f'<line x1="{x}" x2="{x}" y1="{TOP - 8}" y2="{height - 12}" class="year"/>'
            f'<text x="{x + 2:.1f}" y="14" class="small">{year}</text>'
        )
    return found


def _x(day: date, span: _Span) -> float:
    return round(LEFT + WIDTH * (day - span[0]).days / (span[1] - span[0]).days, 1)


def _first(row: Mapping[str, Any]) -> date | None:
    return _last(row["dates"][0]["on"]) or _last(row["due"])


def _last(text: str) -> date | None:
    made = When.parse(text) if text else None
    return made.last if isinstance(made, When) and made.last != OPEN_END else None


def _say(lang: str, code: str, **values: object) -> str:
    return messages.say(f"feed.{code}", values, lang)
