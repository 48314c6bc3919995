"""The interactive review: one key, one decision. Left at any moment, it goes on from there the next time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import click
from rich.text import Text

from travaux.acts.base import Act
from travaux.acts.fault import Refused
from travaux.cli.editing import edited
from travaux.cli.reading_table import cut
from travaux.cli.review import Review
from travaux.cli.review_screen import Screen
from travaux.messages import say
from travaux.secretariat.matching import Known, Match, about_measure
from travaux.secretariat.proposals import Proposal

Keep = Callable[[Review], None]
Why = Callable[[Proposal], object]


class End(Enum):
    """How a review was left."""

    RECORD = "record"
    LATER = "later"


@dataclass(slots=True)
class Loop:
    """Runs one review on a terminal. `keep` is called after every step; `why` gives what `x` shows."""

    review: Review
    screen: Screen
    known: Known
    keep: Keep
    why: Why
    lang: str = "en"
    note: str = ""

    def run(self) -> End:
        """Review until everything is decided and a person says to record it, or until they leave."""
        console = self.screen.console
        console.set_alt_screen(True)
        try:
            while True:
                proposal = self.review.current
                end = self._finish() if proposal is None else self._one(proposal)
                if end is not None:
                    return end
        except (KeyboardInterrupt, EOFError):
            return End.LATER
        finally:
            console.set_alt_screen(False)
            self.keep(self.review)

    def _one(self, proposal: Proposal) -> End | None:
        matches = self._matches(proposal)
        self.screen.draw(self.review, proposal, matches, self.note)
        self.note = ""
        key = click.getchar()
        if key == "q":
            return End.LATER
        if key.isdigit() and 0 < int(key) <= len(matches):
            self._take(proposal, matches[int(key) - 1])
        elif key in ("\r", "\n", "a"):
            self.review.accept()
        elif (step := self._steps().get(key)) is not None:
            step(proposal)
        else:
            return None
        self.keep(self.review)
        return None

    def _steps(self) -> dict[str, Callable[[Proposal], None]]:
        return {
            "e": self._edit,
            "r": self._reject,
            "u": lambda _: self.review.unclear(),
            "j": self._join,
            "z": lambda _: self._undo(),
            "\x7f": lambda _: self._undo(),
            "x": self._explain,
            "A": lambda _: self._rest(),
            "?": lambda _: self._help(),
        }

    def _matches(self, proposal: Proposal) -> list[Match]:
        """The register's things that this proposal may mean, those already taken or matched left out."""
        known = self.review.matched
        found = self.known.matches((*proposal.needs, *proposal.acts))
        if proposal.kind in ("quotes", "statements"):
            found += self.known.words_on(proposal.text, self.lang)
        return [m for m in found if m.new not in known][:9]

    def _take(self, proposal: Proposal, match: Match) -> None:
        """Take a thing of the register for one of the document; accept a word on a measure as such."""
        if match.what == "word":
            self.review.accept(about_measure(self.review.acts_of(proposal), match.known))
        else:
            self.review.match(match)

    def _undo(self) -> None:
        self.review.undo()

    def _reject(self, _: Proposal) -> None:
        self.review.reject(self._ask(say("confirm.ask_why")))

    def _edit(self, proposal: Proposal) -> None:
        acts = edited(self.review.acts_of(proposal), proposal, self.screen.text, self._again)
        if acts is not None:
            self.review.accept(acts)

    def _again(self, faults: Refused) -> bool:
        """Show what is wrong with an edited act; True to edit it again."""
        self.screen.console.clear()
        for fault in faults.faults:
            self.screen.console.print(Text(fault.line(), style="red"))
        self.screen.console.print(say("confirm.ask_again"))
        return click.getchar() != "q"

    def _join(self, proposal: Proposal) -> None:
        partner = self.review.partner(proposal)
        there = {p.id: p for p in self.review.open if p.id != proposal.id}
        if not there:
            self.note = say("confirm.no_partner")
            return
        nearest = f"{partner.id} “{cut(partner.text, 60)}”" if partner else "–"
        answer = self._ask(say("confirm.ask_join", {"id": nearest})).strip()
        if answer == "n":
            return
        other = there.get(answer) if answer else partner
        if other is None:
            self.note = say("confirm.no_partner")
        else:
            self.review.join(other)

    def _explain(self, proposal: Proposal) -> None:
        self.screen.console.clear()
        self.screen.console.print(self.why(proposal))
        self._wait()

    def _help(self) -> None:
        self.screen.console.clear()
        self.screen.console.print(say("confirm.help"))
        self._wait()

    def _wait(self) -> None:
        self.screen.console.print(Text(f"\n{say('confirm.press')}", style="dim"))
        click.getchar()

    def _rest(self) -> None:
        left = len(self.review.open)
        if self._ask(say("confirm.ask_rest", {"n": left})).strip().lower() in ("y", "yes"):
            for _ in range(left):
                self.review.accept()

    def _finish(self) -> End | None:
        """Everything is decided: record it, take a step back, or leave."""
        acts: list[Act] = self.review.acts()
        self.screen.summary(self.review)
        self.screen.console.print(say("confirm.ask_record", {"n": len(acts)}), style="bold", markup=False)
        key = click.getchar()
        if key in ("y", "Y", "\r", "\n"):
            return End.RECORD
        if key in ("z", "\x7f"):
            self._undo()
            return None
        return End.LATER if key == "q" else None

    def _ask(self, question: str) -> str:
        """One line of answer."""
        self.screen.console.print(Text(f" {question}", style="bold"))
        return input("  ")
