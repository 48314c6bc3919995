"""Silence: agreed unless somebody objects in time. A clock with a zone, and rules of who may break it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from msgspec import Meta

from travaux.acts.base import Filled
from travaux.acts.kinds import Object, OpenSilence
from travaux.acts.when import When
from travaux.register.filing import SILENCES, WORDS, steps
from travaux.register.fold import Entered
from travaux.register.ladder import Word, round_start
from travaux.rules.rule import Rule
from travaux.rules.sentence import Id, Sentence, sentence
from travaux.rules.situation import Finding, Situation, Voice

_SATURDAY: Final = 5
Effect = Annotated[str, Meta(pattern=r"^(fail|reopen)$")]
Opener = Annotated[str, Meta(pattern=r"^(member|keeper)$")]


class Silence(Rule, tag="silence", frozen=True):
    """No objection before the end of a silence procedure that is long enough.

    It lasts at least `hours` (elapsed, whatever the clocks do) and `working_days`: days from Monday to Friday
    that are no `holidays`, each counted once the hour of the opening is reached on it. Days are those of the
    zone of the rules. `breakers` are those whose objection ends it (left out: all members). A second opening
    before the end moves it to a later day where `extension` allows. `effect` says what a broken one means:
    the text fails, or talks on it reopen. `confirm`: the chair confirms the result by a letter.
    """

    hours: Annotated[int, Meta(ge=0)] = 0
    working_days: Annotated[int, Meta(ge=0)] = 0
    holidays: tuple[date, ...] = ()
    breakers: tuple[Filled, ...] = ()
    opened_by: tuple[Opener, ...] = ("member",)
    extension: bool = False
    confirm: bool = False
    effect: Effect = "fail"

    def __call__(self, s: Situation) -> Finding:
        """Holds where the time has run out, at least as long as asked, and nobody objected within it."""
        opened = procedures(s)
        asks = sentence("silence", length=self.length())
        if not opened:
            none = sentence("silence_not_opened")
            return self.finding(False, asks, reasons=[none], change=[sentence("open_silence_first")])
        start, end = opening(opened[0].act.on, s.book.zone), ending(opened[-1].act.until, s.book.zone)
        broken = [h for h in self._words_at(s, end) if isinstance(h.act, Object)]
        holds, reasons, change = self._answer(s, start, end, broken)
        means = self._meanings(s, {e.party for e in broken}, over=s.now > end)
        return self.finding(holds, asks, reasons=reasons, change=change, meanings=means)

    def length(self) -> Sentence:
        """How long it must last at least, in words."""
        if self.working_days:
            return sentence("working_days", n=self.working_days)
        return sentence("hours", n=self.hours) if self.hours else sentence("any_time")

    def long_enough(self, start: datetime, end: datetime) -> bool:
        """True where the time between two moments, both in the zone of the rules, is as long as asked."""
        elapsed = end.timestamp() - start.timestamp()
        return elapsed >= self.hours * 3600 and self.count_working(start, end) >= self.working_days

    def count_working(self, start: datetime, end: datetime) -> int:
        """The working days after the day of `start`, the last one only from the same hour on."""
        last = (
            end.date()
            if end.timetz().replace(tzinfo=None) >= start.time()
            else end.date() - timedelta(days=1)
        )
        days = (start.date() + timedelta(days=n) for n in range(1, (last - start.date()).days + 1))
        return sum(1 for d in days if d.weekday() < _SATURDAY and d not in self.holidays)

    def may_break(self, s: Situation, party: str) -> bool:
        """True for those whose objection ends it."""
        return party in (self.breakers or s.members)

    def _answer(
        self, s: Situation, start: datetime, end: datetime, broken: list[Entered[Word]]
    ) -> tuple[bool, list[Sentence], list[Sentence]]:
        if not self.long_enough(start, end):
            short = sentence("silence_too_short", start=start, end=end, length=self.length())
            return False, [short], [sentence("open_silence_first")]
        if broken:
            said = [sentence("silence_broken", party=Id(e.party), end=end, why=_why(e)) for e in broken]
            effect = sentence(f"silence_{self.effect}")
            return False, [*said, effect], [sentence("withdraw_objection", party=Id(e.party)) for e in broken]
        if s.now <= end:
            return False, [sentence("silence_runs", end=end)], [sentence("silence_ends", end=end)]
        letter = [sentence("silence_letter")] if self.confirm else []
        return True, [sentence("silence_kept", start=start, end=end), *letter], []

    def _words_at(self, s: Situation, end: datetime) -> Iterator[Entered[Word]]:
        """The last word of each breaker that was in time; one dated by a day alone counts from its start."""
        since = round_start(s.asof, s.subject, s.level.id)
        last: dict[str, Entered[Word]] = {}
        for entered in steps(s.asof, WORDS, s.subject):
            in_round = entered.act.at == s.level.id and entered.index > since
            if in_round and self.may_break(s, entered.party) and begins(entered.act.on, s.book.zone) <= end:
                last[entered.party] = entered
        yield from last.values()

    def _meanings(self, s: Situation, broke: set[str], over: bool) -> dict[str, Sentence]:
        quiet = "means_silence_agreed" if over else "means_silence_would_agree"
        found = {}
        for m in s.members:
            late = s.heard[m].voice is Voice.NO and m not in broke
            code = "means_objects" if m in broke else "means_objects_late" if late else quiet
            found[m] = sentence("means_agrees" if s.heard[m].voice is Voice.YES else code, party=Id(m))
        return found


def procedures(s: Situation) -> tuple[Entered[OpenSilence], ...]:
    """The openings of the present round at the level, in log order: the first, and its extensions."""
    since = round_start(s.asof, s.subject, s.level.id)
    return tuple(e for e in steps(s.asof, SILENCES, s.subject) if e.act.at == s.level.id and e.index > since)


def begins(when: When, zone: ZoneInfo) -> datetime:
    """The first moment of a `When`, in a zone."""
    return when.clock.astimezone(zone) if when.clock else datetime.combine(when.first, time.min, zone)


def opening(when: When, zone: ZoneInfo) -> datetime:
    """The moment a procedure opens: one opened on a day opens at its end, so that nobody loses time."""
    return when.clock.astimezone(zone) if when.clock else datetime.combine(when.last, time(23, 59, 59), zone)


def ending(when: When, zone: ZoneInfo) -> datetime:
    """The moment it ends: the instant given, or the end of the day in the zone of the rules."""
    return opening(when, zone)


def _why(entered: Entered[Word]) -> object:
    why = getattr(entered.act, "why", "")
    return sentence("because", why=why) if why else ""
