"""Constitution: who the parties are, which keys are in force, which rules hold, what things are called."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Act, Deed, Filled, Founder, Key, Lang, Names, NewId, Office, Ref
from travaux.acts.basis import Hash


class Found(Act, tag="found", frozen=True):
    """The founding act, entry 0: who the parties are, who hosts the record, which rules hold.

    `quorum` is the number of parties whose cosignature makes a checkpoint certain. `rules` is the hash of
    the rules of procedure, a blob. In an observed register `keeper` names the office that compiles it.
    """

    name: Filled
    kind: Annotated[str, Meta(pattern=r"^(working|observed)$")]
    origin: Filled
    host: Filled
    parties: tuple[Founder, ...]
    quorum: Annotated[int, Meta(ge=1)]
    rules: Hash
    languages: tuple[Lang, ...] = ()
    keeper: str = ""


class Admit(Act, tag="admit", frozen=True):
    """A further party joins the register, with the roots it will sign by."""

    party: Founder


class Accredit(Act, tag="accredit", frozen=True):
    """A party puts keys of its delegation, keeper or witness in force; by its root threshold."""

    keys: Annotated[tuple[Key, ...], Meta(min_length=1)]


class Recall(Act, tag="recall", frozen=True):
    """Keys (``name+id``) are taken out of force; acts from log index `since` on are contested."""

    keys: Annotated[tuple[Filled, ...], Meta(min_length=1)]
    since: Annotated[int, Meta(ge=0)] | None = None
    why: str = ""


class Roots(Act, tag="roots", frozen=True):
    """A party replaces its root keys; signed by the old and by the new threshold."""

    roots: Annotated[tuple[Filled, ...], Meta(min_length=1)]
    threshold: Annotated[int, Meta(ge=1)]


class AmendRules(Deed, tag="amend_rules", frozen=True):
    """The parties replace the rules of procedure; `rules` is the hash of the new text, a blob."""

    rules: Hash
    why: str = ""


class Introduce(Deed, tag="introduce", frozen=True):
    """A person, body or subject gets an id and its names, which hold from `on`; or an update of them.

    A body may name its `members` (parties) and whether it stands `within` another; a renamed or replaced
    one names its `successor`. A person holds `offices`.
    """

    what: Annotated[str, Meta(pattern=r"^(person|body|party|subject)$")]
    id: NewId
    names: Names
    aliases: tuple[Filled, ...] = ()
    offices: tuple[Office, ...] = ()
    members: tuple[Ref, ...] = ()
    within: str = ""
    successor: str = ""
