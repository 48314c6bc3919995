"""What several documents say of one matter: promises repeated, moved or changed; statements that contradict.

Readings in (the output contract, as plain values), links out, each with both places. Pure: same readings,
same links. A link is an offer to a person; nothing is merged.

============  ===============================================================================
repeated      the same promise again: same status, same date or none
moved         the same promise with another date
changed       the same promise with another status (agreed → deferred)
pending       a later document says that what was promised has not happened yet
done          a later document says that it has
contradicted  one person or party: the opposite stance, the sentence turned round, another figure
============  ===============================================================================
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from travaux.secretariat.wording import Matter, Weights, likeness, matter, says, words_of

Reading = Mapping[str, Any]
ALIKE = 0.55  # promises and statements at least so alike are offered as one matter
SAME = 0.72  # sentences at least so alike may contradict each other
_FOLLOWED = {
    "commitments": ("commitments", "quotes", "statements"),
    "positions": ("positions",),
    "quotes": ("quotes", "statements"),
    "statements": ("quotes", "statements"),
    "refusals": (),
}  # which kinds of a later saying are compared with an earlier one of a kind
_RAREST = 6  # stems of a saying that bring it together with earlier ones
_LATEST = 60  # earlier sayings that each of them brings
_STANCES = {
    "support": 1, "supports": 1, "welcome": 1, "welcomes": 1, "agree": 1, "agrees": 1, "ready": 1,
    "oppose": -1, "opposes": -1, "reject": -1, "rejects": -1, "deny": -1, "not now": -1, "refuse": -1,
    "against": -1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saying:
    """One item of one reading, as far as links need it. `who`: the persons and parties behind it."""

    file: str
    date: str
    kind: str
    id: str
    start: int
    end: int
    text: str
    who: tuple[str, ...]
    status: str
    due: str
    lang: str
    matter: Matter

    @property
    def place(self) -> str:
        """``file#id``, which names it for people."""
        return f"{self.file}#{self.id}"


@dataclass(frozen=True, slots=True)
class Link:
    """Two sayings of one matter: `first` is the earlier one; `how` is a word of the module's table."""

    how: str
    first: Saying
    second: Saying
    likeness: float
    why: str = ""


def links(readings: Iterable[Reading]) -> list[Link]:
    """The links between the items of `readings`, by the place of the first saying, then of the second.

    Each saying is linked with the latest one before it of each sort, so that a promise said ten times is a
    chain of nine links. Undated documents come last; documents of one day in the order of their names.
    """
    sayings = sorted((s for r in readings for s in _sayings(r)), key=_when)
    weights = Weights.from_matters(s.matter for s in sayings)
    having: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    found: list[Link] = []
    for n, saying in enumerate(sayings):
        stems = sorted(saying.matter.stems, key=lambda s: (-weights.of[s], s))
        shared = Counter(m for s in stems[:_RAREST] for m in having[saying.lang, s][-_LATEST:])
        near = sorted((m for m, k in shared.items() if k >= min(2, len(stems))), reverse=True)[:_LATEST]
        found += _latest(sayings, near, saying, weights)
        for stem in stems:
            having[saying.lang, stem].append(n)
    return sorted(found, key=_order)


def _latest(
    sayings: Sequence[Saying], near: Iterable[int], saying: Saying, weights: Weights
) -> Iterator[Link]:
    """The links of one saying with those before it, the latest of each sort."""
    sorts: set[str] = set()
    seen: set[tuple[object, ...]] = set()
    for m in near:
        earlier = sayings[m]
        same = (earlier.kind, earlier.text, earlier.who, earlier.due, earlier.file == saying.file)
        if earlier.kind not in sorts and saying.kind in _FOLLOWED[earlier.kind] and same not in seen:
            seen.add(same)
            told = list(_linked(earlier, saying, weights))
            if told:
                sorts.add(earlier.kind)
                yield from told


def same_promise(a: Saying, b: Saying, weights: Weights | None = None) -> float:
    """How alike two promises are; 0 where they bind different parties or speak of different things."""
    if a.who and b.who and not set(a.who) & set(b.who):
        return 0.0
    alike = likeness(a.matter, b.matter, weights)
    return alike if alike >= ALIKE else 0.0


