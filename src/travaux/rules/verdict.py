"""A verdict: whether an act may be done, and everything a person needs to see why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from travaux import messages
from travaux.acts.fault import Fault
from travaux.rules.book import Rulebook
from travaux.rules.level import Article
from travaux.rules.sentence import Name, Sentence
from travaux.rules.situation import Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one act. `reasons` are never empty.

    `rule` says what is asked, `missing` whose word is still needed, `change` what would turn a no into a yes,
    `meanings` what each member's stance, absence included, meant. `sources` are the articles, `unverified`
    says that no source confirmed one of the rules applied. `finding` holds the parts of a decision.
    """

    allowed: bool
    rule: Sentence
    reasons: tuple[Sentence, ...]
    missing: tuple[str, ...] = ()
    change: tuple[Sentence, ...] = ()
    meanings: Mapping[str, Sentence] = field(default_factory=dict)
    sources: tuple[Article, ...] = ()
    unverified: bool = False
    finding: Finding | None = None
    book: Rulebook | None = None

    def faults(self, name: Name = str) -> tuple[Fault, ...]:
        """Each reason of a refusal as a fault, what would change it as its remedy; none where allowed.

        `name` turns ids into what people call the things.
        """
        if self.allowed:
            return ()
        name = self._named(name, "en")
        if self.finding is None:
            return tuple(reason.fault("en", name) for reason in self.reasons)
        said = [s.say("en", name) for s in self.reasons]
        cure = [s.say("en", name) for s in self.change]
        values = {"rule": self.rule.say("en", name), "why": "; ".join(said), "cure": "; ".join(cure)}
        return (Fault("rules.not_decided", values=values),)

    def lines(self, lang: str = "en", name: Name = str) -> list[str]:
        """The verdict in words, one line each; `name` turns ids into what people call the things."""
        return [
            messages.say(code, values, lang) for code, values in self._lines(lang, self._named(name, lang))
        ]

    def say(self, lang: str = "en", name: Name = str) -> str:
        """The verdict in one string of several lines."""
        return "\n".join(self.lines(lang, name))

    def _lines(self, lang: str, name: Name) -> Iterator[tuple[str, dict[str, object]]]:
        yield ("rules.verdict_yes" if self.allowed else "rules.verdict_no"), {}
        yield "rules.verdict_rule", {"rule": self.rule.say(lang, name)}
        for article in self.sources:
            code = "rules.verdict_article_unverified" if article.unverified else "rules.verdict_article"
            yield code, {"article": cited(article)}
        if self.unverified:
            yield "rules.verdict_unverified", {}
        for reason in self.reasons:
            yield "rules.verdict_reason", {"reason": reason.say(lang, name)}
        for member, meaning in self.meanings.items():
            yield "rules.verdict_meaning", {"member": name(member), "meaning": meaning.say(lang, name)}
        if self.missing:
            yield "rules.verdict_missing", {"parties": ", ".join(name(m) for m in self.missing)}
        for change in self.change:
            yield "rules.verdict_change", {"change": change.say(lang, name)}

    def _named(self, name: Name, lang: str) -> Name:
        """`name`, with the levels' names from the rulebook where it knows none."""

        def known(thing: str) -> str:
            called = name(thing)
            return called if called != thing or self.book is None else self.book.name(thing, lang) or thing

        return known


def cited(article: Article) -> str:
    """How an article is named: the title of the text, then the article."""
    return f"{article.title}, {article.article}" if article.article else article.title
