"""The plain notation of acts: what a person writes and reviews. See ``docs/notation-acts.md``."""

from __future__ import annotations

from travaux.formats.acts.reading import Aside, Written, parse_acts, read_acts
from travaux.formats.acts.stream import LARGEST
from travaux.formats.acts.writing import render_acts

__all__ = ["LARGEST", "Aside", "Written", "parse_acts", "read_acts", "render_acts"]
