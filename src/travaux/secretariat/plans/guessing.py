"""A mapping guessed from a plan itself, with the reason for each guess: for a person to correct, never used
to record anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Any, Final

from openpyxl.utils import get_column_letter

from travaux.acts.fault import Place, Refused, refused
from travaux.formats.plans import Line, PlanFile, Sheet, Timed, read_deadline
from travaux.formats.plans.bodies import alike
from travaux.messages import say
from travaux.secretariat.naming import slug
from travaux.secretariat.plans.headings import LOOKED, headings_at, one_line
from travaux.secretariat.plans.mapping import Columns, Ids, Listed, Mapping, Party, Plan, Side, Where
from travaux.secretariat.plans.surroundings import language_of, legend_of, title_of
from travaux.secretariat.plans.vocabulary import HEADINGS, NEVER, SURE, claim_of

_SAMPLE: Final = 300  # rows looked at
_NUMBER: Final = re.compile(r"[A-Za-zА-Яа-яІі]{0,4}[-. ]?\d+(?:[.\-/]\d+)*[.)]?[A-Za-zа-я]?\Z|[IVXLC]+\.?\Z")
_FIRST: Final = (
    "number", "what", "deadline", "lead", "also", "start", "status", "evidence", "party", "indicator",
    "baseline", "target", "programme", "condition", "notes",
)  # fmt: skip
# the order in which a heading is tried: the words of the first ones mean nothing else
_TOLD: Final = (
    "number", "start", "also", "baseline", "target", "evidence", "status", "condition", "deadline", "lead",
    "party", "what", "indicator", "programme", "notes",
)  # fmt: skip
# headings under which dates may still be deadlines
_UNDATED: Final = ("", "start", "target", "what", "notes")


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping nobody has confirmed, the reasons for its values by ``table.key``, and what is missing."""

    mapping: Mapping
    reasons: Table[str, str]
    lacking: tuple[str, ...] = ()


@dataclass(slots=True)
class _Seen:
    """What one column holds: its texts, and shares (0 to 1) of what they look like."""

    heading: str
    texts: list[str]
    dates: float = 0
    numbers: float = 0
    length: float = 0
    scores: dict[str, float] = field(default_factory=dict)


def guess(file: PlanFile, parties: Table[str, Sequence[str]]) -> Guess | Refused:
    """What the file's own headings and cells suggest. `parties` are those of the register: id, names.

    Refused: no sheet holds rows under headings.
    """
    found = [
        (score, -n, sheet, at, rows)
        for n, sheet in enumerate(file.sheets)
        if not sheet.hidden and sheet.lines
        for score, at, rows in [_header(sheet)]
    ]
    if not found:
        return refused("import_plan.no_rows", Place(file.name))
    score, _, sheet, at, rows = max(found, key=lambda f: (f[0] >= 2, f[0] * min(len(f[2].lines), 400)))
    headings = headings_at(sheet, at, rows)
    body = sheet.lines[at + rows :]
    if not body:
        return refused("import_plan.no_rows", Place(file.name))
    seen = {c: _column(h, body, c) for c, h in _wide(headings, body).items()}
    chosen, reasons = _choose(seen)
    if "what" not in chosen:
        return refused("import_plan.no_rows", Place(file.name))
    sides = _sides(headings, parties)
    for role in ("lead", "also", "status") if sides else ():
        chosen.pop(role, None)
        reasons.pop(f"columns.{role}", None)
    columns = {r: _name(c, headings) for r, c in chosen.items()}
    alike_sheets = _alike(file, sheet, headings, rows) if score >= 2 else [sheet]
    reasons["table"] = say(
        "import_plan.why_table",
        {"sheet": sheet.name or file.name, "row": sheet.lines[at].n, "n": len(chosen)},
    )
    lang = language_of(" ".join(seen[chosen["what"]].texts[:50]))
    title = (title_of(sheet, at) if len(alike_sheets) == 1 else "") or re.sub(r"\.\w+$", "", file.name)
    fixed = tuple(parties) if len(parties) == 1 and not sides and "party" not in chosen else ()
    mapping = Mapping(
        plan=Plan(id=slug(title)[:40].strip("-."), title=title[:200], lang=lang),
        table=Where(
            sheets=tuple(s.name for s in alike_sheets if s.name), header=sheet.lines[at].n, rows=rows,
            continued="join" if _continues(body, chosen) else "refuse",
        ),
        columns=Columns(**columns), side=sides, party=Party(fixed=fixed),
        bodies=Listed(legend=legend_of(file)),
        ids=Ids(prefix=slug(title)[:24].strip("-."), by="number" if "number" in chosen else "text"),
        status=_statuses(
            seen,
            [
                c
                for c in seen
                if c == chosen.get("status") or (sides and _role(seen[c].heading) == "status")
            ],
        ),
    )  # fmt: skip
    reasons["plan.title"] = say("import_plan.why_title")
    lacking = tuple(_lacking(mapping, chosen))
    reasons[""] = say("import_plan.why_guess", {"file": file.name})
    return Guess(mapping, reasons, lacking)


