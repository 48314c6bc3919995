"""The JSON that commands and the notation give is what the schemas in docs/schema say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings

from tests.acts.strategies import PATIENT, acts
from tests.cases import case
from tests.cli.desk import Desk, desk
from travaux.acts.base import Act
from travaux.acts.fault import Refused
from travaux.acts.vocabulary import kind_of, to_body
from travaux.formats.intake import take_in
from travaux.reader import read

__all__ = ["desk"]

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"
DOCUMENTS = sorted((Path(__file__).parents[1] / "reader" / "documents").glob("*.txt"))
TABLED = """\
act: table
signer: north/delegation
instrument: dredging
type: programme
titles: {en: Dredging programme}
on: 2031-02-01
"""
UNDERTAKEN = """\
act: undertake
signer: north/delegation
measure: dredge
parties: [north]
what: dredge
due: 2099-12-31
on: 2026-02-01
"""


def checker(name: str) -> jsonschema.Draft202012Validator:
    """The validator of one schema, itself checked."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def faults(name: str, answer: Any) -> list[str]:
    """What the schema has against an answer."""
    return [f"{e.json_path}: {e.message}" for e in checker(name).iter_errors(answer)]


def reading_of(file: Path) -> Any:
    taken = take_in(file.name, file.read_bytes())
    assert not isinstance(taken, Refused)
    reading = read(taken)
    assert not isinstance(reading, Refused)
    return json.loads(reading.json())


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda f: f.stem)
def test_a_reading_is_what_its_schema_says(file: Path) -> None:
    assert faults("reading", reading_of(file)) == []


def test_the_readings_of_the_cases_are_what_the_schema_says() -> None:
    files = sorted(case("communiques").glob("*.txt"))
    assert files
    assert {f.name: faults("reading", reading_of(f)) for f in files} == {f.name: [] for f in files}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("quotes", {"speaker": ""}), ("quotes", {"kind": "indirect"}), ("dates", {"value": ""}),
        ("commitments", {"status": "done"}), ("commitments", {"id": "x01"}), ("meetings", {"start": -1}),
        ("positions", {"confidence": 2}), ("quotes", {"continuation": False}),
    ],
)  # fmt: skip
def test_the_schema_of_readings_refuses_what_the_contract_rules_out(
    kind: str, change: dict[str, Any]
) -> None:
    reading = reading_of(next(f for f in DOCUMENTS if f.stem == "joint-statement"))
    whole = {"start": 0, "end": 1, "text": "x", "rule": "a.b", "confidence": 0.5, "id": f"{kind[0]}01"}
    reading[kind] = [{**(reading[kind][0] if reading[kind] else whole), **change}]
    assert faults("reading", reading)


ACT = checker("act")


@given(acts())
@settings(PATIENT, max_examples=25)
def test_an_act_is_what_its_schema_says(act: Act) -> None:
    body = json.loads(msgspec.json.encode({"act": kind_of(act), **to_body(act)}))
    assert ACT.is_valid(body), body


@pytest.mark.parametrize("kind", ["meet", "correct"])
def test_the_schema_of_acts_refuses_an_unknown_field(kind: str) -> None:
    assert not ACT.is_valid({"act": kind, "extra": 1})


@pytest.fixture
def register(desk: Desk) -> str:
    register = desk.found()
    desk.act(register, TABLED)
    return str(register)


def answer(desk: Desk, *args: str, code: int = 0) -> Any:
    return json.loads(desk.run(*args, "--format", "json", code=code).stdout)


def test_log_and_search_are_what_their_schemas_say(desk: Desk, register: str) -> None:
    log = answer(desk, "log", register)
    assert [line["kind"] for line in log][-1] == "table"
    assert faults("log", log) == []
    hits = answer(desk, "search", register, "dredging")
    assert hits and faults("search", hits) == []
    assert faults("log", [{**log[0], "id": 3}]) and faults("search", [{"snippet": ""}])


def test_verify_is_what_its_schema_says(desk: Desk, register: str) -> None:
    checked = answer(desk, "verify", register)
    assert checked["unaltered"] is True and faults("verify", checked) == []
    desk.run("export", register, "copy")
    held = next(p for p in Path("copy").rglob("*") if p.is_file() and b"Dredging" in p.read_bytes())
    held.write_bytes(held.read_bytes().replace(b"Dredging", b"Drudging"))
    broken = answer(desk, "verify", "copy", code=1)
    assert broken["unaltered"] is False and broken["faults"] and faults("verify", broken) == []


def test_receipt_is_what_its_schema_says(desk: Desk, register: str) -> None:
    last = answer(desk, "log", register)[-1]["id"]
    receipt = answer(desk, "receipt", register, last)
    assert receipt["act"] == last and faults("receipt", receipt) == []


def test_brief_is_what_its_schema_says(desk: Desk, register: str) -> None:
    assert faults("brief", answer(desk, "brief", register)) == []


@pytest.mark.parametrize("command", ["measures", "minister", "forecast"])
def test_pages_of_delivery_are_what_their_schemas_say(desk: Desk, register: str, command: str) -> None:
    desk.act(Path(register), UNDERTAKEN)
    more = [] if command == "measures" else ["--party", "north"]
    found = json.loads(desk.run(command, register, *more, "--format", "json").stdout)
    assert faults("outlook" if command == "forecast" else command, found) == []
    assert faults("outlook" if command == "forecast" else command, {}) != []
