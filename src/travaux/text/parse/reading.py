"""Reading any bracketed text: marks, pairs, places, names, and what is odd about them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from travaux.text.attribution import Groups
from travaux.text.parse import findings, lex, oddities, own
from travaux.text.parse.convention import CONVENTIONS, Convention, Reason, guess
from travaux.text.parse.inside import insides
from travaux.text.parse.kinds import Sort
from travaux.text.parse.labels import labels
from travaux.text.parse.macros import macros
from travaux.text.parse.pair import pair
from travaux.text.parse.paragraphs import FOOTNOTE, layout
from travaux.text.parse.parsed import Parsed, Point, Reading
from travaux.text.parse.parties import known
from travaux.text.parse.remarks import braces, remarks
from travaux.text.parse.sites import Site, sites
from travaux.text.parse.tree import Holes, text_of
from travaux.text.parse.units import Index, units

_BLANKS = str.maketrans("\r\ufeff\u00a0", "   ")  # read as blanks; what is given back keeps them


def parse(
    text: str,
    *,
    convention: Convention | None = None,
    parties: Collection[str] | Mapping[str, object] = (),
    groups: Groups | None = None,
) -> Parsed:
    """Any bracketed text, read in `convention`, or in the one it seems to be written in.

    `parties` are the names that attributions may use (a mapping gives them as keys), `groups` names of groups
    beside them; without `parties` they are told from the draft. Nothing is refused and nothing changed:
    ``render(parse(text)) == text``; oddities are `Parsed.defects`.
    """
    chosen, reason = (convention, Reason("brackets.why_set")) if convention else guess(text)
    if chosen.own and isinstance(read := own.parse(text, reason), Parsed):
        return read
    if chosen.own:
        chosen = CONVENTIONS["not-agreed"]
    found = _read(text, chosen, parties, groups or {})
    parsed = _parsed(found, chosen, reason)
    return (
        replace(parsed, defects=(*own.refusal(text), *parsed.defects))
        if reason.code == "brackets.why_own"
        else parsed
    )


def _read(
    text: str, chosen: Convention, parties: Collection[str] | Mapping[str, object], groups: Groups
) -> findings.Read:
    found = lex.marks(text)
    text = text.translate(_BLANKS)
    page = layout(text)
    paired = pair(found, page.paragraphs)
    spans = braces(text)
    told = remarks(text, page.paragraphs, spans)
    shown = labels(text, paired.pairs, page.paragraphs)
    heads = [label.head for label in shown if label.head[1]]
    heads = [(a + 1 + (text[a] in " \t"), b - (text[b - 1] in ")]")) for a, b in heads]
    names = known(
        text, paired.pairs, page.paragraphs, [(r.start, r.end) for r in told], heads, parties, groups
    )
    inside = insides(text, paired.pairs, page.paragraphs, spans, names.lexicon)
    made = sites(text, paired.pairs, inside, page.paragraphs, names.lexicon, chosen, shown)
    noted = [
        (p.open, p.close + 1) for p, one in zip(paired.pairs, inside, strict=True) if one.sort is Sort.NOTE
    ]
    told = remarks(text, page.paragraphs, sorted({*spans, *noted}))
    ids = _ids(text, made.sites)
    return findings.Read(
        text,
        found,
        page,
        paired,
        names,
        inside,
        made,
        spans,
        told,
        units(text, page.paragraphs),
        lex.lines(text),
        ids,
    )


def _ids(text: str, found: Sequence[Site]) -> list[str]:
    """A digest of the printed options of each site, numbered among equals."""
    seen: dict[str, int] = {}
    ids = []
    for site in found:
        told = "\0".join(
            f"{text[c.start : min(c.end, c.start + findings.SHOWN)]}{max(0, c.end - c.start)}"
            for c in site.choices
        )
        digest = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
        seen[digest] = seen.get(digest, 0) + 1
        ids.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return ids


def _parsed(read: findings.Read, chosen: Convention, reason: Reason) -> Parsed:
    text, found = read.text, read.made.sites
    index = Index(read.units)
    points = _points(read, index)
    named, unexplained = macros(text, found, read.ids)
    places = oddities.Places(read.lines)
    notes = findings.notes(read, index)
    links, lost = findings.links(read, index, points, places)
    why = places.defect(reason.code, max(0, reason.at), line=places.line(max(0, reason.at)), name=chosen.name)
    odd = [*findings.odd(read, places), *lost]
    odd += [places.defect("brackets.token_once", found[k].start) for k in unexplained]
    return Parsed(
        slices=tuple(read.marks.slices()),
        text=text_of(
            read.marks.text,
            found,
            read.ids,
            _holes(read),
            [(p.start, p.end) for p in read.layout.paragraphs if p.kind == FOOTNOTE],
        ),
        raw=lex.raw(text),
        points=tuple(points),
        parties=findings.parties(read, notes),
        source=read.known.source,
        convention=chosen,
        why=why,
        defects=tuple(sorted(odd, key=lambda defect: (defect.line, defect.col, defect.code))),
        questions=findings.questions(read, places),
        provisions=findings.provisions(read),
        notes=tuple(notes),
        links=tuple(links),
        macros=tuple(named),
        lines=read.lines,
    )


def _points(read: findings.Read, index: Index) -> list[Point]:
    made = []
    stack: list[int] = []
    holes = Holes(read.layout.furniture)
    for site, name in zip(read.made.sites, read.ids, strict=True):
        while stack and stack[-1] <= site.start:
            stack.pop()
        line, col = read.lines.place(site.start)
        unit = index.at(site.start)
        readings = tuple(
            Reading(findings.shown(read.text, c.start, c.end, holes), c.sort.value, c.label, c.stances)
            for c in site.choices
        )
        where = (line, col, unit.path if unit else "")
        made.append(
            Point(
                name,
                site.start,
                site.end,
                *where,
                site.kind,
                readings,
                len(stack) + 1,
                site.bare,
                site.block,
                site.wrapper,
            )
        )
        stack.append(site.end)
    return made


def _holes(read: findings.Read) -> list[tuple[int, int]]:
    """Spans that are no words of the text: pages, notes in braces and brackets, marks of status, names."""
    spans = [*read.layout.furniture, *read.braces]
    for one in read.inside:
        if one.sort in (Sort.NOTE, Sort.STATUS, Sort.NAMES):
            spans.append((read.paired.pairs[one.pair].open, one.until))
    made: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made
