"""Documents as sources: what they hash to, and the anchors into their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from travaux.acts.basis import Anchored
from travaux.acts.fault import Fault

_LONGEST_SLICE = 8000  # bytes: an entry has 16 KiB, and longer words stay in the document


@dataclass(frozen=True, slots=True)
class Held:
    """A document in hand: its `name`, its bytes as they came, and the text the reader read."""

    name: str
    data: bytes
    text: str

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes."""
        return sha256(self.data).hexdigest()

    @property
    def text_sha256(self) -> str:
        """The hash of the text in UTF-8; equal to `sha256` for a plain UTF-8 text."""
        return digest(self.text)

    def anchor(self, start: int, end: int, *, words: bool) -> Anchored:
        """The anchor of the characters `start`..`end` (exclusive); with the words where they may be kept."""
        piece = self.text[start:end]
        kept = piece if words and len(piece.encode()) <= _LONGEST_SLICE else ""
        return Anchored(
            source=self.sha256, text=self.text_sha256, start=start, end=end, slice=digest(piece), words=kept
        )

    @staticmethod
    def place(item: Mapping[str, Any]) -> str:
        """How an item is named where its words may not be kept."""
        return f"[{item['start']}:{item['end']}]"


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, hex."""
    return sha256(text.encode()).hexdigest()


def digest_of(data: bytes) -> str:
    """The hash under which a document is kept, hex."""
    return sha256(data).hexdigest()


@lru_cache(maxsize=4)
def _digest_of_text(text: str) -> str:
    """The digest of a whole document; many anchors of one document are checked one after another."""
    return digest(text)


def check_anchor(anchor: Anchored, text: str | None) -> Fault | None:
    """The fault of an anchor, or None: its words hash to its slice, and the slice stands in `text`.

    `text` is the document's text where it is held; None checks the anchor against itself only.
    """
    if anchor.words and digest(anchor.words) != anchor.slice:
        return Fault("anchor.words", values={"start": anchor.start, "end": anchor.end})
    if text is None:
        return None
    if _digest_of_text(text) != anchor.text:
        return Fault("anchor.text", values={"sha256": anchor.text})
    if digest(text[anchor.start : anchor.end]) != anchor.slice:
        return Fault("anchor.slice", values={"start": anchor.start, "end": anchor.end})
    return None
