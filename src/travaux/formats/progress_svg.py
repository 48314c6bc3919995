"""Progress over time as one SVG picture: words by state in bars, open points as a line under them.

Every state has a pattern of its own and its name beside it, so that nothing hangs on colour; title and
description say in words what the picture shows. The figures themselves belong into a table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from travaux import messages
from travaux.text.page import Moment

_WIDTH, _LEFT, _RIGHT = 800, 56, 210
_TOP, _BARS, _GAP, _LINE = 16, 220, 44, 90
_HEIGHT = _TOP + _BARS + _GAP + _LINE + 40
_LABELS = 8  # day labels under the picture, at most
_STATES = ("agreed", "conditional", "shared", "open")
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1a1a1a; }
.axis { stroke: #595959; stroke-width: 1; fill: none; }
.grid { stroke: #d0d0d0; stroke-width: 1; }
.bar { stroke: #1a1a1a; stroke-width: 1; }
.points { stroke: #1a1a1a; stroke-width: 2; fill: none; }
.dot { fill: #fff; stroke: #1a1a1a; stroke-width: 2; }
.end { text-anchor: end; } .mid { text-anchor: middle; }
"""
_PATTERNS = """
<pattern id="agreed" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#1f4e79"/></pattern>
<pattern id="conditional" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="6" height="6" fill="#fff"/><rect width="3" height="6" fill="#1f4e79"/></pattern>
<pattern id="shared" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#e6edf5"/></pattern>
<pattern id="open" width="6" height="6" patternUnits="userSpaceOnUse">
<rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1.4" fill="#9c3a00"/></pattern>
"""


def progress_svg(history: Sequence[Moment], lang: str = "en") -> str:
    """The picture of `history` (days in order), a whole SVG document; without a day, a line saying so."""

    def say(code: str, **values: object) -> str:
        return escape(messages.say(f"view.{code}", values, lang))

    if not history:
        body = f'<text x="{_LEFT}" y="40">{say("chart_none")}</text>'
        return _document(say("chart_title"), say("chart_none"), lang, body, 80)
    first, last = history[0], history[-1]
    told = say(
        "chart_desc",
        first=first.day, last=last.day, points_first=first.points, points_last=last.points,
        agreed_first=first.agreed, agreed_last=last.agreed, open_first=first.open, open_last=last.open,
    )  # fmt: skip
    most = max(_total(m) for m in history) or 1
    points = max(m.points for m in history) or 1
    names = {state: say(f"words_{state}") for state in _STATES}
    body = "\n".join(
        [
            _axis(most, _TOP, _BARS, say("chart_words")),
            *_bars(history, most),
            *_names(last, names),
            _axis(points, _TOP + _BARS + _GAP, _LINE, say("chart_points")),
            *_points(history, points),
            *_days(history),
        ]
    )
    return _document(say("chart_title"), told, lang, body, _HEIGHT)


def _document(title: str, told: str, lang: str, body: str, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="{escape(lang, quote=True)}" role="img" '
        f'aria-labelledby="chart-title chart-desc" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}">\n<title id="chart-title">{title}</title>\n'
        f'<desc id="chart-desc">{told}</desc>\n<style>{_STYLE}</style>\n<defs>{_PATTERNS}</defs>\n'
        f"{body}\n</svg>\n"
    )


def _total(moment: Moment) -> int:
    return sum(getattr(moment, state) for state in _STATES)


def _slot(history: Sequence[Moment]) -> float:
    return (_WIDTH - _LEFT - _RIGHT) / len(history)


def _middle(history: Sequence[Moment], n: int) -> float:
    return _LEFT + (n + 0.5) * _slot(history)


def _axis(most: int, top: int, height: int, name: str) -> str:
    """The axis of one panel, with nothing, half and the most marked, and its name above."""
    parts = [f'<text x="{_LEFT + 8}" y="{top + 8 if top == _TOP else top - 20}">{name}</text>']
    for value in sorted({0, most // 2, most}):
        y = top + height * (1 - value / most)
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="end" x="{_LEFT - 8}" y="{y + 4:.1f}">{value}</text>')
    parts.append(f'<path class="axis" d="M{_LEFT} {top}V{top + height}H{_WIDTH - _RIGHT}"/>')
    return "\n".join(parts)


def _bars(history: Sequence[Moment], most: int) -> list[str]:
    parts = []
    wide = min(56.0, _slot(history) * 0.72)
    for n, moment in enumerate(history):
        y = float(_TOP + _BARS)
        for state in _STATES:
            high = _BARS * getattr(moment, state) / most
            if high:
                y -= high
                x = _middle(history, n) - wide / 2
                parts.append(
                    f'<rect class="bar" fill="url(#{state})" x="{x:.1f}" y="{y:.1f}" '
                    f'width="{wide:.1f}" height="{high:.1f}"/>'
                )
    return parts


def _names(last: Moment, names: dict[str, str]) -> list[str]:
    """The states beside the last bar, from the top one down, each with its pattern and figure."""
    parts = []
    for n, state in enumerate(reversed(_STATES)):
        y = _TOP + 18 + n * 44
        x = _WIDTH - _RIGHT + 14
        parts.append(f'<rect class="bar" fill="url(#{state})" x="{x}" y="{y}" width="16" height="16"/>')
        parts.append(f'<text x="{x + 24}" y="{y + 12}">{names[state]}</text>')
        parts.append(f'<text x="{x + 24}" y="{y + 28}">{getattr(last, state)}</text>')
    return parts


def _points(history: Sequence[Moment], most: int) -> list[str]:
    top = _TOP + _BARS + _GAP
    spots = [
        (_middle(history, n), top + _LINE * (1 - moment.points / most)) for n, moment in enumerate(history)
    ]
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    parts = [f'<path class="points" d="{path}"/>']
    every = max(1, len(history) // 16)
    for n, (x, y) in enumerate(spots):
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>')
        if n % every == 0 or n == len(spots) - 1:
            parts.append(f'<text class="mid" x="{x:.1f}" y="{y - 8:.1f}">{history[n].points}</text>')
    return parts


def _days(history: Sequence[Moment]) -> list[str]:
    every = -(-len(history) // _LABELS)
    y = _TOP + _BARS + _GAP + _LINE + 18
    return [
        f'<text class="mid" x="{_middle(history, n):.1f}" y="{y}">{moment.day}</text>'
        for n, moment in enumerate(history)
        if n % every == 0
    ]
