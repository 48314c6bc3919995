"""A mapping guessed from a plan itself, with the reason for each guess: for a person to correct, never used
to record anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from travaux.acts.fault import Place, Refused, refused
from travaux.formats.plans import Line, PlanFile, Sheet
from travaux.formats.plans.bodies import alike
from travaux.messages import say
from travaux.secretariat.naming import slug
from travaux.secretariat.plans.headings import LOOKED, headings_at, one_line
from travaux.secretariat.plans.heads import find_header
from travaux.secretariat.plans.looks import SAMPLE, Seen, choose, look
from travaux.secretariat.plans.mapping import (
    Columns,
    Ids,
    Listed,
    Mapping,
    Party,
    Plan,
    Side,
    Timeline,
    Where,
)
from travaux.secretariat.plans.several import Run, beside_years, drawn_runs
from travaux.secretariat.plans.surroundings import language_of, legend_of, title_of
from travaux.secretariat.plans.vocabulary import (
    claim_of,
    role_of,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping nobody has confirmed, the reasons for its values by ``table.key``, and what is missing."""

    mapping: Mapping
    reasons: Table[str, str]
    lacking: tuple[str, ...] = ()


def guess(file: PlanFile, parties: Table[str, Sequence[str]]) -> Guess | Refused:
    """What the file's own headings and cells suggest. `parties` are those of the register: id, names.

    Refused: no sheet holds rows under headings.
    """
    found = _likeliest(file)
    if found is None:
        return refused("import_plan.no_rows", Place(file.name))
    score, sheet, at, rows = found
    headings, body = headings_at(sheet, at, rows), sheet.lines[at + rows :]
    above = " ".join(c.text for line in sheet.lines[:at] for c in line.filled)
    runs = list(drawn_runs(sheet, sheet.lines[at].n, headings, body, above))
    periods = {c for run in runs for c in run.columns}
    seen = {c: look(h, body, c) for c, h in _wide(headings, body).items() if c not in periods}
    chosen, reasons = choose(seen)
    together = _together({c: h for c, h in headings.items() if c in seen}, body, chosen, seen, reasons)
    if "what" not in chosen:
        return refused("import_plan.no_rows", Place(file.name))
    sides = _sides(headings, parties)
    for role in ("lead", "also", "status") if sides else ():
        chosen.pop(role, None)
        reasons.pop(f"columns.{role}", None)
    columns: dict[str, Any] = {r: _name(c, headings) for r, c in chosen.items()}
    columns |= {r: tuple(_name(c, headings) for c in several) for r, several in together.items()}
    timeline, year = _timeline(runs, headings, reasons)
    again = _begins_again(body, chosen)
    if again:
        reasons["ids.by"] = say("import_plan.why_number_text")
    alike_sheets = _alike(file, sheet, headings, rows) if score >= 2 else [sheet]
    reasons["table"] = say(
        "import_plan.why_table",
        {"sheet": sheet.name or file.name, "row": sheet.lines[at].n, "n": len(chosen)},
    )
    lang = language_of(" ".join(seen[chosen["what"]].texts[:50]))
    title = (title_of(sheet, at) if len(alike_sheets) == 1 else "") or re.sub(r"\.\w+$", "", file.name)
    fixed = tuple(parties) if len(parties) == 1 and not sides and "party" not in chosen else ()
    mapping = Mapping(
        plan=Plan(id=slug(title)[:40].strip("-."), title=title[:200], lang=lang, year=year),
        table=Where(
            sheets=tuple(s.name for s in alike_sheets if s.name), header=sheet.lines[at].n, rows=rows,
            continued="join" if _continues(body, chosen) else "refuse",
        ),
        columns=Columns(**columns), timeline=timeline, side=sides, party=Party(fixed=fixed),
        bodies=Listed(legend=legend_of(file)),
        ids=Ids(prefix=slug(title)[:24].strip("-."), by=_by(chosen, again=again)),
        status=_statuses(
            seen,
            [
                c
                for c in seen
                if c == chosen.get("status") or (sides and role_of(seen[c].heading) == "status")
            ],
        ),
    )  # fmt: skip
    reasons["plan.title"] = say("import_plan.why_title")
    _tell_left(headings, seen, {*chosen.values(), *(c for t in together.values() for c in t)}, runs, reasons)
    wanting = any(r.drawn and r.yearless for r in runs)
    lacking = (*_lacking(mapping, chosen), *([say("import_plan.lacks_year")] if wanting else []))
    reasons[""] = say("import_plan.why_guess", {"file": file.name})
    return Guess(mapping, reasons, lacking)


