"""Characters that cannot be seen, or that steer a terminal or the order of letters, made visible."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_BLANKS = {" ": "␣", "\t": "⇥", "\n": "⏎", "\u00a0": "⍽"}


def visible(text: str) -> str:
    """`text` with control characters as ``\\u{number}``; line ends and tabs stay."""
    return _HIDDEN.sub(_numbered, text)


def blanks(text: str) -> str:
    """The same with blanks, tabs and line ends as signs: for places where only these differ."""
    return visible("".join(_BLANKS.get(letter, letter) for letter in text.replace("\r\n", "␍\n")))


def _numbered(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match[0]):x}}}"