def _wide(headings: Table[int, str], body: Sequence[Line]) -> dict[int, str]:
    """The headings, and "" for columns that hold something under none."""
    width = max((max(line.cells, default=0) for line in body[:_SAMPLE]), default=0)
    return {c: headings.get(c, "") for c in range(1, max(width, max(headings, default=0)) + 1)}


def _header(sheet: Sheet) -> tuple[int, int, int]:
    """(roles named, index of the first row of headings, how many rows they take)."""
    best = (0, 0, 1)
    for at in range(min(LOOKED, len(sheet.lines))):
        for rows in (1, 2):
            if at + rows > len(sheet.lines) or (rows == 2 and not _goes_on(sheet, at)):
                continue
            headings = headings_at(sheet, at, rows)
            if len(headings) < 2 or any(len(h) > 160 for h in headings.values()):
                continue
            named = {r for h in headings.values() if (r := _role(h))}
            sure = {p for h in headings.values() if SURE.match(p := _plain(h.rsplit(" / ", 1)[-1]))}
            score = len(named) + ("what" in named) + len(sure)
            if score > best[0] or (rows == 2 and score == best[0] and at == best[1]):
                best = (score, at, rows)
    if best[0] < 2:
        widest = max(
            range(min(LOOKED, len(sheet.lines))), key=lambda i: (min(len(sheet.lines[i].filled), 4), -i)
        )
        return 0, widest, 1
    return best


def _goes_on(sheet: Sheet, at: int) -> bool:
    """Whether the row below a row of headings is one too: under merged or empty ones, with short words."""
    line, below = sheet.lines[at], sheet.lines[at + 1]
    spanned = {
        c
        for row, first, last in sheet.spans
        if row == line.n
        for c in range(first, last + 1)
        if last - first < max(sheet.width - 1, 2)
    }
    merged_down = {c for c, cell in below.cells.items() if cell.spread}
    own = {c for c, cell in below.cells.items() if cell.text and not cell.spread}
    short = all(
        len(below.cells[c].text) < 60 and not isinstance(below.cells[c].value, int | float) for c in own
    )
    under = own <= spanned or (bool(own) and not any(line.text(c) for c in own - spanned))
    reading = any(
        isinstance(read_deadline(below.cells[c].value), Timed) and below.cells[c].text not in ("-",)
        for c in own
    )
    return (
        bool(own)
        and short
        and not reading
        and (bool(spanned & own) or bool(merged_down) or len(own) >= 2)
        and under
    )


def _plain(heading: str) -> str:
    return " ".join(one_line(heading.replace("_", " ")).casefold().replace("ё", "е").split()).strip(" .:*")


def _role(heading: str) -> str:
    """The role a heading names, by its last part first; "" for none."""
    parts = [_plain(p) for p in heading.split(" / ")]
    for text in (parts[-1], *parts[:-1]) if len(parts) > 1 else parts:
        if not text or NEVER.match(text):
            continue
        for role in _TOLD:
            if HEADINGS[role].match(text):
                return role
    return ""


def _column(heading: str, body: Sequence[Line], column: int) -> _Seen:
    """The looks of a column; score of each role from its heading and what stands below it."""
    cells = [
        line.cells[column]
        for line in body[:_SAMPLE]
        if column in line.cells and line.cells[column].text and not line.cells[column].spread
    ]
    texts = [c.text for c in cells]
    seen = _Seen(heading, texts)
    n = max(len(texts), 1)
    sample = cells[:80]
    seen.dates = sum(_dated(c.value) for c in sample) / max(len(sample), 1)
    full = [line.text(column) for line in body[:_SAMPLE] if len(line.filled) > 2 and line.text(column)]
    seen.numbers = sum(bool(_NUMBER.match(t)) for t in full) / max(len(full), 1)
    seen.length = sum(map(len, texts)) / n
    role = _role(heading)
    plain = _plain(heading.rsplit(" / ", 1)[-1])
    never = bool(NEVER.match(plain))
    for each in _FIRST:
        named = (
            (each == role) * 3.0
            + bool(each != role and HEADINGS[each].match(plain)) * 1.0
            + (each == role and bool(SURE.match(plain))) * 2.0
        )
        looked = bool(named) or each in ("what", "number") or (each == "deadline" and role in _UNDATED)
        seen.scores[each] = named + _looks(each, seen) if texts and looked and not never else 0.0
    return seen


