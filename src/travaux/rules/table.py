"""Tables of weights (population, contributions, shares): data with a date and a source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Filled, NewId, Value

Weight = Annotated[float, Meta(ge=0)]


class Table(Value, frozen=True):
    """What each member weighs, in force from the day `since` until a later table of the same `id`.

    `total` is the sum as its source gives it; the weights must add up to it within `rounding`, which is what
    is lost where the source prints rounded figures. `source` is the key of an article.
    """

    id: NewId
    since: date
    unit: Filled
    weights: Annotated[dict[str, Weight], Meta(min_length=1)]
    source: str = ""
    total: Weight | None = None
    rounding: Weight = 0

    def of(self, members: Iterable[str]) -> Fraction:
        """What `members` weigh together, exactly as the figures are written."""
        return sum((Fraction(str(self.weights[m])) for m in members), Fraction(0))

    @property
    def off(self) -> Fraction:
        """By how much the weights miss the total of the source; 0 where none is given."""
        return Fraction(0) if self.total is None else self.of(self.weights) - Fraction(str(self.total))
