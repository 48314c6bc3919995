"""Speech without quotation marks: "Name: words" turns of a transcript.

A label counts when it is a person of the document (a titled name anywhere), or recurs as a label; a heading
with a colon is none. A turn runs on through the paragraphs after it until the next label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from travaux.reader.language import Language
from travaux.reader.mentions import Mention
from travaux.reader.segments import Paragraph
from travaux.reader.tokens import Tokens

_LONGEST_LABEL = 14  # tokens


@dataclass(frozen=True, slots=True)
class Turn:
    """The words of one paragraph of one turn: characters `start`..`end`; `label` is the mention that speaks.

    `first` is false for the second and further paragraphs; `group` numbers the turns.
    """

    start: int
    end: int
    paragraph: int
    label: Mention
    group: int
    first: bool


@dataclass(frozen=True, slots=True)
class _Label:
    paragraph: Paragraph
    after: int
    words: str
    mention: Mention | None


def turns(
    tokens: Tokens, paras: Sequence[Paragraph], mentions: Sequence[Mention], lang: Language
) -> list[Turn]:
    """The turns of a document that is a transcript; none where fewer than two labels stand."""
    by_start = {m.i: m for m in mentions}
    labels = {p.number: label for p in paras if (label := _label(tokens, p, by_start, lang))}
    times = Counter(label.words for label in labels.values())
    titled = {m.name[-1].lower() for m in mentions if m.kind == "titled"}
    real = {
        n: x
        for n, x in labels.items()
        if x.mention and _speaks(x.mention, titled, times[x.words], len(labels))
    }
    if len(real) + sum(x.mention is None for x in labels.values()) < 2 or not real:
        return []
    return list(_spread(paras, labels, real))


def _speaks(m: Mention, titled: set[str], times: int, labels: int) -> bool:
    return bool(m.name) and (m.name[-1].lower() in titled or times > 1 or labels > 2)


def _label(
    tokens: Tokens, paragraph: Paragraph, by_start: dict[int, Mention], lang: Language
) -> _Label | None:
    """The label that a paragraph opens with: a name, or a word like "Question", before a colon."""
    i = first = tokens.index(paragraph.start)
    last = min(tokens.index(paragraph.end), i + _LONGEST_LABEL)
    while i < last and tokens.word[i] != ":":
        if tokens.word[i] in '!?;"' or (tokens.word[i] == "." and len(tokens.word[i - 1]) > 3):
            return None
        i += 1
    if i >= last or i == first or i + 1 >= tokens.index(paragraph.end):
        return None
    words = tokens.text[paragraph.start : tokens.start[i]].lower()
    if tokens.low[first] in lang.words("questioners"):
        return _Label(paragraph, tokens.start[i + 1], words, None)
    mention = by_start.get(first)
    if mention is None or not mention.name or tokens.word[i + 1] in "\"'":
        return None
    rest = range(mention.j, i)
    if rest and tokens.word[mention.j] not in "([,":
        return None
    return _Label(paragraph, tokens.start[i + 1], words, mention)


def _spread(paras: Sequence[Paragraph], labels: dict[int, _Label], real: dict[int, _Label]) -> list[Turn]:
    found: list[Turn] = []
    current: _Label | None = None
    group = 0
    for p in paras:
        if p.number in labels:
            current = real.get(p.number)
            group += 1
            if current and current.mention:
                found.append(Turn(current.after, p.end, p.number, current.mention, group, True))
        elif current and current.mention and p.kind in ("body", "item"):
            found.append(Turn(p.start, p.end, p.number, current.mention, group, False))
    return found
