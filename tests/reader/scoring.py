"""The public scorer of the communiqué cases, by path, and readings to score."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.cases import case
from travaux.acts.fault import Refused
from travaux.reader import read
from travaux.text.source import Document

HERE = Path(__file__).parent


def scorer() -> ModuleType:
    """The scorer as a module."""
    import sys

    spec = importlib.util.spec_from_file_location("communique_score", case("communiques") / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def reading(text: str, day: date | None = None, name: str = "x.txt") -> dict[str, Any]:
    """The contract's object for a text; a refusal fails the test."""
    found = read(Document(name, text), date=day)
    assert not isinstance(found, Refused), found
    result: dict[str, Any] = json.loads(found.json())
    return result


def scores(gold: dict[str, Any], predicted: dict[str, Any]) -> dict[tuple[str, str], float]:
    """F1 by kind and criterion."""
    module = scorer()
    predicted = {**predicted, "dates": module.without_vague(predicted["dates"], gold.get("dates", []))}
    return {
        (rule.kind, rule.criterion): module.score(gold.get(rule.kind, []), predicted[rule.kind], rule)[
            0
        ].prf()[2]
        for rule in module.RULES
    }


def tallies(read: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[tuple[str, str], float]:
    """F1 by kind and criterion over several (gold, reading) together; a kind that a gold does not hold is not
    annotated there."""
    module = scorer()
    found = {}
    for rule in module.RULES:
        total = module.Tally()
        for gold, predicted in (pair for pair in read if rule.kind in pair[0]):
            items = predicted[rule.kind]
            if rule.kind == "dates":
                items = module.without_vague(items, gold.get("dates", []))
            total.add(module.score(gold.get(rule.kind, []), items, rule)[0])
        found[rule.kind, rule.criterion] = total.prf()[2]
    return found


def judged(
    gold: dict[str, Any], predicted: dict[str, Any], kind: str, criterion: str
) -> list[tuple[float, bool]]:
    """(confidence, right) of each item of a kind; those that an optional gold item covers are left out."""
    module = scorer()
    rule = next(r for r in module.RULES if (r.kind, r.criterion) == (kind, criterion))
    pairs = {j: i for i, j in module.pair(gold[kind], predicted[kind], rule)}
    free = [g for g in gold[kind] if g.get("optional")]
    rows = []
    for j, item in enumerate(predicted[kind]):
        partner = gold[kind][pairs[j]] if j in pairs else None
        if partner is None and any(rule.measure(g, item) >= 0.3 for g in free):
            continue
        if partner is None or not partner.get("optional"):
            rows.append((item["confidence"], partner is not None and rule.right(partner, item)))
    return rows
