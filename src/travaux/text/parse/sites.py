"""Every open place of a draft: bracket groups, blocks of options, blanks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from travaux.text.model import Kind
from travaux.text.parse.attribution import led, trailed
from travaux.text.parse.blocks import Block, Part, blocks
from travaux.text.parse.choices import Choice, of_pair, plain, settle
from travaux.text.parse.convention import Convention
from travaux.text.parse.group import groups
from travaux.text.parse.inside import Inside, names_only
from travaux.text.parse.kinds import Sort, sort_of
from travaux.text.parse.labels import Label
from travaux.text.parse.names import Lexicon, Said
from travaux.text.parse.pair import Pair
from travaux.text.parse.paragraphs import FOOTNOTE, HEADING, Paragraph

_BARE = re.compile(r"(?<=[\s(\d\[])(?:\#{2,8}|X{2,4}|_{2,40}|(?<=\d)X{1,2}|\?{3,8})(?=[\s.,;:)%/\]]|\Z)")
_ROMAN = re.compile(r"\bX(?:IX|VIII|VII|IV|II|I|V)\b")
_UNIT = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|\([a-z]{1,3}\))[ \t]+(?=\[)")
_BETWEEN = " \t\r\n.,;:*_#>•-"


@dataclass(slots=True)
class Site:
    """One open place, text[start:end], with its options in order. `bare` is a blank without brackets;
    `block` a block of labelled options; `wrapper` a bracket around the whole text.
    """

    start: int
    end: int
    choices: list[Choice]
    kind: Kind
    pairs: tuple[int, ...] = ()
    bare: bool = False
    block: bool = False
    wrapper: bool = False
    footnote: bool = False


@dataclass(slots=True)
class Sites:
    """The sites in order of their beginnings, labels that stand alone, blocks with gaps, and the pairs that
    name parties and nothing else.
    """

    sites: list[Site]
    alone: list[Label]
    gaps: list[Label]
    named: list[int] = field(default_factory=list)


def sites(
    text: str,
    pairs: Sequence[Pair],
    inside: list[Inside],
    paragraphs: Sequence[Paragraph],
    lexicon: Lexicon,
    convention: Convention,
    shown: Sequence[Label],
) -> Sites:
    """All open places of a text whose pairs are read."""
    named = _names(text, pairs, inside, lexicon)
    made, alone = blocks(text, shown, inside, pairs, paragraphs)
    taken: set[int] = set()
    found: list[Site] = []
    options: dict[int, list[Choice]] = {}
    roots = [k for k, pair in enumerate(pairs) if pair.parent < 0]
    opens = [pair.open for pair in pairs]
    for block in made:
        choices = [_labelled(text, part, pairs, inside, lexicon, taken, opens) for part in block.parts]
        if block.whole:
            options[block.container] = choices
        else:
            start = pairs[block.parts[0].pair].open if block.parts[0].pair >= 0 else block.start
            last = block.parts[-1]
            end = inside[last.pair].until if last.pair >= 0 else last.end
            found.append(Site(start, end, choices, Kind.ALTERNATIVES, block=True))
    starts = [paragraph.start for paragraph in paragraphs]
    for level in [roots, *(one.children for one in inside if one.children)]:
        free = [k for k in level if k not in taken]
        for members in groups(text, free, inside, pairs, starts, convention):
            found.append(_grouped(text, members, inside, pairs, options, lexicon, convention))
    found += _blanks(text, pairs, inside)
    found.sort(key=lambda site: (site.start, -site.end))
    _nest(found)
    found.sort(key=lambda site: (site.start, -site.end))
    _mark(text, found, pairs, paragraphs)
    gaps = [part.label for block in made for part in _gaps(block)]
    return Sites(found, alone, gaps, named)


def _names(text: str, pairs: Sequence[Pair], inside: list[Inside], lexicon: Lexicon) -> list[int]:
    """Pairs that hold nothing but names; behind a bracket they say who holds it."""
    found = []
    last: dict[int, Inside] = {}
    for one in inside:
        pair = pairs[one.pair]
        told = names_only(text, one, pair, lexicon)
        before = last.get(pair.parent)
        touching = before is not None and not text[before.until : pair.open].strip()
        if told is None or not told.names:
            if touching and before is not None and before.sort is Sort.NAMES and one.sort is not Sort.NAMES:
                one.said += before.said
        elif touching and before is not None and before.sort not in (Sort.NAMES, Sort.LITERAL):
            before.said.append(told)
            before.until = one.until
            one.sort = Sort.NAMES
            found.append(one.pair)
            continue
        elif told.verbs or _begins_line(text, pair.open):
            one.sort = Sort.NAMES
            one.said.append(told)
            found.append(one.pair)
        last[pair.parent] = one
    return found


def _begins_line(text: str, at: int) -> bool:
    line = text.rfind("\n", max(0, at - 40), at) + 1
    return (line > 0 or at < 40) and not text[line:at].strip(_BETWEEN + "0123456789")


def _labelled(
    text: str,
    part: Part,
    pairs: Sequence[Pair],
    inside: Sequence[Inside],
    lexicon: Lexicon,
    taken: set[int],
    opens: Sequence[int],
) -> Choice:
    """The option behind one label; brackets around all of it are part of the label, not a further dispute."""
    said: list[Said] = []
    if part.label.head[1] > part.label.head[0]:
        head = lexicon.said(
            text, part.label.head[0] + _skip(text, part.label.head), _cut(text, part.label.head)
        )
        said += [head] if head is not None else []
    start, end = part.label.end, part.end
    if part.pair >= 0:
        taken.add(part.pair)
        said += inside[part.pair].said
        end = min(end, inside[part.pair].end)
    for _ in range(2):
        first = led(text, start, end, lexicon)
        last = trailed(text, first.start, end, lexicon)
        said += [told for told in (first.said, last.said) if told is not None]
        start, end = _stripped(text, first.start, last.end)
        k = _all_of_it(text, start, end, pairs, inside, opens)
        if k < 0:
            break
        taken.add(k)
        said += inside[k].said
        if inside[k].sort in (Sort.BLANK, Sort.NONE):
            return Choice(inside[k].start, inside[k].end, inside[k].sort, said, part.label.shown)
        start, end = inside[k].start, inside[k].end
    sort = plain(sort_of(text[start:end], glued=False)) if end - start < 300 else Sort.WORDS
    return Choice(start, max(start, end), sort, said, part.label.shown)


def _skip(text: str, span: tuple[int, int]) -> int:
    words = text[span[0] : span[1]]
    return len(words) - len(words.lstrip(" \t([–—-"))


def _cut(text: str, span: tuple[int, int]) -> int:
    words = text[span[0] : span[1]]
    return span[1] - (len(words) - len(words.rstrip(" \t)]")))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\r\n":
        start += 1
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return start, end


def _all_of_it(
    text: str, start: int, end: int, pairs: Sequence[Pair], inside: Sequence[Inside], opens: Sequence[int]
) -> int:
    """The one pair that text[start:end] consists of, or -1."""
    label = _UNIT.match(text, start, end)
    start = label.end() if label else start
    if start >= end or text[start] != "[":
        return -1
    k = bisect_left(opens, start)
    if k >= len(pairs) or pairs[k].open != start or pairs[k].close >= end:
        return -1
    if text[inside[k].until : end].strip(_BETWEEN) or inside[k].sort in (Sort.NOTE, Sort.LITERAL, Sort.NAMES):
        return -1
    return k


def _grouped(
    text: str,
    members: Sequence[int],
    inside: Sequence[Inside],
    pairs: Sequence[Pair],
    options: dict[int, list[Choice]],
    lexicon: Lexicon,
    convention: Convention,
) -> Site:
    choices: list[Choice] = []
    for k in members:
        choices += options.get(k) or of_pair(text, inside[k], inside, pairs, lexicon, convention.slash)
    settle(text, choices)
    start, end = pairs[members[0]].open, inside[members[-1]].until
    block = any(k in options for k in members)
    return Site(start, end, choices, _kind(choices, convention), tuple(members), block=block)


def _kind(choices: Sequence[Choice], convention: Convention) -> Kind:
    if len(choices) > 1:
        return Kind.ALTERNATIVES
    only = choices[0]
    if only.sort in (Sort.BLANK, Sort.PARKED):
        return Kind.BLANK if only.sort is Sort.BLANK else Kind.PARKED
    return only.kind or convention.single


def _blanks(text: str, pairs: Sequence[Pair], inside: Sequence[Inside]) -> list[Site]:
    """Blanks that stand without brackets: ##, XX, __, 20XX."""
    roman = _ROMAN.search(text) is not None
    filled = sorted(
        (pairs[one.pair].open, pairs[one.pair].close) for one in inside if one.sort is not Sort.WORDS
    )
    found = []
    for match in _BARE.finditer(text):
        at, end = match.span()
        line = text.rfind("\n", max(0, at - 200), at) + 1
        if (roman and "X" in match[0]) or not text[line:at].strip(" \t>*"):
            continue
        k = bisect_left(filled, (at, -1)) - 1
        if k >= 0 and filled[k][1] > at:
            continue
        found.append(Site(at, end, [Choice(at, end, Sort.BLANK)], Kind.BLANK, bare=True))
    return found


