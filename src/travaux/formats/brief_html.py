"""The brief as one HTML page: self-contained, semantic, made to be read, heard and printed on A4.

No script, no link outward, no colour that carries meaning alone. The first printed page comes first; whatever
did not fit on it follows in full. The same brief gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources
from itertools import groupby
from string import Template

import msgspec

from travaux import messages

SHORT = 8  # characters of an act's id that a person sees
MOST = 4  # acts named beside a line; all of them stand in the JSON


class _Side(msgspec.Struct):
    name: str
    text: str
    acts: tuple[str, ...]
    marks: tuple[str, ...]
    sources: str
    quote: str


class _Line(msgspec.Struct):
    text: str
    when: str
    group: str
    front: bool
    quote: str
    acts: tuple[str, ...]
    marks: tuple[str, ...]
    sources: str
    sides: tuple[_Side, ...]


class _Section(msgspec.Struct):
    id: str
    title: str
    empty: str
    lines: tuple[_Line, ...]


class _Term(msgspec.Struct):
    mark: str
    word: str
    printed: bool


class _Page(msgspec.Struct):
    lang: str
    title: str
    stand: str
    sections: tuple[_Section, ...]
    legend: tuple[_Term, ...]


def html(brief: bytes) -> str:
    """The brief (its JSON, ``docs/schema/brief.schema.json``) as a whole HTML document, to be kept as UTF-8.

    Anything that is not the JSON of a brief is a programming error (`msgspec.ValidationError`).
    """
    page = _decoder().decode(brief)
    fronts = [(s, tuple(one for one in s.lines if one.front)) for s in page.sections]
    front = _part(page, "page", [(s, first) for s, first in fronts if first or not s.lines])
    full = _part(page, "full", [(s, s.lines) for s, first in fronts if len(first) < len(s.lines)])
    return _template().substitute(
        lang=escape(page.lang, quote=True),
        title=escape(page.title),
        stand=escape(page.stand),
        front=front,
        full=f'<div class="full">\n{full}\n</div>' if full else "",
        ends=escape(_say(page, "ends_with_acts")),
    )


@cache
def _decoder() -> msgspec.json.Decoder[_Page]:
    return msgspec.json.Decoder(_Page)


@cache
def _template() -> Template:
    return Template((resources.files(__package__) / "brief.html").read_text(encoding="utf-8"))


def _say(page: _Page, code: str) -> str:
    return messages.say(f"view.{code}", {}, page.lang)


def _part(page: _Page, part: str, sections: Sequence[tuple[_Section, Sequence[_Line]]]) -> str:
    """Sections one after the other; the first table shows its column heads, the others only tell them."""
    told, tabled = [], False
    for section, lines in sections:
        heading = f"{part}-{section.id}"
        body = _body(page, section, lines, low=tabled)
        tabled = tabled or "<table>" in body
        # A landmark needs a name of its own: what stood on the first page comes again in full.
        again = part == "full" and any(one.front for one in section.lines)
        named = (
            messages.say("view.again_in_full", {"title": section.title}, page.lang)
            if again
            else section.title
        )
        title = f'<h2 id="{heading}">{escape(named)}</h2>'
        told.append(f'<section aria-labelledby="{heading}">\n{title}\n{body}\n</section>')
    return "\n".join(told)


def _body(page: _Page, section: _Section, lines: Sequence[_Line], *, low: bool) -> str:
    if not lines:
        return f"<p>{escape(section.empty)}</p>"
    if section.id == "standing":
        return "\n".join(_sentence(page, one) for one in lines)
    return _table(page, section.title, lines, low=low)


def _sentence(page: _Page, one: _Line) -> str:
    return f"<p>{escape(one.text)}{_marks(page, one.marks)} {_refs(one.acts)}</p>"


def _table(page: _Page, caption: str, lines: Sequence[_Line], *, low: bool) -> str:
    """One table a section; every group of lines is a row group under its heading.

    A `low` table comes after another one with the same columns: its column heads are there for those who
    listen, and take no room on paper.
    """
    names = ("when", "said", "source", "act")
    words = [escape(_say(page, f"col_{name}")) for name in names]
    cols = "".join(f'<col class="{name}">' for name in names)
    heads = "".join(f'<th scope="col">{_quiet(word) if low else word}</th>' for word in words)
    opened = '<thead class="low">' if low else "<thead>"
    groups = [_group(page, group, list(rows)) for group, rows in groupby(lines, key=lambda one: one.group)]
    top = f"<caption>{_quiet(escape(caption))}</caption>\n<colgroup>{cols}</colgroup>"
    return "\n".join(["<table>", top, f"{opened}<tr>{heads}</tr></thead>", *groups, "</table>"])


def _quiet(text: str) -> str:
    """Words that are read aloud and not printed."""
    return f'<span class="quiet">{text}</span>'


def _group(page: _Page, heading: str, lines: Sequence[_Line]) -> str:
    head = (
        f'<tr class="group"><th scope="rowgroup" colspan="4">{escape(heading)}</th></tr>\n' if heading else ""
    )
    return f"<tbody>\n{head}" + "\n".join(_row(page, one) for one in lines) + "\n</tbody>"


def _row(page: _Page, one: _Line) -> str:
    told = set(one.acts) <= {a for s in one.sides for a in s.acts}
    ends = ("", "") if told else (one.sources, _refs(one.acts))
    rows = [_cells("", one.when, _said(page, one), *ends)]
    for s in _joined(one.sides):
        rows.append(_cells("side", s.name, _said(page, s), s.sources, _refs(s.acts)))
    return "\n".join(rows)


def _said(page: _Page, one: _Line | _Side) -> str:
    quote = f"<blockquote>{escape(one.quote)}</blockquote>" if one.quote else ""
    return f"{escape(one.text)}{_marks(page, one.marks)}{quote}"


def _joined(sides: Sequence[_Side]) -> list[_Side]:
    """The sides, with those in one row that have nothing on record and the same to say."""
    found: list[_Side] = []
    for side in sides:
        last = found[-1] if found else None
        if last and not side.acts and (last.acts, last.text, last.marks) == ((), side.text, side.marks):
            found[-1] = msgspec.structs.replace(last, name=f"{last.name}, {side.name}")
        else:
            found.append(side)
    return found


def _cells(kind: str, head: str, said: str, source: str, act: str) -> str:
    opened = f'<tr class="{kind}">' if kind else "<tr>"
    named = f'<th scope="row">{escape(head)}</th>' if head else "<td></td>"
    cells = f'<td>{said}</td><td class="source">{escape(source)}</td><td class="act">{act}</td>'
    return f"{opened}{named}{cells}</tr>"


def _marks(page: _Page, marks: tuple[str, ...]) -> str:
    tags = (t.word for t in page.legend if t.printed and t.mark in marks)
    return "".join(f' <span class="mark">{escape(tag)}</span>' for tag in tags)


def _refs(acts: tuple[str, ...]) -> str:
    """The acts a row stands on: the first ones in short, each with its whole id."""
    shown = [f'<code title="{escape(a, quote=True)}">{escape(a[:SHORT])}</code>' for a in acts[:MOST]]
    return " ".join([*shown, "…"] if len(acts) > MOST else shown)
