"""Record: seals. (`Correct` holds any other kind of act, so it stands in `travaux.acts.kinds`.)"""

from __future__ import annotations

from travaux.acts.base import Act, Filled


class Seal(Act, tag="seal", frozen=True):
    """A cosigned checkpoint, whole, in `note`: from now on the size it names has a certified time."""

    note: Filled
