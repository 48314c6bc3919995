"""What is the same for all its looks: texts but for typography, bodies but for the form of their names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from travaux.formats.plans.bodies import alike

_SPACES: Final = re.compile(r"\s+")
_GROUPED: Final = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_COMMA: Final = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BULLET: Final = re.compile(r"^(?:[-–—•*]|\(?\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|[a-zа-я]\))\s+")
_PERCENT: Final = re.compile(r"\s*(?:%|per cent|percent|процент\w*)")
SMALL: Final = frozenset(
    "of the and for in on de du des la le les et der die das und für и по в на при с y del los el an".split()
)
_NEAR: Final = 93  # of 100: spellings of one name


@lru_cache(maxsize=100_000)
def plain_text(text: str) -> str:
    """A text without what is only form: case, spacing, quotation marks, dashes, ё, the form of numbers, a
    number or bullet before it, the stop after it."""
    plain = (
        unicodedata.normalize("NFKC", text.replace("¹", "").replace("²", "").replace("³", ""))
        .casefold()
        .replace("ё", "е")
    )
    plain = re.sub(r"[\u00ad\u200b\ufeff]", "", plain)
    plain = re.sub(r"[«»„“”‟\"'’‘`ʼ]", "", plain)
    plain = re.sub(r"\s*[‐‑‒–—−-]\s*", "-", plain)
    plain = _SPACES.sub(" ", plain).strip()
    plain = _BULLET.sub("", plain)
    plain = _THOUSANDS.sub("", _GROUPED.sub("", plain))
    plain = _PERCENT.sub("%", _COMMA.sub(".", plain))
    plain = re.sub(r"\s*([,;:.()/])\s*", r"\1", plain)
    return plain.strip(" .;,*")


@dataclass(frozen=True, slots=True)
class Bodies:
    """Which names are one body's: by `legend` (abbreviation: name), by `ids` (name as `alike` gives it: id in
    the register), and `also_same` (old name: new name), found in an edition."""

    legend: Table[str, str] = field(default_factory=dict)
    ids: Table[str, str] = field(default_factory=dict)
    also_same: Table[str, str] = field(default_factory=dict)

    def same(self, one: str, two: str) -> bool:
        """Whether two names are the same body's, in another form."""
        a, b = alike(self._spelled(one)), alike(self._spelled(two))
        if a == b or self.also_same.get(one) == two:
            return True
        if a in self.ids and self.ids[a] == self.ids.get(b):
            return True
        return (
            is_short_for(one, two) or is_short_for(two, one) or (min(len(a), len(b)) > 12 and _spelling(a, b))
        )

    def _spelled(self, name: str) -> str:
        return next((v for k, v in self.legend.items() if alike(k) == alike(name)), name)

    def renamed(
        self, leads: Iterable[tuple[str, str]], old: Collection[str], new: Collection[str]
    ) -> dict[str, str]:
        """Bodies that lead under another name throughout: the old name is gone, the new one was not there,
        and wherever (at least twice) the old one led the new one does."""
        became: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for one, two in leads:
            if one and two:
                became[one][two] += 1
        gone = {alike(n) for n in old} - {alike(n) for n in new}
        come = {alike(n) for n in new} - {alike(n) for n in old}
        found = {
            one: two for one, counted in became.items()
            for two, n in counted.most_common(1)
            if n >= 2 and len(counted) == 1 and alike(one) in gone and alike(two) in come
            and not self.same(one, two)
        }  # fmt: skip
        taken = Counter(found.values())
        return {one: two for one, two in found.items() if taken[two] == 1}


def _spelling(a: str, b: str) -> bool:
    """Whether two names differ by a letter or two only, and in no whole word or number."""
    if re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return False
    one, two = a.split(), b.split()
    return (
        len(one) == len(two)
        and all(fuzz.ratio(x, y) >= 80 for x, y in zip(one, two, strict=True))
        and fuzz.ratio(a, b) >= _NEAR
    )


def is_short_for(short: str, name: str) -> bool:
    """Whether `short` abbreviates `name`: its initials (MoF), or Мин- with the beginning of the next word."""
    words = [w for w in re.findall(r"[^\W\d_]+", name) if w]
    if len(words) < 2 or len(short) > 18 or " " in short.strip():
        return False
    letters = short.strip(" .").replace("-", "")
    if not any(c.isupper() for c in letters[:1]):
        return False
    big = "".join(w[0] for w in words if w.casefold() not in SMALL)
    if letters.casefold() in (big.casefold(), "".join(w[0] for w in words).casefold()):
        return sum(c.isupper() for c in letters) >= 2
    joined = re.match(r"(мин|гос|рос|min)(\w{3,})", letters.casefold())
    if joined is None or not words[0].casefold().startswith(joined[1][:3]):
        return False
    rest = re.sub(r"[ыиая]$", "", joined[2])
    return any(w.casefold().startswith(rest) for w in words[1:])