def _order(link: Link) -> tuple[str, str, int, str, int, str]:
    first, second = link.first, link.second
    return first.date, first.file, first.start, second.file, second.start, link.how


def _when(s: Saying) -> tuple[str, str, int, int, str]:
    return s.date or "9999", s.file, s.start, s.end, s.id


def _sayings(reading: Reading) -> Iterator[Saying]:
    doc = reading["doc"]
    party = {p["name"]: p["party"] for p in reading["persons"] if p["party"]}
    for kind in ("quotes", "statements", "commitments", "positions", "refusals"):
        for item in reading[kind]:
            who = _who(kind, item, party)
            yield Saying(
                doc["file"], doc["date"] or "", kind, item["id"], item["start"], item["end"], item["text"],
                who, item.get("status") or item.get("stance") or "", item.get("due") or "", doc["lang"],
                matter(item["text"], doc["lang"]),
            )  # fmt: skip


def _who(kind: str, item: Mapping[str, Any], party: Mapping[str, str]) -> tuple[str, ...]:
    if kind == "commitments":
        return tuple(item["parties"])
    people = str(item.get("speaker") or "").split("; ")
    named = [*people, *(party.get(p, "") for p in people), item.get("party") or ""]
    return tuple(dict.fromkeys(n for n in named if n))


def _linked(first: Saying, second: Saying, weights: Weights) -> Iterator[Link]:
    kinds = (first.kind, second.kind)
    if kinds == ("commitments", "commitments"):
        yield from _promised(first, second, weights)
    elif first.kind == "commitments" and first.file != second.file:
        yield from _followed(first, second, weights)
    elif kinds == ("positions", "positions"):
        yield from _stances(first, second, weights)
    elif all(kind in ("quotes", "statements") for kind in kinds):
        yield from _contradicted(first, second, weights)


def _promised(first: Saying, second: Saying, weights: Weights) -> Iterator[Link]:
    alike = same_promise(first, second, weights)
    if not alike or first.file == second.file:
        return
    if first.due and second.due and first.due != second.due:
        yield Link("moved", first, second, alike, f"{first.due} → {second.due}")
    if first.status != second.status:
        yield Link("changed", first, second, alike, f"{first.status} → {second.status}")
    elif not (first.due and second.due) or first.due == second.due:
        yield Link("repeated", first, second, alike)


def _followed(first: Saying, second: Saying, weights: Weights) -> Iterator[Link]:
    """A later statement that says of a promise that it is not kept yet, or that it is."""
    lists, alike = words_of(second.lang), likeness(first.matter, second.matter, weights)
    if alike < ALIKE or second.kind not in ("quotes", "statements"):
        return
    if says(second.text, lists.pending):
        yield Link("pending", first, second, alike)
    elif says(second.text, lists.done) and not second.matter.negative:
        yield Link("done", first, second, alike)


def _stances(first: Saying, second: Saying, weights: Weights) -> Iterator[Link]:
    if not set(first.who) & set(second.who):
        return
    before, after = _STANCES.get(first.status, 0), _STANCES.get(second.status, 0)
    alike = likeness(first.matter, second.matter, weights)
    if before * after < 0 and alike >= ALIKE:
        yield Link("contradicted", first, second, alike, f"{first.status} / {second.status}")


def _contradicted(first: Saying, second: Saying, weights: Weights) -> Iterator[Link]:
    """Two statements of one person or party: the same words turned round, or with another figure."""
    overlapping = first.file == second.file and first.start < second.end and second.start < first.end
    if overlapping or not set(first.who) & set(second.who):
        return
    a, b = first.matter, second.matter
    alike = likeness(a, b, weights)
    if alike < SAME or min(len(a.stems), len(b.stems)) * 3 < max(len(a.stems), len(b.stems)):
        return
    other = [(x, y) for x, of in a.figures for y, what in b.figures if of == what and x != y]
    if other:
        yield Link("contradicted", first, second, alike, f"{other[0][0]} / {other[0][1]}")
    elif a.negative != b.negative:
        yield Link("contradicted", first, second, alike)
