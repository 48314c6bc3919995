"""An invented negotiation of one text by three sides, act by act, and random ones for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.register.registers import FOUND, act, act_id
from travaux.acts.base import Act
from travaux.register.fold import Entered, Register, fold
from travaux.register.wording import rolling
from travaux.text.live import pick
from travaux.text.model import brackets
from travaux.text.paths import plain
from travaux.text.rolling import Rolling

SIDES = ("arvia", "tolia", "nuria")
PLANS: dict[str, Any] = {
    **FOUND,
    "kind": "working",
    "parties": [{"id": p, "name": p.title()} for p in (*SIDES, "kessia")],
}
FARES = "The parties shall publish the annual table of fares every spring."
NIGHT = "Ferries run daily."


class Talks:
    """A register that takes acts on one instrument, ``dues``, one a day unless told otherwise."""

    def __init__(self, **founding: Any) -> None:
        self.entries: list[Entered[Act]] = []
        self.add("found", "desk", **{**PLANS, **founding})
        self.add("table", "arvia", instrument="dues", type="agreement", titles={"en": "Dues"})

    def add(self, kind: str, party: str, /, **values: Any) -> Entered[Act]:
        """One more act, signed by `party`, on the next day of March 2031 unless `on` says otherwise."""
        n = len(self.entries)
        dated = {} if kind in ("found", "correct", "admit") else {"on": f"2031-03-{n + 1:02}"}
        made = Entered(n, act_id(n), f"{party}/key", party, act(kind, **{**dated, **values}))
        self.entries.append(made)
        return made

    def propose(self, party: str, words: str, unit: str = "art-1", **more: Any) -> Entered[Act]:
        """A wording of a unit, in English unless told otherwise."""
        return self.add(
            "propose", party, **{"instrument": "dues", "unit": unit, "lang": "en", "words": words, **more}
        )

    def on(self, kind: str, party: str, option: str | None, among: str = "", **more: Any) -> Entered[Act]:
        """An act on the bracket that has the option `among` (or `option` itself)."""
        named = {} if option is None else {"option": option}
        found = self.bracket(among or option or "")
        return self.add(kind, party, **{"instrument": "dues", "bracket": found, **named, **more})

    def bracket(self, option: str) -> str:
        """The id of the open bracket that has such an option."""
        return next(
            b.id for _, _, s in self.text().sheets() for b in brackets(s.tree) if pick(b, option) is not None
        )

    def register(self) -> Register:
        """All of it, folded."""
        return fold(self.entries)

    def text(self, on: str = "") -> Rolling:
        """The text of the instrument as it stands."""
        return rolling(self.register().as_of(), "dues")


def talks() -> Talks:
    """Three wordings of one provision, a second provision with an insertion."""
    made = Talks()
    made.propose("arvia", FARES)
    made.propose("tolia", FARES.replace("shall", "should"))
    made.propose("nuria", FARES.replace("shall", "may").replace("fares", "fares and of tolls"))
    made.propose("desk", NIGHT, "art-2")
    made.propose("nuria", "Ferries run daily and at night.", "art-2")
    return made


WORDS = st.sampled_from(
    [
        FARES,
        FARES.replace("shall", "should"),
        FARES.replace("every spring", "each year in March"),
        FARES.replace("annual ", ""),
        "Nobody publishes anything.",
        "",
    ]
)


@st.composite
def negotiations(draw: st.DrawFn, most: int = 12) -> Talks:
    """Random acts of three sides and the desk on two units; each names what is there when it is done."""
    made = Talks()
    made.propose("arvia", FARES)
    for _ in range(draw(st.integers(1, most))):
        _step(draw, made)
    return made


def _step(draw: st.DrawFn, made: Talks) -> None:
    party = draw(st.sampled_from(SIDES))
    sort = draw(
        st.sampled_from(["propose", "propose", "support", "oppose", "reserve", "settle", "move", "merge"])
    )
    text = made.text()
    found = [b for _, _, s in text.sheets() for b in brackets(s.tree)]
    if sort == "move" and len(text.provisions) > 1:
        made.propose(party, "", "art-2", operation="move", place={"after": ""})
        made.add("settle", party, instrument="dues", at="board", unit="art-2", place={})
        return
    if sort == "propose" or not found:
        made.propose(party, draw(WORDS), draw(st.sampled_from(["art-1", "art-2"])))
        return
    bracket = draw(st.sampled_from(found))
    option = plain(draw(st.sampled_from(bracket.options)))
    names: dict[str, Any] = {"instrument": "dues", "bracket": bracket.id}
    match sort:
        case "support":
            stance = draw(st.sampled_from(["supports", "no_objection"]))
            made.add("support", party, option=option, stance=stance, **names)
        case "oppose":
            made.add("oppose", party, option=option, **names)
        case "settle":
            made.add("settle", party, option=option, at="board", **names)
        case "merge":
            made.add("streamline", "desk", options=[option], words="will perhaps", **names)
        case _:
            made.add("reserve", party, subject="dues", bracket=bracket.id, sort="scrutiny")
