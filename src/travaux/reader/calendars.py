"""What a date expression is worth: ISO 8601 / TIMEX3 values, against the document's own day.

A day without a year takes the year nearest the document's date: forward where its clause speaks of the
future, backward where it speaks of the past. Without a document's date the year is ``XXXX`` and a relative
expression has no value; nothing is guessed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, date, timedelta

import msgspec

from travaux.reader.language import Language
from travaux.reader.timex import Found


class Worth(msgspec.Struct, frozen=True, gc=False):
    """`type` is DATE, DURATION or SET; `value` None where it needs a date the document does not give."""

    type: str
    value: str | None
    mod: str = ""


class Calendar:
    """Values expressions of one language against one anchor day (None: unknown)."""

    def __init__(self, lang: Language, anchor: date | None) -> None:
        self.dates, self.lang, self.anchor = lang.data["dates"], lang, anchor

    def worth(self, found: Found, tense: str) -> Worth | None:
        """The value of an expression; `tense` is future, past or "". None for an impossible date."""
        s = {k: v.lower() for k, v in found.slots.items()}
        rule = found.rule
        if rule in ("iso", "numeric"):
            return self._day(int(s["year"]), int(s["mm"]), int(s["dd"]))
        if "month" in s:
            return self._of_month(rule, s, tense)
        if rule.startswith(("ago", "vague-ago")):
            return self._ago(s)
        if rule == "every":
            return self._every(s)
        if rule.startswith("duration"):
            return self._duration(s, half=rule == "duration-half")
        if rule in ("quarter", "season"):
            return self._part_of_year(s, tense)
        if rule == "day-relative":
            return self._relative_day(self.dates["tomorrow"][s["today"]])
        if rule == "weekday":
            return self._weekday(self.lang.weekdays[s["weekday"]], s.get("rel", ""), tense)
        if rule == "decade":
            return Worth("DATE", s["decade"] + "X")
        if rule == "relative-unit":
            return self._relative(s["rel"], s["unit"])
        return self._of_year(s)

    # --- days and months ---------------------------------------------------------------------------------

    def _day(self, year: int, month: int, day: int, mod: str = "") -> Worth | None:
        try:
            return Worth("DATE", date(year, month, day).isoformat(), mod)
        except ValueError:
            return None

    def _of_month(self, rule: str, s: Mapping[str, str], tense: str) -> Worth | None:
        month = self.lang.months[s["month"]]
        day = int(s["day"]) if "day" in s else self.dates["ordinals"].get(s.get("ordinal", ""), 0)
        if rule == "every-month-day":
            return Worth("SET", f"XXXX-{month:02}-{day:02}") if 1 <= day <= 31 else None
        if ("day" in s or "ordinal" in s) and not 1 <= day <= monthrange(2024, month)[1]:
            return None
        year = self._year(s, month, day, tense)
        if "day2" in s:
            return self._range(s, year, month, day)
        if rule == "month-range":
            last = self.lang.months[s["month2"]]
            first = f"{year:04}" if year else "XXXX"
            return Worth("DATE", f"{first}-{month:02}/{first}-{last:02}") if last > month else None
        part = self.dates["parts"].get(s.get("part", ""), "")
        head = f"{year:04}" if year else "XXXX"
        if day:
            if year and day > monthrange(year, month)[1]:
                return None
            return Worth("DATE", f"{head}-{month:02}-{day:02}")
        return Worth("DATE", f"{head}-{month:02}", part)

    def _year(self, s: Mapping[str, str], month: int, day: int, tense: str) -> int | None:
        """The year told, or the nearest one that fits the tense; None without an anchor."""
        if "year" in s or "year2" in s:
            return int(s.get("year") or s["year2"])
        if self.anchor is None:
            return None
        rel = s.get("rel", "")
        here = self.anchor
        if rel in self.dates["this"]:
            return here.year
        if rel in self.dates["next"]:
            tense = "future"
        elif rel in self.dates["last"]:
            tense = "past"
        if not day and month == here.month and not rel:
            return here.year
        options = [y for y in (here.year - 1, here.year, here.year + 1) if 1 <= y <= MAXYEAR]
        days = {y: (date(y, month, min(day or 15, monthrange(y, month)[1])) - here).days for y in options}
        if tense == "future":
            options = [y for y in options if days[y] >= 0] or options
        elif tense == "past":
            options = [y for y in options if days[y] <= 0] or options
        return min(options, key=lambda y: abs(days[y]))

    def _range(self, s: Mapping[str, str], year: int | None, month: int, day: int) -> Worth | None:
        month2 = self.lang.months[s["month2"]] if "month2" in s else month
        day2 = int(s["day2"])
        if not 1 <= day2 <= monthrange(2024, month2)[1]:
            return None
        last = int(s["year2"]) if "year2" in s else year
        if year and last and (month2, day2) < (month, day) and "year2" not in s:
            last = year + 1
        first, second = (f"{y:04}" if y else "XXXX" for y in (year, last))
        return Worth("DATE", f"{first}-{month:02}-{day:02}/{second}-{month2:02}-{day2:02}")

    def _weekday(self, weekday: int, rel: str, tense: str) -> Worth:
        if self.anchor is None:
            return Worth("DATE", None)
        ahead = (weekday - self.anchor.weekday()) % 7
        if rel in self.dates["next"]:
            days = ahead or 7
        elif rel in self.dates["last"]:
            days = ahead - 7
        elif rel in self.dates["this"]:
            days = weekday - self.anchor.weekday()
        elif tense == "future" or ahead == 0:
            days = ahead
        else:
            days = ahead - 7
        return self._relative_day(days)

    def _relative_day(self, days: int) -> Worth:
        if self.anchor is None:
            return Worth("DATE", None)
        try:
            return Worth("DATE", (self.anchor + timedelta(days=days)).isoformat())
        except OverflowError:
            return Worth("DATE", None)

    # --- years and longer or shorter units ---------------------------------------------------------------

    def _of_year(self, s: Mapping[str, str]) -> Worth | None:
        """Forms that hold a year, or a part of a year told relative to the document's."""
        part = self.dates["parts"].get(s.get("part", ""), "")
        unit = self.dates["units"].get(s.get("unit", ""), "Y")
        if "year" not in s and unit in ("M", "W", "DE"):
            base = self._relative(s.get("rel", "this"), s["unit"])
            return Worth("DATE", base.value, part)
        year = int(s["year"]) if "year" in s else self._shifted_year(s.get("rel", ""))
        if year is None:
            return Worth("DATE", None, part)
        if "year2" in s:
            second = int(s["year2"]) if len(s["year2"]) == 4 else year // 100 * 100 + int(s["year2"])
            return Worth("DATE", f"{year}/{second}") if second > year else None
        if "season" in s:
            return Worth("DATE", f"{year:04}-{self.dates['seasons'][s['season']]}")
        if "half" in s:
            return Worth("DATE", f"{year:04}-{self.dates['halves'][s['half']]}")
        return Worth("DATE", f"{year:04}", part)

    def _part_of_year(self, s: Mapping[str, str], tense: str) -> Worth:
        """A quarter or season without a year: of the nearest year that fits the tense."""
        part = self.dates["halves"][s["half"]] if "half" in s else self.dates["seasons"][s["season"]]
        middle = {"Q1": 2, "Q2": 5, "Q3": 8, "Q4": 11, "SP": 4, "SU": 7, "FA": 10, "WI": 1}[part]
        if self.anchor is None:
            return Worth("DATE", None)
        return Worth("DATE", f"{self._year({}, middle, 28, tense):04}-{part}")

    def _shifted_year(self, rel: str) -> int | None:
        if self.anchor is None:
            return None
        return self.anchor.year + (1 if rel in self.dates["next"] else -1 if rel in self.dates["last"] else 0)

    def _relative(self, rel: str, unit: str) -> Worth:
        """ "this year", "next month", "last week"."""
        if self.anchor is None:
            return Worth("DATE", None)
        step = 1 if rel in self.dates["next"] else -1 if rel in self.dates["last"] else 0
        kind = self.dates["units"].get(unit, "Y")
        return Worth("DATE", self._at(kind, step))

    def _ago(self, s: Mapping[str, str]) -> Worth | None:
        """ "three years ago", "over a year ago", "two weeks later": at the unit's own grain."""
        kind = self.dates["units"][s["unit"]]
        back = "later" not in s
        mod = "BEFORE" if back and s.get("over", "") in self.dates["beyond"] else ""
        if "vague" in s:
            return Worth("DATE", "PAST_REF" if back else "FUTURE_REF")
        if self.anchor is None:
            return Worth("DATE", None, mod)
        n = self._number(s["num"]) if "num" in s else 1
        return Worth("DATE", self._at(kind, -n if back else n), mod) if n is not None else None

    def _at(self, kind: str, step: int) -> str | None:
        """The anchor moved by `step` units, written at that unit's grain."""
        here = self.anchor
        if here is None or abs(step) > 4000:
            return None
        if kind == "F":
            kind, step = "W", step * 2
        if kind in ("Y", "DE", "CE"):
            year = here.year + step * {"Y": 1, "DE": 10, "CE": 100}[kind]
            if kind == "CE":
                return f"{year // 100:02}" if 1 <= year <= MAXYEAR else None
            return (f"{year:04}" if kind == "Y" else f"{year // 10:03}X") if 1 <= year <= MAXYEAR else None
        if kind in ("M", "Q"):
            total = here.year * 12 + here.month - 1 + step * (3 if kind == "Q" else 1)
            year, month = divmod(total, 12)
            return f"{year:04}-Q{month // 3 + 1}" if kind == "Q" else f"{year:04}-{month + 1:02}"
        if kind == "W":
            moved = here + timedelta(weeks=step)
            return "{}-W{:02}".format(*moved.isocalendar()[:2])
        return (here + timedelta(days=step)).isoformat() if kind == "D" else here.isoformat()

    # --- durations and sets ------------------------------------------------------------------------------

    def _duration(self, s: Mapping[str, str], *, half: bool = False) -> Worth | None:
        if "stem" in s:
            grown = s["grown"].rstrip("-")
            known = self.dates["compounds"]["numbers"].get(grown, grown)
            known = "1.5" if grown in self.dates["one_and_half"] else known
            return Worth("DURATION", self._period(str(known), self.dates["compounds"]["stems"][s["stem"]]))
        if "halfyear" in s:
            return Worth("DURATION", "P6M")
        kind = self.dates["units"][s["unit"]]
        n = "X" if "vague" in s else "1" if "one" in s else "1.5" if "onehalf" in s else None
        if n is None:
            number = self._number(s["num"]) if "num" in s else None
            if "num" in s and number is None:
                return None
            if number is None and kind == "Y":
                return Worth("DURATION", "P6M")
            n = str(number) if number is not None else "0.5"
            n = f"{n}.5" if half else n
        return Worth("DURATION", self._period(n, kind))

    def _period(self, n: str, kind: str) -> str:
        if kind in ("Q", "F", "DE", "CE", "HY"):
            factor, kind = {"HY": (6, "M"), "Q": (3, "M"), "F": (2, "W"), "DE": (10, "Y"), "CE": (100, "Y")}[
                kind
            ]
            n = str(int(n) * factor) if n.isdigit() else n
        return f"PT{n}{kind[1]}" if kind.startswith("T") else f"P{n}{kind}"

    def _every(self, s: Mapping[str, str]) -> Worth:
        if "rate" in s:
            return Worth("SET", self.dates["rates"][s["rate"]])
        if "weekday" in s:
            return Worth("SET", f"XXXX-WXX-{self.lang.weekdays[s['weekday']] + 1}")
        return Worth("SET", self._period("1", self.dates["units"][s["unit"]]))

    def _number(self, word: str) -> int | None:
        if word[0].isdigit():
            return int(word) if word.isdigit() else None
        found: int | None = self.dates["numbers"].get(word)
        return found
