"""Who may be given an entry: what is not marked public reaches no stranger, and no party it is not for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.register.registers import act
from travaux.acts.base import Act
from travaux.register.fold import Entered
from travaux.secretariat.door import given_to

PARTIES = ("arvia", "tolia", "nuria", "velmar")
ACT = act(
    "found",
    name="x",
    kind="working",
    origin="ferry.example/x",
    host="h",
    quorum=1,
    rules="0" * 64,
    parties=[],
)
SOME = st.lists(st.sampled_from(PARTIES), max_size=3, unique=True).map(tuple)


def entered(audience: str | tuple[str, ...], party: str, cosigning: tuple[str, ...]) -> Entered[Act]:
    return Entered(0, "0" * 64, f"{party}/key", party, ACT, audience, tuple(f"{p}/key" for p in cosigning))


@given(st.sampled_from(PARTIES), SOME)
def test_a_stranger_is_given_what_is_public_and_nothing_else(party: str, some: tuple[str, ...]) -> None:
    assert given_to(entered("public", party, some), "public")
    assert not given_to(entered("parties", party, some), "public")
    assert not given_to(entered(some, party, some), "public")


@given(st.sampled_from(PARTIES), SOME, SOME, st.sampled_from(PARTIES))
def test_a_party_is_given_what_is_for_it_or_signed_by_it(
    party: str, named: tuple[str, ...], cosigning: tuple[str, ...], reader: str
) -> None:
    for audience in ("public", "parties"):
        assert given_to(entered(audience, party, cosigning), reader)
    assert given_to(entered(named, party, cosigning), reader) == (reader in {party, *named, *cosigning})
