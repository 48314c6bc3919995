"""An interview in dashes: questions and answers by turns, no names before them.

Every paragraph opens with a dash, those that ask end in a question mark, and nobody is told to have said
anything. Who answers is the first person told with a title before the first question.
"""

from __future__ import annotations

from collections.abc import Sequence

from travaux.reader.language import Language
from travaux.reader.mentions import Mention
from travaux.reader.segments import Paragraph
from travaux.reader.tokens import Tokens
from travaux.reader.turns import Turn

_FEWEST = 3  # paragraphs: a question, an answer, a question


def dialogue(
    tokens: Tokens, paras: Sequence[Paragraph], mentions: Sequence[Mention], lang: Language
) -> tuple[list[Turn], list[Paragraph]]:
    """The answers as turns, and the paragraphs of questions; none where the document is no such interview."""
    text = tokens.text
    lines = [p for p in paras if text[p.start] == "–"] if lang.words("verb_first") else []
    if len(lines) < _FEWEST or any(_tagged(tokens, p) for p in lines):
        return [], []
    asked = lines[::2]
    asking = sum(text[p.end - 1] == "?" for p in asked)
    answered = sum(text[p.end - 1] == "?" for p in lines[1::2])
    first = tokens.index(lines[0].start)
    person = next((m for m in mentions if m.kind == "titled" and m.i < first), None)
    if person is None or asking * 2 <= len(asked) or asking < 2 * answered or asking < 1:
        return [], []
    return _answers(tokens, paras, lines, person), asked


def _answers(
    tokens: Tokens, paras: Sequence[Paragraph], lines: Sequence[Paragraph], person: Mention
) -> list[Turn]:
    """The answers with the paragraphs without a dash behind them; a line without a stop is a heading."""
    found: list[Turn] = []
    starts = {p.number: n for n, p in enumerate(lines)}
    current = -1
    for p in paras[lines[0].number : lines[-1].number + 1]:
        current = starts.get(p.number, current)
        opens = p.number in starts
        if current % 2 and (opens or tokens.text[p.end - 1] in ".!?…"):
            start = tokens.start[tokens.index(p.start) + opens]
            found.append(Turn(start, p.end, p.number, person, current, opens))
    return found


def _tagged(tokens: Tokens, p: Paragraph) -> bool:
    """Whether a verb of speech stands behind a second dash in the paragraph: it has a speaker of its own."""
    first, last = tokens.index(p.start), tokens.index(p.end)
    return any(tokens.word[h.i - 1] == "–" for h in tokens.within("speech", first + 2, last))
