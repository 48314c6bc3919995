"""Which parties a draft names: the list that is given, a line that lists them, or what attributions show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from travaux.text.model import Position
from travaux.text.parse.attribution import followed, led, signed, trailed
from travaux.text.parse.names import CODE, STOP, Lexicon, Said, abbreviates
from travaux.text.parse.pair import Pair
from travaux.text.parse.paragraphs import Paragraph

_LISTED = re.compile(
    r"^[ \t>*_#-]*(?i:(?:negotiating |participating )?(?:parties|delegations|participants|wordings"
    r"|contracting parties"
    r"|parties to the talks|delegations present|participating delegations|members))(?: present)?["
    r" \t*_]*:[ \t*_]*(?P<list>[^\n]+)",
    re.MULTILINE,
)
_ITEM = re.compile(r"\s*(?:,|;|/|\band\b|&)\s*")
_EXPLAINED = re.compile(r"(?P<a>[^()]+?)\s*[(=–—]\s*(?P<b>[^()]+?)\)?\.?\Z")
_ACTS = re.compile(
    r"(?<![\w/])(?P<names>[A-Z][A-Z0-9]{1,5}(?:(?:, | and |/)[A-Z][A-Z0-9]{1,5})*),?\s+(?:(?:is|are"
    r"|was)\s+(?:still\s+)?(?:consulting|considering|studying|flexible"
    r"|ready|awaiting|of the view|not\s+(?:yet\s+)?(?:ready|in a position))|reserves?|maintains?"
    r"|opposes?|proposes?|supports?|objects?"
    r"|prefers?|requests?|(?:has|have)\s+(?:a\s+|entered\s+|placed\s+)?(?:\w+\s+)?(?:reservation"
    r"|reserved|proposed|asked|objected|no\s+objection)|cannot\s+accept"
    r"|can\s+(?:accept|live)|will\s+(?:revert|consult|confirm|come\s+back)|wishes|wants?|asks?)\b"
)
_CARVED = re.compile(
    r"\s*(?:[Ff]or|[Ii]n the case of|[Ee]xcept for|[Aa]s"
    r" regards)\s+(?:the\s+)?(?P<names>[A-Z][A-Z0-9]{1,5})(?=[,:\s])"
)


class Source(StrEnum):
    """Where the list of parties comes from."""

    GIVEN = "given"
    DECLARED = "declared"
    GUESSED = "guessed"
    NONE = "none"


@dataclass(slots=True)
class Evidence:
    """How often the draft shows a name to be a party's: surely, before a colon, in parentheses."""

    sure: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    behind: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Known:
    """The names to read attributions with. `line` is the offset of the line that declares them, or -1."""

    lexicon: Lexicon
    source: Source
    line: int = -1
    declared: tuple[str, ...] = ()

    def carved(self, text: str, pair: Pair) -> list[str]:
        """The party for which alone a bracketed clause is written (“For KES, …”)."""
        match = _CARVED.match(text, pair.open + 1, min(pair.close, pair.open + 80))
        return [match["names"]] if match and match["names"] in self.lexicon.names else []


