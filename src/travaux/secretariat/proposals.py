"""What the reader found, as acts a person may accept.

The reader's output (``docs/schema/reading.schema.json``) goes in, proposals come out. Every act of a proposal
is anchored in the document; nothing here is recorded. Which kind becomes which act:

=============================  =====================================================================
quotes, statements             ``state``
meetings                       ``meet`` (held), ``convene`` (planned), ``convene`` + ``cancel``
commitments                    agreed, conditional: ``undertake``; declared: ``state`` that announces;
                               deferred: ``take_position`` "not now"; refused: ``refuse``
positions · refusals           ``take_position`` · ``refuse``
instruments, bodies, persons   ``table`` · ``introduce``, or the one the register knows
dates                          none: they are fields of the others
=============================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from travaux.acts.base import Act
from travaux.acts.basis import Anchored
from travaux.acts.fault import Refused, refused
from travaux.acts.kinds import (
    Cancel,
    Convene,
    Introduce,
    Meet,
    Refuse,
    State,
    Table,
    TakePosition,
    Undertake,
)
from travaux.acts.when import When
from travaux.register.fold import AsOf
from travaux.secretariat.documents import Held
from travaux.secretariat.naming import Named, Naming
from travaux.secretariat.titles import general_title, meeting_title

Item = Mapping[str, Any]
_KEPT_WORDS = 6000  # characters: an entry has 16 KiB, and a longer slice stays in the document

_LIKE_A_NAME = 5  # words


@dataclass(frozen=True, slots=True)
class Proposal:
    """One item of a reading: where it stands, what it would record, and what must be introduced first."""

    id: str
    kind: str
    start: int
    end: int
    text: str
    rule: str
    confidence: float
    acts: tuple[Act, ...]
    needs: tuple[Act, ...]
    fields: Item


@dataclass(slots=True)
class Proposing:
    """Builds the proposals of one document for one register."""

    register: AsOf
    reading: Mapping[str, Any]
    held: Held
    keep_words: bool
    on: When
    naming: Naming

    def proposals(self) -> list[Proposal]:
        """All proposals, in the order of the document; what the register already holds is left out."""
        found: list[Proposal] = []
        for kind, build in self._builders().items():
            found += [self._proposal(kind, item, build) for item in self.reading[kind]]
        known = {
            (a.start, a.end, type(e.act))
            for e in self.register.every()
            if isinstance(a := getattr(e.act, "basis", None), Anchored) and a.text == self.held.text_sha256
        }
        return sorted(
            (p for p in found if p.acts and not all((p.start, p.end, type(a)) in known for a in p.acts)),
            key=lambda p: (p.start, p.end, p.id),
        )

    def _builders(self) -> dict[str, Callable[[Item], tuple[list[Act], list[Named]]]]:
        return {
            "quotes": self._statement,
            "statements": self._statement,
            "meetings": self._meeting,
            "bodies": self._body,
            "instruments": self._instrument,
            "commitments": self._commitment,
            "positions": self._position,
            "refusals": self._refusal,
        }

    def _proposal(
        self, kind: str, item: Item, build: Callable[[Item], tuple[list[Act], list[Named]]]
    ) -> Proposal:
        acts, named = build(item)
        needs: list[Act] = []
        for thing in named:
            needs += [a for a in thing.introduction if a not in needs and a not in acts]
        return Proposal(
            item["id"],
            kind,
            item["start"],
            item["end"],
            item["text"],
            item["rule"],
            item["confidence"],
            tuple(acts),
            tuple(needs),
            item,
        )

    # --- one builder a kind ---------------------------------------------------------------------------

    def _statement(self, item: Item) -> tuple[list[Act], list[Named]]:
        basis, direct = self._anchor(item), item["kind"] != "indirect"
        names = str(item["speaker"]).split("; ") if item["speaker"] else []
        if not names:
            return [State(on=self.on, basis=basis, direct=direct)], []
        spoken = [self._speaker(name, basis) for name in names]
        acts: list[Act] = [
            State(on=self.on, basis=basis, direct=direct, person=person.id, actor=side.id)
            for person, side in spoken
        ]
        return acts, [*(person for person, _ in spoken), *(side for _, side in spoken)]

    def _meeting(self, item: Item) -> tuple[list[Act], list[Named]]:
        basis, status = self._anchor(item), item["status"]
        if status == "event":
            return [], []
        who = [self._participant(name, basis) for name in item["who"]]
        common: dict[str, Any] = {
            "meeting": self._fresh(item, "meeting"), "title": self._title(item), "where": item["where"] or "",
            "who": tuple(dict.fromkeys(w.id for w in who)), "basis": basis,
        }  # fmt: skip
        if status == "held":
            return [Meet(on=self._held_on(item), **common)], who
        planned = _when(item["when"]) or _when(f"from {self.on.first.isoformat()}") or self.on
        acts: list[Act] = [Convene(on=self.on, planned=planned, **common)]
        if status == "cancelled":
            acts.append(Cancel(on=self.on, meeting=common["meeting"], basis=basis))
        return acts, who

    def _body(self, item: Item) -> tuple[list[Act], list[Named]]:
        named = self.naming.body(item["text"], self._anchor(item))
        return list(named.introduction), []

    def _instrument(self, item: Item) -> tuple[list[Act], list[Named]]:
        title = " ".join(str(item["text"]).split())
        named = self.naming.instrument(title, item["kind"], self._anchor(item), item.get("count"))
        return list(named.introduction), []

    def _commitment(self, item: Item) -> tuple[list[Act], list[Named]]:
        basis = self._anchor(item)
        sides = [self.naming.party(name, basis) for name in item["parties"]]
        due, status = _when(item["due"], by=True), item["status"]
        if status in ("agreed", "conditional") and sides:
            act = Undertake(
                on=self.on, basis=basis, measure=self._fresh(item, "measure"), due=due,
                parties=tuple(s.id for s in sides), what=self._words(item),
                condition=self._short(item["condition"], item),
            )  # fmt: skip
            return [act], sides
        if status in ("agreed", "conditional", "declared"):
            actor = sides[0].id if len(sides) == 1 else ""
            return [State(on=self.on, basis=basis, actor=actor, announces=True, due=due)], sides
        if self._told_otherwise(item):
            return [], []
        if status == "refused":
            return [Refuse(on=self.on, basis=basis, actor=s.id, what=self._words(item)) for s in sides], sides
        subject = self.naming.subject(self._words(item), basis)
        return [
            TakePosition(on=self.on, basis=basis, actor=s.id, subject=subject.id, stance="not now")
            for s in sides
        ], [*sides, subject]

    def _position(self, item: Item) -> tuple[list[Act], list[Named]]:
        basis = self._anchor(item)
        side = self.naming.party(item["party"], basis) if item["party"] else Named("")
        subject = self.naming.subject(self._short(item["subject"], item) or self._words(item), basis)
        person, of = self._speaker(item["speaker"], basis)
        side = side if side.id or person.id else of
        act = TakePosition(
            on=self.on, basis=basis, actor=side.id, subject=subject.id, stance=item["stance"] or "unclear",
            person=person.id,
        )  # fmt: skip
        return [act], [side, subject, person]

    def _refusal(self, item: Item) -> tuple[list[Act], list[Named]]:
        basis = self._anchor(item)
        side = self.naming.party(item["party"], basis) if item["party"] else Named("")
        person, of = self._speaker(item["speaker"], basis)
        side = side if side.id or person.id else of
        act = Refuse(
            on=self.on, basis=basis, actor=side.id, person=person.id,
            what=self._short(item["what"], item) or self._words(item),
            why=self._short(item.get("reason"), item),
        )  # fmt: skip
        return [act], [side, person]

    # --- parts ------------------------------------------------------------------------------------------

    def _anchor(self, item: Item) -> Anchored:
        return self.held.anchor(item["start"], item["end"], words=self.keep_words)

    def _title(self, item: Item) -> str:
        """What a meeting is called, never a whole clause; where words may not be kept, at most a name."""
        title = meeting_title(str(item["text"]), item["where"] or "")
        kept = title if self.keep_words or len(title.split()) <= _LIKE_A_NAME else ""
        return kept or general_title(self.naming.lang)

    def _words(self, item: Item) -> str:
        return " ".join(str(item["text"]).split())[:_KEPT_WORDS] if self.keep_words else self.held.place(item)

    def _short(self, words: str | None, item: Item) -> str:
        """A part of the item's words; where they may not be kept, only what is no longer than a name."""
        told = " ".join((words or "").split())
        return told if self.keep_words or len(told.split()) <= _LIKE_A_NAME else self.held.place(item)

    def _fresh(self, item: Item, sort: str) -> str:
        """A new id; made of the words only where they may be kept."""
        return self.naming.fresh(str(item["text"]) if self.keep_words else sort)

    def _person(self, name: str, basis: Anchored) -> Named:
        known = next((p for p in self.reading["persons"] if p["name"] == name), None)
        if known is None:
            return self.naming.person(name, basis)
        return self.naming.person(name, basis, known["role"] or "", known["party"] or "")

    def _speaker(self, name: str | None, basis: Anchored) -> tuple[Named, Named]:
        """The person who speaks and the side; where the name is that of a party or body, the side alone."""
        if not name:
            return Named(""), Named("")
        itself = None if self._a_person(name) else self.naming.side(name)
        return (Named(""), itself) if itself else (self._person(name, basis), self._side(name, basis))

    def _a_person(self, name: str) -> bool:
        return any(p["name"] == name for p in self.reading["persons"])

    def _side(self, name: str, basis: Anchored) -> Named:
        known = next((p for p in self.reading["persons"] if p["name"] == name), None)
        return self.naming.party(known["party"], basis) if known and known["party"] else Named("")

    def _participant(self, name: str, basis: Anchored) -> Named:
        if self._a_person(name):
            return self._person(name, basis)
        return self.naming.side(name) or self.naming.party(name, basis)

    def _held_on(self, item: Item) -> When:
        return _when(item["when"]) or _when(f"by {self.on.last.isoformat()}") or self.on

    def _told_otherwise(self, item: Item) -> bool:
        """A deferred or refused commitment that also stands among positions or refusals is recorded there."""
        others = self.reading["refusals"] if item["status"] == "refused" else self.reading["positions"]
        return any(o["start"] < item["end"] and item["start"] < o["end"] for o in others)


