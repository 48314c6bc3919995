"""What the columns of a table nobody has described yet look like, and which is likeliest to be what."""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from openpyxl.utils import get_column_letter

from travaux.formats.plans import Line, Timed, read_deadline
from travaux.messages import say
from travaux.secretariat.plans.headings import one_line
from travaux.secretariat.plans.vocabulary import (
    FINAL,
    HEADINGS,
    NEVER,
    SURE,
    claim_of,
    plain_heading,
    role_of,
)

SAMPLE: Final = 300  # rows looked at
_NUMBER: Final = re.compile(r"[A-Za-zА-Яа-яІі]{0,4}[-. ]?\d+(?:[.\-/]\d+)*[.)]?[A-Za-zа-я]?\Z|[IVXLC]+\.?\Z")
_FIRST: Final = (
    "number", "what", "deadline", "lead", "also", "start", "status", "evidence", "party", "indicator",
    "baseline", "target", "programme", "condition", "notes",
)  # fmt: skip
# headings under which dates may still be deadlines
_UNDATED: Final = ("", "start", "target", "what", "notes")


@dataclass(slots=True)
class Seen:
    """What one column holds: its texts, and shares (0 to 1) of what they look like."""

    heading: str
    texts: list[str]
    dates: float = 0
    numbers: float = 0
    length: float = 0
    final: bool = False
    scores: dict[str, float] = field(default_factory=dict)


def look(heading: str, body: Sequence[Line], column: int) -> Seen:
    """The looks of a column; score of each role from its heading and what stands below it."""
    cells = [
        line.cells[column]
        for line in body[:SAMPLE]
        if column in line.cells and line.cells[column].text and not line.cells[column].spread
    ]
    texts = [c.text for c in cells]
    seen = Seen(heading, texts)
    n = max(len(texts), 1)
    sample = cells[:80]
    seen.dates = sum(_dated(c.value) for c in sample) / max(len(sample), 1)
    full = [line.text(column) for line in body[:SAMPLE] if len(line.filled) > 2 and line.text(column)]
    seen.numbers = sum(bool(_NUMBER.match(t)) for t in full) / max(len(full), 1)
    seen.length = sum(map(len, texts)) / n
    seen.final = bool(FINAL.search(plain_heading(heading)))
    role = role_of(heading)
    plain = plain_heading(heading.rsplit(" / ", 1)[-1])
    never = bool(NEVER.match(plain))
    for each in _FIRST:
        named = (
            (each == role) * 3.0
            + bool(each != role and HEADINGS[each].match(plain)) * 1.0
            + (each == role and bool(SURE.match(plain))) * 2.0
        )
        looked = bool(named) or each in ("what", "number") or (each == "deadline" and role in _UNDATED)
        seen.scores[each] = named + _looks(each, seen) if texts and looked and not never else 0.0
    return seen


def _dated(value: object) -> bool:
    """Whether a cell is a deadline beyond doubt: not merely a small number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and not 1990 <= value <= 2199:
        return False
    read = read_deadline(value, spreadsheet=False)
    return (isinstance(read, Timed) and read.sort != "none") or (
        not isinstance(read, Timed) and not read.wrong
    )


def _looks(role: str, seen: Seen) -> float:
    distinct = len(set(seen.texts)) / max(len(seen.texts), 1)
    match role:
        case "number":
            return 2.5 * seen.numbers * distinct - (seen.length > 20) * 3 - 2 * (seen.dates > 0.5)
        case "what":
            return min(seen.length / 40, 2.0) * distinct - 3 * seen.dates
        case "deadline" | "start":
            return 4 * seen.dates - 2 * (seen.dates < 0.2) + seen.final
        case "lead" | "also":
            return 1.0 - 3 * seen.dates - distinct * (seen.length > 90)
        case "status":
            return 2.0 * sum(bool(claim_of(t)) for t in seen.texts) / max(len(seen.texts), 1) - (
                seen.length > 150
            )
        case "programme" | "party":
            return 1.0 - distinct
    return 0.0


def choose(seen: Table[int, Seen]) -> tuple[dict[str, int], dict[str, str]]:
    """The best column for each role, no column twice; a role nothing names is left out."""
    ranked = sorted(
        (
            (s, -_FIRST.index(role), -c, role, c)
            for c, one in seen.items()
            for role, s in one.scores.items()
            if s > 0
        ),
        reverse=True,
    )
    chosen: dict[str, int] = {}
    for score, _, _, role, column in ranked:
        least = {"what": 0.3, "number": 1.5, "deadline": 2.0}.get(role, 2.0)
        if role not in chosen and column not in chosen.values() and score >= least:
            chosen[role] = column
    if "deadline" not in chosen and "start" in chosen:
        chosen["deadline"] = chosen.pop("start")
    if "what" not in chosen and "indicator" in chosen:
        chosen["what"] = chosen.pop("indicator")
    if "lead" not in chosen and "also" in chosen:
        chosen["lead"] = chosen.pop("also")
    reasons = {f"columns.{role}": _why(role, c, seen[c]) for role, c in chosen.items()}
    return {r: chosen[r] for r in _FIRST if r in chosen}, reasons


def _why(role: str, column: int, seen: Seen) -> str:
    letter = get_column_letter(column)
    values = {
        "letter": letter,
        "heading": seen.heading or "-",
        "share": round(100 * seen.dates),
        "length": round(seen.length),
        "sample": one_line(seen.texts[0])[:60],
    }
    if role in ("deadline", "start"):
        return say("import_plan.why_dates", values)
    if role_of(seen.heading) == role:
        return say("import_plan.why_heading", values)
    return say("import_plan.why_looks", values)
