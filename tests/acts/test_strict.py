"""Strict decoding: nothing unknown passes, and every fault has its place."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.acts.strategies import PATIENT, acts
from travaux.acts.base import Act
from travaux.acts.check import misfits
from travaux.acts.fault import Refused
from travaux.acts.vocabulary import CLASSES, decode_body, family_of, from_values, kind_of, kinds, to_body

PERSON = {"what": "person", "id": "a", "names": {"en": "A"}, "on": "2031"}
DAY = {"on": "2031-03-03"}
TABLE = {"instrument": "a", "type": "x", "titles": {}, **DAY}
FIX = {"corrects": "0" * 64, "why": "x"}
WRONG: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("introduse", {}, "$", "act.unknown_kind_near"),
    ("xyzzy", {}, "$", "act.unknown_kind"),
    ("introduce", {**PERSON, "nmaes": {}}, "$.nmaes", "act.unknown_field_near"),
    ("introduce", {**PERSON, "qqqq": ""}, "$.qqqq", "act.unknown_field"),
    ("introduce", {"what": "person", "id": "a", "on": "2031"}, "$", "act.missing_field"),
    ("introduce", {**PERSON, "what": "persom"}, "$.what", "act.choice_near"),
    ("introduce", {**PERSON, "what": "qqqq"}, "$.what", "act.choice"),
    ("introduce", {**PERSON, "id": "A B"}, "$.id", "act.form"),
    ("introduce", {**PERSON, "names": {"EN": "A"}}, "$.names.EN", "act.form"),
    ("introduce", {**PERSON, "names": {"en": ""}}, "$.names.en", "act.empty"),
    ("introduce", {**PERSON, "names": "A"}, "$.names", "act.not_fields"),
    ("introduce", {**PERSON, "aliases": "A"}, "$.aliases", "act.not_list"),
    ("introduce", {**PERSON, "aliases": ["A", ["B"]]}, "$.aliases[1]", "act.not_value"),
    ("introduce", {**PERSON, "offices": ["A"]}, "$.offices[0]", "act.not_fields"),
    ("introduce", {**PERSON, "offices": [{"title": "x"}]}, "$.offices[0]", "act.missing_field"),
    ("introduce", {**PERSON, "on": "2031-02-30"}, "$.on", "when.form"),
    ("introduce", {**PERSON, "on": "2031-03-02/2031-03-01"}, "$.on", "when.order"),
    ("introduce", {**PERSON, "basis": {"kind": "heard"}}, "$.basis.kind", "act.choice"),
    ("introduce", {**PERSON, "basis": {"publisher": "x"}}, "$.basis", "act.missing_field"),
    ("introduce", {**PERSON, "basis": {"kind": "cited"}}, "$.basis", "act.missing_field"),
    ("introduce", {**PERSON, "basis": "BelTA"}, "$.basis", "act.not_fields"),
    ("table", {**TABLE, "count": "many"}, "$.count", "act.number"),
    ("table", {**TABLE, "count": "0"}, "$.count", "act.number"),
    ("adopt", {"subject": "a", "at": "b", "legal_review": "yes", **DAY}, "$.legal_review", "act.truth"),
    ("seal", {}, "$", "act.missing_field"),
    ("accredit", {"keys": []}, "$.keys", "act.few"),
    ("correct", {**FIX, "why": ""}, "$.why", "act.empty"),
    ("correct", {**FIX, "instead": {"act": "mete"}}, "$.instead.act", "act.choice_near"),
    ("correct", {**FIX, "instead": {"act": "meet", **DAY}}, "$.instead", "act.missing_field"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "values", "place", "code"), WRONG)
def test_what_does_not_fit_is_named_with_its_place(
    kind: str, values: dict[str, Any], place: str, code: str
) -> None:
    assert [(str(m.fault.place), m.fault.code) for m in misfits(kind, values)] == [(place, code)]
    assert isinstance(from_values(kind, values), Refused)
    assert isinstance(decode_body(kind, msgspec.json.encode(values)), Refused)


def test_all_faults_are_found_at_once() -> None:
    values = {"what": "thing", "id": "A", "names": {"e": "A", "en": ""}, "x": "1", "offices": [{"of": ""}, 1]}
    places = [str(m.fault.place) for m in misfits("introduce", values)]
    assert places == [
        "$.what", "$.id", "$.names.e", "$.names.en", "$.x",
        "$.offices[0].of", "$.offices[0]", "$.offices[1]", "$",
    ]  # fmt: skip


@given(acts())
@settings(PATIENT)
def test_an_act_has_no_misfit(act: Act) -> None:
    assert misfits(kind_of(act), to_body(act)) == ()


_FIELDS = st.sampled_from(
    sorted({f for c in CLASSES.values() for f in c.__struct_fields__} | {"act", "kind", "en"})
)
_VALUES = st.recursive(
    st.text(max_size=5)
    | st.sampled_from(["2031", "true", "1", "en", "cited", "meet"])
    | st.integers()
    | st.none(),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(_FIELDS | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(kinds()), st.dictionaries(_FIELDS, _VALUES, max_size=6))
@settings(PATIENT)
def test_values_are_an_act_or_have_misfits(kind: str, values: dict[str, Any]) -> None:
    found = misfits(kind, values)
    assert isinstance(from_values(kind, values), Refused) == bool(found)
    assert all(m.fault.sentence() for m in found)


@given(acts(), st.data())
@settings(PATIENT)
def test_a_field_put_in_or_taken_out_is_noticed(act: Act, data: st.DataObject) -> None:
    body = to_body(act)
    required = [f.name for f in msgspec.structs.fields(type(act)) if f.required]
    for lost in (data.draw(st.sampled_from(required)),) if required else ():
        without = {k: v for k, v in body.items() if k != lost}
        assert isinstance(decode_body(kind_of(act), msgspec.json.encode(without)), Refused)
    assert isinstance(decode_body(kind_of(act), msgspec.json.encode({**body, "extra": 1})), Refused)


@given(st.sampled_from(kinds()), st.binary(max_size=100))
@settings(PATIENT)
def test_any_bytes_are_a_body_or_a_fault(kind: str, data: bytes) -> None:
    got = decode_body(kind, data)
    assert isinstance(got, (Act, Refused))


def test_a_body_nested_without_end_is_a_fault() -> None:
    assert isinstance(decode_body("introduce", b"[" * 1_000_000), Refused)
    assert isinstance(decode_body("correct", b'{"instead":' * 100_000), Refused)


def test_the_list_of_kinds_is_closed_and_each_has_one_family() -> None:
    assert sorted(kinds()) == sorted(CLASSES) and len(set(kinds())) == len(kinds())
    assert all(family_of(kind) for kind in kinds())


def test_no_field_bears_the_name_of_a_word_of_the_envelope() -> None:
    used = {name for c in CLASSES.values() for name in c.__struct_fields__}
    assert not used & {"act", "signer", "audience", "with"}
