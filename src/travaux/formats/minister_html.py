"""The minister's page as one HTML page: self-contained, semantic, printed on one A4."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib import resources
from string import Template
from typing import Any

from travaux import messages


def minister_html(page: bytes, lang: str = "en") -> str:
    """The page (its JSON, ``docs/schema/minister.schema.json``) as a whole HTML document, kept as UTF-8."""
    held: dict[str, Any] = json.loads(page)
    since = _say(lang, "since", day=held["compared"]) if held["compared"] else ""
    small = f"{escape(held['base'])} {escape(held['rule'])}"
    parts = [
        _section(lang, "stand", f'<p>{escape(held["sentence"])}</p>\n<p class="small">{small}</p>'),
        _section(lang, "bars", _bars(held["bars"]) + f"\n<p>{escape(held['schedule'])}</p>"),
        _section(lang, "decisions", _decisions(lang, held)),
        _section(lang, "changes", _changes(lang, held)),
        _section(lang, "coming", _list(lang, map(_coming, held["coming"]))),
    ]
    if held["spoken"]:
        parts.append(_section(lang, "spoken", _list(lang, map(_spoken, held["spoken"]))))
    return _template().substitute(
        lang=escape(lang, quote=True),
        title=escape(held["register"]),
        stand=escape(_say(lang, "as_of", name=held["name"], day=held["as_of"], since=since)),
        body="\n".join(parts),
    )


@cache
def _template() -> Template:
    return Template((resources.files(__package__) / "minister.html").read_text(encoding="utf-8"))


def _say(lang: str, code: str, **values: object) -> str:
    return messages.say(f"minister.{code}", values, lang)


def _section(lang: str, code: str, body: str) -> str:
    title = escape(_say(lang, f"head_{code}"))
    return f'<section aria-labelledby="{code}">\n<h2 id="{code}">{title}</h2>\n{body}\n</section>'


def _bars(bars: Iterable[Mapping[str, Any]]) -> str:
    """One row a party: the numbers in words, and a bar drawn beside them for the eye alone."""
    rows = []
    for bar in bars:
        told = ", ".join(f"{p['n']} {escape(p['word'])}" for p in bar["parts"])
        drawn = "".join(
            f'<i class="{p["code"]}" style="flex-grow:{p["n"]}"></i>' for p in bar["parts"] if p["n"]
        )
        rows.append(
            f'<tr><th scope="row">{escape(bar["name"])}</th><td>{told}</td><td>{bar["owes"]}</td></tr>\n'
            f'<tr aria-hidden="true"><td colspan="3"><div class="bar">{drawn}</div></td></tr>'
        )
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _decisions(lang: str, held: Mapping[str, Any]) -> str:
    if not held["decisions"]:
        return f"<p>{escape(_say(lang, 'head_nothing'))}</p>"
    heads = "".join(
        f'<th scope="col">{escape(_say(lang, f"decision_{h}"))}</th>' for h in ("what", "why", "days", "who")
    )
    rows = "\n".join(
        f'<tr><th scope="row">{escape(d["what"])}</th><td>{escape(d["text"])}</td><td>{d["days"]}</td>'
        f"<td>{escape(d['who'])}</td></tr>"
        for d in held["decisions"]
    )
    more = f"\n<p>{escape(_say(lang, 'more', n=held['more']))}</p>" if held["more"] else ""
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>{more}"


def _changes(lang: str, held: Mapping[str, Any]) -> str:
    told = _list(lang, (f"{escape(c['what'])}: {escape(c['text'])}" for c in held["changes"]))
    moved = f"\n<p>{escape(_say(lang, 'moved', days=held['days_moved']))}</p>" if held["changes"] else ""
    return told + moved


def _coming(one: Mapping[str, Any]) -> str:
    return f"{escape(one['due'])} ({one['days']}): {escape(one['what'])}, {escape(', '.join(one['owes']))}"


def _spoken(one: Mapping[str, Any]) -> str:
    said = f"{escape(one['when'])} {escape(one['who'])}: {escape(one['figure'])}"
    return f"{said} <small>{escape(one['sources'])}</small>"


def _list(lang: str, items: Iterable[str]) -> str:
    listed = "\n".join(f"<li>{item}</li>" for item in items)
    return f"<ul>\n{listed}\n</ul>" if listed else f"<p>{escape(_say(lang, 'head_nothing'))}</p>"