def _nest(found: Sequence[Site]) -> None:
    """Let no site reach beyond the one around it: a block of labels ends with it, a bracket carries it on."""
    stack: list[Site] = []
    for site in found:
        while stack and stack[-1].end <= site.start:
            stack.pop()
        if stack and site.end > stack[-1].end:
            if site.pairs:
                for around in stack:
                    around.end = max(around.end, site.end)
                    around.choices[-1].end = max(around.choices[-1].end, site.end)
            else:
                site.end = stack[-1].end
                for choice in site.choices:
                    choice.start, choice.end = min(choice.start, site.end), min(choice.end, site.end)
        stack.append(site)


def _mark(text: str, found: list[Site], pairs: Sequence[Pair], paragraphs: Sequence[Paragraph]) -> None:
    """Tell the bracket around the whole text, and sites that stand in footnotes."""
    notes = [(p.start, p.end) for p in paragraphs if p.kind == FOOTNOTE]
    for site in found:
        k = bisect_left(notes, (site.start + 1, -1)) - 1
        site.footnote = k >= 0 and notes[k][0] <= site.start < notes[k][1]
    for site in found:
        if (
            len(site.choices) == 1
            and site.pairs
            and pairs[site.pairs[0]].across
            and pairs[site.pairs[0]].parent < 0
        ):
            site.wrapper = _wraps(text, pairs[site.pairs[0]], found, paragraphs)


