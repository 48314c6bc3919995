"""What every act has in common, and the small field types that the kinds share."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from travaux.acts.basis import Basis, Hash
from travaux.acts.when import When

NewId = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9.-]{0,79}$",
        description="an id: lower-case letters, digits, dots and dashes",
    ),
]
Ref = Annotated[str, Meta(min_length=1, max_length=80, description="the id of a thing already introduced")]
ActId = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", description="the id of an act on this record")]
Lang = Annotated[
    str, Meta(pattern=r"^[a-z]{2,3}$", description="a language by its ISO 639 code, in lower case")
]
Filled = Annotated[str, Meta(min_length=1)]
Names = dict[Lang, Filled]


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of an act that has fields of its own."""


class Act(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="act"
):
    """One thing that is said on the record. `note` is free text and never has an effect."""

    note: str = ""


class Deed(Act, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="act"):
    """An act that happens in the world, by someone, on a date.

    `on` is when it happened (not when it was recorded). `actor` is the party, body or person who did it;
    left out, it is the party that signs. `basis` left out means performed: the signer's own act. With a
    `basis` it is reported, and never counts as anybody's consent. `also` names further sources of the same
    fact. `subject` is what it is about.
    """

    on: When
    actor: str = ""
    subject: str = ""
    basis: Basis | None = None
    also: tuple[Basis, ...] = ()

    @property
    def reported(self) -> bool:
        """True when the act is what a source says, not what the signer does."""
        return self.basis is not None


class Founder(Value, frozen=True):
    """A party at the founding: `roots` are vkeys that found, admit and accredit; `threshold` of them sign.

    A party without roots never signs and is in no quorum (the states of an observed register).
    """

    id: NewId
    name: Filled
    roots: tuple[str, ...] = ()
    threshold: Annotated[int, Meta(ge=0)] = 0
    names: Names = {}


class Key(Value, frozen=True):
    """A key put in force: `role` is delegation, keeper or witness; `kinds` what it may sign (``*``: all)."""

    vkey: Filled
    role: Annotated[str, Meta(pattern=r"^(delegation|keeper|witness)$")]
    kinds: tuple[str, ...] = ()


class Tree(Value, frozen=True):
    """A tree of entries: how many, and the root they make, in base64."""

    size: Annotated[int, Meta(ge=0)]
    root: Filled


class Office(Value, frozen=True):
    """An office a person holds: its title, the party or body it belongs to, and when."""

    title: Filled
    of: Ref
    during: When | None = None


class Point(Value, frozen=True):
    """An open point that goes with a referral: what it is, and each side's words on it."""

    matter: Filled
    words: dict[str, str] = {}


class Document(Value, frozen=True):
    """A document by its hash, or only by its description where the bytes are not known."""

    publisher: Filled
    title: str = ""
    on: When | None = None
    lang: str = ""
    sha256: Hash | None = None
    text: Hash | None = None


class Claim(Value, frozen=True):
    """A figure of fulfilment that somebody gives in public: kept as said, beside the computed one.

    `figure` is in the speaker's form ("46", "70-80", "about 90"); `unit` says of what; `base` is the total
    the speaker named, if any.
    """

    of: Ref
    figure: Filled
    unit: Annotated[str, Meta(pattern=r"^(percent|measures|programmes|share)$")] = "percent"
    base: int | None = None


class Evidence(Value, frozen=True):
    """A proof that a report names: what it is, and where or by which hash it can be found again."""

    what: Filled
    sha256: Hash | None = None
    address: str = ""
    seen: When | None = None
    lang: str = ""
