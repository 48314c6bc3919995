"""Text: reservations."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Deed, Ref
from travaux.acts.when import When


class Reserve(Deed, tag="reserve", frozen=True):
    """A party reserves its position on an instrument, package or subject.

    `sort` is scrutiny, parliamentary, linguistic or substantive; `until` and `condition` say what would
    lift it. Whether it blocks is for the rules to say.
    """

    subject: Ref
    sort: Annotated[str, Meta(pattern=r"^(scrutiny|parliamentary|linguistic|substantive)$")]
    condition: str = ""
    until: When | None = None
    why: str = ""


class Lift(Deed, tag="lift", frozen=True):
    """A party lifts its reservation on `subject` (of one `sort`, or all of them)."""

    subject: Ref
    sort: str = ""
