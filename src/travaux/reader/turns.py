"""Speech without quotation marks: "Name: words" turns of a transcript.

A label counts when it is a person of the document (a titled name anywhere), or recurs as a label
("Spokesperson" too); a heading with a colon is none. A turn runs on through the paragraphs after it until the
next label, known or not. What an unnamed questioner says is nobody's speech and nobody's narration.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

import msgspec

from travaux.reader.language import Language
from travaux.reader.mentions import Mention
from travaux.reader.segments import Paragraph
from travaux.reader.tokens import Tokens

_LONGEST_LABEL = 14  # tokens


class Turn(msgspec.Struct, frozen=True, gc=False):
    """The words of one paragraph of one turn: characters `start`..`end`; `label` is the mention that speaks.

    `first` is false for the second and further paragraphs; `group` numbers the turns.
    """

    start: int
    end: int
    paragraph: int
    label: Mention
    group: int
    first: bool


class _Label(msgspec.Struct, frozen=True, gc=False):
    paragraph: Paragraph
    after: int
    words: str
    mention: Mention | None
    asks: bool = False
    answers: bool = False


def turns(
    tokens: Tokens, paras: Sequence[Paragraph], mentions: Sequence[Mention], lang: Language
) -> tuple[list[Turn], list[Paragraph]]:
    """The turns of a document that is a transcript, and the paragraphs of questioners; none where fewer
    than two labels stand."""
    by_start = {m.i: m for m in mentions}
    labels = {p.number: label for p in paras if (label := _label(tokens, p, by_start, lang))}
    _interviewed(labels, mentions, tokens)
    known = [x for x in labels.values() if x.mention or x.asks]
    times = Counter(label.words for label in known)
    titled = {_surname(m.name[-1]) for m in mentions if m.kind == "titled"}
    real = {
        n: x
        for n, x in labels.items()
        if x.mention and _speaks(x.mention, titled, times[x.words], len(known))
    }
    if len(real) + sum(x.asks for x in known) < 2 or not real:
        return [], []
    told = _narrated(tokens, paras, mentions, titled)
    bare = {p.number for p in paras if not any(map(str.isalpha, tokens.text[p.start : p.end]))}
    spread = _spread(paras, labels, real, told, bare)
    held = {t.paragraph for t in spread}
    return spread, [x.paragraph for n, x in labels.items() if n not in held]


def _surname(word: str) -> str:
    """What the cases of a surname share, for comparing labels with names in the text."""
    return word.lower()[: max(4, len(word) - 3)]


def _speaks(m: Mention, titled: set[str], times: int, labels: int) -> bool:
    return times > 1 or labels > 2 or bool(m.name and _among(m.name[-1], titled))


def _among(word: str, titled: set[str]) -> bool:
    """Whether a surname is one of those told with a title, whatever the case."""
    own = _surname(word)
    return any(own.startswith(t) or t.startswith(own) for t in titled)


def _label(
    tokens: Tokens, paragraph: Paragraph, by_start: dict[int, Mention], lang: Language
) -> _Label | None:
    """The label that a paragraph opens with: a name, or a word like "Question", before a colon."""
    i = first = tokens.index(paragraph.start)
    if (bare := _bare_label(tokens, paragraph, first, lang)) is not None:
        return bare
    last = min(tokens.index(paragraph.end), i + _LONGEST_LABEL)
    while i < last and tokens.word[i] != ":":
        if tokens.word[i] in '!?;"' or (tokens.word[i] == "." and len(tokens.word[i - 1]) > 3):
            return None
        i += 1
    if i >= last or i == first or i + 1 >= tokens.index(paragraph.end):
        return None
    words = tokens.text[paragraph.start : tokens.start[i]].lower()
    if tokens.low[first] in lang.words("answerers"):
        return _Label(paragraph, tokens.start[i + 1], words, None, answers=True)
    if tokens.low[first] in lang.words("questioners"):
        return _Label(paragraph, tokens.start[i + 1], words, None, True)
    mention = by_start.get(first)
    if tokens.word[i + 1] in "\"'":
        return None
    spoken = mention is not None and mention.kind in ("titled", "name", "title")
    if mention is None or not spoken or (mention.j < i and tokens.word[mention.j] not in "([,"):
        capital = (
            i - first < 5
            and not tokens.word[i + 1].islower()
            and all(tokens.capital(k) for k in range(first, i) if tokens.word[k].isalpha())
        )
        return _Label(paragraph, tokens.start[i + 1], words, None) if capital else None
    if mention.kind == "name" and len(mention.name) == 1 and tokens.word[i + 1].islower():
        return None  # «Повторю: переговоры идут»
    return _Label(paragraph, tokens.start[i + 1], words, mention)


def _interviewed(labels: dict[int, _Label], mentions: Sequence[Mention], tokens: Tokens) -> None:
    """Where only "Answer:" labels what is said, the first person told with a title before it answers."""
    answers = [n for n, x in labels.items() if x.answers]
    if not answers or any(x.mention for x in labels.values()):
        return
    first = tokens.index(labels[answers[0]].paragraph.start)
    person = next((m for m in mentions if m.kind == "titled" and m.i < first), None)
    for n in answers if person is not None else ():
        labels[n] = msgspec.structs.replace(labels[n], mention=person)


def _bare_label(tokens: Tokens, paragraph: Paragraph, i: int, lang: Language) -> _Label | None:
    """A questioner's letter set apart by a gap instead of a colon ("Q    Mr. President"), and the word in
    capitals that closes a transcript."""
    if i + 1 >= len(tokens) or not tokens.word[i].isupper():
        return None
    gap = tokens.start[i + 1] - tokens.end[i]
    asks = tokens.low[i] in lang.words("questioners") and len(tokens.word[i]) == 1 and gap > 1
    ends = tokens.low[i] in lang.words("closings") and tokens.index(paragraph.end) - i < 9
    return _Label(paragraph, tokens.start[i], tokens.low[i], None, True) if asks or ends else None


def _narrated(
    tokens: Tokens, paras: Sequence[Paragraph], mentions: Sequence[Mention], titled: set[str]
) -> set[int]:
    """The paragraphs that tell what a person of the document said, and those before them in which nobody
    speaks for himself: there a turn is over."""
    saying: set[int] = set()
    own: set[int] = set()
    at = [tokens.index(p.start) for p in paras]
    speech = {h.i for h in tokens.hits.get("speech", []) if h.entry.form != "base"}
    ends = {h.j for h in tokens.hits.get("speech", []) if h.entry.form != "base"}
    for m in mentions:
        n = bisect_right(at, m.i) - 1
        if m.kind == "pronoun" and m.office in ("we", "i", "you"):
            own.add(n)
        elif m.kind in ("titled", "name") and _among(m.name[-1], titled) and (m.j in speech or m.i in ends):
            saying.add(n)
    told = saying - own
    for n in sorted(told, reverse=True):
        while n - 1 >= 0 and n - 1 not in own and n - 1 not in told:
            n -= 1
            told.add(n)
    last = len(at) - 1  # «Президент Толии сообщил ...» behind a transcript
    if last not in own and any(
        m.kind == "title" and m.party and m.j in speech for m in mentions if m.i >= at[last]
    ):
        told.add(last)
    return told


def _spread(
    paras: Sequence[Paragraph],
    labels: dict[int, _Label],
    real: dict[int, _Label],
    told: set[int],
    bare: set[int],
) -> list[Turn]:
    """The turns; a paragraph of `bare` has no letter («<…>»), one of `told` is narration."""
    found: list[Turn] = []
    current: _Label | None = None
    answering: _Label | None = None
    group = 0
    for p in paras:
        if p.number in labels:
            current = real.get(p.number)
            answering = current or answering
            if labels[p.number].answers and answering is not None:
                current = msgspec.structs.replace(labels[p.number], mention=answering.mention)
            group += 1
            if current and current.mention:
                found.append(Turn(current.after, p.end, p.number, current.mention, group, True))
        elif p.number in told:
            current = None
        elif current and current.mention and p.kind in ("body", "item") and p.number not in bare:
            found.append(Turn(p.start, p.end, p.number, current.mention, group, False))
    return found
