"""What would change, and for whom, if an option of a bracket were taken."""

from __future__ import annotations

from dataclasses import dataclass

from travaux.acts.fault import Refused, refused
from travaux.text.live import Sheet, pick
from travaux.text.model import Bracket, Degree, Position, brackets
from travaux.text.paths import find, plain
from travaux.text.rolling import EXCLUSIVE, TOGETHER, Rolling, settle
from travaux.text.settling import Level
from travaux.text.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Effect:
    """For one party: the words of its own that it would give up, those it would get, and its `stances` on the
    option taken. `same` is true where its wording would not change.
    """

    party: str
    gives: str
    gets: str
    stances: tuple[Position, ...]

    @property
    def same(self) -> bool:
        """True where its words stay as they are."""
        return tokenize(self.gives).keys == tokenize(self.gets).keys


@dataclass(frozen=True, slots=True)
class Effects:
    """`parties` in order of name; `also` are the other places the same decision stands in; `closes` brackets
    inside the options not taken; `frees` and `shuts` those that couplings would free, or leave without words.
    """

    parties: tuple[Effect, ...]
    also: tuple[str, ...]
    closes: tuple[str, ...]
    frees: tuple[str, ...]
    shuts: tuple[str, ...]


def effects(rolling: Rolling, bracket: str, option: str) -> Effects | Refused:
    """What taking `option` of `bracket` would do; refused where either is not there."""
    done = settle(rolling, bracket, option, Level("", Degree.WORDS_AGREED), "")
    here = rolling.locate(bracket)
    if isinstance(done, Refused) or here is None:
        return done if isinstance(done, Refused) else refused("text.no_bracket", bracket=bracket)
    unit, lang, found = here
    sheet = rolling.sheet(unit, lang)
    number = pick(found, option)
    assert sheet is not None and number is not None
    before, after = _open(rolling), _open(done)
    also = tuple(b for b in rolling.same(found.id) if b != found.id)
    links = rolling.coupled(found.id)
    return Effects(
        _parties(sheet, found, number),
        also,
        tuple(sorted(before - after - {found.id, *also})),
        tuple(b for c in links if c.sort == TOGETHER for b in c.brackets if b != found.id and b in after),
        tuple(b for c in links if c.sort == EXCLUSIVE for b in c.brackets if b in after)
        if found.options[number].text
        else (),
    )


def _parties(sheet: Sheet, bracket: Bracket, number: int) -> tuple[Effect, ...]:
    dressed = find(sheet.text(), bracket.id)
    assert dressed is not None
    words = plain(dressed.options[number])
    own = {party: plain(option) for option in dressed.options for party in option.parties}
    said: dict[str, list[Position]] = {party: [] for party in own}
    for position in dressed.options[number].stances:
        said.setdefault(position.party, []).append(position)
    return tuple(Effect(party, own.get(party, ""), words, tuple(said[party])) for party in sorted(said))


def _open(rolling: Rolling) -> set[str]:
    return {b.id for _, _, sheet in rolling.sheets() for b in brackets(sheet.tree)}
