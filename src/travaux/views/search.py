"""Search over what a register says: names, words, notes and sentences of its acts.

A query is words; an act is found where every word begins some word of it. Case, accents, ё and typographic
signs make no difference. Quoted words (``"gas market"``) must follow each other.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from travaux.acts.base import Act, Deed
from travaux.acts.kinds import Introduce, Table
from travaux.register.fold import Entered
from travaux.views.log import LogLine, log_line
from travaux.views.sentence import sentence
from travaux.views.wording import Wording, clipped, tidy

_WORD = re.compile(r"\w+")
_ASKED = re.compile(r'"([^"]*)"|(\S+)')
_SNIPPET = 160  # characters


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An act that was found; `snippet` is the part of its text where the first word stands."""

    act: LogLine
    snippet: str


class Search:
    """An index over one `AsOf`, made once and asked often."""

    def __init__(self, w: Wording) -> None:
        self._w = w
        self._entries = list(w.asof.every())
        self._texts = [text_of(e, w) for e in self._entries]
        self._folded = [f" {' '.join(words(t))} " for t in self._texts]
        found: defaultdict[str, list[int]] = defaultdict(list)
        for n, folded in enumerate(self._folded):
            for word in set(folded.split()):
                found[word].append(n)
        self._words = sorted(found)
        self._where = dict(found)

    def find(self, query: str) -> list[Hit]:
        """The acts that hold every word of `query`, in log order; none for an empty query."""
        phrases = [p for quoted, plain in _ASKED.findall(query) if (p := words(quoted or plain))]
        if not phrases:
            return []
        numbers = set.intersection(*(self._holding(p) for p in phrases))
        first = phrases[0][0]
        return [
            Hit(act=log_line(self._entries[n], self._w), snippet=snippet(self._texts[n], first))
            for n in sorted(numbers)
        ]

    def _holding(self, phrase: list[str]) -> set[int]:
        """The acts with words that begin as those of `phrase`, one after the other."""
        found = set.intersection(*(self._beginning(word) for word in phrase))
        if len(phrase) == 1:
            return found
        said = " " + " ".join(phrase)
        return {n for n in found if said in self._folded[n]}

    def _beginning(self, prefix: str) -> set[int]:
        numbers: set[int] = set()
        for word in self._words[bisect_left(self._words, prefix) :]:
            if not word.startswith(prefix):
                break
            numbers.update(self._where[word])
        return numbers


def words(text: str) -> list[str]:
    """The words of a text as they are compared: case, accents and ё aside; й stays itself."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    kept = (c if c == "й" else unicodedata.normalize("NFD", c)[0] for c in plain)
    return _WORD.findall("".join(kept))


def text_of(entered: Entered[Act], w: Wording) -> str:
    """All that can be searched of an act: its sentence, note, every name it gives, words of its source."""
    act = entered.act
    parts = [sentence(entered, w), *_names(act), act.note]
    if isinstance(act, Deed):
        parts += [w.quoted(act.basis) or "", w.sources(act)]
    return tidy(" · ".join(dict.fromkeys(p for p in parts if p)))


def snippet(text: str, word: str) -> str:
    """The part of a text around the first word that begins with `word` (folded), whole words."""
    at = next(
        (m.start() for m in _WORD.finditer(text) if words(m[0])[:1] and words(m[0])[0].startswith(word)), 0
    )
    if at < _SNIPPET // 2:
        return clipped(text, _SNIPPET)
    start = text.find(" ", at - _SNIPPET // 3) + 1
    return "…" + clipped(text[start:], _SNIPPET)


def _names(act: Act) -> Iterable[str]:
    if isinstance(act, Introduce):
        return (*act.names.values(), *act.aliases, *(o.title for o in act.offices))
    return tuple(act.titles.values()) if isinstance(act, Table) else ()
