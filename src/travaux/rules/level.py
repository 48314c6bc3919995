"""What a rulebook is written in: articles, levels, and the file that holds them."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from travaux.acts.base import Filled, Names, NewId, Value
from travaux.delivery.extensions import TFA_17, Extensions
from travaux.rules.table import Table
from travaux.rules.tree import AnyRule

PARTIES: Final = "parties"
Presence = Annotated[str, Meta(pattern=r"^(own|recorded)$")]
Drafting = Annotated[str, Meta(pattern=r"^(open|closed)$")]
End = Annotated[str, Meta(pattern=r"^(adopt|refer)$")]


class Article(Value, frozen=True):
    """Where a rule stands: the `title` of the text, the `article`, an address.

    `unverified` says that no source confirmed it; it is printed with every verdict.
    """

    title: Filled
    article: str = ""
    url: str = ""
    unverified: bool = False
    note: str = ""


class Level(Value, frozen=True):
    """A rung: its `members`, the rule by which they decide, and the level `above` it ("" at the top).

    `members` is ``parties`` (all parties of the register, those admitted later too) or a list of their ids.
    `makes` are the forms a result may take here. `presence` says whose record shows that a member was at a
    meeting: its ``own``, or also what the keeper ``recorded``. `ad_referendum` are the ends for which a
    provisional yes counts: ``refer`` (to send a text up) or ``adopt``. `proxies` is how many absent members
    one member may speak for. A level `apart` stands beside the ladder (a political track): its results move
    nothing. Where `drafting` is ``closed`` no new words are proposed: the level chooses among those on the
    table.
    """

    id: NewId
    names: Names
    decides: AnyRule
    members: str | Annotated[tuple[NewId, ...], Meta(min_length=1)] = PARTIES
    above: str = ""
    makes: tuple[Filled, ...] = ()
    presence: Presence = "own"
    ad_referendum: tuple[End, ...] = ()
    proxies: Annotated[int, Meta(ge=0)] = 0
    drafting: Drafting = "open"
    apart: bool = False
    source: str = ""
    unverified: bool = False


class BookFile(Value, frozen=True):
    """A rulebook as it is written. `force` is the rule of entry into force.

    `extensions` are the settings for moving the date of a measure; left out, they are those of article 17 of
    the WTO Trade Facilitation Agreement.
    """

    title: Filled
    level: Annotated[tuple[Level, ...], Meta(min_length=1)]
    zone: str = "UTC"
    entry: tuple[NewId, ...] = ()
    note: str = ""
    sources: dict[str, Article] = {}  # noqa: RUF012 - msgspec copies the default for each value
    table: tuple[Table, ...] = ()
    force: AnyRule | None = None
    extensions: Extensions = TFA_17
