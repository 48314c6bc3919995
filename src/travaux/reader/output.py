"""From what the rules found to the items of the contract: true offsets, order, ids, confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar

from msgspec.structs import force_setattr, replace

from travaux.reader.commitments import Promise
from travaux.reader.confidence import of_rule
from travaux.reader.dates import Dates, Timed
from travaux.reader.happenings import Met
from travaux.reader.instruments import Drawn
from travaux.reader.items import (
    BodyItem,
    Commitment,
    DateItem,
    Doc,
    Instrument,
    Item,
    Meeting,
    PersonItem,
    Position,
    Quote,
    Reading,
    Refusal,
    Statement,
)
from travaux.reader.page import Page
from travaux.reader.people import NAMED, Person
from travaux.reader.positions import No, Stance
from travaux.reader.roles import Roles
from travaux.reader.tags import Spoken
from travaux.reader.tails import Frame
from travaux.text.source import Document

T = TypeVar("T", bound=Item)
_WORD = re.compile(r"[^\W\d_]+")
_LEVELLED = re.compile(r"[ёЁ]")
_LEVELLED_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_ёЁ]*+[ёЁ][^\W\d_]*")


def numbered(items: Iterable[T], letter: str) -> tuple[T, ...]:
    """The items sorted by start, then end, with ids in that order, set into them: they were just made and
    nobody else holds them."""
    ordered = sorted(items, key=attrgetter("start", "end"))
    for n, item in enumerate(ordered, 1):
        force_setattr(item, "id", f"{letter}{n:02}")
    return tuple(ordered)


class Maker:
    """Builds items with true offsets from folded ones."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._spelt = _spellings(page)

    def name(self, words: str | None) -> str | None:
        """A name as the document spells it, where folding levelled a letter of it."""
        if not words or not self._spelt:
            return words
        return _WORD.sub(lambda m: self._spelt.get(m[0], m[0]), words)

    def names(self, many: Iterable[str]) -> tuple[str, ...]:
        """Several names, as `name`."""
        return tuple(self.name(n) or "" for n in many)

    def at(self, start: int, end: int) -> dict[str, Any]:
        """The three fields every item starts with."""
        first, last = self.page.folded.span(start, end)
        return {"start": first, "end": last, "text": self.page.folded.true[first:last]}

    def words(self, span: tuple[int, int] | None) -> str | None:
        """The true words of a span; None for none."""
        return self.page.words(*span) if span else None


def _spellings(page: Page) -> dict[str, str]:
    """Folded capitalised word -> the same word with the letters that folding levelled; the first spelling."""
    true = page.folded.true
    if _LEVELLED.search(true) is None:
        return {}
    found: dict[str, str] = {}
    for match in _LEVELLED_WORD.finditer(true):
        if match[0][0].isupper():
            plain = match[0].replace("ё", "е").replace("Ё", "Е")
            found.setdefault(plain, match[0])
    return found


def quote(maker: Maker, q: Spoken) -> Quote:
    """One quotation or turn."""
    return Quote(
        **maker.at(q.start, q.end), speaker=maker.name(q.who.speaker), mention=maker.words(q.mention),
        cue=maker.words(q.cue), kind=q.kind, group=q.group, continuation="continuation" in q.flags,
        unclosed="unclosed" in q.flags, block="block" in q.flags, mixed="mixed" in q.flags,
        id="", rule=q.rule, confidence=of_rule(q.rule, q.who.factor),
    )  # fmt: skip


def statement(maker: Maker, f: Frame) -> Statement:
    """One reported clause."""
    return Statement(
        **maker.at(f.start, f.end), speaker=maker.name(f.who.speaker), mention=maker.words(f.mention),
        cue=maker.words(f.cue), kind="indirect", id="", rule=f.rule, confidence=of_rule(f.rule, f.who.factor),
    )  # fmt: skip


def dated(maker: Maker, t: Timed, role: str) -> DateItem:
    """One date."""
    return DateItem(
        **maker.at(t.found.start, t.found.end),
        type=t.worth.type,
        value=t.worth.value,
        mod="" if t.mod == "MID" else t.mod,  # the contract has no word for the middle
        role=role,
        figurative=t.figurative,
        id="",
        rule=f"timex.{t.found.rule}",
        confidence=of_rule(f"timex.{t.found.rule}", t.sure),
    )


def commitment(maker: Maker, p: Promise) -> Commitment:
    """One commitment."""
    return Commitment(
        **maker.at(p.start, p.end),
        parties=maker.names(p.parties), status=p.status, due=p.due, condition=maker.words(p.condition),
        same_as=p.same_as, id="", rule=p.rule, confidence=of_rule(p.rule, p.sure),
    )  # fmt: skip


def person(maker: Maker, n: int, p: Person) -> PersonItem:
    """One person."""
    rule = "role.titled" if p.titled else "role.named"
    return PersonItem(
        name=maker.name(p.full) or "",
        role=maker.name(p.role or None),
        party=maker.name(p.party or None),
        aliases=maker.names(p.aliases),
        id=f"n{n:02}",
        rule=rule,
        confidence=of_rule(rule, NAMED),
    )


