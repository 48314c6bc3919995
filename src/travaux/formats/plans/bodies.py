"""Several bodies in one cell: who leads, who carries out with it, and abbreviations spelled out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

_WITH_WORDS: Final = (
    r"(?:in|with the) (?:cooperation|co-operation|collaboration|consultation|partnership|coordination|"
    r"conjunction) (?:with|of)|"
    r"together with|jointly with|supported by|with support (?:of|from)|with the participation of|"
    r"partners?:|co-executors?:|"
    r"supporting(?: (?:bodies|agencies|institutions))?:|participants?:|"
    r"совместно с|вместе с|при участии|с участием|при поддержке|во взаимодействии с|по согласованию с|"
    r"соисполнител\w+ ?[:–—-]|участник\w+:|"
    r"en (?:collaboration|coopération|concertation|lien|partenariat) avec|avec l'appui (?:de|du|des)|avec|"
    r"partenaires? ?:|"
    r"in zusammenarbeit mit|gemeinsam mit|unter beteiligung|beteiligt ?:|en colaboración con|"
    r"en coordinación con|con el apoyo de|"
    r"сумесна з"
)
_WITH: Final = re.compile(rf"[\s,;(]*(?:{_WITH_WORDS})\s*", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"^(?:lead|responsible|ответственн\w+(?: исполнител\w+)?|исполнител[ьи]|pilote|chef de file)\s*[:–—-]\s*",
    re.I,
)
_ROLE: Final = re.compile(
    r"\((?:lead(?:[ -](?:agency|body|ministry|institution|partner))?|leading|coordinator|main|"
    r"ответственн\w+(?: исполнител\w+)?|"
    r"отв\.?|головн\w+(?: исполнител\w+)?|координатор|свод|созыв|chef de file|pilote|responsable|"
    r"federführ\w*|líder)\)", re.I,
)  # fmt: skip
_ASIDE: Final = re.compile(
    r"\s*\((?:по согласованию|в пределах компетенции|tbc|to be confirmed|support|supporting|partner|"
    r"соисполнител\w+)\)",
    re.I,
)
_AND: Final = re.compile(r",?\s+(?:and|и|et|und|y|і|e|oraz|&)\s+", re.IGNORECASE)
_BULLET: Final = re.compile(r"^\s*(?:[-–—•·▪●*]|\(?\d{1,2}[.)])\s+")
_SORT: Final = re.compile(
    r"(?:the |le |la |les |l')?(?:ministr|министерств|мін|мин[а-я]{2,}|міністэрств|agenc|агентств|служб|"
    r"committee|комитет|камітэт|department|"
    r"департамент|комисси|commission|office|управлени|bureau|council|совет|савет|authority|администраци|"
    r"direction|secr[eé]tariat|secretar|"
    r"секретариат|bank|банк|фонд|fund|institut|институт|universit|университет|правительств|government|"
    r"gouvernement|governor|parliament|"
    r"court|суд|prosecut|генеральн|прокуратур|federal|федеральн|national|национальн|state|государственн|"
    r"госкомитет|рос[а-я]{3,}|[а-я]*исполком|заинтересованн|субъект|orgán|bundes|"
    r"board|centre|center|центр|inspect|инспекци|academy|академия|association|ассоциаци|union|союз|"
    r"division|directorate|unit\b|section\b|team\b|task force|working group|school|отдел|рабочая группа|"
    r"подразделени|abteilung|referat\b|stelle\b|"
    r"municipal|municipio|city|cabinet|кабинет|"
    r"органы|organi[sz]ation|организаци|концерн|корпорац|компани|company|corporation|police|полиц|customs|"
    r"таможен|chambre|chamber|палат)",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(r"[A-ZÀ-ÞА-ЯЁІЎ][A-ZÀ-ÞА-ЯЁІЎa-zа-яё&/-]{0,11}\Z")
_CAPITALS: Final = re.compile(r"[A-ZÀ-ÞА-ЯЁІЎ&/-]{2,}")
_TWO: Final = re.compile(r"[A-ZÀ-ÞА-ЯЁІЎ].*[A-ZÀ-ÞА-ЯЁІЎ]")
_ARTICLE: Final = re.compile(r"^(?:the|la|le|les|l'|the)\b\s*(?=[A-ZÀ-ÞА-Я])")
# After “with” Russian puts the first word into the instrumental case; these are the words bodies begin with.
_CASES: Final = {
    "министерством": "Министерство", "комитетом": "Комитет", "агентством": "Агентство", "банком": "Банк",
    "федеральной": "Федеральная", "национальным": "Национальный", "государственным": "Государственный",
    "департаментом": "Департамент", "центральным": "Центральный",
}  # fmt: skip
_JOINED: Final = re.compile(
    r"(?:\b(?:of|the|and|for|de|du|des|la|le|et|der|die|und|für|и|по|в|на|при|с|y|del)|,)\s*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Splitting:
    """How a source writes several bodies: `separators` where its mapping names them, `legend` its
    abbreviations, `known` names (as `alike` gives them) that stand alone elsewhere."""

    separators: tuple[str, ...] = ()
    legend: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of a cell in its order: the first is the `lead` unless another is marked so.

    `doubt` is the code of a question where the cell might name one body or several.
    """

    lead: str = ""
    also: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def every(self) -> tuple[str, ...]:
        """All of them, the lead first."""
        return (self.lead, *self.also) if self.lead else self.also


