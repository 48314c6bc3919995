"""What stands beside the open places of a draft: notes, couplings, oddities, questions, parties."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from travaux.text.model import Coupling
from travaux.text.parse import lex, oddities
from travaux.text.parse.inside import Inside
from travaux.text.parse.kinds import Sort
from travaux.text.parse.names import Oddity
from travaux.text.parse.pair import Paired
from travaux.text.parse.paragraphs import Layout
from travaux.text.parse.parsed import Defect, Link, Note, Point, Provision
from travaux.text.parse.parties import Known, acts
from travaux.text.parse.remarks import Remark, ties
from travaux.text.parse.sites import Sites
from travaux.text.parse.slash import bare
from travaux.text.parse.tree import Holes
from travaux.text.parse.units import Index, Unit

SHOWN = 200
_NO_HOLES = Holes(())


@dataclass(frozen=True, slots=True)
class Read:
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


def shown(text: str, start: int, end: int, holes: Holes = _NO_HOLES) -> str:
    """text[start:end] on one line, without `holes`, cut after `SHOWN` characters."""
    words = " ".join(holes.words(text, start, min(end, start + 2 * SHOWN)).split())
    return words[:SHOWN] + "…" if end - start > SHOWN and len(words) > SHOWN else words


def notes(read: Read, index: Index) -> list[Note]:
    """The notes of a draft, with the parties they name and what they say of them."""
    made = []
    for remark in read.remarks:
        line, col = read.lines.place(remark.start)
        unit = index.at(remark.start)
        mentioned = tuple(dict.fromkeys(read.known.lexicon.mentioned(read.text, remark.start, remark.end)))
        stances = acts(read.text, remark.start, remark.end, read.known.lexicon)
        words = " ".join(remark.words[: 2 * SHOWN].split())
        made.append(Note(line, col, unit.path if unit else "", words, mentioned, stances))
    return made


def links(
    read: Read, index: Index, points: Sequence[Point], places: oddities.Places
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
        note = " ".join(tie.remark.words[:SHOWN].split())
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


def odd(read: Read, places: oddities.Places) -> list[Defect]:
    """Everything odd about a draft."""
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


def questions(read: Read, places: oddities.Places) -> tuple[Defect, ...]:
    """What could be read otherwise, and how it was read."""
    text, pairs = read.text, read.paired.pairs
    made = [
        places.defect(one.why, pairs[one.pair].open, words=shown(text, one.start, one.end)[:60])
        for one in read.inside
        if one.why
    ]
    made += [
        places.defect("brackets.status", pairs[one.pair].open, words=shown(text, one.start, one.end)[:60])
        for one in read.inside
        if one.sort is Sort.STATUS
    ]
    made += _slashes(read, places)
    return tuple(sorted(made, key=lambda defect: (defect.line, defect.col)))


def _slashes(read: Read, places: oddities.Places) -> list[Defect]:
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


def provisions(read: Read) -> tuple[Provision, ...]:
    """The provisions of a draft with their operations and marks of status."""
    marks: dict[int, str] = {}
    starts = [unit.start for unit in read.units]
    for one in read.inside:
        if one.sort is Sort.STATUS:
            marks[bisect_right(starts, read.paired.pairs[one.pair].open) - 1] = shown(
                read.text, one.start, one.end
            )
    return tuple(
        Provision(
            unit.path, read.lines.place(unit.start)[0], unit.start, unit.end, unit.mark, marks.get(k, "")
        )
        for k, unit in enumerate(read.units)
    )


def parties(read: Read, notes: Iterable[Note]) -> tuple[str, ...]:
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
