"""On what an act stands: performed by its signer, or reported from a source (anchored, or only cited)."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from travaux.acts.when import When

Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", description="a SHA-256 in lower-case hex")]


class Anchored(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True,
    tag_field="kind", tag="anchored",
):  # fmt: skip
    """Reported: exact characters of a document whose bytes are known by hash.

    `start` and `end` count characters (code points, end exclusive) of the document's text. `words` is the
    slice itself, present only where the document may be kept.
    """

    source: Hash
    text: Hash
    start: Annotated[int, Meta(ge=0)]
    end: Annotated[int, Meta(ge=0)]
    slice: Hash
    words: str = ""


class Cited(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True,
    tag_field="kind", tag="cited",
):  # fmt: skip
    """Reported: said to stand in a publication, which this register does not hold."""

    publisher: Annotated[str, Meta(min_length=1)]
    on: When | None = None
    title: str = ""


Basis = Anchored | Cited
