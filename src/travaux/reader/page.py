"""One document laid open: everything the rules look at, found once, in one immutable text.

Positions are characters of the folded text or token numbers; `Page.words` gives the true characters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import or_

import msgspec

from travaux.reader.bodies import Body, find_bodies
from travaux.reader.dashes import Dashes
from travaux.reader.dialogue import dialogue
from travaux.reader.fold import Folded
from travaux.reader.introduced import Parties
from travaux.reader.language import Language
from travaux.reader.marked import Marks, Spot
from travaux.reader.mentions import Finder, Mention
from travaux.reader.parties import find_parties
from travaux.reader.quotes import Quoted, brackets, cover, quoted, singles
from travaux.reader.segments import Paragraph, Sentence, paragraphs, sentences
from travaux.reader.timex import Found, expressions
from travaux.reader.tokens import Hit, Tokens, drop, tag, tokenize
from travaux.reader.turns import Turn, turns
from travaux.reader.verbs import tag_verbs


class Rejection(msgspec.Struct, frozen=True, gc=False):
    """A candidate that a rule considered and let go: where, for which kind, which rule, and why (a
    message id)."""

    start: int
    end: int
    kind: str
    rule: str
    why: str


@dataclass(slots=True)
class Page:
    """The parts of one document. `hidden[i]` is true for tokens inside quotation marks, turns and asides,
    `within[i]` for tokens that belong to a mention; `times` are the expressions of time, `timed` their
    tokens (first: end), `names` those of names in quotation marks, `spots` those of
    quotations by their opening mark."""

    folded: Folded
    lang: Language
    tokens: Tokens
    paras: list[Paragraph]
    quotes: list[Quoted]
    turns: list[Turn]
    sentences: list[Sentence]
    hidden: bytearray
    bracketed: bytearray
    parties: Parties
    bodies: list[Body]
    mentions: list[Mention]
    within: bytearray
    at: dict[int, Mention] = field(default_factory=dict)
    ends: dict[int, Mention] = field(default_factory=dict)
    times: list[Found] = field(default_factory=list)
    timed: dict[int, int] = field(default_factory=dict)
    names: dict[int, int] = field(default_factory=dict)
    spots: dict[int, Spot] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    headline: int = -1
    _starts: list[int] = field(default_factory=list)
    _mentioned: list[int] = field(default_factory=list)

    def words(self, start: int, end: int) -> str:
        """The true characters behind ``start:end`` of the folded text."""
        return self.folded.words(start, end)

    def span_of(self, i: int, j: int) -> tuple[int, int]:
        """The characters of the tokens ``i:j``."""
        return self.tokens.start[i], self.tokens.end[j - 1]

    def mention_words(self, m: Mention) -> str:
        """A mention as it stands in the document."""
        return self.words(*self.span_of(m.i, m.j))

    def sentence_at(self, i: int) -> Sentence:
        """The sentence that holds token i (the last one before it where it stands in none)."""
        return self.sentences[max(bisect_right(self._starts, i) - 1, 0)]

    def sentence_number(self, i: int) -> int:
        """The number of the sentence that holds token i."""
        return max(bisect_right(self._starts, i) - 1, 0)

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether the characters lie inside one pair of quotation marks or one turn."""
        spans = [(q.start, q.end) for q in self.quotes] + [(t.start, t.end) for t in self.turns]
        return any(s <= start and end <= e for s, e in spans)

    def among(self, i: int, j: int) -> list[Mention]:
        """The mentions that start at the tokens ``i:j``, in order."""
        starts = self._mentioned
        first = bisect_left(starts, i)
        if first == len(starts) or starts[first] >= j:
            return []
        return self.mentions[first : bisect_left(starts, j, first)]

    def reject(self, start: int, end: int, kind: str, rule: str, why: str) -> None:
        """Note a candidate that was let go."""
        self.rejected.append(Rejection(start, end, kind, rule, why))

    def hit(self, group: str, i: int) -> Hit | None:
        """The lexicon's hit of a group at token i."""
        return self.tokens.hit(group, i)