@lru_cache(maxsize=100_000)
def alike(name: str) -> str:
    """A name for comparison: case, spacing, quotation marks, ё and a final stop aside."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("ё", "е")
    plain = re.sub(r"[«»„“”\"'’‘]", "", plain)
    return " ".join(re.sub(r"[‐‑‒–—]", "-", plain).split()).strip(" .;,")


def read_bodies(text: str, how: Splitting = Splitting()) -> Bodies:
    """The bodies that a cell names, abbreviations of the legend spelled out, each once."""
    main, *others = _WITH.split(_LABEL.sub("", text.strip()))
    doubt = False
    names: list[tuple[str, bool, bool]] = []
    for n, part in enumerate((main, *others)):
        pieces, unsure = _pieces(part, how)
        doubt |= unsure
        names += [(piece, bool(_ROLE.search(piece)), n > 0) for piece in pieces]
    clean = [
        (name, lead, second) for raw, lead, second in names if (name := _name(raw, how.legend, second=second))
    ]
    marked = next((n for n, (_, lead, _) in enumerate(clean) if lead), None)
    if marked is None:
        marked = next((n for n, (_, _, second) in enumerate(clean) if not second), None)
    lead = clean[marked][0] if marked is not None else ""
    also = dict.fromkeys(
        name for n, (name, _, _) in enumerate(clean) if n != marked and alike(name) != alike(lead)
    )
    return Bodies(lead, tuple(also), "import_plan.one_body_or_more" if doubt else "")


def _pieces(part: str, how: Splitting) -> tuple[list[str], bool]:
    """The names in a part, and whether it might be read otherwise."""
    if how.separators:
        pattern = "|".join(map(re.escape, sorted(how.separators, key=len, reverse=True)))
        return [
            p
            for p in re.split(pattern, _unwrapped(part) if "\n" not in how.separators else part)
            if p.strip()
        ], False
    made: list[str] = []
    doubt = False
    for line in _lines(part):
        for piece in re.split(r"\s*;\s*|\s+/\s+", line):
            for one in _after_roles(piece):
                found, unsure = _by_comma(one, how)
                made += found
                doubt |= unsure
    return made, doubt


def _after_roles(piece: str) -> Iterator[str]:
    """Split at the commas behind a role: what is marked “(lead)” ends there."""
    at = 0
    for role in _ROLE.finditer(piece):
        comma = re.compile(r"\s*,\s*").match(piece, role.end())
        if comma:
            yield piece[at : role.end()]
            at = comma.end()
    yield piece[at:]


def _unwrapped(part: str) -> str:
    return " ".join(part.split())


def _lines(part: str) -> Iterator[str]:
    """Lines of a cell; one that only wraps goes on from the line before."""
    held = ""
    for raw in part.splitlines():
        line = raw.strip()
        if not line:
            continue
        bullet = _BULLET.match(line)
        wraps = (
            held
            and not bullet
            and (line[:1].islower() or _JOINED.search(held) is not None)
            and not held.endswith((",", ";"))
        )
        if wraps or (held.endswith(",") and line[:1].islower()):
            held = f"{held} {line}"
            continue
        if held:
            yield held
        held = _BULLET.sub("", line)
    if held:
        yield held


def _by_comma(piece: str, how: Splitting) -> tuple[list[str], bool]:
    """Split at commas and “and” only where each part is a body by its own look; else leave whole and ask."""
    whole = piece.strip(" ,.;")
    if alike(whole) in how.known and "," not in whole:
        return [whole], False
    commas = [p.strip() for p in re.split(r",(?![^()]*\))", whole) if p.strip()]
    parts = [q for p in commas for q in _anded(p, how)]
    if len(parts) < 2:
        return [whole] if whole else [], False
    if all(_is_body(p, how) for p in parts):
        return parts, False
    joined = _rejoined(commas, how)
    if joined:
        return joined, False
    return [whole], len(commas) > 1 and (
        any(_is_body(p, how) for p in commas[1:]) or _enumerates(commas, how)
    )


def _enumerates(commas: list[str], how: Splitting) -> bool:
    """Whether capitals after each comma may begin further bodies, and no “and” closes one long name."""
    return (
        _is_body(commas[0], how) and all(p[:1].isupper() for p in commas[1:]) and not _AND.search(commas[-1])
    )


def _rejoined(commas: list[str], how: Splitting) -> list[str]:
    """Parts put back to the name before where they begin with a small letter: “Labour, health and …”."""
    made: list[str] = []
    for part in commas:
        if made and part[:1].islower() and not _is_body(part, how):
            made[-1] = f"{made[-1]}, {part}"
        else:
            made.append(part)
    return made if all(_is_body(p, how) for p in made) else []


def _anded(part: str, how: Splitting) -> list[str]:
    pieces = [p for p in _AND.split(part) if p.strip()]
    return pieces if len(pieces) > 1 and all(_is_body(p, how) for p in pieces) else [part.strip()]


def _is_body(part: str, how: Splitting) -> bool:
    """Whether a part looks like a body's own name: known, an abbreviation, or begun by a word for bodies."""
    bare = _ASIDE.sub("", _ROLE.sub("", part)).strip()
    first = bare.split(" ", 1)[0] if bare else ""
    if alike(bare) in how.known or alike(bare) in {alike(k) for k in how.legend}:
        return True
    if _SHORT.match(bare) and _TWO.match(bare):
        return True
    if bare[:1].islower() and not _SORT.match(bare):
        return False
    return bool(_SORT.match(bare) or _CAPITALS.fullmatch(first) or _SORT.search(" ".join(bare.split()[-2:])))