def propose(
    register: AsOf, reading: Mapping[str, Any], held: Held, *, keep_words: bool = True, on: When | None = None
) -> list[Proposal] | Refused:
    """The proposals of one reading. `on` is the document's date where the reader found none; else refused."""
    stated = reading["doc"]["date"]
    day = on or (_when(stated) if stated else None)
    if day is None:
        return refused("confirm.no_date", file=reading["doc"]["file"])
    naming = Naming(register, reading["doc"]["lang"], day)
    return Proposing(register, reading, held, keep_words, day, naming).proposals()


def in_order(proposals: Iterable[Proposal]) -> list[Act]:
    """The acts of `proposals` in the order of the document, each introduction once, before its first use."""
    acts: list[Act] = []
    introduced: set[str] = set()
    for proposal in sorted(proposals, key=lambda p: (p.start, p.end, p.id)):
        for act in (*proposal.needs, *proposal.acts):
            new = introduces(act)
            if act not in acts and (new is None or new not in introduced):
                acts.append(act)
            if new is not None:
                introduced.add(new)
    return acts


def introduces(act: Act) -> str | None:
    """The id that an act gives to a person, body, party, subject or instrument; None for other acts."""
    match act:
        case Introduce():
            return act.id
        case Table():
            return act.instrument
        case _:
            return None


def _when(value: str | None, *, by: bool = False) -> When | None:
    """A `When` from the reader's ISO value; None where there is none or it is no calendar date."""
    if not value:
        return None
    when = When.parse(value)
    if isinstance(when, Refused):
        return None
    if by and when.exact:
        bound = When.parse(f"by {value}")
        return when if isinstance(bound, Refused) else bound
    return when
