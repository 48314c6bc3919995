"""Progress of a rolling text for a page: open points with who holds them, words by state, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from travaux.acts.base import Deed
from travaux.register.drafts import Words
from travaux.register.fold import AsOf
from travaux.register.wording import rolling, text_acts
from travaux.text.page import Moment, PointLine, ProgressPage
from travaux.text.progress import AGREED, CONDITIONAL, OPEN, SHARED, Point, Progress, progress
from travaux.text.rolling import Rolling
from travaux.views.wording import Wording

MOST_DAYS = 60


def progress_page(
    asof: AsOf,
    text: Rolling,
    lang: str,
    w: Wording,
    words: Words | None,
    numbers: Mapping[str, int],
    level: Callable[[str], str],
    *,
    named: bool,
) -> ProgressPage:
    """The figures of `text` as `asof` has it. Without `named` no name is in it, nor any count by name."""
    told = progress(text, lang)
    labels = dict(text.labelled())
    lines = [_line(p, w, labels, level, numbers, named) for p in (*told.points, *told.wrappers)]
    points = tuple(one for one in lines if not one.whole)
    holders = Counter(name for one in points for name in one.holders)
    return ProgressPage(
        points,
        tuple(one for one in lines if one.whole),
        tuple(sorted(Counter(one.level for one in points).items())),
        tuple(sorted(holders.items(), key=lambda item: (-item[1], item[0]))),
        told.words,
        len(told.units),
        len(told.clean),
        tuple(labels[unit] for unit in told.undiscussed),
        tuple(_history(asof, text.instrument, lang, words)),
        w.say("progress_method", lang=lang),
    )


def _line(
    point: Point,
    w: Wording,
    labels: Mapping[str, str],
    level: Callable[[str], str],
    numbers: Mapping[str, int],
    named: bool,
) -> PointLine:
    opened = w.asof.act(point.opened) if point.opened else None
    return PointLine(
        point.brackets,
        tuple(numbers[b] for b in point.brackets if b in numbers),
        point.unit,
        labels[point.unit],
        level(point.level) or w.say("level_none"),
        w.say(f"degree_{point.degree.value}"),
        point.condition,
        w.when(opened.act.on) if opened and isinstance(opened.act, Deed) else "",
        point.opened,
        tuple(words or w.say("no_text") for words, _ in point.options),
        point.whole,
        tuple(w.name(party) for party in point.holders()) if named else (),
        point.coupled,
    )


def _history(asof: AsOf, instrument: str, lang: str, words: Words | None) -> Iterator[Moment]:
    """The figures at the end of each day on which something was done; the last days where they are many."""
    days = sorted({e.act.on.last for e in text_acts(asof, instrument)})
    for day in days[-MOST_DAYS:]:
        then = AsOf(asof._register, day, asof.recorded)
        told = progress(rolling(then, instrument, words), lang)
        yield _moment(day.isoformat(), told)


def _moment(day: str, told: Progress) -> Moment:
    count = told.words
    return Moment(day, len(told.points), count[AGREED], count[CONDITIONAL], count[SHARED], count[OPEN])
