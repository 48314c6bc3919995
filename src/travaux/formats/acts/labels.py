"""Labels: how an act of a file names an earlier act of the same file, whose id is not known yet.

`label: first-survey` stands in the block that is named, `report: first-survey` in the one that names it.
Until the ids are there, a label stands for a hash of its own; whoever records the acts puts the real ids in.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from travaux.acts.base import Act

LABEL: Final = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
NAMING: Final = ("report", "request", "corrects")  # fields that hold the id of an act


def placeholder(label: str) -> str:
    """The hash that stands for a label (hex, like an act's id)."""
    return sha256(f"label of an act: {label}".encode()).hexdigest()


def named_by(act: Act) -> dict[str, str]:
    """The fields of an act that hold the id of another one, or a placeholder."""
    return {f: getattr(act, f) for f in NAMING if getattr(act, f, "")}
