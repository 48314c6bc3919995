"""A register as a directory that any web server or stick can carry: export, and import of a mirror.

``checkpoint``, ``cosig/<size>``, ``tile/<level>/…``, ``tile/entries/…`` (all entries) or ``tile/open/…``
(what this reader may be given, the rest empty), ``openings/…`` (those of this reader), ``blob/sha256/…``,
``policy`` for strangers. The same log gives the same bytes.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from travaux.acts.fault import Place, Refused, refused
from travaux.record.admission import RulesLayer
from travaux.record.bodies import FoundBody, read_body
from travaux.record.checkpoint import Checkpoint, Cosignature, parse_checkpoint, read_cosignature
from travaux.record.dirsource import DirectorySource, is_export
from travaux.record.durable import sync_folder, sync_tree
from travaux.record.entry import Entry, parse_entry
from travaux.record.erasing import erased_by
from travaux.record.findings import Report
from travaux.record.keys import Signer
from travaux.record.log import Log
from travaux.record.note import Note
from travaux.record.opening import Opening, opened_to, opening_path, parse_opening, parts_of
from travaux.record.places import create_store, open_store, place
from travaux.record.policy import policy_of
from travaux.record.sources import Source, StoreSource
from travaux.record.store import CosignatureRow, OpeningRow, Row, Store, StoreError
from travaux.record.tiles import WIDTH, bundle_tiles, encode_bundle, hash_tiles, parents
from travaux.record.tree import Range, leaf_hash
from travaux.record.verify import Progress, verify_source

SERVED: Final = 16
PUBLIC: Final = "public"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: entries in all, those withheld from the reader, documents."""

    path: Path
    size: int
    withheld: int
    blobs: int


