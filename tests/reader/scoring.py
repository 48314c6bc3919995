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
