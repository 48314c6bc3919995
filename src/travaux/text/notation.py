"""Our plain bracket notation: one file that holds a bracketed text, its parties and their typography.

``Wordings: ARV, TOL, NUR`` is the first line; then one ``As PARTY: start+length "surface", …`` line for each
difference of typography; an empty line; the text. `render` writes it and `parse` reads it back to an equal
`Compiled`, so that any party's wording can be taken out of the file alone. See ``docs/notation-brackets.md``.
"""

from __future__ import annotations

import re

from travaux.text.attribution import ALL_OTHERS, NO_TEXT, Groups, compress
from travaux.text.compile import Compiled
from travaux.text.model import Bracket, Option, Run, Text
from travaux.text.notation_head import head
from travaux.text.notation_parse import parse

__all__ = ["body", "escaped", "parse", "render"]

HARD_BLANK = "\u2423"
_MARKED = re.compile(
    rf"[\[\]\\|{HARD_BLANK}\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff]"
)
_MANY = 4


def render(compiled: Compiled, groups: Groups | None = None) -> str:
    """`compiled` as text that people can read and `parse` reads back; ends with one line end.

    Long lists of parties are printed as groups or as “all others”; no list is lost.
    """
    within = {name: frozenset(members) & set(compiled.parties) for name, members in (groups or {}).items()}
    known = {name: members for name, members in within.items() if members and name not in compiled.parties}
    return head(compiled, known) + body(compiled.text, known) + "\n"


def escaped(words: str) -> str:
    """Literal `words` with a backslash before our marks, and control characters by their numbers."""
    if words == NO_TEXT:
        return "\\" + words
    return _MARKED.sub(_escape, words)


def _escape(match: re.Match[str]) -> str:
    mark = match[0]
    return "\\" + mark if mark in rf"[]\|{HARD_BLANK}" else f"\\u{{{ord(mark):x}}}"


def body(text: Text, groups: Groups) -> str:
    """The text part alone, without the line end."""
    parts: list[str] = []
    stack: list[str | Text] = [text]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        else:
            stack.extend(reversed(_level(item, groups)))
    return "".join(parts)


def _level(text: Text, groups: Groups) -> list[str | Text]:
    """One level: its words escaped, its options still to be printed."""
    shown = [escaped(piece.text) if isinstance(piece, Run) else "" for piece in text]
    out: list[str | Text] = []
    written: dict[int, int] = {}
    for k, piece in enumerate(text):
        if isinstance(piece, Run):
            written[k] = len(out)
            out.append(shown[k])
            continue
        if k and isinstance(text[k - 1], Bracket) and out[-1] != " ":
            out.append("|")
        before = None if k == 0 else shown[k - 1] or "]"
        after = shown[k + 1] if k + 1 < len(text) else ""
        options, lead, trail = _edges(piece.options, before, after)
        if any(not option.text for option in options) and not lead and not trail:
            if before is not None and before.endswith(" "):
                out[written[k - 1]] = before[:-1] + HARD_BLANK
            elif before is None and after.startswith(" "):
                shown[k + 1] = HARD_BLANK + after[1:]
        out += [lead, *_site(options, groups)]
        if trail:
            out.append(trail)
    return out


def _edges(
    options: tuple[Option, ...], before: str | None, after: str
) -> tuple[tuple[Option, ...], str, str]:
    """Options without the blank that goes with the bracket, and that blank before or after the bracket."""
    filled = [option.text for option in options if option.text]
    if len(filled) == len(options):
        return options, "", ""
    apart = before is None or before.endswith(" ")
    if apart and all(isinstance(text[-1], Run) and text[-1].text.endswith(" ") for text in filled):
        return tuple(_clipped(option, 0, 1) for option in options), "", " "
    starts = all(isinstance(text[0], Run) and text[0].text.startswith(" ") for text in filled)
    if starts and not after.startswith(" "):
        return tuple(_clipped(option, 1, 0) for option in options), " ", ""
    return options, "", ""


def _clipped(option: Option, start: int, end: int) -> Option:
    """`option` without its first (`start` 1) or last (`end` 1) character; never left without a piece."""
    if not option.text:
        return option
    text = list(option.text)
    edge = 0 if start else -1
    if isinstance(run := text[edge], Run):
        text[edge] = Run(run.text[start : len(run.text) - end])
    return Option(tuple(text), option.stances)


def _site(options: tuple[Option, ...], groups: Groups) -> list[str | Text]:
    """Each option in brackets with its names; the empty one is left out where the names left over tell it."""
    most = max(options, key=lambda option: len(option.parties))
    others = bool(most.text) and len(most.parties) > _MANY
    out: list[str | Text] = []
    for option in options:
        if not option.text and not others and len(options) > 1:
            continue
        names = ALL_OTHERS if others and option is most else compress(option.parties, groups)
        content = option.text or NO_TEXT
        out += ["[", content, f" ({names})]"]
    return out
