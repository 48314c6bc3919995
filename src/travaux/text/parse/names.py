"""Names of parties and groups in attributions, read against a list or against what the draft itself shows.

An attribution is a list of names with or without what they do: `ARV/TOL propose; NUR opposes`, `ARV, TOL`,
`proposed by ARV`. Digits of a footnote glued to a name and doubled slashes are read through and told; a name
that is not known is told and taken for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from travaux.text.model import Kind, Position, Stance
from travaux.text.parse.stances import PHRASE, stance_of

_UPPER = r"A-ZÀ-ÖØ-ÞА-ЯЁЎІ"
_LETTER = rf"{_UPPER}a-zß-öø-ÿа-яёўі"
CODE = re.compile(rf"[{_UPPER}][{_UPPER}\d]*(?:[-&.][{_UPPER}\d]+)*[{_UPPER}\d]\Z")
GENERIC = (
    rf"[{_UPPER}][{_LETTER}\d'’.-]*[{_LETTER}\d]"
    rf"(?:[ ](?:(?:of|and the|of the|for)[ ])?[{_UPPER}][{_LETTER}\d'’-]*[{_LETTER}\d])*"
)
_FILL = (
    r"(?:on[ \n]behalf[ \n]of|at[ \n]the[ \n]request[ \n]of|by|the|delegations?|of|from|has|have|is|are"
    r"|was|still|its|with|to|also|both|alt(?:ernative|\.)?|texts?|wording|language|amendments?|this|only"
    r"|would|like"
    r"|following|new|and[ \n]others|joint|option|paragraph)(?![\w])|[–—‑-]"
)
STOP = frozenset(
    """
    NOTE Note Notes NB N.B Option Options Alternative Alternatives Alt Variant Placeholder ADD MOD SUP NOC
    TBD TBC Article Articles Paragraph Paragraphs Section Annex Chapter Title Provided Where Definition
    Footnote Comment Editor Chair Chairs Co-Chairs Secretariat Facilitator Facilitators Agreed Pending
    Parked Deadline Example Source OP PP No XX XXX Draft New Rev WP CRP Doc UTC EUR USD GDP PDF ISO OK AND
    OR NOT IF All None See Text Recalling Noting If For In The This These Each Any Parties Party States
    Members ALT BIS Preamble Ad AD REF Date Decides Formerly Old Reads Subject Bracket Brackets Green Yellow
    White GREEN YELLOW WHITE RED Red Blue NO TEXT Legend OPTION ALTERNATIVE PLACEHOLDER CLEAN AGREED Per
    Cent Corr UN II III IV VI VII VIII IX XI XII Delete Deleted Para Paras Drafting Explanatory Coupling
    Link Bis Ter Previous Original Status Working Chairman Co-chairs Heading Co-facilitators Facilitators’
    Chair’s Chair's Reference References Rationale Remark Explanation DELETE
    """.split()
)
_WORD = re.compile(r"\w+")
_GLUE = r"(?P<foot>[¹²³⁰-⁹]{1,3}|\d{1,2}(?!\d)|\*{1,3}|†)?"


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd about a name: a defect code, its offset, and the values of its sentence."""

    code: str
    at: int
    values: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Said:
    """What an attribution says; `kind` where its words tell whether words come in or go out."""

    stances: list[Position] = field(default_factory=list)
    kind: Kind | None = None
    verbs: int = 0
    oddities: list[Oddity] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """All names, in order."""
        return [position.party for position in self.stances]


