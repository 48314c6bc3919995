"""An entry of the log: one act as a strict signed note, its envelope, and the way to build and sign one.

Bytes: ``travaux/act/v1``, one line of canonical JSON, an empty line, one to 64 signature lines. The act's id
is the hex SHA-256 of the first two lines with their newlines; the leaf covers the whole entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final

import msgspec

from travaux.acts.fault import Refused, refused
from travaux.record import ed25519
from travaux.record.canonical import encode, parse
from travaux.record.envelope import Audience, Envelope, explain, faults_of_form
from travaux.record.keys import Signer, VKey, is_name, party_of
from travaux.record.note import Line, parse_line, sign_line
from travaux.record.parts import Hidden, SealedPart, seal_parts

HEADER: Final = "travaux/act/v1\n"
_HEAD: Final = HEADER[:-1].encode()
MAX_ENTRY: Final = 16_384
MAX_LARGE: Final = 61_440
MAX_LINES: Final = 64
LARGE_KINDS: Final = ("found", "admit", "seal")
_LARGE: Final = re.compile(rb'travaux/act/v1\n\{"act":"(found|admit|seal)"')
_ENVELOPE = msgspec.json.Decoder(Envelope)
_LINE: Final = 92


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An act as it stands on the log. `index` is its place, or -1 where it has none yet.

    `parsed` are its signature lines where they were read; of a stored entry they are read when asked for.
    """

    raw: bytes
    envelope: Envelope
    id: str
    parsed: tuple[Line, ...] | None
    index: int = -1

    @property
    def lines(self) -> tuple[Line, ...]:
        """The signature lines, in order."""
        if self.parsed is not None:
            return self.parsed
        rows = self.raw[len(self.text) + 1 : -1].decode().split("\n")
        return tuple(line for row in rows if isinstance(line := parse_line(row), Line))

    @property
    def kind(self) -> str:
        """The id of the act's kind; ``sealed`` where that is hidden."""
        return self.envelope.act

    @property
    def body(self) -> bytes:
        """The JSON of the act's own fields, as signed."""
        return bytes(self.envelope.body)

    @property
    def by(self) -> str:
        """The name of the key that signed as author."""
        return self.envelope.by

    @property
    def party(self) -> str:
        """The party of the author's key."""
        return party_of(self.envelope.by)

    @property
    def audience(self) -> Audience:
        """``public``, ``parties`` or the sorted parties who may be given this entry."""
        return self.envelope.audience

    @property
    def n(self) -> int:
        """The author's own count of acts, from 0."""
        return self.envelope.n

    @property
    def cosigners(self) -> tuple[str, ...]:
        """The names of the further keys that signed, sorted."""
        return self.envelope.joint

    @property
    def signers(self) -> tuple[str, ...]:
        """The names on the signature lines, in order."""
        return tuple(line.name for line in self.lines)

    @property
    def text(self) -> bytes:
        """The two lines that are signed."""
        return self.raw[: self.raw.index(b"\n\n") + 1]

    def given_to(self, reader: str) -> bool:
        """True when `reader` ("public" or a party) may be given this entry: its audience, who signed it."""
        audience = self.envelope.audience
        if audience == "public" or reader == "public":
            return audience == "public"
        return audience == "parties" or reader in audience or reader in self._signing()

    def _signing(self) -> set[str]:
        return set(map(party_of, (self.by, *self.cosigners)))

    def signed_by(self, keys: Iterable[VKey]) -> str:
        """The name of the first signer whose line none of `keys` verifies, or an empty string."""
        known = {(k.name, k.id): k for k in keys}
        for line in self.lines:
            key = known.get((line.name, line.id))
            if key is None or not ed25519.verify(key.public, line.signature, self.text):
                return line.name
        return ""


def parse_entry(data: bytes, index: int = -1) -> Entry | Refused:
    """An entry from its bytes, in the one strict form. Signatures are read, not verified.

    Refused: too long, another form (``record.entry``), JSON that is not canonical (``record.json``), a wrong
    envelope (``record.envelope``), a signature line of another form, names other than `by` and `with`.
    """
    if len(data) > MAX_ENTRY:
        limit = MAX_LARGE if _LARGE.match(data) else MAX_ENTRY
        if len(data) > limit:
            return refused("record.too_long", size=len(data), limit=limit)
    rows = data.split(b"\n")
    if len(rows) < 5 or rows[0] != _HEAD or rows[2] or rows[-1] or len(rows) - 4 > MAX_LINES:
        return _not_utf8(data) or refused(
            "record.entry", detail="not a header, one line of JSON, an empty line and signatures"
        )
    value = parse(rows[1])
    if isinstance(value, Refused):
        return _not_utf8(data) or value
    envelope = _envelope(rows[1])
    if isinstance(envelope, Refused):
        return _not_utf8(data) or envelope
    try:
        lines = _lines([row.decode() for row in rows[3:-1]], envelope)
    except UnicodeDecodeError as error:
        return _not_utf8(data) or refused("record.entry", detail=str(error))
    if isinstance(lines, Refused):
        return lines
    text = data[: len(HEADER) + len(rows[1]) + 1]
    return Entry(data, envelope, sha256(text).hexdigest(), lines, index)


