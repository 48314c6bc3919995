"""The strategies give acts that stand on a record as they are."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings

from tests.acts.strategies import PATIENT, acts, acts_of
from travaux.acts.base import Act
from travaux.acts.vocabulary import decode_body, from_values, kind_of, kinds, to_body


@given(acts())
@settings(PATIENT, max_examples=100)
def test_an_act_goes_through_json_and_back(act: Act) -> None:
    assert decode_body(kind_of(act), msgspec.json.encode(to_body(act))) == act


@given(acts())
@settings(PATIENT)
def test_an_act_is_made_of_its_plain_values(act: Act) -> None:
    assert from_values(kind_of(act), to_body(act)) == act


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_has_acts(kind: str) -> None:
    found: list[Act] = []

    @given(acts_of(kind))
    @settings(PATIENT, max_examples=3)
    def collect(act: Act) -> None:
        found.append(act)

    collect()
    assert found and all(kind_of(act) == kind for act in found)
