"""What brackets mean in one process: a setting, or a guess that says what it guessed and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from travaux.text.model import Kind

_DELETION = re.compile(
    r"(?:brackets?|bracketed)\b[^.\n]{0,80}\b(?:deletions?|deleted?|remov(?:ed|al)|omitted)\b"
    r"|\b(?:deletions?|deleted)\b[^.\n]{0,60}\b(?:in|by|within|between)\b[^.\n]{0,20}\bbrackets\b",
    re.IGNORECASE,
)
_INSERTION = re.compile(
    r"(?:brackets?|bracketed)\b[^.\n]{0,80}\b(?:insertions?|additions?|added|inserted|new text)\b"
    r"|\b(?:insertions?|additions?|new text)\b[^.\n]{0,60}\b(?:in|by|within"
    r"|between)\b[^.\n]{0,20}\bbrackets\b",
    re.IGNORECASE,
)
_NOT_AGREED = re.compile(
    r"(?:brackets?|bracketed)\b[^.\n]{0,100}\b(?:not (?:yet )?(?:been )?agreed|no agreement|disagreement"
    r"|not settled)",
    re.IGNORECASE,
)
_READ = 20_000


@dataclass(frozen=True, slots=True)
class Convention:
    """How to read brackets. `single` is what one bracket alone means; `adjacent` and `slash` say whether
    touching brackets and slashes make alternatives; `own` that the text is in our plain notation.
    """

    name: str
    single: Kind = Kind.UNKNOWN
    adjacent: bool = True
    slash: bool = True
    own: bool = False


NOT_AGREED = Convention("not-agreed")
DELETIONS = Convention("deletions", single=Kind.DELETION)
INSERTIONS = Convention("insertions", single=Kind.INSERTION)
INDEPENDENT = Convention("independent", adjacent=False)
OWN = Convention("travaux", own=True)

CONVENTIONS: dict[str, Convention] = {
    c.name: c for c in (NOT_AGREED, DELETIONS, INSERTIONS, INDEPENDENT, OWN)
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a convention was chosen: a message code and the offset of the words that say so, or -1."""

    code: str
    at: int = -1


def guess(text: str) -> tuple[Convention, Reason]:
    """The convention of a draft, from its own words where it explains its brackets."""
    if text.startswith("Wordings: ") and "\n\n" in text:
        return OWN, Reason("brackets.why_own", 0)
    head = text[:_READ]
    deletion, insertion, open_ = _DELETION.search(head), _INSERTION.search(head), _NOT_AGREED.search(head)
    if open_ or (deletion and insertion and _same(deletion, insertion)):
        return NOT_AGREED, Reason("brackets.why_told", open_.start() if open_ else -1)
    if deletion:
        return DELETIONS, Reason("brackets.why_deletions", deletion.start())
    if insertion:
        return INSERTIONS, Reason("brackets.why_insertions", insertion.start())
    return NOT_AGREED, Reason("brackets.why_silent")


def _same(one: re.Match[str], other: re.Match[str]) -> bool:
    return abs(one.start() - other.start()) < 20
