"""The checkpoints of a register, the cosignatures on them, and the sizes that seals certify."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final

from travaux.acts.fault import Refused, refused
from travaux.record.authority import Authority
from travaux.record.checkpoint import (
    Checkpoint,
    Cosignature,
    checkable,
    cosign,
    parse_checkpoint,
    read_cosignature,
)
from travaux.record.entry import MAX_LARGE
from travaux.record.keys import Signer
from travaux.record.note import Line, Note, parse_line, parse_note
from travaux.record.sealing import SealedSize, day_end, fitted, sealed_size, weigh
from travaux.record.store import CosignatureRow, Store, refusing
from travaux.record.writer import Writer

# What the envelope of a seal and the lines of those who sign it may take of its entry.
_ENVELOPE: Final = 4_096


class Cosigned:
    """The part of a `Log` that has to do with its checkpoints."""

    store: Store
    _writer: Writer | None

    @property
    def size(self) -> int:
        """The number of entries now; see `Log`."""
        raise NotImplementedError

    @property
    def authority(self) -> Authority:
        """The parties, keys and seals in force; see `Log`."""
        raise NotImplementedError

    @refusing
    def checkpoint(self, size: int | None = None) -> Note | Refused:
        """The host's checkpoint of `size` (by default the last) with the cosignatures kept here."""
        wanted = self.size if size is None else size
        data = self.store.checkpoint(wanted)
        note = parse_note(data) if data is not None else refused("record.no_checkpoint", size=wanted)
        if isinstance(note, Refused):
            return note
        parsed = [parse_line(row.line) for row in self.store.cosignatures(wanted)]
        lines = sorted((li for li in parsed if isinstance(li, Line)), key=lambda li: len(li.signature))
        return Note(note.text, (*note.lines, *lines))

    @refusing
    def cosign(self, witness: Signer, time: int, size: int | None = None) -> Cosignature | Refused:
        """Let `witness` sign the last checkpoint (or that of `size`) at `time`, seconds since 1970; keep it.

        Refused: a key that is no witness in force at that size, a file that is not open for writing, and a
        clock that has gone back: a cosignature names the largest tree that its witness had seen by then.
        """
        at = self._checkpoint_at(size)
        if isinstance(at, Refused):
            return at
        name, ident = witness.vkey.name, witness.vkey.id
        own = [r for r in self.store.cosignatures() if (r.name, r.key_id) == (name, ident)]
        later = max((row.time for row in own if row.size < at.size), default=0)
        if time < later:
            return refused("record.clock_back", name=name, time=_moment(time), later=_moment(later))
        made = cosign(at, witness, time)
        return made if isinstance(made, Refused) else self._keep(made, at)

    @refusing
    def add_cosignature(self, line: str, size: int) -> Cosignature | Refused:
        """Keep a cosignature line that was made elsewhere on the checkpoint of `size`."""
        at = self._checkpoint_at(size)
        if isinstance(at, Refused):
            return at
        parsed = parse_line(line.removesuffix("\n"))
        read = parsed if isinstance(parsed, Refused) else read_cosignature(parsed)
        return read if isinstance(read, Refused) else self._keep(read, at)

    @refusing
    def seal_body(self) -> dict[str, Any] | Refused:
        """The body of a `seal`: the largest checkpoint that a quorum cosigned, if it is not sealed yet."""
        authority = self.authority
        last = authority.seals[-1].size if authority.seals else 0
        for size in sorted({row.size for row in self.store.cosignatures() if row.size > last}, reverse=True):
            note, at = self.checkpoint(size), self._checkpoint_at(size)
            if isinstance(note, Refused) or isinstance(at, Refused):
                continue
            times = weigh(note, at, authority).times
            if len(times) >= authority.quorum:
                return {"note": str(fitted(note, MAX_LARGE - _ENVELOPE))}
        return refused("record.nothing_to_seal", quorum=authority.quorum, size=last)

    def sealed_size(self, day: date, zone: tzinfo = UTC) -> SealedSize:
        """What the record certainly held at the end of `day`, by its seals."""
        return sealed_size(self.authority.seals, day, zone)

    def cosigned_size(self, day: date, zone: tzinfo = UTC) -> int:
        """The largest size that a witness's own clock puts before the end of `day`; nothing certifies it."""
        end = day_end(day, zone)
        return max((row.size for row in self.store.cosignatures() if row.time < end), default=0)

    def _keep(self, made: Cosignature, at: Checkpoint) -> Cosignature | Refused:
        if self._writer is None:
            return refused("record.not_writing")
        known = {(v.name, v.id): v for v in self.authority.holders.witnesses_at(at.size)}
        witness = known.get((made.name, made.id))
        if witness is None:
            return refused("record.not_a_witness", name=made.name)
        if not checkable(witness):
            return refused("record.mldsa_missing", name=made.name)
        if not made.verifies(witness, at):
            return refused("record.cosignature", name=made.name)
        row = CosignatureRow(at.size, made.name, made.id, made.time, str(made.line)[:-1])
        with self.store.writing():
            self.store.put_cosignature(row)
        return made

    def _checkpoint_at(self, size: int | None) -> Checkpoint | Refused:
        wanted = self.size if size is None else size
        data = self.store.checkpoint(wanted)
        note = parse_note(data) if data is not None else refused("record.no_checkpoint", size=wanted)
        return note if isinstance(note, Refused) else parse_checkpoint(note.text)


def _moment(time: int) -> str:
    """Seconds since 1970 as people read them; a clock may say anything."""
    try:
        return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, OSError, ValueError):
        return str(time)
