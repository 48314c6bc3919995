"""What opens the sealed parts of a prepared act: files that lie beside its text, for their author alone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from travaux.acts.fault import Place, Refused, refused
from travaux.record.entry import Draft
from travaux.record.opening import MAX_PARTS, Opening, parse_opening
from travaux.secretariat.attaching import read_file

_SHORT: Final = 12  # characters of an act's id that a person copies


def opening_file(prepared: Path, part: int) -> Path:
    """Where what opens a part of a prepared act lies: beside it."""
    return prepared.with_name(f"{prepared.name}.part-{part}.opening")


def openings_beside(prepared: Path, draft: Draft) -> tuple[Opening, ...] | Refused:
    """The openings that lie beside a prepared act, by part.

    Refused: a file that cannot be read or is no opening; one that opens another act or part.
    """
    files = [f for part in range(MAX_PARTS) if (f := opening_file(prepared, part)).exists()]
    found = []
    for file in files:
        data = read_file(file)
        opening = data if isinstance(data, Refused) else parse_opening(data)
        if isinstance(opening, Refused):
            return Refused(tuple(f.at(str(file)) for f in opening.faults))
        if not opening.fits(draft):
            place = Place(str(file))
            return refused("record.opening_other", place, act=draft.id[:_SHORT], part=opening.part)
        found.append(opening)
    return tuple(found)
