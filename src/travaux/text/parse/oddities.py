"""What is odd about a draft, each with its place and a repair that is proposed and never made."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from rapidfuzz import process

from travaux.text.model import Stance
from travaux.text.parse.inside import Inside
from travaux.text.parse.kinds import Sort
from travaux.text.parse.labels import Label
from travaux.text.parse.lex import Lines
from travaux.text.parse.names import Lexicon, Oddity
from travaux.text.parse.pair import Pair, Paired
from travaux.text.parse.paragraphs import HEADING, Paragraph
from travaux.text.parse.parsed import Defect, Repair
from travaux.text.parse.sites import Site
from travaux.text.parse.units import Unit

_STOP = re.compile(r"[.;:](?=\s|\Z)|\n|\[")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_BRACE = re.compile(r"(?<!\\)[{}]")
_NEAR = 65.0


class Places:
    """Turns offsets into defects."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def defect(self, code: str, at: int, proposed: Repair | None = None, **values: object) -> Defect:
        """A defect at offset `at`."""
        line, col = self._lines.place(at)
        return Defect(code, line, col, values, proposed)

    def line(self, at: int) -> int:
        """The line of an offset, from 1."""
        return self._lines.place(at)[0]


def singles(text: str, paired: Paired, paragraphs: Sequence[Paragraph], places: Places) -> list[Defect]:
    """Brackets without a partner; touching ones are one defect."""
    starts = [paragraph.start for paragraph in paragraphs]
    found = []
    for at, count in _runs(paired.unclosed):
        k = bisect_right(starts, at) - 1
        end = paragraphs[k].end if k >= 0 else len(text)
        stop = _STOP.search(text, at + count, min(end, at + 2000))
        here = stop.start() if stop else min(end, at + 2000)
        proposed = Repair(here, here, "]" * count)
        found.append(places.defect("brackets.unclosed", at, proposed, n=count, line=places.line(here)))
    for at, count in _runs(paired.stray):
        found.append(places.defect("brackets.stray", at, Repair(at, at + count, ""), n=count))
    return found


