"""Laws of canonical JSON: one value, one byte form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.acts.fault import Refused
from travaux.record.canonical import MAX_INTEGER, encode, parse

KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
LEAVES = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS
VALUES = st.recursive(LEAVES, lambda v: st.lists(v) | st.dictionaries(KEYS, v), max_leaves=12)
OBJECTS = st.dictionaries(KEYS, VALUES)


@given(OBJECTS)
def test_what_is_written_is_read_back(value: dict[str, Any]) -> None:
    data = encode(value)
    assert not isinstance(data, Refused)
    assert parse(data) == value
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert data == plain.encode()


@given(OBJECTS, st.data())
def test_another_form_of_a_value_is_refused(value: dict[str, Any], data: st.DataObject) -> None:
    good = encode(value)
    assert not isinstance(good, Refused)
    at = data.draw(st.integers(0, len(good)))
    other = good[:at] + data.draw(st.sampled_from([b" ", b"\n", b"\\u0041", b"0", b","])) + good[at:]
    found = parse(other)
    assert isinstance(found, Refused) or encode(found) == other


@pytest.mark.parametrize(
    "text",
    ['{"a":1.5}', '{"a":1e3}', '{"a":-0}', '{"a":9007199254740992}', '{"a":NaN}', '{"b":1,"a":2}',
     '{"a":1,"a":1}', '{"a": 1}', "[]", "1", "", '{"A":1}', '{"a":"\\u0041"}', '{"a":"\\u0000"}',
     '{"a":"\\/"}', '{"a":"\\ud800"}', '{"":1}', '{"a":' * 17 + "1" + "}" * 17, '{"a":' + "[" * 100_000],
)  # fmt: skip
def test_forms_that_are_refused(text: str) -> None:
    assert isinstance(parse(text.encode()), Refused)


@pytest.mark.parametrize(
    "value", [{"a": 1.0}, {"a": "\0"}, {"a": 2**53}, {"A": 1}, {"a": "\ud800"}, {"a": {1}}]
)
def test_values_that_cannot_be_written(value: dict[str, Any]) -> None:
    assert isinstance(encode(value), Refused)


def test_brackets_in_a_text_are_no_depth() -> None:
    assert parse(b'{"a":"' + b"[" * 500 + b'\\"{"}') == {"a": "[" * 500 + '"{'}
