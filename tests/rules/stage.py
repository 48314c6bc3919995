"""A stage for tests of the rules: two or more invented parties, a rulebook, acts one after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.register.registers import act, act_id
from travaux.acts.fault import Refused
from travaux.register.fold import AsOf, Entered, Register
from travaux.rules.book import Rulebook
from travaux.rules.judge import Verdict, judge
from travaux.rules.ready import ready

PARTIES = ("arvia", "tolia", "nuria", "kesia", "moria")
START = date(2031, 3, 1)


def book(text: str) -> Rulebook:
    """The rulebook of a TOML text; a wrong one fails the test."""
    made = Rulebook.parse(text.encode(), "rules")
    assert isinstance(made, Rulebook), [f.line() for f in made.faults]
    return made


def faults(text: str) -> list[str]:
    """``place code`` of every fault of a rulebook; none where it is in order."""
    made = Rulebook.parse(text.encode(), "rules")
    return [f"{f.place} {f.code}" for f in made.faults] if isinstance(made, Refused) else []


def ready_book(name: str) -> Rulebook:
    """A rulebook of the package."""
    data = ready(name)
    assert data is not None, name
    return book(data.decode())


def one_level(rule: str, more: str = "", head: str = "") -> Rulebook:
    """A rulebook of one level, ``board``, that decides by `rule`, an inline table."""
    level = f'[[level]]\nid = "board"\nnames = {{ en = "Board" }}\n{more}\ndecides = {rule}\n'
    return book(f'title = "Test"\n{head}\n{level}')


@dataclass
class Stage:
    """A register under rules: `do` an act (it must be allowed), `refused` (it must not be)."""

    book: Rulebook
    parties: int = 2
    kind: str = "working"
    day: date = START
    quorum: int = 1
    register: Register = field(default_factory=Register)

    def __post_init__(self) -> None:
        founders = [{"id": p, "name": p.title()} for p in PARTIES[: self.parties]]
        self._add(
            act(
                "found", name="Ferry line", kind=self.kind, origin="ferry.example", host="desk",
                keeper="desk", quorum=self.quorum, rules="0" * 64,
                parties=[*founders, {"id": "desk", "name": "Desk"}],
            ),
            "desk",
        )  # fmt: skip

    def asof(self) -> AsOf:
        """The register as it stands."""
        return self.register.as_of()

    def verdict(self, kind: str, party: str, /, cosigners: Any = (), **values: Any) -> Verdict:
        """What the rules say of an act; deeds are dated the stage's day unless they say otherwise."""
        return judge(self.asof(), self._made(kind, values), party, self.book, cosigners)

    def do(self, kind: str, party: str, /, cosigners: Any = (), **values: Any) -> Verdict:
        """Judge an act and fold it; one that is refused fails the test."""
        made = self._made(kind, values)
        verdict = judge(self.asof(), made, party, self.book, cosigners)
        assert verdict.allowed, verdict.say()
        self._add(made, party, cosigners)
        return verdict

    def refused(self, kind: str, party: str, /, **values: Any) -> list[str]:
        """The names of the reasons for which an act is refused, which it must be."""
        verdict = self.verdict(kind, party, **values)
        assert not verdict.allowed, verdict.say()
        assert verdict.faults() and all(f.sentence() for f in verdict.faults())
        return [r.code.removeprefix("rules.") for r in verdict.reasons]

    def later(self, days: int = 1) -> None:
        """Let days pass."""
        self.day += timedelta(days=days)

    def text(self, name: str = "tariff", party: str = "arvia", **values: Any) -> None:
        """Put a text on the table."""
        self.do("table", party, instrument=name, type="agreement", titles={"en": name.title()}, **values)

    def _made(self, kind: str, values: dict[str, Any]) -> Any:
        dated = {} if kind in ("found", "admit", "correct", "seal") else {"on": self.day.isoformat()}
        return act(kind, **{**dated, **values})

    def _add(self, made: Any, party: str, cosigners: tuple[str, ...] = ()) -> None:
        n = len(self.register)
        self.register.add(Entered(n, act_id(n), f"{party}/key", party, made, cosigners=cosigners))
