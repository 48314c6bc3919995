"""A document as the reader takes it: its text, where each block of it came from, and what its carrier said.

Offsets everywhere are `str` indices (code points) into `Document.text`, the end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from travaux.acts.fault import Fault


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text and the place of the file it was taken from.

    `kind` is ``body``, ``heading``, ``item`` (of a list), ``quote`` (set apart as a quotation) or ``aside``
    (navigation, share bars, captions: kept as text, not read). `place` is written in the carrier's own terms
    (an element path, a page and box, a paragraph and run).
    """

    start: int
    end: int
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Told:
    """A value that the carrier tells beside the text: `source` (``html``), `field` (``og:title``),
    `value`."""

    source: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """One immutable text. Without `blocks` (plain text) paragraphs are found in the text itself.

    `date` (ISO day) and `site` come from metadata; `notes` say what was odd about the file.
    """

    name: str
    text: str
    blocks: tuple[Block, ...] = ()
    title: str | None = None
    date: Told | None = None
    site: Told | None = None
    notes: tuple[Fault, ...] = ()

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, hex."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
