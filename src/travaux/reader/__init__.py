"""Documents in, proposed items with exact anchors out. Nothing heavy is loaded before the first document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from travaux.reader.engine import read
    from travaux.reader.fold import find_anchor, find_anchors
    from travaux.reader.items import Reading

__all__ = ["Reading", "find_anchor", "find_anchors", "read"]
_HOMES = {
    "read": "engine",
    "Reading": "items",
    "find_anchor": "fold",
    "find_anchors": "fold",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"travaux.reader.{_HOMES[name]}"), name)
