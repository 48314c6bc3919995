"""A language as data: its lexicon, its word lists, its calendar words and its names of countries.

`load("en")` reads ``data/en.toml`` once, takes months and weekdays and the names of countries from CLDR, and
gives a `Language` on which the whole engine runs. No rule of the engine asks which language it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from travaux.reader.tokens import Entry, Lexicon
from travaux.text.language import guessed

LANGUAGES = ("en", "ru")
_OTHER = re.compile(r"[^\W\d_a-zа-яё]")  # letters of further alphabets, and marked ones
_CYRILLIC = re.compile(r"[а-яё]+")
_LATIN = re.compile(r"[a-z]+")
_NOT_RUSSIAN = re.compile(r"[іїєґўјљњћђџѓќәөүңқғһҳҷ]")  # Ukrainian, Belarusian, Serbian, Kazakh ...
_BRACES = re.compile(r"\{([^}]*)\}")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:-[^\W\d_]+)*(?:'[^\W\d_]+)*|'s|[^\w\s]|\d+")
Phrase = tuple[str, ...]


class Sets(dict[str, frozenset[str]]):
    """Word lists by name; a list that a language lacks is empty."""

    def __missing__(self, name: str) -> frozenset[str]:
        return self.setdefault(name, frozenset())


@dataclass(frozen=True, slots=True)
class Language:
    """One language: `lexicon` maps a first word to the phrases that start with it, longest first; `words`
    looks up a word list at the head of the data file, an empty set where the language has none."""

    code: str
    data: Mapping[str, Any]
    lexicon: Lexicon
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    words: Callable[[str], frozenset[str]]

    def either(self, *names: str) -> frozenset[str]:
        """The words of several lists in one set, made once."""
        return _together(self.code, names)

    def table(self, name: str) -> Mapping[str, Any]:
        """A table of the data file; empty where the language has none."""
        found: Mapping[str, Any] = self.data.get(name, {})
        return found


def split(phrase: str) -> Phrase:
    """The tokens of a phrase of the data file, as the tokenizer would cut them."""
    return tuple(_WORD.findall(phrase))


def expand(phrase: str) -> Iterator[tuple[int, str]]:
    """(number of the form, phrase) for each alternative in braces; several braces run in step."""
    groups = [g.split(",") for g in _BRACES.findall(phrase)]
    if not groups:
        yield -1, phrase
        return
    for n in range(max(len(g) for g in groups)):
        parts = iter(groups)
        yield n, _BRACES.sub(lambda _, n=n, parts=parts: (g := next(parts))[min(n, len(g) - 1)], phrase)  # type: ignore[misc]


@cache
def _together(code: str, names: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(load(code).words, names))


@cache
def load(code: str) -> Language:
    """The language `code`; one of `LANGUAGES`."""
    file = resources.files("travaux.reader") / "data" / f"{code}.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8").replace("ё", "е"))
    months, weekdays = _calendar(code)
    months.update(data["dates"].get("months", {}))
    weekdays.update(data["dates"].get("weekdays", {}))
    sets = Sets({k: frozenset(v) for k, v in data.items() if isinstance(v, list)})
    sets["adverb_words"] = frozenset(data["lexicon"]["adverb"]["skip"])
    sets["future"], sets["past"] = frozenset(data["tense"]["future"]), frozenset(data["tense"]["past"])
    sets["governments"] = frozenset(data["countries"]["governments"])
    sets["strong"] = frozenset(data["tense"]["strong"])
    sets["state_heads"] = frozenset(data["state_heads"])
    sets["generic"] = frozenset(data["bodies"]["generic"])
    return Language(code, data, _lexicon(data, _countries(code, data)), months, weekdays, sets.__getitem__)


def _lexicon(
    data: Mapping[str, Any], countries: Mapping[str, tuple[str, int]]
) -> dict[str, dict[str, list[tuple[int, list[str], Entry]]]]:
    """Every phrase of the data file and of the countries, by first word, longest first."""
    found: dict[str, list[tuple[Phrase, Entry]]] = {}

    def put(phrase: str, entry: Entry) -> None:
        words = split(phrase)
        if words:
            found.setdefault(words[0], []).append((words, entry))

    for group, kinds in data["lexicon"].items():
        names = kinds.get("forms", [])
        for kind, phrases in kinds.items():
            for phrase in phrases if kind != "forms" else ():
                alternatives = list(expand(phrase))
                lemma = alternatives[0][1]
                for n, words in alternatives:
                    form = names[n] if 0 <= n < len(names) else str(n) if n >= 0 else ""
                    put(words, Entry(group, kind, form, lemma))
                    for ending, neuter in data.get("neuter", {}).items() if group == "speech" else ():
                        if words.endswith(ending):
                            put(words[: len(words) - len(ending)] + neuter, Entry(group, kind, form, lemma))
    for name in data["bodies"]["names"]:
        for n, words in expand(name):
            put(words, Entry("body_name", "name", str(max(n, 0)), name))
    for name, (party, case) in countries.items():
        put(name, Entry("party", party, "oblique" if case else "", name))
    for word, party in data["countries"]["adjectives"].items():
        for n, form in expand(word):
            put(form, Entry("demonym", party, "oblique" if n > 0 else "", word))
    return {w: _by_second(entries) for w, entries in found.items()}


def _by_second(entries: list[tuple[Phrase, Entry]]) -> dict[str, list[tuple[int, list[str], Entry]]]:
    """Phrases with one first word, by their second word; those of one word stand under "" and behind each."""
    found: dict[str, list[tuple[int, list[str], Entry]]] = {"": []}
    for words, entry in sorted(entries, key=lambda p: -len(p[0])):
        second = words[1] if len(words) > 1 else ""
        found.setdefault(second, []).append((len(words), list(words[2:]), entry))
    for second, phrases in found.items():
        if second:
            phrases += found[""]
    return found


def _calendar(code: str) -> tuple[dict[str, int], dict[str, int]]:
    """Months (1-12) and weekdays (0 is Monday) in every width and grammatical form that CLDR knows."""
    from babel import Locale

    locale = Locale.parse(code)
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for target, words in ((months, locale.months), (weekdays, locale.days)):
                for number, word in words[context][width].items():
                    target[word.lower().replace("ё", "е").rstrip(".")] = number
    return months, weekdays


def _countries(code: str, data: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    """Lower-case name in every grammatical case -> (name, number of the case, 0 for the nominative)."""
    from babel import Locale

    table = data["countries"]
    found: dict[str, tuple[str, int]] = {}
    for key, name in Locale.parse(code).territories.items():
        plain = name.split(" (")[0].replace("’", "'").replace("ё", "е")
        if len(key) == 2 and key not in ("EU", "UN", "EZ", "ZZ", "QO") and "&" not in plain:
            for n, form in enumerate(inflections(plain.lower(), table["suffixes"])):
                found.setdefault(form, (plain, n))
    for alias, name in table["aliases"].items():
        for n, form in expand(alias):
            found[form] = (name.split(" (")[0], max(n, 0))
            if not name:
                del found[form]
    return found


@cache
def countries(code: str) -> tuple[str, ...]:
    """The names of all countries in a language, each once."""
    return tuple(sorted({name for name, _ in _countries(code, load(code).data).values()}))


def inflections(name: str, suffixes: list[list[str]]) -> list[str]:
    """The forms of a name, the given one first. `suffixes` lists [ending, other endings...], longest
    first."""
    for ending, *others in suffixes:
        if name.endswith(ending) and " " not in name:
            stem = name[: len(name) - len(ending)]
            return [name, *(stem + o for o in others)]
    return [name]


def detect(text: str) -> str:
    """``ru`` or ``en`` by letters, then by common words; ``""`` for a text in neither. Two samples of
    1,000 characters."""
    middle = len(text) // 2
    sample = (text if len(text) < 2000 else text[:1000] + " " + text[middle : middle + 1000]).lower()
    words = _LATIN.findall(sample)
    latin = sum(map(len, words))
    cyrillic = sum(map(len, _CYRILLIC.findall(sample))) if _CYRILLIC.search(sample) else 0
    letters = latin + cyrillic + len(_OTHER.findall(sample))
    if not letters:
        return ""
    if cyrillic * 2 > letters:
        return "" if len(_NOT_RUSSIAN.findall(sample)) * 200 > letters else "ru"
    if latin * 2 < letters:
        return ""
    common = load("en").words("common")
    share = sum(map(common.__contains__, words)) / max(len(words), 1)
    if share < 0.2 and guessed(sample) not in ("en", None):
        return ""
    return "en" if share > 0.08 or len(words) < 40 else ""
