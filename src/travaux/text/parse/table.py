"""A text that was read as lines for a terminal: what is open, who holds what, what is odd."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from travaux.messages import say
from travaux.text.model import Stance
from travaux.text.parse.counts import Counts, counts
from travaux.text.parse.parsed import Defect, Parsed

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WIDEST = 46
_MOST_PARTIES = 40


def table(parsed: Parsed, name: str) -> list[str]:
    """The lines of one file; oddities as ``name:line:col: what; what to do``."""
    held = counts(parsed)
    return [
        say(
            "brackets.t_file",
            {"name": visible(name), "chars": parsed.raw.chars, "lines": len(parsed.lines.starts)},
        ),
        "",
        *_totals(parsed, held),
        *_parties(parsed, held),
        *_provisions(held),
        *_links(parsed),
        *_oddities("brackets.t_defects", parsed.defects, name),
        *_oddities("brackets.t_questions", parsed.questions, name),
        "",
        say("brackets.t_method"),
    ]


def visible(words: str) -> str:
    """`words` on one line, without characters that would move the cursor or turn the direction."""
    return _UNSEEN.sub("\ufffd", " ".join(words.split()))


def _totals(parsed: Parsed, held: Counts) -> list[str]:
    raw = parsed.raw
    rows = [
        (
            say("brackets.t_points"),
            held.decision_points,
            say("brackets.t_points_of", {"nested": held.nested}),
        ),
        (say("brackets.t_options"), held.options, ""),
        (say("brackets.t_blanks"), held.blanks, ""),
        (
            say("brackets.t_opens"),
            raw.opens,
            say("brackets.t_opens_of", {"top": raw.top, "nested": raw.nested, "depth": raw.depth}),
        ),
        (
            say("brackets.t_closes"),
            raw.closes,
            say("brackets.t_closes_of", {"unclosed": len(raw.unclosed), "stray": len(raw.stray)}),
        ),
    ]
    wide = max(len(label) for label, _, _ in rows)
    lines = [f"  {label:<{wide}}  {count:>6}  {more}".rstrip() for label, count, more in rows]
    if held.wrappers:
        lines.append("  " + say("brackets.t_wrapper", {"n": held.wrappers}))
    lines += [
        "  " + say("brackets.t_token", {"name": visible(m.name), "n": len(m.brackets)}) for m in parsed.macros
    ]
    return [*lines, "", visible(parsed.why.what)]


def _parties(parsed: Parsed, held: Counts) -> list[str]:
    source = say(_SOURCES[parsed.source.value])
    if not parsed.parties:
        return [source]
    shown = [stance for stance in Stance if any(stance in dict(one.stances) for one in held.held)]
    heads = ["", say("brackets.t_places"), *(say(_STANCES[stance]) for stance in shown)]
    rows = [
        [visible(one.party), str(one.points), *(str(dict(one.stances).get(stance, "")) for stance in shown)]
        for one in held.held[:_MOST_PARTIES]
    ]
    lines = [source, "", *_columns([heads, *rows])]
    if len(held.held) > _MOST_PARTIES:
        lines.append("  " + say("brackets.t_more", {"n": len(held.held) - _MOST_PARTIES}))
    return lines


def _provisions(held: Counts) -> list[str]:
    found = [one for one in held.provisions if one.decision_points or one.blanks]
    if not found or (len(found) == 1 and not found[0].label):
        return []
    heads = [
        say("brackets.t_provision"),
        *(say(code) for code in ("brackets.t_points", "brackets.t_options", "brackets.t_blanks")),
        say("brackets.t_line"),
    ]
    rows = [
        [
            _cut(one.label or say("brackets.t_before")),
            str(one.decision_points),
            str(one.options),
            str(one.blanks),
            str(one.line),
        ]
        for one in found
    ]
    return ["", *_columns([heads, *rows])]


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows in columns, the first to the left, the others to the right."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return [
        "  "
        + "  ".join(
            cell.rjust(w) if k else cell.ljust(w) for k, (cell, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _cut(words: str) -> str:
    told = visible(words)
    return told if len(told) <= _WIDEST else told[: _WIDEST - 1] + "…"


def _links(parsed: Parsed) -> list[str]:
    if not parsed.links:
        return []
    lines = ["", say("brackets.t_links")]
    for link in parsed.links:
        code = "brackets.t_exclusive" if link.coupling.exclusive else "brackets.t_coupled"
        values = {
            "line": link.line,
            "labels": visible(", ".join(link.labels)),
            "note": visible(link.coupling.note),
        }
        lines.append("  " + say(code, values))
    return lines


def _oddities(head: str, found: Iterable[Defect], name: str) -> list[str]:
    lines = [
        f"{name}:{one.line}:{one.col}: {visible(f'{one.what}; {one.repair}' if one.repair else one.what)}"
        for one in found
    ]
    return ["", say(head, {"n": len(lines)}), *lines] if lines else []


_SOURCES = {
    "given": "brackets.t_given",
    "declared": "brackets.t_declared",
    "guessed": "brackets.t_guessed",
    "none": "brackets.t_none",
}
_STANCES = {
    Stance.SUPPORTS: "brackets.t_supports",
    Stance.NO_OBJECTION: "brackets.t_no_objection",
    Stance.FLEXIBLE_IF: "brackets.t_flexible",
    Stance.CONSIDERING: "brackets.t_considering",
    Stance.SCRUTINY: "brackets.t_scrutiny",
    Stance.OPPOSES: "brackets.t_opposes",
}
