"""Units and brackets of a rolling text as plain data: words by state, options with their sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from travaux.acts.base import Deed
from travaux.text.live import Merge, Reserved, Sheet, mark
from travaux.text.model import Bracket, Option, Position, Run, Text, rebuild
from travaux.text.page import Choice, Parent, Piece, Place, Side
from travaux.text.paths import plain
from travaux.text.progress import Segment, segmented
from travaux.text.rolling import Rolling
from travaux.views.wording import Wording

Levels = Callable[[str], str]


@dataclass(slots=True)
class Maker:
    """Turns one rolling text into pieces, numbering brackets as it goes; nobody is named unless `named`."""

    text: Rolling
    w: Wording
    named: bool
    levels: Levels
    numbers: dict[str, int] = field(default_factory=dict)

    def pieces(self, sheet: Sheet, text: Text, outer: bool) -> tuple[Piece, ...]:
        """Words and brackets of a text of the sheet; `outer` where it is the whole one, not an option."""
        cut = segmented(self.text, sheet) if outer else {}
        found: list[Piece] = []
        for n, piece in enumerate(text):
            if isinstance(piece, Bracket):
                found.append(Piece(place=self.place(sheet, piece)))
            elif outer and n in cut and _same_run(cut[n], piece):
                found += [Piece(s.text, s.state, s.agreement.act if s.agreement else "") for s in cut[n]]
            else:
                found.append(Piece(piece.text, "shared" if outer else "open"))
        return tuple(found)

    def place(self, sheet: Sheet, bracket: Bracket) -> Place:
        """A bracket with its number on the page, what is known of it, and its options."""
        number = self.numbers.setdefault(bracket.id, len(self.numbers) + 1)
        opened = sheet.opened.get(bracket.id, "")
        links = (c for c in self.text.coupled(bracket.id))
        return Place(
            bracket.id,
            number,
            bracket.kind.value,
            self.w.say(f"bracket_{bracket.kind.value}"),
            tuple(self.choice(sheet, bracket, option) for option in bracket.options),
            self.levels(bracket.level),
            bracket.degree.value,
            self.w.say(f"degree_{bracket.degree.value}"),
            bracket.condition,
            self.day(opened),
            opened,
            tuple(dict.fromkeys(b for c in links for b in c.brackets if b != bracket.id)),
        )

    def choice(self, sheet: Sheet, bracket: Bracket, option: Option) -> Choice:
        """An option with its mark, pieces, sides and the words that were merged into it."""
        merged = [m for m in sheet.merges if self.named and _is_merged(sheet, m, bracket, option)]
        parents = tuple(
            Parent(words, tuple(self.w.name(n) for n in names)) for m in merged for words, names in m.parents
        )
        sides = tuple(self.side(p) for p in option.stances) if self.named else ()
        return Choice(mark(option), plain(option), self.pieces(sheet, option.text, False), sides, parents)

    def side(self, position: Position) -> Side:
        """A stance with the name of its party."""
        word = self.w.say(f"stance_{position.stance.value}")
        name = self.w.name(position.party)
        return Side(position.party, name, position.stance.value, word, position.note, position.act)

    def reserved(self, held: Reserved) -> Side:
        """A reservation on a whole unit."""
        note = f"{held.sort}: {held.note}" if held.note else held.sort
        word = self.w.say("stance_scrutiny")
        return Side(held.party, self.w.name(held.party), "scrutiny", word, note, held.act)

    def day(self, act: str) -> str:
        """The day of an act as people read it; "" for an act that is not there."""
        entered = self.w.asof.act(act) if act else None
        return self.w.when(entered.act.on) if entered and isinstance(entered.act, Deed) else ""


def own_text(sheet: Sheet, party: str) -> Text:
    """What `party` would read now: its own options, and brackets where it has taken none."""
    witness = sheet.witness(party)

    def own(bracket: Bracket) -> tuple[Bracket | Run, ...]:
        if witness is None or not witness.speaks(bracket.id):
            return (bracket,)
        held = next((o for o in bracket.options if party in o.parties), None)
        return (bracket,) if held is None else held.text

    return rebuild(sheet.text(), own)


def _same_run(segments: tuple[Segment, ...], run: Run) -> bool:
    return "".join(s.text for s in segments) == run.text


def _is_merged(sheet: Sheet, merge: Merge, bracket: Bracket, option: Option) -> bool:
    witness, bare = sheet.witness(merge.witness), sheet.bracket(bracket.id)
    if witness is None or not witness.speaks(bracket.id):
        return False
    held = next((o for o in bare.options if merge.witness in o.parties), None) if bare else None
    return held is not None and mark(held) == mark(option)
