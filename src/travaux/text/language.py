"""Which language a text is in, from its letters and small words: enough to choose month names and marks."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = {
    "en": "the of and to in shall for by with is be this that on",
    "fr": "le la les des du et de en dans à par pour une est aux sur que",
    "ru": "и в на с по для не что о или к от из при",
    "be": "і ў у на з па для не што аб або да ад пры",
    "uk": "і в у на з по для не що про або до від із при",
    "de": "der die das und in zu den von mit für ist im auf",
    "es": "el la los las de y en del por para que una con al",
}
_KNOWN = {lang: frozenset(words.split()) for lang, words in _SMALL.items()}
_OWN = {"be": "ўЎ", "uk": "їєґЇЄҐ", "ru": "щъЩЪ"}
_READ = 20_000


def guessed(text: str) -> str | None:
    """A language code (en, fr, ru, be, uk, de, es), or None where the text does not say."""
    words = [word.lower() for word in _WORD.findall(text[:_READ])]
    scores = {lang: sum(word in small for word in words) for lang, small in _KNOWN.items()}
    for lang, letters in _OWN.items():
        scores[lang] += 3 * sum(text[:_READ].count(letter) for letter in letters)
    cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in text[:_READ])
    latin = sum("a" <= letter <= "z" for letter in text[:_READ].lower())
    for lang in scores:
        if (lang in _OWN) != (cyrillic > latin):
            scores[lang] = 0
    best = max(scores, key=lambda lang: scores[lang])
    return best if scores[best] else None
