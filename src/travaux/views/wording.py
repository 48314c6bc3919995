"""How a view speaks: names, dates, quoted words and sources, in one language, through the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from travaux import messages
from travaux.acts.base import Act, Deed, Document, Names
from travaux.acts.basis import Anchored, Basis, Cited
from travaux.acts.kinds import Cite
from travaux.acts.when import OPEN_END, OPEN_START, When
from travaux.register.dated import perhaps
from travaux.register.fold import AsOf, Entered
from travaux.register.names import Directory, directory
from travaux.register.sources import bases

Words = Callable[[Anchored], str | None]
_LONGEST_NAME = 90
_HASH = 8
QUOTES = '"“”„«»‘’ '
_PLACE = re.compile(r"\[\d+:\d+\]\Z")
_GAPS = re.compile(r"\s+")


def no_words(_: Anchored) -> str | None:
    """The answer of a reader who holds no document."""
    return None


@dataclass(frozen=True, slots=True)
class Wording:
    """Speaks for one `AsOf` in `lang`. `words` gives the slice of a document that is held, else None.

    `cut` remembers the names that were asked for, each cut to one line.
    """

    asof: AsOf
    lang: str
    words: Words
    names: Directory
    documents: Mapping[str, Document]
    cut: dict[str, str] = field(default_factory=dict, compare=False)

    def say(self, code: str, **values: object) -> str:
        """The sentence ``view.<code>`` of the catalogue."""
        return messages.say(f"view.{code}", values, self.lang)

    def count(self, code: str, n: int) -> str:
        """A number with what it counts: ``view.<code>_none``, ``_one`` or ``_other``."""
        return self.say(f"{code}_{'other' if n > 1 else 'one' if n else 'none'}", n=n)

    def name(self, thing: str) -> str:
        """The name of a thing, cut to one line; its id where it has none that may be shown."""
        if thing not in self.cut:
            found = self.names.name(thing, self.lang)
            self.cut[thing] = thing if _PLACE.match(found) else clipped(found, _LONGEST_NAME)
        return self.cut[thing]

    def listed(self, things: tuple[str, ...]) -> str:
        """Several names in one phrase, in the order given."""
        *first, last = [self.name(t) for t in things] or [""]
        return self.say("and", first=", ".join(first), last=last) if first else last

    def who(self, entered: Entered[Act]) -> str:
        """Who acted or spoke: the person with the party in brackets, else the party or body, else nobody."""
        person, side = str(getattr(entered.act, "person", "")), entered.actor
        if person and side and person != side:
            return self.say("of", person=self.name(person), side=self.name(side))
        return self.name(person or side) if person or side else self.say("nobody")

    def when(self, when: When | None) -> str:
        """A date for people: with the source's own words where it has them."""
        if when is None:
            return self.say("undated")
        return spoken(when, self.lang)

    def day(self, day: date) -> str:
        """One day for people."""
        return spoken(When.day(day), self.lang)

    def said(self, own: str, basis: Basis | None) -> str:
        """Our words for something; where an act has none, the source's, or a note that they are not held."""
        if own and not _PLACE.match(own):
            return tidy(own)
        return self.quoted(basis) or self.say("not_held")

    def quoted(self, basis: Basis | None) -> str | None:
        """The exact words of the source, spacing aside; None where they are only cited or not held."""
        if not isinstance(basis, Anchored):
            return None
        found = basis.words or self.words(basis)
        return tidy(found) if found else None

    def sources(self, act: Act) -> str:
        """Publisher and date of everything a reported act stands on; "" for a performed act."""
        return "; ".join(self.each_source(act))

    def each_source(self, act: Act) -> tuple[str, ...]:
        """Publisher and date of each thing a reported act stands on, each once."""
        return tuple(dict.fromkeys(s for b in bases(act) if (s := self._source(b))))

    def perhaps(self, entered: Entered[Act]) -> bool:
        """True where the act may or may not have happened yet."""
        return isinstance(entered.act, Deed) and perhaps(self.asof, entered.act.on)

    def _source(self, basis: Basis) -> str:
        found: Cited | Document | None = basis if isinstance(basis, Cited) else None
        if isinstance(basis, Anchored):
            found = self.documents.get(basis.source)
            if found is None:
                return self.say("document", hash=basis.source[:_HASH])
        assert found is not None
        parts = (found.publisher, spoken(found.on, self.lang) if found.on else "")
        return ", ".join(p for p in parts if p)


def wording(
    asof: AsOf, lang: str = "en", words: Words = no_words, levels: Mapping[str, Names] | None = None
) -> Wording:
    """The wording of one view; `levels` names the rungs of the rules that no act introduces."""
    cited = (e.act.document for e in asof.acts(Cite))
    names = directory(asof)
    if levels:
        names = Directory({**{level: (called,) for level, called in levels.items()}, **names.known})
    return Wording(asof, lang, words, names, {d.sha256: d for d in cited if d.sha256})


def tidy(text: str) -> str:
    """The same words with single spaces."""
    return _GAPS.sub(" ", text).strip()


def clipped(text: str, longest: int) -> str:
    """The start of a text, whole words, at most `longest` characters; an ellipsis where some are left out."""
    plain = tidy(text)
    if len(plain) <= longest:
        return plain
    return plain[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


@lru_cache(maxsize=16384)
def spoken(when: When, lang: str = "en") -> str:
    """A `When` for people: ``9 Sep 2021``, ``by 1 Dec 2023``, with the words of the source before it."""
    plain = _plain(when, lang)
    if not when.words:
        return plain
    return messages.say("view.in_words", {"words": when.words, "plain": plain}, lang)


def _plain(when: When, lang: str) -> str:
    expr = when.expr.removeprefix("by ").removeprefix("from ")
    left, _, right = expr.partition("/")
    if when.clock:
        zone = when.clock.strftime("%H:%M %Z")
        return messages.say("view.at_clock", {"day": _day(when.first, lang), "clock": zone}, lang)
    if when.first == OPEN_START:
        return messages.say("view.by_day", {"day": _point(left, lang)}, lang)
    if when.last == OPEN_END:
        return messages.say("view.from_day", {"day": _point(left, lang)}, lang)
    if right:
        return messages.say("view.between", {"a": _point(left, lang), "b": _point(right, lang)}, lang)
    return _point(left, lang)


def _point(expr: str, lang: str) -> str:
    """A year, quarter, half-year, month or day from its ISO form."""
    year, _, rest = expr.partition("-")
    if not rest:
        return year
    if rest[0] in "QH":
        return f"{rest} {year}"
    if len(rest) == 2:
        month = messages.say(f"view.month_{int(rest)}", {}, lang)
        return messages.say("view.month_year", {"month": month, "year": year}, lang)
    return _day(date.fromisoformat(expr), lang)


def _day(day: date, lang: str) -> str:
    month = messages.say(f"view.month_{day.month}", {}, lang)
    return messages.say("view.day", {"day": day.day, "month": month, "year": day.year}, lang)
