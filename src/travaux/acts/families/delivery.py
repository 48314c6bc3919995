"""Delivery: measures undertaken, and what is said of them."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Deed, Evidence, Filled, NewId, Ref
from travaux.acts.when import When


class Undertake(Deed, tag="undertake", frozen=True):
    """Parties bind themselves to a measure: what, by when (`due`), on what condition.

    `under` names the instrument that holds it. Reported, it is what a source says was agreed.
    """

    measure: NewId
    parties: Annotated[tuple[Ref, ...], Meta(min_length=1)]
    what: Filled
    due: When | None = None
    condition: str = ""
    under: str = ""
    number: str = ""


class Report(Deed, tag="report", frozen=True):
    """A party says where it stands with a measure it owes. A claim: the other parties may answer it."""

    measure: Ref
    claim: Annotated[
        str, Meta(pattern=r"^(not_started|under_way|done|done_in_part|will_not_be_done|not_ours)$")
    ]
    words: str = ""
    evidence: tuple[Evidence, ...] = ()
