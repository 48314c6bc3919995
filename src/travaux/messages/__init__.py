"""The catalogue: every sentence that a person reads has an id here, and one wording per language.

An id is ``area.name``; the area names the file ``<language>/<area>.toml``. An entry is either one string or
a table with ``text`` (what is the case) and ``remedy`` (what to do about it). Wordings are `str.format`
templates over named values.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

Entry = str | Mapping[str, str]
SOURCE: Final = "en"


@cache
def area(name: str, lang: str = "en") -> Mapping[str, Entry]:
    """All entries of one area in one language, in English where nobody wrote that language yet.

    An area nobody wrote is a programming error.
    """
    folder = resources.files(__name__) / lang if lang.isalpha() else None
    file = folder / f"{name}.toml" if folder is not None and folder.is_dir() else None
    return tomllib.loads((file or resources.files(__name__) / SOURCE / f"{name}.toml").read_text("utf-8"))


def say(code: str, values: Mapping[str, object] | None = None, lang: str = "en") -> str:
    """The sentence of `code` (``area.name``) with `values` put in; no remedy."""
    entry = _entry(code, lang)
    template = entry if isinstance(entry, str) else entry["text"]
    return template.format(**(values or {}))


def remedy(code: str, values: Mapping[str, object] | None = None, lang: str = "en") -> str:
    """What to do about `code`, or an empty string where there is nothing to do."""
    entry = _entry(code, lang)
    return "" if isinstance(entry, str) else entry.get("remedy", "").format(**(values or {}))


@cache
def _entry(code: str, lang: str) -> Entry:
    group, _, name = code.partition(".")
    return area(group, lang)[name]
