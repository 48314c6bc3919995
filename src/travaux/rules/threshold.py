"""Thresholds as rules state them: ``all``, ``2``, ``2/3``, ``55%``, ``>1/2`` (more than a half)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Annotated

from msgspec import Meta

FORM = r"^(all|>?\d+(/[1-9]\d*|(\.\d+)?%)?)$"
Threshold = Annotated[str, Meta(pattern=FORM, description="all, 2, 2/3, 55%, >1/2")]
MaybeThreshold = Annotated[str, Meta(pattern=FORM.replace("^(", "^(|", 1))]
_PARTS = re.compile(r"(?P<over>>?)(?P<number>\d+(?:\.\d+)?)(?:/(?P<under>\d+)|(?P<percent>%))?\Z")


@dataclass(frozen=True, slots=True)
class Bar:
    """A threshold read: a `share` of the base or an absolute number, to be reached, or to be passed."""

    number: Fraction
    share: bool
    passed: bool

    def met(self, count: Fraction | int, base: Fraction | int) -> bool:
        """True where `count` out of `base` reaches the bar; nothing reaches a share of an empty base."""
        if self.share and base == 0:
            return False
        needed = self.number * base if self.share else self.number
        return count > needed if self.passed else count >= needed

    def needed(self, base: int) -> int:
        """The smallest whole number out of `base` that meets it."""
        if self.share and self.number == 1 and not self.passed:
            return base
        exact = self.number * base if self.share else self.number
        whole = -(-exact.numerator // exact.denominator)
        return whole + 1 if self.passed and whole == exact else whole


@lru_cache(maxsize=256)
def bar(text: str) -> Bar:
    """The threshold of `text`, whose form was checked before."""
    if text == "all":
        return Bar(Fraction(1), share=True, passed=False)
    parts = _PARTS.match(text)
    if parts is None:
        raise ValueError(text)
    number = Fraction(parts["number"])
    if parts["under"]:
        number /= int(parts["under"])
    elif parts["percent"]:
        number /= 100
    return Bar(number, share=bool(parts["under"] or parts["percent"]), passed=bool(parts["over"]))