def _likeliest(file: PlanFile) -> tuple[int, Sheet, int, int] | None:
    """(roles named, sheet, index of its headings, rows they take) of the sheet likeliest to be the plan."""
    found = [
        (score, sheet, at, rows)
        for sheet in file.sheets
        if not sheet.hidden and sheet.lines
        for score, at, rows in [find_header(sheet)]
    ]
    best = max(found, key=lambda f: (f[0] >= 2, f[0] * min(len(f[1].lines), 400)), default=None)
    return best if best and best[1].lines[best[2] + best[3] :] else None


def _begins_again(body: Sequence[Line], chosen: Table[str, int]) -> bool:
    """Whether the numbers begin again under each title: some stand twice, none twice under one title."""
    here: set[str] = set()
    before: set[str] = set()
    twice = False
    for line in body:
        if len(line.filled) == 1:
            here = set()
        number = line.text(chosen.get("number", 0))
        if not number or not line.text(chosen["what"]) or line.cells[chosen["number"]].spread:
            continue
        if number in here:
            return False
        twice |= number in before
        here.add(number)
        before.add(number)
    return twice


def _by(chosen: Table[str, int], *, again: bool) -> str:
    """What measures get their ids from: numbers, with the text where one stands more than once."""
    if "number" not in chosen:
        return "text"
    return "number_text" if again else "number"


def _together(
    headings: Table[int, str], body: Sequence[Line], chosen: dict[str, int], seen: Table[int, Seen],
    reasons: dict[str, str],
) -> dict[str, tuple[int, ...]]:  # fmt: skip
    """Deadlines of several columns, in place of a single one that does not say as much by itself."""
    found = beside_years(headings, body)
    now = chosen.get("deadline", 0)
    alone = now and now not in found.get("deadline", ()) and seen[now].dates >= 0.5
    kept = {r: columns for r, columns in found.items() if r != "deadline" or not alone}
    for role, columns in kept.items():
        for other in [r for r, c in chosen.items() if r == role or c in columns]:
            del chosen[other]
            reasons.pop(f"columns.{other}", None)
        values = {
            "letters": ", ".join(map(get_column_letter, columns)),
            "sample": " ".join(next((t for t in seen[c].texts), "-") for c in columns if c in seen)[:60],
        }
        reasons[f"columns.{role}"] = say("import_plan.why_together", values)
    return kept


def _timeline(
    runs: Sequence[Run], headings: Table[int, str], reasons: dict[str, str]
) -> tuple[Timeline, int]:
    """The columns in which deadlines are drawn, and the year their headings lack."""
    drawn = next((r for r in runs if r.drawn), None)
    if drawn is None:
        return Timeline(), 0
    reasons["timeline"] = drawn.why
    if drawn.year:
        reasons["plan.year"] = say("import_plan.why_year", {"year": drawn.year})
    first, last = (_name(c, headings) for c in (drawn.columns[0], drawn.columns[-1]))
    return Timeline(first=first, last=last), drawn.year


