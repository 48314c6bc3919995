"""Record: seals, and the move to another host. (`Correct` holds any other kind of act, so it stands in
`travaux.acts.kinds`.)
"""

from __future__ import annotations

from travaux.acts.base import Act, Filled, Tree
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