def _name(raw: str, legend: Mapping[str, str], *, second: bool = False) -> str:
    """A body's name without its role, spelled out where the legend knows it."""
    if second:
        first, space, rest = raw.strip().partition(" ")
        raw = f"{_CASES.get(first.casefold(), first)}{space}{rest}"
    raw = _ARTICLE.sub("", raw.strip())
    name = " ".join(_ASIDE.sub("", _ROLE.sub("", raw)).split()).strip(" ,;:-–—")
    name = _unbracketed(name).rstrip(".") if not re.search(r"\b\w\.\Z", name) else _unbracketed(name)
    by_short = {alike(k): v for k, v in legend.items()}
    return by_short.get(alike(name), name)


def _unbracketed(name: str) -> str:
    """A name whose brackets do not match loses the odd one."""
    if name.count("(") > name.count(")"):
        return name.replace("(", " ", 1).strip() if name.endswith("(") else f"{name})"
    return name.replace(")", "", 1) if name.count(")") > name.count("(") else name


def stand_alone(cells: Iterable[str]) -> frozenset[str]:
    """Names that fill a cell of their own: what a comma elsewhere may separate."""
    return frozenset(
        alike(c) for c in cells if c and not re.search(r"[;\n,]|\s/\s", c) and not _AND.search(c)
    )