def _wraps(text: str, pair: Pair, found: Sequence[Site], paragraphs: Sequence[Paragraph]) -> bool:
    """Whether nothing but titles stands before a bracket, nothing but notes behind it, and much inside."""
    before = [
        p for p in paragraphs if p.end <= pair.open or (p.start <= pair.open < p.end and p.start != pair.open)
    ]
    after = [p for p in paragraphs if p.start > pair.close and p.kind != FOOTNOTE]
    own = next((p for p in before if p.start <= pair.open < p.end), None)
    if own is not None and text[own.start : pair.open].strip(" \t\r\n*_#>"):
        return False
    titles = [p for p in before if p is not own]
    title = all(
        p.level != 1 and (p.kind == HEADING or p.end - p.start < 240) and not p.base.startswith("Article")
        for p in titles
    )
    inner = [p for p in paragraphs if pair.open <= p.start < pair.close]
    within = sum(pair.open < site.start < pair.close for site in found)
    quiet = all("[" not in text[p.start : p.end] for p in (*titles, *after)) and len(after) <= 2
    return title and len(titles) <= 8 and quiet and len(inner) >= 3 and (within > 1 or len(inner) > 4)


def _gaps(block: Block) -> list[Part]:
    """Labels whose number does not follow on the one before."""
    numbers = [0, *(part.label.ordinal for part in block.parts)]
    return [
        part
        for part, a, b in zip(block.parts, numbers, numbers[1:], strict=False)
        if not 0 <= b // 10 - a // 10 <= 1
    ]