def _dated(value: object) -> bool:
    """Whether a cell is a deadline beyond doubt: not merely a small number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and not 1990 <= value <= 2199:
        return False
    read = read_deadline(value, spreadsheet=False)
    return (isinstance(read, Timed) and read.sort != "none") or (
        not isinstance(read, Timed) and not read.wrong
    )


def _looks(role: str, seen: _Seen) -> float:
    distinct = len(set(seen.texts)) / max(len(seen.texts), 1)
    match role:
        case "number":
            return 2.5 * seen.numbers * distinct - (seen.length > 20) * 3 - 2 * (seen.dates > 0.5)
        case "what":
            return min(seen.length / 40, 2.0) * distinct - 3 * seen.dates
        case "deadline" | "start":
            return 4 * seen.dates - 2 * (seen.dates < 0.2)
        case "lead" | "also":
            return 1.0 - 3 * seen.dates - distinct * (seen.length > 90)
        case "status":
            return 2.0 * sum(bool(claim_of(t)) for t in seen.texts) / max(len(seen.texts), 1) - (
                seen.length > 150
            )
        case "programme" | "party":
            return 1.0 - distinct
    return 0.0


def _choose(seen: Table[int, _Seen]) -> tuple[dict[str, int], dict[str, str]]:
    """The best column for each role, no column twice; a role nothing names is left out."""
    ranked = sorted(
        (
            (s, -_FIRST.index(role), -c, role, c)
            for c, one in seen.items()
            for role, s in one.scores.items()
            if s > 0
        ),
        reverse=True,
    )
    chosen: dict[str, int] = {}
    for score, _, _, role, column in ranked:
        least = {"what": 0.3, "number": 1.5, "deadline": 2.0}.get(role, 2.0)
        if role not in chosen and column not in chosen.values() and score >= least:
            chosen[role] = column
    if "deadline" not in chosen and "start" in chosen:
        chosen["deadline"] = chosen.pop("start")
    if "lead" not in chosen and "also" in chosen:
        chosen["lead"] = chosen.pop("also")
    reasons = {f"columns.{role}": _why(role, c, seen[c]) for role, c in chosen.items()}
    return {r: chosen[r] for r in _FIRST if r in chosen}, reasons


def _why(role: str, column: int, seen: _Seen) -> str:
    letter = get_column_letter(column)
    values = {
        "letter": letter,
        "heading": seen.heading or "-",
        "share": round(100 * seen.dates),
        "length": round(seen.length),
        "sample": one_line(seen.texts[0])[:60],
    }
    if role in ("deadline", "start"):
        return say("import_plan.why_dates", values)
    if _role(seen.heading) == role:
        return say("import_plan.why_heading", values)
    return say("import_plan.why_looks", values)


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
    full = [line for line in body[:_SAMPLE] if any(line.text(c) for c in telling)]
    bare = sum(not line.text(chosen["what"]) and not line.text(chosen.get("number", 0)) for line in full)
    return bare >= 3 and bare * 10 > len(full)


def _sides(headings: Table[int, str], parties: Table[str, Sequence[str]]) -> tuple[Side, ...]:
    """Columns that each of several parties has for itself, its name in the heading."""
    made = []
    for party, names in parties.items():
        called = [n for n in (alike(party), *map(alike, names)) if len(n) > 2]
        mine = {
            _role(h): _name(c, headings)
            for c, h in headings.items()
            if any(re.search(rf"\b{re.escape(n)}\b", alike(h)) for n in called)
        }
        kept = {r: n for r, n in mine.items() if r in ("lead", "also", "status")}
        if kept:
            made.append(Side(party=party, **kept))
    return tuple(made) if len(made) > 1 else ()


def _statuses(seen: Table[int, _Seen], columns: Sequence[int]) -> dict[str, Any]:
    """Every distinct word of the status column with the claim it makes; "" where a person has to say."""
    words = dict.fromkeys(one_line(t) for c in columns for t in seen[c].texts if len(t) <= 80)
    return {w: claim_of(w) for w in list(words)[:40]}


def _lacking(mapping: Mapping, chosen: Table[str, int]) -> Iterator[str]:
    """What a person has to add before anything can be recorded."""
    if "party" not in chosen and not mapping.party.fixed and not mapping.side:
        yield say("import_plan.lacks_party")
    if "deadline" not in chosen:
        yield say("import_plan.lacks_deadline")
    unknown = [w for w, claim in mapping.status.items() if not claim]
    if unknown:
        yield say("import_plan.lacks_status", {"words": ", ".join(unknown[:6])})
    if not mapping.source:
        yield say("import_plan.lacks_source")