class Lexicon:
    """The names that may be read; `listed` says that somebody gave them, so that another one is an error and
    not a word. With `guess` whatever looks like a name is read.
    """

    def __init__(
        self, names: Iterable[str], groups: Iterable[str] = (), *, listed: bool = False, guess: bool = False
    ) -> None:
        found = sorted({*names, *groups}, key=lambda name: (-len(name), name))
        self.names = frozenset(found)
        self._listed = listed
        known = "|".join(re.escape(name) for name in found if name) or r"(?!)"
        say, fill = rf"(?P<say>(?i:{PHRASE}))(?![\w])", rf"(?P<fill>(?i:{_FILL}))"
        sep = r"(?P<sep>//+|[,;/&+:]|and(?![\w]))"
        end = r"\s+|(?P<bad>.)"
        if guess:
            token = rf"{say}|(?P<name>{GENERIC})(?P<foot>(?!))?|{sep}|{fill}|(?P<other>(?!))|{end}"
        else:
            name = rf"(?P<name>(?:{known}){_GLUE})(?![{_LETTER}])"
            token = rf"{name}|{say}|{sep}|{fill}|(?P<other>{GENERIC})|{end}"
        self._mention = re.compile(rf"(?<![\w])(?:{known})(?![{_LETTER}])")
        self._token = re.compile(token, re.DOTALL)

    def said(self, text: str, start: int, end: int, *, begun: bool = False) -> Said | None:
        """What text[start:end] says as an attribution, or None where it is anything else. With `begun` the
        words may go on as they like once names have taken a stance.
        """
        said = Said()
        pending: list[str] = []
        stance: tuple[Stance, str] | None = None
        for match in self._token.finditer(text, start, end):
            if match["name"]:
                pending.append(_name(match, said))
            elif match["bad"] or (match["other"] and match["other"] in STOP):
                return said if begun and said.stances else None
            elif match["other"]:
                said.oddities.append(
                    Oddity("brackets.party_unknown", match.start(), (("name", match["other"]),))
                )
            elif match["sep"]:
                _separated(match, said)
                if match["sep"] == ";":
                    _flush(said, pending, stance)
                    stance = None
            elif match["say"] and (told := stance_of(match)):
                said.verbs += 1
                said.kind = said.kind or told[2]
                stance = told[:2]
                if pending:
                    _flush(said, pending, stance)
                    stance = None
        _flush(said, pending, stance)
        return said if said.stances or self._names_others(said) else None

    def _names_others(self, said: Said) -> bool:
        """Whether an attribution without a known name is one all the same."""
        others = [dict(odd.values)["name"] for odd in said.oddities if odd.code == "brackets.party_unknown"]
        codes = [name for name in others if CODE.match(name)]
        return bool(others) and (said.verbs > 0 or (self._listed and len(codes) == len(others)))

    def only(self, text: str, start: int, end: int) -> bool:
        """Whether text[start:end] holds names and separators and nothing else."""
        return not any(match["fill"] or match["say"] for match in self._token.finditer(text, start, end))

    def mentioned(self, text: str, start: int, end: int) -> list[str]:
        """Names that stand anywhere in text[start:end]."""
        return [match[0] for match in self._mention.finditer(text, start, end)]


def _name(match: re.Match[str], said: Said) -> str:
    name, foot = match["name"], match["foot"]
    if not foot:
        return name
    name = name[: -len(foot)]
    if foot.isdigit():
        said.oddities.append(
            Oddity("brackets.digits_glued", match.start(), (("name", name), ("digits", foot)))
        )
    return name


def _separated(match: re.Match[str], said: Said) -> None:
    if match["sep"].startswith("//"):
        said.oddities.append(Oddity("brackets.slash_doubled", match.start(), (("mark", match["sep"]),)))


def _flush(said: Said, pending: list[str], stance: tuple[Stance, str] | None) -> None:
    held, note = stance or (Stance.SUPPORTS, "")
    said.stances += [Position(party, held, note) for party in dict.fromkeys(pending)]
    pending.clear()


def abbreviates(code: str, before: str) -> bool:
    """Whether `code` is made of letters of the words before it, as in “Joint Ferry Board (JFB)”."""
    words = _WORD.findall(before)[-len(code) - 2 :]
    for k in range(len(words)):
        if words[k][0].upper() != code[0]:
            continue
        rest = iter(" ".join(words[k:]).upper())
        if all(letter in rest for letter in code) and len(words) - k <= len(code) + 2:
            return True
    return False
