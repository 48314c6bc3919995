"""What is wrong with a rulebook: contradictions, unknown names, levels nobody reaches, bad thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from travaux.acts.fault import Fault, Place
from travaux.rules.deposits import Deposits
from travaux.rules.level import PARTIES, BookFile, Level
from travaux.rules.majority import DoubleMajority
from travaux.rules.rule import Rule
from travaux.rules.silence import Silence
from travaux.rules.subset import Willing
from travaux.rules.threshold import bar
from travaux.rules.tree import DecideHow, Way


def faults_of(file: BookFile) -> list[Fault]:
    """Every fault of a rulebook whose fields have the right types; none where it can be used."""
    return [*_zone(file), *_levels(file), *_entries(file), *_tables(file), *_rules(file)]


def _fault(code: str, path: str, **values: object) -> Fault:
    return Fault(code, Place(f"$.{path}"), values)


def _zone(file: BookFile) -> Iterator[Fault]:
    try:
        ZoneInfo(file.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield _fault("rules.zone", "zone", zone=file.zone)


def _levels(file: BookFile) -> Iterator[Fault]:
    ids = [level.id for level in file.level]
    for n, level in enumerate(file.level):
        at = f"level[{n}]"
        if level.id in ids[:n]:
            yield _fault("rules.level_twice", f"{at}.id", level=level.id)
        if level.above and level.above not in ids:
            yield _fault("rules.unknown_level", f"{at}.above", level=level.above)
        elif level.above and level.above not in ids[n + 1 :]:
            yield _fault("rules.level_order", f"{at}.above", level=level.id, above=level.above)
        if level.apart and level.above:
            yield _fault("rules.apart_above", f"{at}.above", level=level.id)
        if not level.names:
            yield _fault("rules.no_name", f"{at}.names", level=level.id)
        yield from _members(level, at)


def _members(level: Level, at: str) -> Iterator[Fault]:
    if isinstance(level.members, str):
        if level.members != PARTIES:
            yield _fault("rules.members", f"{at}.members", found=level.members)
        return
    for member in sorted({m for m in level.members if level.members.count(m) > 1}):
        yield _fault("rules.member_twice", f"{at}.members", party=member)


def _entries(file: BookFile) -> Iterator[Fault]:
    levels = {level.id: level for level in file.level}
    for n, entry in enumerate(file.entry):
        if entry not in levels:
            yield _fault("rules.unknown_level", f"entry[{n}]", level=entry)
        elif levels[entry].apart:
            yield _fault("rules.apart_entry", f"entry[{n}]", level=entry)
    reached = _reached(levels, file.entry or (file.level[0].id,))
    for n, level in enumerate(file.level):
        if level.id not in reached and not level.apart:
            yield _fault("rules.unreachable", f"level[{n}].id", level=level.id)


def _reached(levels: dict[str, Level], entries: Iterable[str]) -> set[str]:
    reached: set[str] = set()
    for entry in entries:
        while entry in levels and entry not in reached:
            reached.add(entry)
            entry = levels[entry].above
    return reached


def _tables(file: BookFile) -> Iterator[Fault]:
    for n, table in enumerate(file.table):
        at = f"table[{n}]"
        if table.source and table.source not in file.sources:
            yield _fault("rules.unknown_source", f"{at}.source", source=table.source)
        if any(t.id == table.id and t.since == table.since for t in file.table[:n]):
            yield _fault("rules.table_twice", f"{at}.since", table=table.id, day=table.since)
        if abs(table.off) > Fraction(str(table.rounding)):
            total = float(table.of(table.weights))
            yield _fault("rules.table_total", f"{at}.total", table=table.id, sum=total, total=table.total)


def _rules(file: BookFile) -> Iterator[Fault]:
    rules = [(f"level[{n}].decides", level.decides, level.members) for n, level in enumerate(file.level)]
    rules += [("force", file.force, PARTIES)] if file.force else []
    for n, level in enumerate(file.level):
        if level.source and level.source not in file.sources:
            yield _fault("rules.unknown_source", f"level[{n}].source", source=level.source)
    for at, top, members in rules:
        for path, rule in _walk(top, at):
            if rule.source and rule.source not in file.sources:
                yield _fault("rules.unknown_source", f"{path}.source", source=rule.source)
            yield from _thresholds(rule, path, members)
            yield from _weighed(rule, path, members, file)
            yield from _contradicts(rule, path, members)


def _walk(rule: Rule, path: str) -> Iterator[tuple[str, Rule]]:
    yield path, rule
    for name, part in parts_of(rule):
        yield from _walk(part, f"{path}.{name}")


def parts_of(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rules inside a rule, each with its place in the file."""
    for name in rule.__struct_fields__:
        value = getattr(rule, name)
        if isinstance(value, Rule):
            yield name, value
        for n, part in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(part, Rule):
                yield f"{name}[{n}]", part
            elif isinstance(part, Way):
                yield f"{name}[{n}].rule", part.rule


def _thresholds(rule: Rule, path: str, members: str | tuple[str, ...]) -> Iterator[Fault]:
    """A threshold that nobody or everybody meets: zero, more than all, more than the members there are."""
    for name in rule.thresholds():
        text = str(getattr(rule, name))
        if not text:
            continue
        wanted = bar(text)
        most = 1 if wanted.share else len(members) if isinstance(members, tuple) else 0
        never = bool(most) and (wanted.number > most or (wanted.passed and wanted.number == most))
        if never or (wanted.number == 0 and not wanted.passed):
            yield _fault("rules.threshold", f"{path}.{name}", found=text)


def _weighed(rule: Rule, path: str, members: str | tuple[str, ...], file: BookFile) -> Iterator[Fault]:
    """A rule that weighs has its table, and the table every member that is named."""
    weighs = isinstance(rule, DoubleMajority) or (isinstance(rule, Deposits) and bool(rule.weight))
    if not weighs:
        return
    wanted = str(getattr(rule, "table", ""))
    tables = [t for t in file.table if t.id == wanted]
    if not tables:
        yield _fault("rules.unknown_table", f"{path}.table", table=wanted)
    for table in tables:
        for member in members if isinstance(members, tuple) else ():
            if member not in table.weights:
                yield _fault("rules.weight_missing", f"{path}.table", table=table.id, party=member)


def _contradicts(rule: Rule, path: str, members: str | tuple[str, ...]) -> Iterator[Fault]:
    """What cannot be met together: a silence nobody may break, a number above that of the members."""
    if isinstance(rule, Silence) and isinstance(members, tuple):
        for n, party in enumerate(rule.breakers):
            if party not in members:
                yield _fault("rules.breaker", f"{path}.breakers[{n}]", party=party)
    number = rule.least if isinstance(rule, Willing) else 0
    number = rule.at_least if isinstance(rule, DoubleMajority) else number
    if isinstance(members, tuple) and number > len(members):
        yield _fault("rules.threshold", path, found=number)
    if isinstance(rule, DecideHow) and len({w.name for w in rule.ways}) < len(rule.ways):
        yield _fault("rules.way_twice", f"{path}.ways")
