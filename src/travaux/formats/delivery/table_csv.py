"""Measures as CSV (RFC 4180), one line a measure and party: no line holds what two parties say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

HEADS: Final = (
    "measure", "number", "what", "programme", "obligation", "group", "due", "due_kind", "first_due",
    "times_moved", "overdue_days", "party", "lead", "claim", "claimed_on", "claim_words", "evidence",
    "answers", "finding", "acts",
)  # fmt: skip
_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")


def measures_csv(board: bytes) -> bytes:
    """The file in UTF-8 with a byte order mark, so that a spreadsheet reads it as such.

    A text that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in json.loads(board)["rows"]:
        writer.writerows([[safe(value) for value in line] for line in _lines(row)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def safe(value: object) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_ACTIVE) else text


def _lines(row: Mapping[str, Any]) -> Iterator[list[object]]:
    dates, finding = row["dates"], row["finding"]
    common = [
        row["id"], row["number"], row["what"], row["programme"], row["obligation"], row["group"], row["due"],
        row["kind"], dates[0]["on"], len(dates) - 1, row["overdue_days"],
    ]  # fmt: skip
    for cell in row["cells"]:
        claims = cell["claims"]
        answers = "; ".join(f"{r['name']}: {r['said']['code']}" for r in cell["replies"] if r["said"])
        yield [
            *common, cell["party"], cell["lead"],
            " | ".join(c["code"] for c in claims), " | ".join(c["on"] for c in claims),
            " | ".join(c["words"] for c in claims),
            "; ".join(e["what"] for c in claims for e in c["evidence"]),
            answers, finding["code"] if finding else "", " ".join(row["acts"]),
        ]  # fmt: skip
