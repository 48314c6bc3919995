"""Reading any bracketed text: marks, pairs, places, names, and what is odd about them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from travaux.text.attribution import Groups
from travaux.text.model import Coupling
from travaux.text.parse import lex, oddities, own
from travaux.text.parse.convention import CONVENTIONS, Convention, Reason, guess
from travaux.text.parse.inside import Inside, insides
from travaux.text.parse.kinds import Sort
from travaux.text.parse.labels import labels
from travaux.text.parse.macros import macros
from travaux.text.parse.names import Oddity
from travaux.text.parse.pair import Paired, pair
from travaux.text.parse.paragraphs import FOOTNOTE, Layout, layout
from travaux.text.parse.parsed import Defect, Link, Note, Parsed, Point, Provision, Reading
from travaux.text.parse.parties import Known, acts, known
from travaux.text.parse.remarks import Remark, braces, remarks, ties
from travaux.text.parse.sites import Site, Sites, sites
from travaux.text.parse.slash import bare
from travaux.text.parse.tree import Holes, text_of
from travaux.text.parse.units import Index, Unit, units

_SHOWN = 200
_NO_HOLES = Holes(())
_BLANKS = str.maketrans("\r\ufeff\u00a0", "   ")  # read as blanks; what is given back keeps them


@dataclass(frozen=True, slots=True)
class _Read:
    """All that was found, before it is put into the form that people and programs get."""

    text: str  # as it is read: offsets are those of the source
    marks: lex.Marks
    layout: Layout
    paired: Paired
    known: Known
    inside: list[Inside]
    made: Sites
    braces: list[tuple[int, int]]
    remarks: list[Remark]
    units: list[Unit]
    lines: lex.Lines
    ids: list[str]


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
) -> _Read:
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
    return _Read(
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
            f"{text[c.start : min(c.end, c.start + _SHOWN)]}{max(0, c.end - c.start)}" for c in site.choices
        )
        digest = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
        seen[digest] = seen.get(digest, 0) + 1
        ids.append(digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")
    return ids


def _parsed(read: _Read, chosen: Convention, reason: Reason) -> Parsed:
    text, found = read.text, read.made.sites
    index = Index(read.units)
    points = _points(read, index)
    named, unexplained = macros(text, found, read.ids)
    places = oddities.Places(read.lines)
    notes = _notes(read, index)
    links, lost = _links(read, index, points, places)
    why = places.defect(reason.code, max(0, reason.at), line=places.line(max(0, reason.at)), name=chosen.name)
    odd = [*_odd(read, places), *lost]
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
        parties=_parties(read, notes),
        source=read.known.source,
        convention=chosen,
        why=why,
        defects=tuple(sorted(odd, key=lambda defect: (defect.line, defect.col, defect.code))),
        questions=_questions(read, places),
        provisions=_provisions(read),
        notes=tuple(notes),
        links=tuple(links),
        macros=tuple(named),
        lines=read.lines,
    )


def _points(read: _Read, index: Index) -> list[Point]:
    made = []
    stack: list[int] = []
    holes = Holes(read.layout.furniture)
    for site, name in zip(read.made.sites, read.ids, strict=True):
        while stack and stack[-1] <= site.start:
            stack.pop()
        line, col = read.lines.place(site.start)
        unit = index.at(site.start)
        readings = tuple(
            Reading(_shown(read.text, c.start, c.end, holes), c.sort.value, c.label, c.stances)
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


def _shown(text: str, start: int, end: int, holes: Holes = _NO_HOLES) -> str:
    words = " ".join(holes.words(text, start, min(end, start + 2 * _SHOWN)).split())
    return words[:_SHOWN] + "…" if end - start > _SHOWN and len(words) > _SHOWN else words


def _holes(read: _Read) -> list[tuple[int, int]]:
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


def _notes(read: _Read, index: Index) -> list[Note]:
    made = []
    for remark in read.remarks:
        line, col = read.lines.place(remark.start)
        unit = index.at(remark.start)
        mentioned = tuple(dict.fromkeys(read.known.lexicon.mentioned(read.text, remark.start, remark.end)))
        stances = acts(read.text, remark.start, remark.end, read.known.lexicon)
        words = " ".join(remark.words[: 2 * _SHOWN].split())
        made.append(Note(line, col, unit.path if unit else "", words, mentioned, stances))
    return made


def _links(
    read: _Read, index: Index, points: Sequence[Point], places: oddities.Places
) -> tuple[list[Link], list[Defect]]:
    """Couplings told in words, with the brackets they would tie; labels that stand nowhere are defects."""
    made: list[Link] = []
    lost: list[Defect] = []
    starts = [point.start for point in points]
    for tie in ties(read.remarks):
        tied: list[str] = []
        around = [index.at(tie.remark.start)] if tie.own else []
        for label in tie.labels:
            unit = index.named(label, tie.remark.start)
            if unit is None:
                lost.append(places.defect("brackets.link_unknown", tie.remark.start, label=label))
            around.append(unit)
        for unit in around:
            if unit is not None:
                tied += _outermost(points, starts, unit)
        line, col = read.lines.place(tie.remark.start)
        note = " ".join(tie.remark.words[:_SHOWN].split())
        made.append(Link(line, col, tie.labels, Coupling(tuple(dict.fromkeys(tied)), tie.exclusive, note)))
    return made, lost


def _outermost(points: Sequence[Point], starts: Sequence[int], unit: Unit) -> list[str]:
    """Ids of the brackets of one provision that stand in no other of it."""
    found = []
    at = -1
    for point in points[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]:
        if point.counted and point.start >= at:
            found.append(point.id)
            at = point.end
    return found


def _odd(read: _Read, places: oddities.Places) -> list[Defect]:
    text, pairs = read.text, read.paired.pairs
    told: list[Oddity] = [odd for one in read.inside for said in one.said for odd in said.oddities]
    told += [
        odd for site in read.made.sites for c in site.choices for said in c.said for odd in said.oddities
    ]
    return [
        *oddities.singles(text, read.paired, read.layout.paragraphs, places),
        *oddities.far(read.made.sites, pairs, read.layout.paragraphs, places),
        *oddities.braces(text, read.braces, places),
        *oddities.names(told, read.known.lexicon, places),
        *oddities.options(text, read.made.sites, places),
        *oddities.labels(read.made.gaps, read.made.alone, places),
        *oddities.empties(read.inside, pairs, places),
        *oddities.numbers(read.units, read.made.sites, places),
        *oddities.invisible(text, places),
    ]


def _questions(read: _Read, places: oddities.Places) -> tuple[Defect, ...]:
    """What could be read otherwise, and how it was read."""
    text, pairs = read.text, read.paired.pairs
    made = [
        places.defect(one.why, pairs[one.pair].open, words=_shown(text, one.start, one.end)[:60])
        for one in read.inside
        if one.why
    ]
    made += [
        places.defect("brackets.status", pairs[one.pair].open, words=_shown(text, one.start, one.end)[:60])
        for one in read.inside
        if one.sort is Sort.STATUS
    ]
    made += _slashes(read, places)
    return tuple(sorted(made, key=lambda defect: (defect.line, defect.col)))


def _slashes(read: _Read, places: oddities.Places) -> list[Defect]:
    """Bare slashes in prose, one question a paragraph."""
    outside: list[tuple[int, int]] = []
    at = 0
    for pair_ in read.paired.pairs:
        if pair_.parent < 0:
            outside.append((at, pair_.open))
            at = pair_.close
    outside.append((at, len(read.text)))
    starts = [paragraph.start for paragraph in read.layout.paragraphs]
    per: dict[int, list[int]] = {}
    for place in bare(read.text, outside):
        per.setdefault(bisect_right(starts, place), []).append(place)
    return [places.defect("brackets.slash", found[0], n=len(found)) for found in per.values()]


def _provisions(read: _Read) -> tuple[Provision, ...]:
    marks: dict[int, str] = {}
    starts = [unit.start for unit in read.units]
    for one in read.inside:
        if one.sort is Sort.STATUS:
            marks[bisect_right(starts, read.paired.pairs[one.pair].open) - 1] = _shown(
                read.text, one.start, one.end
            )
    return tuple(
        Provision(
            unit.path, read.lines.place(unit.start)[0], unit.start, unit.end, unit.mark, marks.get(k, "")
        )
        for k, unit in enumerate(read.units)
    )


def _parties(read: _Read, notes: Iterable[Note]) -> tuple[str, ...]:
    """The parties that the draft declares, or that attributions, notes and clauses for one party name."""
    found = {name for one in read.inside for said in one.said for name in said.names}
    found |= {
        name for site in read.made.sites for c in site.choices for said in c.said for name in said.names
    }
    found |= {name for note in notes for name in note.parties}
    found |= {name for p in read.layout.paragraphs for name in p.by.split("/")} & read.known.lexicon.names
    for pair_ in read.paired.pairs:
        found |= set(read.known.carved(read.text, pair_))
    return tuple(sorted(found | set(read.known.declared)))
