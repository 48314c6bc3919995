"""The rulebooks that come with the package, by name: each a TOML file in `books`."""

from __future__ import annotations

from importlib import resources
from typing import Final

READY: Final = (
    "asean",
    "eaeu",
    "eu-council",
    "two-ministries",
    "un-general-assembly",
    "union-state",
    "wto",
)


def ready(name: str) -> bytes | None:
    """The bytes of a ready rulebook (founding acts name them by hash), or None where there is none."""
    if name not in READY:
        return None
    return (resources.files(__package__) / "books" / f"{name}.toml").read_bytes()
