"""Evidence of two histories: a file that convicts the key which signed both, by itself and offline.

Bytes: the header, `host` vkey, `prefix` root, `proof` hashes, `key` vkeys of witnesses, the lengths in bytes
of what follows the empty line: the `first` checkpoint (not the larger one), the `second`, and `founding`, the
founding entry, which says that the host key is that of the register.

The proof leads from `prefix` to the root of the second checkpoint: whoever signed the second says that its
first entries make `prefix`. Where the first checkpoint names another root for as many, both cannot be true.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from travaux.acts.fault import Refused, refused
from travaux.record import ed25519
from travaux.record.bodies import FoundBody, read_body
from travaux.record.checkpoint import Checkpoint, Cosignature, parse_checkpoint, read_cosignature
from travaux.record.entry import MAX_LARGE, Entry, parse_entry
from travaux.record.keys import ED25519, VKey, parse_vkey, to_base64, unbase64
from travaux.record.note import Note, parse_note
from travaux.record.tree import HASH, consistent

HEADER: Final = "travaux/evidence/v1"
MAX_EVIDENCE: Final = 1 << 20
MAX_ROWS: Final = 400


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two checkpoints under one host key. `prefix` is the root of the first size in the second tree."""

    host: VKey
    first: Note
    second: Note
    prefix: bytes
    proof: tuple[bytes, ...] = ()
    keys: tuple[VKey, ...] = ()
    founding: bytes = b""

    @property
    def data(self) -> bytes:
        """The file."""
        notes = [str(self.first).encode(), str(self.second).encode(), self.founding]
        names = ("first", "second", "founding")
        rows = [
            HEADER, f"host {self.host}", f"prefix {to_base64(self.prefix)}",
            *(f"proof {to_base64(h)}" for h in self.proof), *(f"key {k}" for k in self.keys),
            *(f"{name} {len(note)}" for name, note in zip(names, notes, strict=True)),
        ]  # fmt: skip
        return "\n".join([*rows, "", ""]).encode() + b"".join(notes)

    @property
    def name(self) -> str:
        """A file name that says what it is: ``fork-`` or ``older-``, and the beginning of its hash."""
        at = parse_checkpoint(self.first.text)
        forked = isinstance(at, Checkpoint) and at.root != self.prefix
        return f"{'fork' if forked else 'older'}-{sha256(self.data).hexdigest()[:12]}.evidence"


@dataclass(frozen=True, slots=True)
class Judged:
    """What evidence proves. `forked`: `host` signed two histories; else two moments of one.

    `cosigners` are the witnesses that cosigned both; `register` is the founding id where the founding act in
    the file names this host key, "" where the file cannot say whose key it is.
    """

    forked: bool
    host: VKey
    first: Checkpoint
    second: Checkpoint
    cosigners: tuple[VKey, ...]
    register: str


def judge_evidence(data: bytes) -> Judged | Refused:
    """Judge an evidence file by nothing but its own bytes; what proves nothing is refused."""
    read = read_evidence(data)
    if isinstance(read, Refused):
        return read
    first, second = parse_checkpoint(read.first.text), parse_checkpoint(read.second.text)
    if isinstance(first, Refused) or isinstance(second, Refused):
        return _no("a checkpoint is not well formed")
    if not all(ed25519.key_ok(key.public) for key in (read.host, *read.keys)):
        return _no("a key is one with which anybody can sign")
    if not (first.origin == second.origin == read.host.name) or read.host.kind != ED25519:
        return _no("the checkpoints are not of one origin and its host")
    if not all(_signed(note, read.host) for note in (read.first, read.second)):
        return _no("the host did not sign both checkpoints")
    if first.size == second.size and (first.root == second.root or read.proof):
        return _no("both checkpoints are the same")
    if not consistent(first.size, second.size, read.prefix, second.root, read.proof):
        return _no("the proof does not lead to the second checkpoint")
    both = [k for k in read.keys if _cosigned(read.first, first, k) and _cosigned(read.second, second, k)]
    forked = read.prefix != first.root
    return Judged(forked, read.host, first, second, tuple(both), _register(read))


def read_evidence(data: bytes) -> Evidence | Refused:
    """The parts of an evidence file; form only."""
    head, gap, rest = data[:MAX_EVIDENCE].partition(b"\n\n")
    rows = head.decode("utf-8", "replace").split("\n")
    if not gap or len(data) > MAX_EVIDENCE or rows[0] != HEADER or len(rows) > MAX_ROWS:
        return _no("another form")
    fields: dict[str, list[str]] = {}
    for row in rows[1:]:
        name, _, value = row.partition(" ")
        fields.setdefault(name, []).append(value)
    notes = _cut(fields, rest)
    vkeys = [parse_vkey(text) for text in (*fields.get("host", ()), *fields.get("key", ()))]
    keys = [k for k in vkeys if isinstance(k, VKey)]
    hashes = [unbase64(h) for h in (*fields.get("prefix", ()), *fields.get("proof", ()))]
    good = [h for h in hashes if h is not None and len(h) == HASH]
    single = len(fields.get("host", ())) == len(fields.get("prefix", ())) == 1
    if notes is None or not single or len(keys) != len(vkeys) or len(good) != len(hashes):
        return _no("a line is not well formed")
    first, second = parse_note(notes[0]), parse_note(notes[1])
    if isinstance(first, Refused) or isinstance(second, Refused):
        return _no("a checkpoint is no signed note")
    return Evidence(keys[0], first, second, good[0], tuple(good[1:]), tuple(keys[1:]), notes[2])


def _cut(fields: dict[str, list[str]], rest: bytes) -> list[bytes] | None:
    """The three files behind the head; None where their lengths do not fit."""
    if set(fields) - {"host", "prefix", "proof", "key", "first", "second", "founding"}:
        return None
    found, at = [], 0
    for name in ("first", "second", "founding"):
        told = fields.get(name, [])
        if len(told) != 1 or not (told[0].isascii() and told[0].isdigit()) or len(told[0]) > 7:
            return None
        found.append(rest[at : at + int(told[0])])
        at += int(told[0])
    return found if at == len(rest) else None


def _signed(note: Note, host: VKey) -> bool:
    return any(
        (line.name, line.id) == (host.name, host.id)
        and ed25519.verify(host.public, line.signature, note.text.encode())
        for line in note.lines
    )


def _cosigned(note: Note, at: Checkpoint, witness: VKey) -> bool:
    for line in note.lines:
        read = read_cosignature(line) if (line.name, line.id) == (witness.name, witness.id) else None
        if isinstance(read, Cosignature) and read.verifies(witness, at):
            return True
    return False


def _register(read: Evidence) -> str:
    """The founding id, where the founding act names this very host key."""
    entry = parse_entry(read.founding) if 0 < len(read.founding) <= MAX_LARGE else None
    body = read_body(FoundBody, entry.envelope.body) if isinstance(entry, Entry) else None
    named = isinstance(body, FoundBody) and body.host == str(read.host)
    return entry.id if isinstance(entry, Entry) and entry.kind == "found" and named else ""


def _no(detail: str) -> Refused:
    return refused("mirror.evidence", detail=detail)
