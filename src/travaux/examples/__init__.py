"""The two example registers: constitutions, acts in the plain notation, and a communiqué to read.

``union-state`` is an observed register, compiled from public sources. ``ministries`` is a working one, of two
invented ministries. `copy_to` puts their files where a user can see, change and use them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

UNION_STATE: Final = "union-state"
MINISTRIES: Final = "ministries"
_FOLDER: Final = Path(__file__).parent


def folder(example: str) -> Path:
    """The folder of one example, as it comes with the package; its files are not to be changed there."""
    return _FOLDER / example


def acts(example: str) -> list[Path]:
    """Its files of acts that are recorded, in their order: those whose names begin with a number."""
    return sorted(folder(example).glob("[0-9]*.acts"))


def copy_to(target: Path) -> None:
    """Copy both examples into the folder `target`, each into a folder of its own."""
    for example in (UNION_STATE, MINISTRIES):
        shutil.copytree(folder(example), target / example, copy_function=shutil.copyfile)
