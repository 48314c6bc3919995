"""Sealed parts: the commitment that stands on the log, and the opening that proves what it hides.

An opening is kept beside the log, never in its tree. Whoever holds one can prove the content to anybody who
has the entry: there is no deniability. Its form is that of the record's guide, section 2.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgspec

from travaux.acts.fault import Refused, refused
from travaux.record.canonical import parse
from travaux.record.entry import Draft, Entry
from travaux.record.envelope import BlobRef, Envelope, Part
from travaux.record.keys import to_base64, unbase64
from travaux.record.parts import MAX_CONTENT, SALT, commitment, content_fault

HEADER: Final = "travaux/opening/v1"
MAX_PARTS: Final = 16
FOLDER: Final = "openings"
SUFFIX: Final = ".opening"
MAX_FILE: Final = MAX_CONTENT + 1024


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens the part number `part` (from 0) of the act with the id `act`: its salt and its content."""

    act: str
    part: int
    salt: bytes
    content: bytes

    @property
    def data(self) -> bytes:
        """The opening file."""
        head = f"{HEADER}\nact {self.act}\npart {self.part}\nsalt {to_base64(self.salt)}\n"
        return head.encode() + self.content + b"\n"

    @property
    def values(self) -> dict[str, Any]:
        """The content as an object; canonical JSON, which `parse_opening` and `fits` asked for."""
        value = parse(self.content)
        return {} if isinstance(value, Refused) else value

    @property
    def blobs(self) -> tuple[tuple[str, int], ...]:
        """The documents that the content cites: hash and bytes; none where they are not listed as in an
        envelope, since whoever sealed the content wrote what he liked.
        """
        try:
            found = msgspec.convert(self.values.get("blobs", ()), tuple[BlobRef, ...])
        except msgspec.ValidationError:
            return ()
        return tuple((b.sha256, b.size) for b in found)

    def fits(self, entry: Entry | Draft) -> bool:
        """True when this is what the part's commitment hides: of this act, at this place, by its author."""
        parts = parts_of(entry.envelope)
        if self.act != entry.id or not self.part < len(parts):
            return False
        e = entry.envelope
        return parts[self.part].commit == commitment(
            e.register, e.by, e.n, self.part, self.salt, self.content
        )


def parts_of(envelope: Envelope) -> tuple[Part, ...]:
    """The sealed parts of an act in order; empty when there are none."""
    return envelope.sealed if isinstance(envelope.sealed, tuple) else ()


def opened_to(entry: Entry, part: int, reader: str) -> bool:
    """True when `reader` is to have the opening of a part: its author, or whom it names and the entry is for.

    Who only signs with the author has put his name to the commitment, and is not told what it hides.
    """
    if reader == "public" or not entry.given_to(reader):
        return False
    to = parts_of(entry.envelope)[part].to
    return to == "parties" or reader in to or reader == entry.party


def parse_opening(data: bytes) -> Opening | Refused:
    """An opening from its file. Whether it opens anything is asked of `Opening.fits`.

    Refused (``record.opening``): too long, another form, a salt that is not 32 bytes, content that is no
    canonical JSON object.
    """
    if len(data) > MAX_FILE:
        return refused("record.opening", detail=f"longer than {MAX_FILE} bytes")
    rows = data.split(b"\n")
    if len(rows) != 6 or rows[0] != HEADER.encode() or rows[5]:
        return refused("record.opening", detail="not the five lines of an opening")
    act, part, salt = (
        _field(row, name) for row, name in zip(rows[1:4], ("act", "part", "salt"), strict=True)
    )
    raw = unbase64(salt)
    if len(act) != 64 or set(act) - set("0123456789abcdef"):
        return refused("record.opening", detail="line 2 names no act")
    if not part.isdecimal() or part != str(int(part)) or int(part) >= MAX_PARTS:
        return refused("record.opening", detail="line 3 names no part")
    if raw is None or len(raw) != SALT:
        return refused("record.opening", detail="line 4 has no salt of 32 bytes")
    wrong = content_fault(rows[4])
    return wrong or Opening(act, int(part), raw, rows[4])


def opening_path(index: int, part: int) -> str:
    """Where an exported directory keeps an opening: by the index of its entry and the part."""
    return f"{FOLDER}/{index}-{part}{SUFFIX}"


def openings_of(draft: Draft) -> tuple[Opening, ...]:
    """What opens the parts of an act that was just drafted; none for one that was read back from a file."""
    return tuple(Opening(draft.id, n, p.salt, p.content) for n, p in enumerate(draft.parts))


def _field(row: bytes, name: str) -> str:
    """What stands behind the name of a line, or an empty string."""
    text = row.decode("ascii", "replace")
    return text.removeprefix(f"{name} ") if text.startswith(f"{name} ") else ""
