"""The page on rules: its example is a rulebook, and it lists every rule and every ready rulebook."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from tests.rules.stage import book
from travaux.delivery.extensions import Extensions
from travaux.rules.level import Article, BookFile, Level
from travaux.rules.ready import READY
from travaux.rules.table import Table
from travaux.rules.tree import AnyRule

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")


def test_the_example_is_a_rulebook_and_shows_every_part_of_one() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    made = book(example)
    assert [level.id for level in made.levels] == ["experts", "commission", "presidents"]
    assert made.force is not None and made.tables and made.apart == {"presidents"}
    assert made.sources["custom"].unverified


def test_every_field_of_a_rulebook_stands_before_the_rules() -> None:
    told = PAGE.partition("\n## How a thing moves\n")[0]
    kinds = (BookFile, Level, Article, Table, Extensions)
    fields = {f for kind in kinds for f in kind.__struct_fields__}
    assert sorted(f for f in fields if not re.search(rf"\b{f}\b", told)) == []


def test_every_rule_and_its_fields_stand_in_the_table() -> None:
    table = PAGE.partition("\n## The rules\n")[2].partition("\nAbstaining")[0]
    rows = dict(re.findall(r"^\| (`[a-z_`, ]+`) \|.*?\|([^|]*)\|$", table, re.MULTILINE))
    listed = {name: fields for names, fields in rows.items() for name in re.findall(r"`([a-z_]+)`", names)}
    for rule in get_args(AnyRule):
        tag = str(rule.__struct_config__.tag)
        assert tag in listed, tag
        own = set(rule.__struct_fields__) - {"source", "unverified"}
        assert own <= set(re.findall(r"`([a-z_]+)`", listed[tag])), (tag, own)


def test_every_ready_rulebook_is_listed() -> None:
    assert [name for name in READY if f"| `{name}` |" not in PAGE] == []