def _not_utf8(data: bytes) -> Refused | None:
    """A refusal where the bytes are no UTF-8: said first, whatever else is wrong."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return refused("record.entry", detail=f"not UTF-8 at byte {error.start}")
    return None


def read_entry(data: bytes, index: int, ident: str = "") -> Entry:
    """An entry that this store admitted before, without the checks of form; a ValueError where it is none."""
    head, end = len(HEADER), data.index(b"\n\n")
    envelope = _ENVELOPE.decode(data[head:end])
    return Entry(data, envelope, ident or sha256(data[: end + 1]).hexdigest(), None, index)


def build(
    kind: str,
    body: dict[str, Any],
    *,
    by: str,
    n: int,
    prev: str | None,
    register: str | None,
    seen: tuple[int, str],
    audience: Audience = "public",
    salt: str = "",
    blobs: Sequence[tuple[str, int]] = (),
    with_: Iterable[str] = (),
    hidden: Sequence[Hidden] = (),
) -> Draft | Refused:
    """The text of an act, ready to be signed; `seen` is size and base64 root, `blobs` are (hash, bytes).

    `hidden` become sealed parts with fresh salts. Refused: a body or envelope that `parse_entry` would
    refuse, content that cannot be sealed.
    """
    parts = seal_parts(register, by, n, hidden)
    if isinstance(parts, Refused):
        return parts
    value: dict[str, Any] = {
        "act": kind, "audience": audience if isinstance(audience, str) else sorted(set(audience)),
        "body": body, "by": by, "n": n, "prev": prev, "register": register,
        "seen": {"root": seen[1], "size": seen[0]},
    }  # fmt: skip
    optional = {
        "blobs": [{"sha256": h, "size": size} for h, size in sorted(set(blobs))],
        "salt": salt,
        "sealed": [p.value for p in parts],
        "with": sorted(set(with_)),
    }
    payload = encode(value | {k: v for k, v in optional.items() if v})
    if isinstance(payload, Refused):
        return payload
    envelope = _envelope(payload)
    if isinstance(envelope, Refused):
        return envelope
    return Draft(envelope, HEADER + payload.decode() + "\n", parts)


@dataclass(frozen=True, slots=True)
class Draft:
    """An act that is not yet signed: its envelope and the text that each signer signs.

    `parts` are its sealed parts with what opens them, where it was drafted here.
    """

    envelope: Envelope
    text: str
    parts: tuple[SealedPart, ...] = ()

    @property
    def id(self) -> str:
        """The id the act will have; signatures do not change it."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def signers(self) -> tuple[str, ...]:
        """The names that must sign, sorted."""
        return tuple(sorted({self.envelope.by, *self.envelope.joint}))


def parse_draft(data: bytes) -> Draft | Refused:
    """A draft from its text, as it was written out to be signed elsewhere."""
    rows = data.decode("utf-8", "replace").split("\n")
    if len(rows) != 3 or rows[0] != HEADER[:-1] or rows[2]:
        return refused("record.entry", detail="not a header and one line of JSON")
    payload = rows[1].encode()
    value = parse(payload)
    envelope = value if isinstance(value, Refused) else _envelope(payload)
    return envelope if isinstance(envelope, Refused) else Draft(envelope, f"{HEADER}{rows[1]}\n")


def limit_of(kind: str) -> int:
    """The most bytes that an entry of a kind may have."""
    return MAX_LARGE if kind in LARGE_KINDS else MAX_ENTRY


def entry_size(draft: Draft) -> int:
    """How many bytes the entry will have once all its signers have signed."""
    lines = (len(f"— {name} ".encode()) + _LINE + 1 for name in draft.signers)
    return len(draft.text.encode()) + 1 + sum(lines)


def sign(draft: Draft, signers: Iterable[Signer]) -> bytes | Refused:
    """The whole entry. Refused: a required name without a signer, one nobody asked for, one that declines."""
    lines: list[Line] = []
    for signer in signers:
        line = sign_line(draft.text, signer)
        if isinstance(line, Refused):
            return line
        lines.append(line)
    return attach(draft, lines)


def attach(draft: Draft, lines: Iterable[Line]) -> bytes | Refused:
    """The whole entry from lines that were signed elsewhere; form and names are checked, not signatures."""
    ordered = sorted(set(lines), key=lambda line: (line.name, line.id))
    names = {line.name for line in ordered}
    if names != set(draft.signers):
        missing, extra = set(draft.signers) - names, names - set(draft.signers)
        return refused("record.signers", missing=_listed(missing), extra=_listed(extra))
    data = (draft.text + "\n" + "".join(map(str, ordered))).encode()
    entry = parse_entry(data)
    return entry if isinstance(entry, Refused) else data


def _envelope(payload: bytes) -> Envelope | Refused:
    try:
        envelope = _ENVELOPE.decode(payload)
    except msgspec.ValidationError as error:
        return refused("record.envelope", detail=explain(error))
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        return refused("record.json", detail=str(error))
    odd = faults_of_form(envelope)
    return refused("record.envelope", detail=odd) if odd else envelope


def _lines(rows: list[str], envelope: Envelope) -> tuple[Line, ...] | Refused:
    lines = []
    for row in rows:
        line = parse_line(row)
        if isinstance(line, Refused):
            return line
        if len(row.rpartition(" ")[2]) != _LINE or not is_name(line.name):
            return refused("record.signature_line", line=row[:120])
        lines.append(line)
    if len(lines) == 1 and lines[0].name == envelope.by and not envelope.joint:
        return (lines[0],)  # as nearly all acts are signed
    order = [(line.name.encode(), line.id) for line in lines]
    if any(a >= b for a, b in pairwise(order)):
        return refused("record.line_order")
    wanted, names = {envelope.by, *envelope.joint}, {line.name for line in lines}
    if names != wanted:
        return refused("record.signers", missing=_listed(wanted - names), extra=_listed(names - wanted))
    return tuple(lines)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "-"


__all__ = [
    "HEADER", "Audience", "Draft", "Entry", "attach", "build", "parse_draft", "parse_entry", "read_entry",
    "sign",
]  # fmt: skip
