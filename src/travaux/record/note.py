"""Signed notes (C2SP signed-note): a text and the lines of those who signed it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from travaux.acts.fault import Refused, refused
from travaux.record import ed25519
from travaux.record.keys import FOREIGN, Signer, VKey, to_base64, unbase64

MAX_LINES: Final = 100
MAX_NOTE: Final = 1 << 20
_DASH: Final = "— "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")

KeyName = tuple[str, bytes]


class Line(msgspec.Struct, frozen=True, gc=False):
    """One signature line: the signer's name, the four bytes of his key's id, what follows them."""

    name: str
    id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {to_base64(self.id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart: its text with the last newline, and its lines in order. Nothing is verified."""

    text: str
    lines: tuple[Line, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.lines))


def parse_note(data: bytes) -> Note | Refused:
    """A note from its bytes; any form but the specification's is refused (``record.note``)."""
    if len(data) > MAX_NOTE:
        return refused("record.note", detail=f"longer than {MAX_NOTE} bytes")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return refused("record.note", detail=f"not UTF-8 at byte {error.start}")
    if _CONTROL.search(whole):
        return refused("record.note", detail="a control character")
    text, gap, signed = whole.rpartition("\n\n")
    if not gap or not signed.endswith("\n"):
        return refused("record.note", detail="no empty line before the signatures, or no newline at the end")
    rows = signed[:-1].split("\n")
    if len(rows) > MAX_LINES:
        return refused("record.note", detail=f"more than {MAX_LINES} signature lines")
    lines = [parse_line(row) for row in rows]
    bad = next((line for line in lines if isinstance(line, Refused)), None)
    return bad or Note(text + "\n", tuple(line for line in lines if isinstance(line, Line)))


def parse_line(row: str) -> Line | Refused:
    """A signature line without its newline; base64 must be canonical (``record.signature_line``)."""
    if not row.startswith(_DASH):
        return refused("record.signature_line", line=row[:120])
    name, _, encoded = row[len(_DASH) :].partition(" ")
    payload = unbase64(encoded)
    if not FOREIGN.match(name) or payload is None or len(payload) < 5:
        return refused("record.signature_line", line=row[:120])
    return Line(name, payload[:4], payload[4:])


def open_note(data: bytes, keys: Mapping[KeyName, VKey]) -> tuple[str, tuple[VKey, ...]] | Refused:
    """The text of a note and the known type-01 keys that signed it; tolerant of unknown lines.

    `keys` maps (name, id). Refused: a known key whose signature fails, and a note that no known key signed.
    """
    note = parse_note(data)
    if isinstance(note, Refused):
        return note
    known = [(keys[line.name, line.id], line) for line in note.lines if (line.name, line.id) in keys]
    for vkey, line in known:
        if not ed25519.verify(vkey.public, line.signature, note.text.encode()):
            return refused("record.signature", name=line.name)
    if not known:
        return refused("record.no_known_signature")
    return note.text, tuple(vkey for vkey, _ in known)


def sign_line(text: str, signer: Signer) -> Line | Refused:
    """The line by which `signer` (type 01) signs `text`; refused where the signer refuses."""
    made = signer.sign(text.encode())
    return made if isinstance(made, Refused) else Line(signer.vkey.name, signer.vkey.id, made)
