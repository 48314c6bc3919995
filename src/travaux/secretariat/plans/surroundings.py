"""What stands around a plan's table: its title, its abbreviations, and the language it is in."""

from __future__ import annotations

import re
from typing import Final

from travaux.formats.plans import PlanFile, Sheet
from travaux.secretariat.plans.headings import one_line

_LEGEND: Final = re.compile(
    r"(?:abbreviat|acronym|legend|glossar|сокращени|аббревиатур|условн|abr[eé]viation|sigle|abkürzung|"
    r"siglas|скарачэнн)",
    re.I,
)


def legend_of(file: PlanFile) -> dict[str, str]:
    """Abbreviations spelled out in a table of two columns, on a sheet or under a line that says so."""
    found: dict[str, str] = {}
    for sheet in file.sheets:
        named = bool(_LEGEND.search(sheet.name))
        for line in sheet.lines:
            texts = [c.text for c in line.filled]
            if len(texts) <= 2 and texts and _LEGEND.match(texts[0]):
                named = True
            elif (
                named
                and len(texts) == 2
                and len(texts[0]) <= 15 < len(texts[1]) + 12
                and texts[0] != texts[1]
            ):
                found[texts[0]] = one_line(texts[1])
    return found


def title_of(sheet: Sheet, at: int) -> str:
    """The longest line above the headings."""
    lines = [one_line(" ".join(c.text for c in line.filled)) for line in sheet.lines[:at]]
    return max((t for t in lines if len(t) > 8), key=len, default="")[:200]


def language_of(text: str) -> str:
    """The language of the measures by its letters and small words, "" where none is likely."""
    plain = f" {text.casefold()} "
    if re.search(r"[ўі]", plain) and "ў" in plain:
        return "be"
    if len(re.findall(r"[а-я]", plain)) * 2 > len(plain):
        return "ru"
    small = {
        "en": " the | of | and | to ",
        "fr": " les | des | de la | et ",
        "de": " der | und | die ",
        "es": " los | las | el | para ",
    }
    counts = {lang: len(re.findall(pattern, plain)) for lang, pattern in small.items()}
    best = max(counts, key=lambda lang: counts[lang])
    return best if counts[best] else ""
