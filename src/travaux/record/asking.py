"""Ask a witness outside the register to cosign the last checkpoint (C2SP tlog-witness, ``add-checkpoint``).

The witness keeps the size it cosigned last; where we do not know it, its answer 409 tells. Its line counts in
no quorum of the parties: it is for strangers, who trust that witness.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from http.client import HTTPException
from typing import Final, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from travaux.acts.fault import Place, Refused, refused
from travaux.record.checkpoint import (
    Checkpoint,
    Cosignature,
    checkable,
    parse_checkpoint,
    read_cosignature,
)
from travaux.record.history import History
from travaux.record.keys import VKey, to_base64
from travaux.record.log import Log
from travaux.record.note import Note, parse_line
from travaux.record.tree import HASH, consistency_proof

TIMEOUT: Final = 20.0
MAX_ANSWER: Final = 1 << 16
CONFLICT: Final = 409
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n\Z")
_SAID: Final = {400: "witness.form", 403: "witness.signature", 404: "witness.origin", 422: "witness.proof"}

Answer = tuple[int, bytes]


class Door(Protocol):
    """The door of a witness."""

    where: str

    def post(self, data: bytes) -> Answer | Refused:
        """The status and body of its answer to ``add-checkpoint``."""


class WebDoor:
    """The door of a witness behind an http(s) address; it leads nowhere else, and no answer is endless."""

    def __init__(self, address: str, timeout: float = TIMEOUT) -> None:
        """Nothing is asked yet."""
        self.where = f"{address.rstrip('/')}/add-checkpoint"
        self._timeout = timeout
        self._opener: OpenerDirector = build_opener(_Stay())

    def post(self, data: bytes) -> Answer | Refused:
        """See `Door`."""
        place = Place(self.where)
        if urlsplit(self.where).scheme not in ("http", "https"):
            return refused("mirror.address", address=self.where)
        try:
            request = Request(self.where, data, {"User-Agent": "travaux"}, method="POST")  # noqa: S310
            with self._opener.open(request, timeout=self._timeout) as answer:
                status, said = answer.status, _body(answer.read1, self._timeout)
        except HTTPError as error:
            with error:
                status, said = error.code, _body(error.read1, self._timeout)
        except (URLError, HTTPException, OSError, ValueError) as error:
            detail = getattr(error, "reason", None) or str(error) or type(error).__name__
            return refused("witness.unreachable", place, detail=detail)
        return (status, said) if len(said) <= MAX_ANSWER else refused("witness.answer", place)


def _body(read: Callable[[int], bytes], seconds: float) -> bytes:
    """The body, up to one byte more than it may have; a TimeoutError where it takes too long."""
    found, end = b"", time.monotonic() + seconds
    while len(found) <= MAX_ANSWER and (piece := read(MAX_ANSWER + 1 - len(found))):
        found += piece
        if time.monotonic() > end:
            raise TimeoutError("it takes too long")  # noqa: TRY003 - it becomes the detail of a fault
    return found


class _Stay(HTTPRedirectHandler):
    """Takes a redirect for the answer that it is."""

    def redirect_request(self, *_: object) -> None:
        """Nowhere."""


def ask(log: Log, door: Door, witness: VKey, known: int = 0) -> Cosignature | Refused:
    """The cosignature of `witness` on the last checkpoint of `log`; `known` is the size it cosigned last.

    Refused: it cannot be reached, does not know the log, says it knows more or another tree, or answers with
    anything but its own cosignature on this very checkpoint.
    """
    note = log.checkpoint()
    at = note if isinstance(note, Refused) else parse_checkpoint(note.text)
    if isinstance(note, Refused) or isinstance(at, Refused):
        return note if isinstance(note, Refused) else at  # type: ignore[return-value]
    if not checkable(witness):
        return refused("record.mldsa_missing", name=witness.name)
    answer = door.post(_request(log, note, at, known))
    if not isinstance(answer, Refused) and answer[0] == CONFLICT and (size := _SIZE.match(answer[1])):
        if int(size[1]) > at.size:
            return refused("witness.ahead", Place(door.where), size=int(size[1]), held=at.size)
        if int(size[1]) != known:
            answer = door.post(_request(log, note, at, int(size[1])))
    return answer if isinstance(answer, Refused) else _cosignature(answer, door, witness, at)


def _request(log: Log, note: Note, at: Checkpoint, known: int) -> bytes:
    """The body: what the witness knows, the proof from there, the checkpoint with the host's line alone."""
    history, leaves = History(), log.store.leaves(0, at.size)
    history.extend([leaves[i : i + HASH] for i in range(0, len(leaves), HASH)])
    proof = consistency_proof(known, at.size, history.node()) if 0 < known < at.size else []
    own = Note(note.text, tuple(line for line in note.lines if line.name == at.origin))
    return "\n".join([f"old {known}", *map(to_base64, proof), "", str(own)]).encode()


def _cosignature(answer: Answer, door: Door, witness: VKey, at: Checkpoint) -> Cosignature | Refused:
    status, said = answer
    place = Place(door.where)
    if status != 200:
        return refused(_SAID.get(status, "witness.status"), place, status=status)
    for row in said.decode("utf-8", "replace").split("\n"):
        line = parse_line(row)
        made = line if isinstance(line, Refused) else read_cosignature(line)
        if not isinstance(made, Refused) and made.verifies(witness, at):
            return made
    return refused("witness.answer", place)


__all__ = ["Door", "WebDoor", "ask"]
