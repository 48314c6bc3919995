"""Nothing that a person can type lacks its documentation."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from docs.make import DOCS, WRITTEN, commands, meaning, options

import travaux
from travaux import messages
from travaux.acts.base import Act
from travaux.acts.vocabulary import CLASSES, kinds
from travaux.formats.acts.fields import key_of, lines, parts

COMMANDS = dict(commands())
PAGE = (DOCS / "commands.md").read_text(encoding="utf-8")
ACTS = (DOCS / "acts.md").read_text(encoding="utf-8")
SETTING = re.compile(r"\bTRAVAUX_[A-Z_]*[A-Z]\b")


def section(name: str) -> str:
    """The part of the page of commands that is about one command."""
    found = re.search(rf"^###? travaux {re.escape(name)}\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found, f"docs/commands.md has no section on {name}"
    return found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_words_an_example_and_its_exit_codes(name: str) -> None:
    told = section(name)
    assert (COMMANDS[name].help or "").strip()
    assert re.search(rf"^(?!travaux {name} \[OPTIONS\]).*\btravaux {name}( |$)", told, re.MULTILINE), (
        "no example"
    )
    assert "Exit codes: " in told


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    told = section(name)
    for option in options(COMMANDS[name]):
        assert meaning(option), option.opts
        assert all(f"`{o}`" in told for o in option.opts), option.opts


def test_no_command_is_described_that_does_not_exist() -> None:
    assert set(WRITTEN["commands"]) <= set(COMMANDS)


def test_every_setting_is_documented_and_every_documented_one_is_used() -> None:
    used: set[str] = set()
    for file in Path(travaux.__file__).parent.rglob("*.py"):
        used |= set(SETTING.findall(file.read_text(encoding="utf-8")))
    assert {name for name in WRITTEN["settings"] if name.startswith("TRAVAUX_")} == used
    assert all(f"`{name}`" in PAGE for name in used)


@pytest.mark.parametrize("kind", kinds())
def test_a_kind_has_its_section_and_every_field_its_meaning(kind: str) -> None:
    wanted = CLASSES[kind]
    assert (wanted.__doc__ or "").strip()
    assert f"\n### `{kind}`\n" in ACTS
    assert all(line.meaning and line.form for line in lines(wanted))


@pytest.mark.parametrize("part", parts(), ids=key_of)
def test_a_part_of_acts_has_its_section(part: type) -> None:
    assert (part.__doc__ or "").strip()
    assert all(line.meaning and line.form for line in lines(part))


def test_no_meaning_is_kept_of_a_field_that_does_not_exist() -> None:
    used = {"kind"}
    structs = (*CLASSES.values(), *parts())
    for wanted in structs:
        for name in wanted.__struct_fields__:
            own = f"{key_of(wanted)}.{name}"
            used.add(own if own in messages.area("field") else name)
    used |= {f"{key_of(p)}.kind" for p in parts() if not issubclass(p, Act)}
    assert set(messages.area("field")) <= used


def test_every_group_of_commands_lists_its_commands() -> None:
    for name, command in COMMANDS.items():
        if isinstance(command, click.Group):
            assert all(section(f"{name} {sub}") for sub in command.commands)
