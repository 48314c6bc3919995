"""Another date for a measure: a procedure with a clock, settings per agreement.

The ready settings are those of the WTO Trade Facilitation Agreement, article 17: asked at least 120 days
before the date; the first time up to 18 months by notice; longer or again, a joint body decides.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Value
from travaux.delivery.spans import months_between


class Extensions(Value, frozen=True):
    """The settings: `ask_days` before the date, `short_months` by notice, how often, who decides else.

    `decides` is "joint" (the joint body, or all parties together) or "parties" (each other party agrees for
    itself). `source` is the article they come from.
    """

    ask_days: Annotated[int, Meta(ge=0)] = 120
    short_months: Annotated[int, Meta(ge=0)] = 18
    notices: Annotated[int, Meta(ge=0)] = 1
    decides: Annotated[str, Meta(pattern=r"^(joint|parties)$")] = "joint"
    answer_days: Annotated[int, Meta(ge=0)] = 90
    source: str = ""


TFA_17 = Extensions(source="WTO Trade Facilitation Agreement, article 17")


class Timing(Enum):
    """When a request was made, against the date it asks to move."""

    IN_TIME = "in_time"
    SHORT_NOTICE = "short_notice"
    AFTER_THE_DATE = "after_the_date"
    NO_DATE = "no_date"


def timing(settings: Extensions, asked: date, due: date | None) -> Timing:
    """Whether a request of the day `asked` keeps the clock. A late one is allowed, and marked so."""
    if due is None:
        return Timing.NO_DATE
    if asked > due:
        return Timing.AFTER_THE_DATE
    return Timing.IN_TIME if asked <= due - timedelta(days=settings.ask_days) else Timing.SHORT_NOTICE


def by_notice(settings: Extensions, due: date | None, to: date | None, given: int, when: Timing) -> bool:
    """True where the owing party may move the date alone: in time, short enough, not more often than allowed.

    `given` counts the notices given before for this measure.
    """
    if due is None or to is None or when is not Timing.IN_TIME or given >= settings.notices:
        return False
    return months_between(due, to) <= settings.short_months
