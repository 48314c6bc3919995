"""Readings as columns: one row an item, in a Parquet file that any analysis tool reads. Needs ``archive``."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import msgspec

from travaux.secretariat.reading import KINDS

_TEXTS = (
    "text",
    "rule",
    "speaker",
    "party",
    "status",
    "due",
    "condition",
    "stance",
    "subject",
    "value",
    "what",
)
_DONE = frozenset((*_TEXTS, "start", "end", "id", "confidence", "parties", "who"))


def items_table(readings: Iterable[bytes]) -> bytes:
    """A Parquet file of all items of `readings` (JSON lines of the output contract, empty ones passed over).

    Columns: file, date, lang, kind, id, start, end, confidence, the texts that items have (null where they
    have none), parties (a list: those bound, or who met), and the rest as JSON in `more`.
    """
    import pyarrow
    import pyarrow.parquet

    texts = [pyarrow.field(name, pyarrow.string()) for name in _TEXTS]
    schema = pyarrow.schema([
        ("file", pyarrow.string()), ("date", pyarrow.string()), ("lang", pyarrow.string()),
        ("kind", pyarrow.string()), ("id", pyarrow.string()), ("start", pyarrow.int64()),
        ("end", pyarrow.int64()), ("confidence", pyarrow.float64()), *texts,
        ("parties", pyarrow.list_(pyarrow.string())), ("more", pyarrow.string()),
    ])  # fmt: skip
    rows = [row for line in readings if line for row in _rows(msgspec.json.decode(line))]
    made = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema), made, compression="zstd")
    return made.getvalue()


def _rows(reading: dict[str, Any]) -> Iterable[dict[str, Any]]:
    doc = reading["doc"]
    for kind in KINDS:
        for item in reading[kind]:
            more = {k: v for k, v in item.items() if k not in _DONE and v is not None}
            yield {
                "file": doc["file"], "date": doc["date"], "lang": doc["lang"], "kind": kind, "id": item["id"],
                "start": item["start"], "end": item["end"], "confidence": item["confidence"],
                **{name: item.get(name) for name in _TEXTS},
                "parties": item.get("parties") or item.get("who") or [],
                "more": msgspec.json.encode(more).decode() if more else None,
            }  # fmt: skip
