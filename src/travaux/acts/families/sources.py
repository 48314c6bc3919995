"""Sources: documents, and what people and parties say in them."""

from __future__ import annotations

from travaux.acts.base import Claim, Deed, Document, Filled, NewId, Ref
from travaux.acts.when import When


class Cite(Deed, tag="cite", frozen=True):
    """A document becomes a source of this register, by its hash or only by its description."""

    id: NewId
    document: Document


class State(Deed, tag="state", frozen=True):
    """A person's (or body's) words: quoted, or reported in other words.

    `words` are ours where the source is only cited; where it is anchored, the words are the slice itself.
    `announces` marks a promise nobody else is on record as sharing; `due` is its date. `claim` holds a
    figure of fulfilment.
    """

    person: str = ""
    words: str = ""
    direct: bool = False
    announces: bool = False
    due: When | None = None
    claim: Claim | None = None


class TakePosition(Deed, tag="take_position", frozen=True):
    """A party's position on a subject, in plain words, through a speaker where one is known."""

    subject: Ref
    stance: Filled
    person: str = ""
    why: str = ""


class Refuse(Deed, tag="refuse", frozen=True):
    """A party says it will not do something."""

    what: Filled
    person: str = ""
    why: str = ""


class Deny(Deed, tag="deny", frozen=True):
    """A party or person says that something said of them is not so."""

    what: Filled
    person: str = ""
    why: str = ""
