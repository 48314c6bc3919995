"""What a witness answers to ``add-checkpoint`` (C2SP tlog-witness): pure, over the state it kept.

The caller stores the new state durably, comparing it with the old in one step, before it gives the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from travaux.acts.fault import Refused
from travaux.record import ed25519
from travaux.record.checkpoint import Checkpoint, cosign, parse_checkpoint
from travaux.record.keys import Signer, VKey, unbase64
from travaux.record.note import Note, parse_note
from travaux.record.tree import EMPTY_ROOT, HASH, consistent

MAX_HASHES: Final = 63
MAX_BODY: Final = 1 << 16
SIZE_TYPE: Final = "text/x.tlog.size"
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Seen:
    """The largest tree of an origin that this witness has cosigned."""

    size: int = 0
    root: bytes = EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status, a body and its type; `seen` is what to keep before answering, None for no change."""

    status: int
    body: str = ""
    type: str = "text/plain"
    seen: Seen | None = None


def add_checkpoint(
    data: bytes, hosts: Mapping[str, VKey], seen: Mapping[str, Seen], witness: Signer, time: int
) -> Answer:
    """The answer to the body of a request, at `time` in seconds since 1970.

    `hosts` are the keys of the logs by origin, `seen` what was cosigned before. 200 with a cosignature line;
    400 another form, or old above new; 404 an origin nobody told us of; 403 not signed by its host; 409 the
    size that is known here; 422 a proof that does not hold.
    """
    read = _read(data)
    if read is None:
        return Answer(400)
    old, proof, note, at = read
    host = hosts.get(at.origin)
    if host is None:
        return Answer(404)
    signed = [
        ed25519.verify(host.public, line.signature, note.text.encode())
        for line in note.lines
        if (line.name, line.id) == (host.name, host.id)
    ]
    if not signed or not all(signed):
        return Answer(403)
    if old > at.size:
        return Answer(400)
    known = seen.get(at.origin, Seen())
    if old != known.size or (at.size == known.size and at.root != known.root):
        return Answer(409, f"{known.size}\n", SIZE_TYPE)
    if not consistent(known.size, at.size, known.root, at.root, proof):
        return Answer(422)
    made = cosign(at, witness, time)
    if isinstance(made, Refused):
        return Answer(500)
    return Answer(200, str(made.line), seen=Seen(at.size, at.root))


def _read(data: bytes) -> tuple[int, list[bytes], Note, Checkpoint] | None:
    """The parts of a request: the old size, the hashes, the checkpoint; None for another form."""
    head, gap, rest = data.partition(b"\n\n")
    rows = head.decode("utf-8", "replace").split("\n")
    old, note = _OLD.match(rows[0]), parse_note(rest)
    if not gap or len(data) > MAX_BODY or old is None or isinstance(note, Refused):
        return None
    hashes = [unbase64(row) for row in rows[1:]]
    good = [h for h in hashes if h is not None and len(h) == HASH]
    at = parse_checkpoint(note.text)
    if len(good) < len(hashes) or len(good) > MAX_HASHES or isinstance(at, Refused):
        return None
    return int(old[1]), good, note, at