def doc(document: Document, page: Page, dates: Dates) -> Doc:
    """The document's own line."""
    day = dates.day.isoformat() if dates.day else None
    return Doc(
        file=document.name, lang=page.lang.code, date=day, date_evidence=dates.evidence,
        title=document.title or title(page), sha256=document.sha256, n_chars=len(document.text),
    )  # fmt: skip


def title(page: Page) -> str | None:
    """The words of the headline."""
    if page.headline < 0:
        return None
    first = page.paras[page.headline]
    return page.words(first.start, first.end)


def grouped(spoken: Sequence[Spoken]) -> list[Spoken]:
    """Parts that continue a speech share a group with the part they continue."""
    found: list[Spoken] = []
    n = 0
    for q in spoken:
        if q.group == "join" and found:
            last = found[-1]
            if not last.group:
                n += 1
                found[-1] = last = replace(last, group=f"g{n:02}")
            q = replace(q, group=last.group)
        found.append(q)
    times = Counter(q.group for q in found) if any(q.kind == "turn" for q in found) else {}
    singles = {g for g, n in times.items() if n == 1}
    return [replace(q, group="") if q.group in singles else q for q in found]


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules found on one page, in folded offsets."""

    told: Sequence[Frame]
    spoken: Sequence[Spoken]
    dates: Dates
    promises: Sequence[Promise]
    meetings: Sequence[Met]
    instruments: Sequence[Drawn]
    positions: Sequence[Stance]
    refusals: Sequence[No]


def meeting(maker: Maker, m: Met) -> Meeting:
    """One meeting."""
    return Meeting(
        **maker.at(m.start, m.end), status=m.status, when=m.when, where=maker.words(m.where),
        who=maker.names(m.who),
        id="", rule=m.rule, confidence=of_rule(m.rule, 1.0),
    )  # fmt: skip


def instrument(maker: Maker, d: Drawn) -> Instrument:
    """One instrument."""
    return Instrument(
        **maker.at(d.start, d.end), kind=d.kind, count=d.count,
        id="", rule=d.rule, confidence=of_rule(d.rule, 1.0),
    )  # fmt: skip


def position(maker: Maker, s: Stance) -> Position:
    """One position."""
    return Position(
        **maker.at(s.start, s.end), party=maker.name(s.party), subject=maker.words(s.matter), stance=s.stance,
        speaker=maker.name(s.speaker), id="", rule=s.rule, confidence=of_rule(s.rule, 1.0),
    )  # fmt: skip


def refusal(maker: Maker, n: No) -> Refusal:
    """One refusal."""
    return Refusal(
        **maker.at(n.start, n.end), party=maker.name(n.party), what=maker.words(n.what),
        speaker=maker.name(n.speaker),
        reason=maker.words(n.reason) or "", id="", rule=n.rule, confidence=of_rule(n.rule, 1.0),
    )  # fmt: skip


def bodies(maker: Maker) -> list[BodyItem]:
    """The first mention of each body; a longer name that begins with a known one is the same body."""
    page = maker.page
    seen: list[str] = []
    found: list[BodyItem] = []
    for b in page.bodies:
        first, last = page.span_of(b.i, b.j)
        name = " ".join(page.tokens.low[b.i : b.j])
        if any(name == s or name.startswith(s + " ") or s.startswith(name + " ") for s in seen):
            continue
        seen.append(name)
        rule = "body.known" if b.known else "body.head"
        found.append(BodyItem(**maker.at(first, last), id="", rule=rule, confidence=of_rule(rule, 1.0)))
    return found


def assemble(document: Document, page: Page, roles: Roles, found: Found) -> Reading:
    """The whole reading."""
    maker = Maker(page)
    event = found.dates.own.event

    def role(t: Timed) -> str:
        return "doc_date" if (t.found.start, t.found.end) == event else ""

    people = sorted(roles.persons, key=lambda p: p.first)
    return Reading(
        doc=doc(document, page, found.dates),
        persons=tuple(person(maker, n, p) for n, p in enumerate(people, 1)),
        parties=maker.names(roles.parties),
        quotes=numbered((quote(maker, q) for q in grouped(found.spoken)), "q"),
        statements=numbered((statement(maker, f) for f in found.told), "s"),
        dates=numbered((dated(maker, t, role(t)) for t in found.dates.all), "t"),
        meetings=numbered((meeting(maker, m) for m in found.meetings), "m"),
        bodies=numbered(bodies(maker), "b"),
        instruments=numbered((instrument(maker, d) for d in found.instruments), "i"),
        commitments=numbered((commitment(maker, p) for p in found.promises), "c"),
        positions=numbered((position(maker, s) for s in found.positions), "p"),
        refusals=numbered((refusal(maker, n) for n in found.refusals), "r"),
    )
