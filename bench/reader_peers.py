"""The reader's figures on the development case beside those of other tools; none is part of the product.

A tool is run where its own environment stands under the cache folder (``dateparser`` there), else the figure
that was measured earlier is shown and marked as stored.
"""

from __future__ import annotations

import json
import os
import subprocess
import tomllib
from pathlib import Path
from typing import Any

from tests.cases import CASES
from tests.reader.scoring import reading, scorer, text_of
from tests.reader.test_anchor import CHANGES

from bench.row import Row
from travaux.reader import find_anchors

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("TRAVAUX_BENCH_CACHE", Path.home() / ".cache" / "travaux-bench"))
NAME = "moscow-2021-09-09"


def rows() -> list[Row]:
    """Dates, quotations and anchors of the case; none where the case is not here."""
    folder = CASES / "communiques"
    if not folder.exists():
        return []
    text = text_of(folder / f"{NAME}.txt")
    gold = json.loads((folder / f"{NAME}.gold.json").read_text(encoding="utf-8"))
    found = reading(text)
    stored = tomllib.loads((HERE / "reader_stored.toml").read_text(encoding="utf-8"))
    dates = _f1(gold, found, "dates", "span+value")
    told, source = _dateparser(text, gold) or (stored["dates"]["figure"], "stored")
    spans = _f1(gold, found, "quotes", "span only")
    altered = [_altered(q["text"]) for q in gold["quotes"]]
    anchored = sum(bool(find_anchors(text, words)) for words in altered if words)
    return [
        _row("dates, value, beside dateparser.search", dates, told, source),
        _row("dates, value, beside HeidelTime", dates, stored["dates_heideltime"]["figure"], "stored"),
        _row("quotations, span, beside textacy", spans, stored["quotes"]["figure"], "stored"),
        Row(
            "reader: altered quotations anchored, beside LangExtract (stored)",
            anchored, stored["anchors"]["figure"], None, "0", f"of {sum(map(bool, altered))}", anchored == 0,
        ),
    ]  # fmt: skip


def _row(what: str, ours: float, peer: float, source: str) -> Row:
    return Row(f"reader: {what} ({source})", ours, peer, ours / peer, ">= 1 x peer", "F1", ours >= peer)


def _f1(gold: dict[str, Any], found: dict[str, Any], kind: str, criterion: str) -> float:
    module = scorer()
    rule = next(r for r in module.RULES if (r.kind, r.criterion) == (kind, criterion))
    items = module.without_vague(found[kind], gold[kind]) if kind == "dates" else found[kind]
    return float(module.score(gold[kind], items, rule)[0].prf()[2])


def _altered(words: str) -> str:
    """A quotation with one word changed; "" where none of the changes fits."""
    change = next(((a, b) for a, b in CHANGES if a in words), None)
    return words.replace(*change, 1) if change else ""


def _dateparser(text: str, gold: dict[str, Any]) -> tuple[float, str] | None:
    """The peer's figure now; None where it is not at hand."""
    python = CACHE / "dateparser" / "bin" / "python"
    if not python.exists():
        return None
    command = [str(python), str(HERE / "peers" / "dates.py"), gold["doc"]["date"]]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        return None
    told = json.loads(done.stdout)
    return _f1(gold, told, "dates", "span+value"), f"{told['version']}, measured"
