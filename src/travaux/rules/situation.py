"""What a rule sees, and what it answers: `Situation` in, `Finding` out. Rules are pure functions between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from travaux.register.fold import AsOf
from travaux.register.ladder import Held, Package
from travaux.rules.sentence import Sentence

if TYPE_CHECKING:
    from travaux.rules.book import Rulebook
    from travaux.rules.level import Level


class Voice(Enum):
    """What a member's stance amounts to at this moment."""

    YES = "yes"
    NO = "no"
    ABSTAINS = "abstains"
    WAITS = "waits"
    """A yes whose conditions do not hold yet, or that its capital has still to confirm."""
    LAPSED = "lapsed"
    """A yes ad referendum that nobody confirmed in time: it counts no more than silence."""
    SILENT = "silent"
    """Nothing said in this round."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A member's voice and the stance behind it (None: said nothing).

    Where the voice waits or has lapsed, `why` says for what, and `change` what would make it count. `by` is
    the member that spoke for it as its proxy, "" where it spoke itself.
    """

    voice: Voice
    held: Held | None = None
    why: tuple[Sentence, ...] = ()
    change: tuple[Sentence, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """One decision on one thing at one level, at one moment.

    `members` are those who decide, in the order of the rules; each has an entry in `heard`. `present` are
    those who take part: at a `meeting`, who spoke there or was there by its record (whose record counts is
    said by the level); in writing (`meeting` is ""), who spoke in this round. `now` carries a zone.
    """

    asof: AsOf
    book: Rulebook
    level: Level
    subject: str
    members: tuple[str, ...]
    heard: Mapping[str, Heard]
    present: frozenset[str]
    now: datetime
    meeting: str = ""
    package: Package | None = None
    categories: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def having(self, *voices: Voice, among: Iterable[str] | None = None) -> tuple[str, ...]:
        """The members (or those of them in `among`) whose voice is one of `voices`, in order."""
        chosen = self.members if among is None else tuple(m for m in self.members if m in set(among))
        return tuple(m for m in chosen if self.heard[m].voice in voices)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule answers: whether it `holds`, and everything a person needs to see why.

    `rule` says what is asked, `reasons` what was found, `missing` whose word is still needed, `change` what
    would turn a no into a yes, `meanings` what each member's stance (absence included) meant here, and
    `parts` the findings of the rules it is made of. `source` is the key of the article in the rulebook.
    """

    holds: bool
    rule: Sentence
    reasons: tuple[Sentence, ...] = ()
    missing: tuple[str, ...] = ()
    change: tuple[Sentence, ...] = ()
    meanings: Mapping[str, Sentence] = field(default_factory=dict)
    parts: tuple[Finding, ...] = ()
    source: str = ""
    unverified: bool = False
