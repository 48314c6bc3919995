"""What stands in quotation marks and is nobody's words: a name behind its noun, a word held at arm's length.

The grammar: words that somebody said are a clause of their own behind a colon, a comma or a dash, or before
one; inside the narrator's clause they go on in lower case. A capital directly behind a noun («форум "Степь и
море"») starts a name, and a single plain word before its noun («"зелёный" тариф») is an epithet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from travaux.reader.language import Language
from travaux.reader.mentions import Mention
from travaux.reader.quotes import Quoted
from travaux.reader.tokens import Tokens

_LONGEST_NAME = 9  # words
_PERSONS = ("name", "titled", "title", "pronoun", "counterpart")


def marked(
    quotes: Sequence[Quoted], tokens: Tokens, ends: Mapping[int, Mention], lang: Language
) -> tuple[list[Quoted], list[Quoted]]:
    """(quotations, names and epithets): the stretches between marks, parted."""
    names = [q for q in quotes if q.closed and _is_name(q, tokens, ends, lang)]
    held = {q.opens for q in names}
    return [q for q in quotes if q.opens not in held], names


def _is_name(q: Quoted, t: Tokens, ends: Mapping[int, Mention], lang: Language) -> bool:
    i, j, o, c = t.index(q.start), t.index(q.end), t.index(q.opens), t.index(q.closes)
    words = sum(w[0].isalpha() for w in t.word[i:j])
    if not 0 < words <= _LONGEST_NAME or t.word[j - 1] in ".!?…,":
        return False
    capital = t.caps[i] == 1 or t.word[i][0].isdigit()
    goes_on = c < len(t) and not t.new_line(c) and t.word[c][0].isalpha()
    if o == 0 or t.new_line(o) or t.word[o - 1] in ".!?…":
        return capital and words < 4 and goes_on and t.word[c][0].islower()
    if t.low[o - 1].startswith(tuple(lang.words("so_called"))):
        return True
    if t.word[o - 1] == '"':  # the title behind the name of a paper
        return capital and not _is_clause(t, i, j, lang)
    if not t.word[o - 1][-1].isalpha():
        return False
    if t.low[o - 1] in lang.words("that"):
        return words == 1 and goes_on
    if _governed(t, o):  # the paper that somebody "told"
        most = 3 if lang.words("verb_first") and capital else 1
        told = most > 1 or (c + 1 < len(t) and t.word[c] == "," and t.low[c + 1] in lang.words("that"))
        return words <= most and (goes_on or told) and not _is_clause(t, i, j, lang)
    person = ends.get(o)
    if person is not None and person.kind in _PERSONS:
        return False
    if capital:
        return not _is_clause(t, i, j, lang)
    return (words == 1 and goes_on) or (words < 4 and t.low[o - 1] in lang.words("prepositions"))


def _governed(t: Tokens, o: int) -> bool:
    """Whether a verb of speech stands directly before the mark at token o."""
    return any(h.j == o for k in range(max(o - 3, 0), o) if (h := t.hit("speech", k)) is not None)


def _is_clause(t: Tokens, i: int, j: int, lang: Language) -> bool:
    """Whether the tokens ``i:j`` are a sentence by their verb, or by who speaks in it."""
    finite = lang.words("finite")
    if any(t.low[k] in finite or t.hit("modal", k) is not None for k in range(i, j)):
        return True
    return any(h.entry.kind in ("we", "i", "you") for h in t.within("pronoun", i, j))
