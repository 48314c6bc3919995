"""What the reader reaches on annotated documents never falls again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cases import case
from tests.reader.scoring import HERE, reading, scores, text_of

ENGLISH = {
    ("quotes", "span+speaker"): 0.99,
    ("statements", "span+speaker"): 0.99,
    ("dates", "span+value"): 0.99,
    ("commitments", "span"): 0.95,
    ("commitments", "span+due"): 0.95,
    ("commitments", "span+due+status"): 0.95,
    ("meetings", "span+when"): 0.70,
    ("bodies", "span"): 0.85,
    ("instruments", "span"): 0.75,
    ("refusals", "span"): 0.99,
    ("positions", "span"): 0.50,
}
RUSSIAN = {
    ("quotes", "span+speaker"): 0.99,
    ("statements", "span+speaker"): 0.99,
    ("dates", "span+value"): 0.99,
    ("commitments", "span"): 0.89,
    ("commitments", "span+due"): 0.89,
    ("commitments", "span+due+status"): 0.75,
    ("meetings", "span+when"): 0.70,
}


@pytest.mark.parametrize(
    ("name", "floors"), [("moscow-2021-09-09", ENGLISH), ("moscow-2021-09-09.ru", RUSSIAN)]
)
def test_the_development_case_is_read_at_least_this_well(
    name: str, floors: dict[tuple[str, str], float]
) -> None:
    folder = case("communiques")
    gold = json.loads((folder / f"{name}.gold.json").read_text(encoding="utf-8"))
    found = scores(gold, reading(text_of(folder / f"{name}.txt")))
    assert {k: round(found[k], 3) for k, floor in floors.items() if found[k] < floor} == {}


@pytest.mark.parametrize("name", ["moscow-2021-09-09", "moscow-2021-09-09.ru"])
def test_every_anchor_is_exact_and_every_id_is_unique(name: str) -> None:
    text = text_of(case("communiques") / f"{name}.txt")
    found = reading(text)
    items = [i for v in found.values() if isinstance(v, list) for i in v if isinstance(i, dict)]
    assert all(text[i["start"] : i["end"]] == i["text"] for i in items if "start" in i)
    assert len({i["id"] for i in items}) == len(items)
    for kind, values in found.items():
        if isinstance(values, list) and kind not in ("persons", "parties"):
            assert values == sorted(values, key=lambda i: (i["start"], i["end"]))


DOCUMENTS = sorted((HERE / "documents").glob("*.gold.json"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name.removesuffix(".gold.json"))
def test_documents_of_every_style_are_read(path: Path) -> None:
    """Each invented document's gold is met on the measures that its file names, at the floors it names."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = text_of(path.with_name(path.name.replace(".gold.json", ".txt")))
    found = scores(gold, reading(text))
    floors = {tuple(k.split("|")): v for k, v in gold["floors"].items()}
    assert {k: round(found[k], 3) for k, v in floors.items() if found[k] < v} == {}
