"""What is wrong with a rulebook: contradictions, unknown names, levels nobody reaches, bad thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from travaux.acts.fault import Fault, Place
from travaux.rules.level import PARTIES, BookFile, Level
from travaux.rules.rule import Rule
from travaux.rules.threshold import bar


def faults_of(file: BookFile) -> list[Fault]:
    """Every fault of a rulebook whose fields have the right types; none where it can be used."""
    return [*_zone(file), *_levels(file), *_entries(file), *_rules(file)]


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


def _rules(file: BookFile) -> Iterator[Fault]:
    for n, level in enumerate(file.level):
        if level.source and level.source not in file.sources:
            yield _fault("rules.unknown_source", f"level[{n}].source", source=level.source)
        for path, rule in _walk(level.decides, f"level[{n}].decides"):
            if rule.source and rule.source not in file.sources:
                yield _fault("rules.unknown_source", f"{path}.source", source=rule.source)
            yield from _thresholds(rule, path, level)


def _walk(rule: Rule, path: str) -> Iterator[tuple[str, Rule]]:
    yield path, rule
    for n, part in enumerate(rule.inner()):
        yield from _walk(part, f"{path}.rules[{n}]")


def _thresholds(rule: Rule, path: str, level: Level) -> Iterator[Fault]:
    """A threshold that nobody or everybody meets: zero, more than all, more than the members there are."""
    for name in rule.thresholds():
        text = str(getattr(rule, name))
        if not text:
            continue
        wanted = bar(text)
        most = 1 if wanted.share else len(level.members) if isinstance(level.members, tuple) else 0
        never = bool(most) and (wanted.number > most or (wanted.passed and wanted.number == most))
        if never or (wanted.number == 0 and not wanted.passed):
            yield _fault("rules.threshold", f"{path}.{name}", found=text)
