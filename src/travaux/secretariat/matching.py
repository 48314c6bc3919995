"""Things a register may already know under another name: offered to a person, never taken on their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from rapidfuzz import fuzz

from travaux.acts.base import Act
from travaux.acts.kinds import Introduce, State, Table, Undertake
from travaux.acts.vocabulary import decode_body, kind_of, to_body
from travaux.register.fold import AsOf
from travaux.register.measures import measures
from travaux.secretariat.naming import latin
from travaux.secretariat.wording import likeness, matter, says, words_of

MOST = 3  # matches offered for one thing
_NEAR = 84  # of 100: names at least so alike are offered
_SAME_PROMISE = 0.5
_WORD_ON_IT = 0.35  # enough where the words themselves say that something awaited has happened, or has not
_REFERENCES = (
    "actor", "subject", "person", "parties", "who", "body", "meeting", "instrument", "measure", "under",
    "within", "members", "successor", "derived", "of", "at", "to", "by", "element", "elements", "package",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """`known`, a thing of the register by its id and name, that may be what the document calls `new`.

    `what` is person, party, body, subject, instrument or measure; ``moved`` is a measure whose date would be
    another one (`due`: the one on record); ``word`` is what somebody says of a measure (`new` is then empty).
    `likeness` is 0 to 1.
    """

    new: str
    known: str
    name: str
    what: str
    likeness: float
    due: str = ""


class Known:
    """The named things of one register, by what they are; made once for a whole review."""

    def __init__(self, register: AsOf) -> None:
        self.lang = next(iter(register.founding.languages), "en")
        self.things: list[tuple[str, str, str]] = []
        for founder in register.founding.parties:
            self.things += [("party", founder.id, n) for n in (founder.name, *founder.names.values())]
        for entered in register.acts(Introduce):
            act = entered.act
            self.things += [(act.what, act.id, n) for n in (*act.names.values(), *act.aliases)]
        for tabled in register.acts(Table):
            act_ = tabled.act
            self.things += [("instrument", act_.instrument, n) for n in act_.titles.values()]
        self.measures = [(p.id, p.what, str(p.last.due or "")) for p in measures(register)]

    def matches(self, acts: Iterable[Act]) -> list[Match]:
        """What the register may know of what `acts` would introduce or undertake, the likest first."""
        found: list[Match] = []
        for act in acts:
            match act:
                case Introduce():
                    found += self._named(act.what, act.id, [*act.names.values(), *act.aliases])
                case Table():
                    found += self._named("instrument", act.instrument, list(act.titles.values()))
                case Undertake():
                    found += self._promised(act)
        return sorted(found, key=lambda m: -m.likeness)

    def _named(self, what: str, new: str, names: list[str]) -> list[Match]:
        best: dict[str, Match] = {}
        for sort, known, name in self.things:
            if known == new or sort != what:
                continue
            alike = max(alikeness(what, n, name) for n in names)
            if alike * 100 >= _NEAR and (known not in best or best[known].likeness < alike):
                best[known] = Match(new, known, name, what, alike)
        return sorted(best.values(), key=lambda m: -m.likeness)[:MOST]

    def _promised(self, act: Undertake) -> list[Match]:
        due = str(act.due or "")
        return [
            Match(
                act.measure,
                known,
                words,
                "moved" if before and due and before != due else "measure",
                alike,
                before,
            )
            for known, words, before, alike in self._measures(act.what, _SAME_PROMISE)
        ]

    def words_on(self, text: str, lang: str) -> list[Match]:
        """The measures of which `text` says that they are not done yet, or that they are."""
        lists = words_of(lang)
        if not says(text, (*lists.pending, *lists.done)):
            return []
        found = self._measures(text, _WORD_ON_IT)
        return [Match("", known, words, "word", alike, due) for known, words, due, alike in found]

    def _measures(self, text: str, least: float) -> list[tuple[str, str, str, float]]:
        """(id, words, due date, likeness) of the measures that `text` may be about, the likest first."""
        mine = matter(text, self.lang)
        found = [
            (known, words, due, alike)
            for known, words, due in self.measures
            if (alike := likeness(mine, matter(words, self.lang))) >= least
        ]
        return sorted(found, key=lambda m: -m[3])[:MOST]


def alikeness(what: str, a: str, b: str) -> float:
    """How alike two names are, 0 to 1, scripts and accents aside; persons by surname, then initials."""
    one, two = latin(a), latin(b)
    if what == "person":
        mine, theirs = _parts(one), _parts(two)
        if mine and theirs and mine[-1] == theirs[-1]:
            return 0.95 if _initials_fit(mine[:-1], theirs[:-1]) else 0.6
        return fuzz.token_sort_ratio(one, two) / 100
    return max(fuzz.token_sort_ratio(one, two), fuzz.ratio(one, two)) / 100


def _parts(name: str) -> list[str]:
    return [p for p in re.split(r"[\s.]+", name) if p]


def _initials_fit(mine: list[str], theirs: list[str]) -> bool:
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(mine, theirs, strict=False))


def about_measure(acts: Iterable[Act], measure: str) -> tuple[Act, ...]:
    """`acts` with what is stated in them made a statement about a measure of the register."""
    return tuple(msgspec.structs.replace(a, subject=measure) if isinstance(a, State) else a for a in acts)


def with_known(act: Act, matched: dict[str, str]) -> Act | None:
    """The act with ids of things that were matched replaced; None for the introduction of a matched thing.

    An undertaking matched to a known measure becomes one more undertaking of it: the first promise and its
    date stay visible, as the register keeps every date that was ever promised.
    """
    made = {"Introduce": "id", "Table": "instrument"}.get(type(act).__name__)
    if made and getattr(act, made) in matched:
        return None
    body = _replaced(to_body(act), matched)
    again = decode_body(kind_of(act), msgspec.json.encode(body))
    assert isinstance(again, Act), again
    return again


def _replaced(body: dict[str, object], matched: dict[str, str]) -> dict[str, object]:
    """The body with references replaced, offices of a person among them."""
    done: dict[str, object] = {}
    for field, value in body.items():
        if field in _REFERENCES and isinstance(value, str):
            done[field] = matched.get(value, value)
        elif field in _REFERENCES and isinstance(value, list | tuple):
            done[field] = list(dict.fromkeys(matched.get(v, v) for v in value))
        elif field == "offices" and isinstance(value, list | tuple):
            done[field] = [_replaced(v, matched) for v in value]
        else:
            done[field] = value
    return done
