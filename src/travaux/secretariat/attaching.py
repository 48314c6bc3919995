"""Attach documents: the bytes of a source that the register knows by hash, and the text anchors count in."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from travaux.acts.basis import Anchored
from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.formats.intake import take_in
from travaux.register.sources import bases, documents_of
from travaux.secretariat.documents import digest, digest_of
from travaux.secretariat.door import Secretariat


@dataclass(frozen=True, slots=True)
class Attached:
    """A document now held: its hash, how many acts name it, how many anchors now show their words.

    `notes` say what was odd about the file.
    """

    sha256: str
    acts: int
    anchors: int
    notes: tuple[Fault, ...] = ()


def read_file(path: Path) -> bytes | Refused:
    """The bytes of a file. Refused: it is not there, no file, or may not be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        return refused("file.unreadable", Place(str(path)), detail=error.strerror or str(error))


def write_new(path: Path, data: bytes, *, private: bool = False) -> Refused | None:
    """Write a new file, for its owner's eyes alone where it is `private`; none is ever overwritten."""
    try:
        with open(path, "xb", opener=_privately if private else None) as file:
            file.write(data)
    except FileExistsError:
        return refused("file.exists", Place(str(path)))
    except OSError as error:
        return refused("file.not_written", Place(str(path)), detail=error.strerror or str(error))
    return None


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def attach(office: Secretariat, path: Path) -> Attached | Refused:
    """Keep the document in `path`, if an act of the register names its hash; its text with it.

    Refused: a file that no act knows (its hash is told), one that cannot be read or kept.
    """
    data = read_file(path)
    if isinstance(data, Refused):
        return data
    known = sha256(data).hexdigest()
    if gone := office.erased(known, str(path)):
        return Refused(gone)
    acts = [e for e in office.register.as_of().every() if known in documents_of(e.act)]
    if not acts:
        return refused("source.unknown", Place(str(path)), sha256=known)
    anchors = [b for e in acts for b in bases(e.act) if isinstance(b, Anchored) and b.source == known]
    kept = office.keep(data, str(path))
    if isinstance(kept, Refused):
        return kept
    notes = keep_text(office, path.name, data)
    if isinstance(notes, Refused):
        return notes
    texts = {a.text for a in anchors}
    if texts and not any(office.holds(t) for t in texts):
        notes = (*notes, Fault("source.other_text", Place(str(path)), {"n": len(anchors)}))
    return Attached(known, len(acts), sum(office.words(a) is not None for a in anchors), notes)


def keep_text(office: Secretariat, name: str, data: bytes) -> tuple[Fault, ...] | Refused:
    """Keep the text of a document beside it, where that is not the file itself; the notes of its intake.

    A document without a text (a picture, say) is kept all the same; that it has none is its note.
    """
    document = take_in(name, data)
    if isinstance(document, Refused):
        return document.faults
    if digest(document.text) != sha256(data).hexdigest():
        text = document.text.encode("utf-8", "surrogatepass")
        if gone := office.erased(digest_of(text), name):
            return (*document.notes, *gone)
        kept = office.keep(text, name)
        if isinstance(kept, Refused):
            return kept
    return document.notes


def documents_at(path: Path) -> Callable[[str], bytes | None]:
    """The documents of an exported directory, by hash; bytes of another hash count as not held."""

    def held(wanted: str) -> bytes | None:
        file = path / "blob" / "sha256" / wanted[:2] / wanted[2:]
        try:
            data = file.read_bytes()
        except OSError:
            return None
        return data if sha256(data).hexdigest() == wanted else None

    return held
