"""Record: seals, sealed acts and what opens them, erasure, and the move to another host.

(`Correct` holds any other kind of act, so it stands in `travaux.acts.kinds`.)
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Act, ActId, Filled, Tree
from travaux.acts.basis import Hash
from travaux.acts.when import When


class Seal(Act, tag="seal", frozen=True):
    """A cosigned checkpoint, whole, in `note`: from now on the size it names has a certified time."""

    note: Filled


class MoveHost(Act, tag="move_host", frozen=True):
    """The parties go on with another host: its key `host` signs from here on, on the tree `base`.

    Signed by the root thresholds of at least `quorum` parties and by the new host key. `base` is the tree on
    which the act stands, and no smaller than any that a signing party cosigned. What the old host recorded
    beyond it is a dead branch: kept as evidence, and its authors may issue those acts again.
    """

    host: Filled
    base: Tree
    on: When | None = None
    why: str = ""


class Sealed(Act, tag="sealed", frozen=True):
    """An act whose kind and content are hidden: the record has their commitment, and who may open it.

    It is said now and can be proved later; in the procedure it counts for nothing until it is disclosed.
    Written with the word ``sealed`` in the block of the act that is to be hidden.
    """


class Disclose(Act, tag="disclose", frozen=True):
    """A sealed part is opened to all who may read this act; what it holds counts from here on.

    `discloses` is the act whose part number `part` (from 0) is opened by the file with the hash `opening`,
    which is a document of this act. Only the party that sealed it discloses it.
    """

    discloses: ActId
    opening: Hash
    part: Annotated[int, Meta(ge=0, le=15)] = 0


class Erase(Act, tag="erase", frozen=True):
    """The bytes of a document are taken away, on this copy and on every mirror; its hash stays, and why.

    Signed by every party that has an act which names the document. The rules, a proposed wording
    and what opened a disclosed act are never erased.
    """

    sha256: Hash
    why: Filled