def export_directory(log: Log, path: Path | str, for_: str = PUBLIC) -> Exported | Refused:
    """Write the register for `for_`, "public" or the id of a party, to a new directory.

    The directory bears its name only once every file in it is on the disk.
    Refused: a directory that holds something, a reader who is no party, an empty register, a disk that cannot
    be written; then nothing that is half written is left behind.
    """
    target = Path(path)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        return refused("record.exists", Place(str(target)))
    if for_ != PUBLIC and for_ not in log.authority.holders.parties:
        return refused("record.no_party", party=for_)
    part = target.with_name(target.name + ".part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        done = _write(log, part, for_)
        if isinstance(done, Refused):
            return done
        if target.exists():
            target.rmdir()
        sync_tree(part)
        part.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        return refused("record.unwritable", Place(str(target)), detail=error.strerror or str(error))
    except StoreError as error:
        return Refused((error.fault,))
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Exported(target, done.size, done.withheld, done.blobs)


def import_directory(
    path: Path | str,
    file: Path | str,
    *,
    founding: str = "",
    host: Signer | None = None,
    rules: RulesLayer | None = None,
    progress: Progress | None = None,
) -> Report | Refused:
    """Verify a directory that holds every entry, or another register, and make it a new register at `file`.

    Both may be a file or an address. Without the `host`'s key it is a mirror: it can be read, verified,
    cosigned and exported, not appended to.
    Refused: any fault, entries withheld, a host key that is not the register's, a register that exists.
    """
    at = place(path)
    if isinstance(at, Path) and (at.is_dir() or not at.exists()):
        if not at.is_dir():
            return refused("record.no_directory", Place(str(path)))
        if not is_export(at):
            return refused("record.no_export", Place(str(path)))
        return _imported(DirectorySource(at), file, founding, host, rules, progress)
    opened = at if isinstance(at, Refused) else open_store(at, write=False)
    if isinstance(opened, Refused):
        return opened
    try:
        with opened.reading():
            return _imported(StoreSource(opened), file, founding, host, rules, progress)
    except StoreError as error:
        return Refused((error.fault,))
    finally:
        opened.close()


def _imported(
    source: DirectorySource | StoreSource,
    file: Path | str,
    founding: str,
    host: Signer | None,
    rules: RulesLayer | None,
    progress: Progress | None,
) -> Report | Refused:
    report = verify_source(source, founding, rules=rules, progress=progress)
    if report.faults:
        return Refused(report.causes)
    if report.withheld or (isinstance(source, DirectorySource) and source.level != "entries"):
        return refused("record.withheld", Place(source.where), withheld=report.withheld)
    store = create_store(file)
    if isinstance(store, Refused):
        return store
    wrong = _tried(lambda: _fill(store, source, host))
    if wrong:
        wrong = _tried(store.discard) or wrong
    store.close()
    return wrong or report


def _tried(work: Callable[[], Refused | None]) -> Refused | None:
    try:
        return work()
    except StoreError as error:
        return Refused((error.fault,))


def _write(log: Log, path: Path, for_: str) -> Exported | Refused:
    note = log.checkpoint()
    at = note if isinstance(note, Refused) else parse_checkpoint(note.text)
    if isinstance(note, Refused) or isinstance(at, Refused):
        return note if isinstance(note, Refused) else refused("record.no_checkpoint", size=log.size)
    level = "entries" if _whole(log, at.size, for_) else "open"
    cited: set[str] = set()
    erased: set[str] = set()
    withheld, leaves = 0, []
    entries = log.entries(0, at.size)
    for tile in bundle_tiles(at.size, level):
        chunk = list(islice(entries, tile.width))
        given = [e.raw if e.given_to(for_) else b"" for e in chunk]
        _put(path / tile.path, encode_bundle(given))
        leaves += [leaf_hash(e.raw) for e in chunk]
        withheld += sum(1 for raw in given if not raw)
        erased.update(erased_by(e.raw) for e in chunk)
        cited.update(h for e, raw in zip(chunk, given, strict=True) if raw for h in _cited(e))
        cited.update(h for e in chunk for h in _openings(log, path, e, for_))
    _tiles(path, leaves)
    _notes(log, path, note, at.size)
    if policy := policy_of(log.authority, at.size):
        _put(path / "policy", policy.encode())
    blobs = sum(_blob(log, path, digest) for digest in sorted(cited - erased))
    return Exported(path, at.size, withheld, blobs)


def _whole(log: Log, size: int, for_: str) -> bool:
    """True when a party may be given every entry; the public always reads `tile/open`."""
    return for_ != PUBLIC and all(e.given_to(for_) for e in log.entries(0, size))


def _cited(entry: Entry) -> Iterator[str]:
    """The hashes of the documents that an entry cites openly, the rules of the founding act among them."""
    yield from (b.sha256 for b in entry.envelope.cited)
    body = read_body(FoundBody, entry.envelope.body) if entry.kind == "found" else None
    if isinstance(body, FoundBody):
        yield body.rules


def _openings(log: Log, path: Path, entry: Entry, for_: str) -> Iterator[str]:
    """Write the openings that the reader is to have; the hashes of the documents that they cite."""
    if not parts_of(entry.envelope):
        return
    for opening in log.openings(entry.id):
        if opened_to(entry, opening.part, for_):
            _put(path / opening_path(entry.index, opening.part), opening.data)
            yield from (digest for digest, _ in opening.blobs)


def _tiles(path: Path, leaves: Sequence[bytes]) -> None:
    level, hashes = 0, list(leaves)
    for tile in hash_tiles(len(leaves)):
        if int(tile.level) != level:
            level, hashes = level + 1, parents(hashes)
        start = tile.number * WIDTH
        _put(path / tile.path, b"".join(hashes[start : start + tile.width]))


def _notes(log: Log, path: Path, note: Note, size: int) -> None:
    """The checkpoint with at most 16 lines; cosigned checkpoints of other sizes, and longer ones, apart."""
    _put(path / "checkpoint", str(Note(note.text, note.lines[:SERVED])).encode())
    for other in sorted({row.size for row in log.store.cosignatures()}):
        full = log.checkpoint(other)
        if isinstance(full, Note) and (other != size or len(full.lines) > SERVED) and other <= size:
            _put(path / "cosig" / str(other), str(full).encode())


def _blob(log: Log, path: Path, digest: str) -> int:
    data = log.blob(digest)
    if data is None:
        return 0
    _put(path / "blob" / "sha256" / digest[:2] / digest[2:], data)
    return 1


def _put(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _fill(store: Store, source: DirectorySource | StoreSource, host: Signer | None) -> Refused | None:
    """Copy what was verified in one transaction, and hash it once more on the way."""
    grown, at, notes = Range(), source.last(), list(source.notes())
    erased: set[str] = set()
    with store.writing():
        for chunk in _chunks(source):
            store.insert(chunk)
            erased.update(erased_by(row.entry) for row in chunk)
            for row in chunk:
                grown.append(row.leaf)
        signed = {size: note for size, note in map(_signed, notes) if size}
        if at is None or grown.root() != at.root or at.size not in signed:
            raise StoreError("record.root", source.where, size=grown.size)
        store.set_head(0, at.size, grown.dump(), signed.pop(at.size))
        for size, note in signed.items():
            store.put_checkpoint(size, note)
        for cosignature in (c for _, note in notes for c in _cosignatures(note)):
            store.put_cosignature(cosignature)
        for where, digest, _, _ in source.blobs():
            if digest not in erased:
                store.put_blob(digest, source.blob(where, digest))
        for _, data in source.openings():
            if isinstance(opening := parse_opening(data), Opening):
                store.put_opening(OpeningRow(opening.act, opening.part, opening.salt, opening.content))
        if host is None:
            store.set_meta("mirror", "yes")
    return _host_fits(store, host)


def _chunks(source: Source) -> Iterator[list[Row]]:
    rows: list[Row] = []
    for item in source.items():
        entry = parse_entry(item.raw or b"", item.index)
        if isinstance(entry, Refused):
            raise StoreError(entry.faults[0].code, item.where, **entry.faults[0].values)
        rows.append(
            Row(item.index, bytes.fromhex(entry.id), entry.by, entry.n, leaf_hash(entry.raw), entry.raw)
        )
        if len(rows) == WIDTH:
            yield rows
            rows = []
    if rows:
        yield rows


def _signed(found: tuple[str, Note]) -> tuple[int, bytes]:
    """A checkpoint's size, and the note with the host's line alone."""
    note, at = found[1], parse_checkpoint(found[1].text)
    if isinstance(at, Refused):
        return 0, b""
    own = tuple(line for line in note.lines if line.name == at.origin)
    return at.size, str(Note(note.text, own)).encode()


def _cosignatures(note: Note) -> Iterator[CosignatureRow]:
    at = parse_checkpoint(note.text)
    for line in note.lines if isinstance(at, Checkpoint) else ():
        read = read_cosignature(line)
        if isinstance(at, Checkpoint) and line.name != at.origin and isinstance(read, Cosignature):
            yield CosignatureRow(at.size, read.name, read.id, read.time, str(line)[:-1])


def _host_fits(store: Store, host: Signer | None) -> Refused | None:
    if host is None:
        return None
    log = Log(store)
    if log.authority.holders.host_at(log.size + 1) == host.vkey:
        return None
    return refused("record.wrong_host", name=host.vkey.name)


__all__ = ["Exported", "export_directory", "import_directory"]