def acts(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[Position, ...]:
    """What a note says that parties do: “TOL is still consulting”."""
    found: list[Position] = []
    for match in _ACTS.finditer(text, start, end):
        said = lexicon.said(text, match.start(), min(end, match.end() + 80), begun=True)
        found += said.stances if said is not None else []
    return tuple(found)


def known(
    text: str,
    pairs: Sequence[Pair],
    paragraphs: Sequence[Paragraph],
    remarks: Iterable[tuple[int, int]],
    heads: Iterable[tuple[int, int]],
    given: Collection[str] | Mapping[str, object],
    groups: Iterable[str],
) -> Known:
    """The parties to read with. `remarks` are the spans of notes, `heads` of labels of options."""
    if given:
        return Known(Lexicon(given, groups, listed=True), Source.GIVEN)
    seen = _evidence(text, pairs, paragraphs, remarks, heads)
    names = _names(seen)
    listed = _LISTED.search(text)
    declared = _declared(listed["list"]) if listed else []
    if listed and len(declared) > 1:
        lexicon = Lexicon(declared, groups, listed=True)
        return Known(lexicon, Source.DECLARED, listed.start(), tuple(declared))
    return Known(Lexicon(names, groups), Source.GUESSED if names else Source.NONE)


def _declared(line: str) -> list[str]:
    """The names of a line such as “Parties: Arvia (ARV), Tolia (TOL)”; codes before full names."""
    found = []
    for item in _ITEM.split(line.strip(" .*_")):
        match = _EXPLAINED.fullmatch(item)
        options = [match["a"].strip(), match["b"].strip()] if match else [item.strip(' ."“”')]
        codes = [name for name in options if CODE.match(name)]
        name = codes[0] if codes else options[0]
        if not name or not name[0].isupper() or len(name) > 40 or name in STOP:
            return []
        found.append(name)
    return found


def _evidence(
    text: str,
    pairs: Sequence[Pair],
    paragraphs: Sequence[Paragraph],
    remarks: Iterable[tuple[int, int]],
    heads: Iterable[tuple[int, int]],
) -> Evidence:
    seen = Evidence()
    guess = Lexicon((), guess=True)
    for pair in pairs:
        if pair.close - pair.open < 160 and (whole := guess.said(text, pair.open + 1, pair.close)):
            _lead(seen, whole if whole.verbs or _alone(text, pair, whole) else None)
        if carved := _CARVED.match(text, pair.open + 1, min(pair.close, pair.open + 80)):
            seen.sure[carved["names"]] += carved["names"] not in STOP
        if not signed(text, pair.open + 1, pair.close):
            continue
        first = led(text, pair.open + 1, pair.close, guess)
        _lead(seen, first.said, _beside(text, pair))
        last = trailed(text, first.start, pair.close, guess)
        _trail(seen, last.said, text, last.end)
        _trail(seen, followed(text, pair.close + 1, len(text), guess).said, text, pair.close)
    for start, end in heads:
        _lead(seen, guess.said(text, start, end))
    for start, end in remarks:
        if text[start] == "{":
            _lead(seen, led(text, start + 1, end - 1, guess).said)
        for match in _ACTS.finditer(text, start, end):
            seen.sure.update(name for name in re.split(r", | and |/", match["names"]) if name not in STOP)
    for paragraph in paragraphs:
        for part in paragraph.by.split("/"):
            if not part.isalpha():
                break
            seen.sure[part] += 1
    return seen


def _lead(seen: Evidence, said: Said | None, beside: bool = False) -> None:
    if said is None or not said.names or set(said.names) & STOP:
        return
    codes = any(CODE.match(name) for name in said.names)
    sure = said.verbs > 0 or (len(said.names) > 1 and codes)
    (seen.sure if sure else seen.before).update(dict.fromkeys(said.names, 2 if beside else 1))


def _trail(seen: Evidence, said: Said | None, text: str, at: int) -> None:
    if said is None or not said.names or set(said.names) & STOP:
        return
    codes = any(CODE.match(name) for name in said.names)
    if said.verbs or (len(said.names) > 1 and codes):
        seen.sure.update(dict.fromkeys(said.names, 1))
    elif not (len(said.names) == 1 and abbreviates(said.names[0], text[max(0, at - 120) : at])):
        seen.behind.update(dict.fromkeys(said.names, 1))


def _alone(text: str, pair: Pair, said: Said) -> bool:
    """Whether a bracket holds several codes and nothing else and begins a paragraph."""
    line = text.rfind("\n", max(0, pair.open - 40), pair.open) + 1
    begins = (line > 0 or pair.open < 40) and not text[line : pair.open].strip(" \t.*>0123456789")
    return begins and len(said.names) > 1 and all(CODE.match(name) for name in said.names)


def _beside(text: str, pair: Pair) -> bool:
    """Whether another bracket touches a pair."""
    before, after = text[max(0, pair.open - 2) : pair.open], text[pair.close + 1 : pair.close + 3]
    return before.strip(" ").endswith("]") or after.strip(" ").startswith("[")


def _names(seen: Evidence) -> set[str]:
    """The names for which there is enough."""
    found = set(seen.sure)
    for name in [*seen.before, *seen.behind]:
        code = bool(CODE.match(name))
        count = seen.before[name] + seen.behind[name]
        if (code and len(name) <= 8) or count > 1:
            found.add(name)
    found -= STOP
    return {_unglued(name, found) for name in found}


def _unglued(name: str, found: set[str]) -> str:
    base = name.rstrip("0123456789")
    return base if base != name and (base in found or len(base) > 2) and base.isalpha() else name