def _runs(offsets: Sequence[int]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for at in offsets:
        if made and made[-1][0] + made[-1][1] == at:
            made[-1] = (made[-1][0], made[-1][1] + 1)
        else:
            made.append((at, 1))
    return made


def far(
    found: Sequence[Site], pairs: Sequence[Pair], paragraphs: Sequence[Paragraph], places: Places
) -> list[Defect]:
    """Brackets that are opened in one part of the text and closed in another."""
    starts = [paragraph.start for paragraph in paragraphs]
    heads = [paragraph.start for paragraph in paragraphs if paragraph.kind == HEADING]
    wrappers = {site.pairs[0] for site in found if site.wrapper}
    made = []
    for k, pair in enumerate(pairs):
        if not pair.across or k in wrappers:
            continue
        crossed = bisect_right(heads, pair.close) - bisect_right(heads, pair.open)
        between = bisect_right(starts, pair.close) - bisect_right(starts, pair.open)
        if crossed:
            made.append(places.defect("brackets.far", pair.open, n=between, line=places.line(pair.close)))
    return made


def braces(text: str, spans: Sequence[tuple[int, int]], places: Places) -> list[Defect]:
    """Braces without a partner; touching ones are one defect."""
    known = {edge for start, end in spans for edge in (start, end - 1)}
    single = [match.start() for match in _BRACE.finditer(text) if match.start() not in known]
    return [places.defect("brackets.brace", at, n=count) for at, count in _runs(single)]


def names(told: Iterable[Oddity], lexicon: Lexicon, places: Places) -> list[Defect]:
    """Names that are not known, digits glued to names, doubled slashes; each place once."""
    made: dict[tuple[int, str], Defect] = {}
    for odd in told:
        values = dict(odd.values)
        if odd.code == "brackets.party_unknown":
            near = process.extractOne(values["name"], sorted(lexicon.names), score_cutoff=_NEAR)
            if near:
                proposed = Repair(odd.at, odd.at + len(values["name"]), near[0])
                defect = places.defect(
                    "brackets.party_misspelt", odd.at, proposed, name=values["name"], near=near[0]
                )
            else:
                defect = places.defect(odd.code, odd.at, name=values["name"])
        elif odd.code == "brackets.digits_glued":
            start = odd.at + len(values["name"])
            proposed = Repair(start, start + len(values["digits"]), "")
            defect = places.defect(odd.code, odd.at, proposed, name=values["name"], digits=values["digits"])
        else:
            proposed = Repair(odd.at, odd.at + len(values["mark"]), "/")
            defect = places.defect(odd.code, odd.at, proposed, mark=values["mark"])
        made[odd.at, odd.code] = defect
    return list(made.values())


def options(text: str, found: Sequence[Site], places: Places) -> list[Defect]:
    """Options that say the same, parties in two options, parties for and against one option."""
    made = []
    for site in found:
        if len(site.choices) == 1 and not site.choices[0].said:
            continue
        shown: set[str] = set()
        held: dict[str, int] = {}
        for number, choice in enumerate(site.choices):
            words = " ".join(text[choice.start : min(choice.end, choice.start + 400)].split())
            if words and words in shown and len(words) < 400 and choice.sort is Sort.WORDS:
                made.append(places.defect("brackets.options_equal", choice.start, words=words[:60]))
            shown.add(words)
            stances: dict[str, Stance] = {}
            for position in choice.stances:
                if position.stance is not stances.setdefault(position.party, position.stance):
                    made.append(places.defect("brackets.party_both", choice.start, party=position.party))
            for party in {p.party for p in choice.stances if p.stance.value == "supports"}:
                if held.setdefault(party, number) != number and not _shared(site):
                    made.append(places.defect("brackets.party_twice", choice.start, party=party))
    return made


def _shared(site: Site) -> bool:
    """Whether one attribution stands for all options of a site (`[ARV: will/may]`)."""
    return len(site.pairs) == 1


def labels(gaps: Sequence[Label], alone: Sequence[Label], places: Places) -> list[Defect]:
    """Options that stand alone, and numbers of options that do not follow on each other."""
    odd = [places.defect("brackets.option_gap", label.start, label=label.shown) for label in gaps]
    return odd + [places.defect("brackets.option_alone", label.start, label=label.shown) for label in alone]


def empties(inside: Sequence[Inside], pairs: Sequence[Pair], places: Places) -> list[Defect]:
    """Brackets with nothing at all between them."""
    made = []
    for one in inside:
        pair = pairs[one.pair]
        if pair.close == pair.open + 1:
            made.append(places.defect("brackets.empty", pair.open))
    return made


def numbers(found: Sequence[Unit], rivals: Sequence[Site], places: Places) -> list[Defect]:
    """Provisions of one part that bear the same number, those of rival options left out."""
    blocks: list[tuple[int, int]] = []
    for site in rivals:
        if site.block and (not blocks or site.start >= blocks[-1][1]):
            blocks.append((site.start, site.end))
    seen: dict[str, int] = {}
    made = []
    for unit in found:
        k = bisect_right(blocks, (unit.start, unit.end)) - 1
        inside = k >= 0 and blocks[k][0] <= unit.start < blocks[k][1]
        if inside or not unit.part or not any(map(str.isdigit, unit.name)):
            continue
        if unit.path in seen:
            made.append(
                places.defect(
                    "brackets.label_twice", unit.start, label=unit.path, line=places.line(seen[unit.path])
                )
            )
        seen.setdefault(unit.path, unit.start)
    return made


def invisible(text: str, places: Places) -> list[Defect]:
    """Characters that cannot be seen and may hide or turn words."""
    return [
        places.defect("brackets.invisible", match.start(), n=len(match[0]), char=f"U+{ord(match[0][0]):04X}")
        for match in _INVISIBLE.finditer(text)
    ]
