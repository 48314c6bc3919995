"""Provisions: the labels that paragraphs carry, joined to paths such as “Article 4, 3 bis”."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from travaux.text.parse.paragraphs import FOOTNOTE, HEADING, Paragraph

_WORDS = re.compile(
    r"(?:articles?|paragraphs?|paras?\.?|sections?|provisions?|brackets?|items?|clauses?|rules?"
    r"|annex(?:es)?)\s+"
)
_TITLE = 60


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision: `path` as people cite it, `name` its last label, `part` the heading it stands under."""

    start: int
    end: int
    path: str
    name: str
    part: str
    mark: str = ""


def units(text: str, paragraphs: Sequence[Paragraph]) -> list[Unit]:
    """The provisions of a text in order; items and unlabelled paragraphs belong to the one before them."""
    made: list[Unit] = []
    part = ""
    for k, paragraph in enumerate(paragraphs):
        if paragraph.kind == FOOTNOTE or paragraph.level > 1:
            continue
        end = paragraphs[k + 1].start if k + 1 < len(paragraphs) else len(text)
        if paragraph.level == 0:
            part = paragraph.label or _title(text, paragraph)
            made.append(Unit(paragraph.start, end, part, part, "", paragraph.mark))
        else:
            name = paragraph.label or paragraph.mark
            path = f"{part}, {name}" if part else name
            made.append(Unit(paragraph.start, end, path, name, part, paragraph.mark))
    ends = [unit.start for unit in made[1:]] + [len(text)]
    return (
        [
            Unit(unit.start, end, unit.path, unit.name, unit.part, unit.mark)
            for unit, end in zip(made, ends, strict=True)
        ]
        if made
        else []
    )


def _title(text: str, paragraph: Paragraph) -> str:
    words = " ".join(text[paragraph.start : paragraph.end].split()).strip("[]*_# ")
    return words[:_TITLE].rstrip() if paragraph.kind == HEADING else ""


class Index:
    """Looks provisions up by offset and by the label a note uses."""

    def __init__(self, found: Sequence[Unit]) -> None:
        self._units = found
        self._starts = [unit.start for unit in found]
        self._names: dict[str, list[int]] = {}
        for k, unit in enumerate(found):
            for name in {plain(unit.name), plain(unit.path)}:
                self._names.setdefault(name, []).append(k)

    def at(self, place: int) -> Unit | None:
        """The provision around an offset, or None before the first one."""
        k = bisect_right(self._starts, place) - 1
        return self._units[k] if k >= 0 else None

    def named(self, label: str, near: int) -> Unit | None:
        """The provision that `label` means where a note at offset `near` uses it: of the same part first."""
        found = self._names.get(plain(label)) or self._names.get(plain(label).split("(")[0])
        if not found:
            return None
        home = self.at(near)
        same = [k for k in found if home is not None and self._units[k].part == home.part and home.part]
        return self._units[(same or found)[0]]


def plain(label: str) -> str:
    """A label without the word before it, blanks and case: “Article 4 bis” and “4bis” are the same."""
    return _WORDS.sub("", label.lower()).replace(" ", "").rstrip(".")