def _tell_left(
    headings: Table[int, str], seen: Table[int, Seen], taken: set[int], runs: Sequence[Run],
    reasons: dict[str, str],
) -> None:  # fmt: skip
    """The columns that hold something and are not taken: nothing is left out in silence."""
    left = [
        f"{get_column_letter(c)} “{headings.get(c, '-')[:40]}”"
        for c, one in seen.items()
        if one.texts and c not in taken
    ]
    drawn = next((r for r in runs if r.drawn), None)
    told = [r.why for r in runs if r is not drawn]
    told += [say("import_plan.why_left", {"columns": ", ".join(left[:20])})] if left else []
    if told:
        reasons["columns"] = "; ".join(told)


def _wide(headings: Table[int, str], body: Sequence[Line]) -> dict[int, str]:
    """The headings, and "" for columns that hold something under none."""
    width = max((max(line.cells, default=0) for line in body[:SAMPLE]), default=0)
    return {c: headings.get(c, "") for c in range(1, max(width, max(headings, default=0)) + 1)}


def _name(column: int, headings: Table[int, str]) -> str:
    """A column by its heading where that is the only one so called and no letter, else by letter."""
    heading = headings.get(column, "")
    same = sum(alike(h) == alike(heading) for h in headings.values())
    plain = heading and same == 1 and not re.fullmatch(r"[A-Z]{1,2}", heading)
    return heading if plain else get_column_letter(column)


def _alike(file: PlanFile, chosen: Sheet, headings: Table[int, str], rows: int) -> list[Sheet]:
    """The visible sheets with the same headings: a plan with a sheet for each chapter."""
    wanted = {alike(h) for h in headings.values()}
    return [
        s for s in file.sheets
        if s is chosen or (not s.hidden and _has_headings(s, wanted, rows))
    ]  # fmt: skip


def _has_headings(sheet: Sheet, wanted: set[str], rows: int) -> bool:
    found = (headings_at(sheet, at, rows) for at in range(min(LOOKED, len(sheet.lines))))
    return any(wanted <= {alike(h) for h in headings.values()} for headings in found)


def _continues(body: Sequence[Line], chosen: Table[str, int]) -> bool:
    """Whether enough rows have neither number nor text that they go on from the row above."""
    telling = [c for r, c in chosen.items() if r not in ("number", "what", "programme")]
    full = [line for line in body[:SAMPLE] if any(line.text(c) for c in telling)]
    bare = sum(not line.text(chosen["what"]) and not line.text(chosen.get("number", 0)) for line in full)
    return bare >= 3 and bare * 10 > len(full)


def _sides(headings: Table[int, str], parties: Table[str, Sequence[str]]) -> tuple[Side, ...]:
    """Columns that each of several parties has for itself, its name in the heading."""
    made = []
    for party, names in parties.items():
        called = [n for n in (alike(party), *map(alike, names)) if len(n) > 2]
        mine = {
            role_of(h): _name(c, headings)
            for c, h in headings.items()
            if any(re.search(rf"\b{re.escape(n)}\b", alike(h)) for n in called)
        }
        kept = {r: n for r, n in mine.items() if r in ("lead", "also", "status")}
        if kept:
            made.append(Side(party=party, **kept))
    return tuple(made) if len(made) > 1 else ()


def _statuses(seen: Table[int, Seen], columns: Sequence[int]) -> dict[str, Any]:
    """Every distinct word of the status column with the claim it makes; "" where a person has to say."""
    words = dict.fromkeys(one_line(t) for c in columns for t in seen[c].texts if len(t) <= 80)
    return {w: claim_of(w) for w in list(words)[:40]}


def _lacking(mapping: Mapping, chosen: Table[str, int]) -> Iterator[str]:
    """What a person has to add before anything can be recorded."""
    if "party" not in chosen and not mapping.party.fixed and not mapping.side:
        yield say("import_plan.lacks_party")
    if not mapping.columns.deadline and mapping.timeline == Timeline():
        yield say("import_plan.lacks_deadline")
    unknown = [w for w, claim in mapping.status.items() if not claim]
    if unknown:
        yield say("import_plan.lacks_status", {"words": ", ".join(unknown[:6])})
    if not mapping.source:
        yield say("import_plan.lacks_source")