def lay_open(folded: Folded, lang: Language, blocks: Sequence[tuple[int, int, str]]) -> Page:
    """Find the parts of a folded text."""
    tokens = tokenize(folded.text)
    tag(tokens, lang.lexicon)
    tag_verbs(tokens, lang)
    drop(tokens, "modal", lambda h: tokens.capital(h.i) and tokens.low[h.i] in lang.months and h.i > 0)
    paras = paragraphs(folded.text, blocks)
    parties = find_parties(tokens, lang)
    bodies = find_bodies(tokens, lang, parties)
    mentions = Finder(tokens, lang, parties, bodies).mentions()
    found, asked = turns(tokens, paras, mentions, lang)
    if not found:
        found, asked = dialogue(tokens, paras, mentions, lang)
    held = {t.paragraph for t in found} | {p.number for p in asked}
    quotes = quoted(folded.text, folded.shape, [p for p in paras if p.number not in held])
    dashes = Dashes(tokens, {m.i: m for m in mentions}, lang)
    quotes = sorted([*quotes, *dashes.paragraphs(paras, {q.paragraph for q in quotes} | held)], key=_opens)
    free = [p for p in paras if p.number not in held and p.kind != "aside"]
    quotes = dashes.interrupted([*quotes, *singles(folded.text, folded.shape, free, quotes)])
    quotes.sort(key=_opens)
    size = len(folded.text)
    spans = [(q.opens, q.closes) for q in quotes] + [(t.start, t.end) for t in found]
    spans += [(p.start, p.end) for p in paras if p.kind == "aside"] + [(p.start, p.end) for p in asked]
    in_quotes = cover(size, spans)
    in_brackets = cover(size, brackets(folded.text, paras))
    hidden = bytearray(map(in_quotes.__getitem__, tokens.start))
    bracketed = bytearray(map(in_brackets.__getitem__, tokens.start))
    unsplit = cover(size, [(q.opens, q.closes) for q in quotes])
    unsplit = unsplit if not any(bracketed) else bytearray(map(or_, unsplit, in_brackets))
    inside = bytearray(map(unsplit.__getitem__, tokens.start))
    cut = sentences(tokens, paras, inside, lang)
    within = cover(len(tokens), [(m.i, m.j) for m in mentions])
    ends = {m.j: m for m in mentions}
    quotes, names, spots = Marks(tokens, ends, lang).parted(quotes)
    page = Page(
        folded, lang, tokens, paras, quotes, found, cut, hidden, bracketed, parties, bodies, mentions, within
    )
    page.at = {m.i: m for m in mentions}
    page.ends = ends
    page.names = {spots[q.opens].opens: spots[q.opens].closes for q in names}
    page.spots = spots
    page.rejected = [Rejection(q.start, q.end, "quotes", "quote.title", "title") for q in names]
    page._starts = [s.i for s in cut]
    page._mentioned = [m.i for m in mentions]
    page.times = list(expressions(tokens, lang))
    page.timed = {tokens.index(f.start): tokens.index(f.end) for f in page.times}
    page.headline = _headline(folded.text, paras)
    page.quotes = [q for q in quotes if q.paragraph != page.headline]
    return page


def _headline(text: str, paras: Sequence[Paragraph]) -> int:
    """The number of the paragraph that is the title: the first heading, or a first line without a stop.

    A headline only repeats what the document says, in shorter words; -1 where there is none.
    """
    first = next((p for p in paras if p.kind != "aside"), None)
    if first is None or len(paras) < 2:
        return -1
    line = text[first.start : first.end].rstrip('"')
    short = len(line) < 250 and "\n" not in line and line[-1:] not in ("", *".:;,!?…–")
    return first.number if first.kind == "heading" or (short and first.kind == "body") else -1


def _opens(quote: Quoted) -> int:
    return quote.opens
