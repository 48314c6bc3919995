"""The words by which drafts say how a party stands to an option, and what it would do with the words."""

from __future__ import annotations

import re

from travaux.text.model import Kind, Stance

# Longest and most specific first: the first that matches at a place is taken.
_PHRASES: tuple[tuple[str, Stance, str], ...] = (
    (
        "oppose",
        Stance.OPPOSES,
        r"(?:propos(?:es?|ed|al|ing)|wants?|asks?|prefers?|wish(?:es)?|requests?)[ \n](?:to[ \n]|the[ \n])?"
        r"(?:delet(?:e|ion)(?:[ \n]of)?|remov(?:e|al)(?:[ \n]of)?|strike)",
    ),
    (
        "insert",
        Stance.SUPPORTS,
        r"(?:propos(?:es?|ed|al|ing)|wants?|asks?|prefers?|wish(?:es)?|requests?)[ \n]to[ \n](?:add"
        r"|insert|include)",
    ),
    (
        "none",
        Stance.NO_OBJECTION,
        r"(?:has[ \n]|have[ \n]|with[ \n])?no[ \n]objections?(?:[ \n]to)?|do(?:es)?[ \n]not[ \n]object"
        r"|c(?:an|ould)[ \n](?:accept|live[ \n]with|agree)|accepts?",
    ),
    (
        "against",
        Stance.OPPOSES,
        r"do(?:es)?[ \n]not[ \n](?:support|accept|agree)|cannot[ \n]accept|oppos(?:es?|ed|ing|ition)(?:["
        r" \n]to)?"
        r"|objects?(?:[ \n]to)?|object(?:ed|ion)s?|rejects?|rejected|against|not[ \n]acceptable[ \n]to"
        r"|blocks?",
    ),
    ("delete", Stance.OPPOSES, r"delet(?:es?|ion|ed)(?=[ \n]*(?:[,;:]|by\b|at\b|\Z))"),
    (
        "flexible",
        Stance.FLEXIBLE_IF,
        r"(?:is[ \n]|are[ \n])?flexible(?:,?[ \n](?:if|provided|on condition)[^;:()\[\]]*)?",
    ),
    (
        "consider",
        Stance.CONSIDERING,
        r"(?:is|are)?[ \n]?(?:still[ \n])?(?:under[ \n]consideration|considering|consulting|studying"
        r"|reflecting"
        r"|awaiting[ \n]instructions)(?:[ \n](?:at[ \n]home|in[ \n]capitals?|with[ \n]capitals?"
        r"|internally|further))?",
    ),
    (
        "reserve",
        Stance.SCRUTINY,
        r"(?:(?:has|have|maintains?|enters?|enter(?:ed)?|places?|with)[ \n])?(?:a[ \n])?"
        r"(?:(?:parliamentary|linguistic|substantive|general|domestic|legal|scrutiny|study|waiting)["
        r" \n]){0,2}"
        r"(?:bracket(?:ed|s)(?=[ \n]by\b)|reserv(?:ations?|es?|ed|ing|ations? by)|scrutiny)(?:["
        r" \n](?:its|their)[ \n](?:position|right)s?)?",
    ),
    (
        "support",
        Stance.SUPPORTS,
        r"propos(?:es?|ed|als?|ing)|support(?:s|ed|ing)?|suggest(?:s|ed|ions?)?|prefer(?:s|red|ence)?"
        r"|request(?:s|ed)?"
        r"|add(?:s|ed)?|insert(?:s|ed|ion)?|retain(?:s|ed)?|keeps?|(?:in[ \n])?favou?rs?(?:[ \n]of)?"
        r"|wants?|wish(?:es)?|tabled?|tables"
        r"|(?:alternative|amendment|text|wording|submission)(?=[ \n]*(?:by|from|of|:|\Z))|co-?sponsors?"
        r"|agrees?",
    ),
)
PHRASE = "|".join(f"(?P<{name}>(?:{pattern}))" for name, _, pattern in _PHRASES)
_STANCES = {name: stance for name, stance, _ in _PHRASES}
_SORTS = re.compile(r"parliamentary|linguistic|substantive|general|domestic|legal|study|waiting")
_CONDITION = re.compile(r"flexible,?[ \n]((?:if|provided|on condition).*)\Z", re.DOTALL)


def stance_of(match: re.Match[str]) -> tuple[Stance, str, Kind | None] | None:
    """Stance, its note (a condition, a sort of reservation) and the kind of bracket that a phrase tells.

    None where `match` is of something else than a phrase of this module.
    """
    name = next((name for name in _STANCES if match[name] is not None), None)
    if name is None:
        return None
    words = match[name].lower()
    note = ""
    if name == "flexible" and (condition := _CONDITION.search(words)):
        note = " ".join(condition[1].split())
    if name == "reserve":
        note = " ".join(_SORTS.findall(words))
    kind = {"oppose": Kind.DELETION, "delete": Kind.DELETION, "insert": Kind.INSERTION}.get(name)
    if name == "support" and words.startswith(("propos", "add", "insert", "suggest")):
        kind = Kind.INSERTION
    return _STANCES[name], note, kind
