"""An archive read into a folder: shards of readings, one manifest line a document, resumable, deterministic.

The folder::

    archive.json                 how it was made: number of shards, date given
    readings-0003.jsonl          the readings of shard 3, one JSON line a document (the output contract)
    manifest-0003.jsonl          one line for every document of shard 3, refused ones among them
    items-0003.parquet           with `parquet`: one row an item, for analysis
    links.jsonl                  with links: what later documents say of the same matter

A document belongs to the shard that its name says, so one more document changes one shard. A document whose
text, with what its file tells of it, and rules are the same as before is copied, not read again: the same
bytes, or the same text in another wrapping (encoding, markup, file format). A shard is written whole or not
at all; a run that was ended goes on where it was. The bytes depend on documents and rules alone, not on
`jobs`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from travaux.acts.fault import Place, Refused, refused
from travaux.secretariat.archive import Paper, Shelf
from travaux.secretariat.many import Outcome, read_data, read_many
from travaux.secretariat.reading import KINDS, rules_hash, take_data

PER_SHARD = 500  # documents, when an archive is first divided
READ, REFUSED = "read", "refused"
_ABOUT = "archive.json"

Key = tuple[str, str, str, str]  # what a reading depends on: name; bytes or content; rules; date given


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One document in the manifest.

    `status` is read or refused; `sha256` is that of the file, `text` that of its text, `content` that of the
    text with what its file tells of it, `rules` that of the reader's rules; `items` counts by kind; `faults`
    and `notes` are sentences; `date` is the document's own.
    """

    file: str
    status: str
    sha256: str = ""
    text: str = ""
    content: str = ""
    rules: str = ""
    given: str = ""
    lang: str = ""
    date: str = ""
    items: dict[str, int] = {}
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What one shard is to hold, small enough to be handed to another process or machine."""

    folder: Path
    number: int
    papers: tuple[Paper, ...]
    day: date | None
    parquet: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A finished shard: how many documents were read, copied from before, and refused (with the lines)."""

    number: int
    read: int
    copied: int
    refused: tuple[str, ...]


def plans(
    folder: Path, papers: Sequence[Paper], *, day: date | None = None, parquet: bool = False
) -> list[Plan] | Refused:
    """Divide the papers over shards. The number of shards is that of the first run and stays.

    Refused: a folder that cannot be made or written, or one that holds something else.
    """
    about = _about(folder, len(papers))
    if isinstance(about, Refused):
        return about
    shares: list[list[Paper]] = [[] for _ in range(about)]
    for paper in papers:
        shares[shard_of(paper.name, about)].append(paper)
    return [Plan(folder, n, tuple(share), day, parquet) for n, share in enumerate(shares)]


def shard_of(name: str, shards: int) -> int:
    """The shard of a document: by its name alone."""
    return int.from_bytes(sha256(name.encode("utf-8", "surrogatepass")).digest()[:8]) % shards


def _about(folder: Path, documents: int) -> int | Refused:
    file = folder / _ABOUT
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            if any(folder.iterdir()):
                return refused("read.out_not_empty", Place(str(folder)))
            shards = max(1, -(-documents // PER_SHARD))
            file.write_text(json.dumps({"shards": shards}) + "\n", encoding="utf-8")
            return shards
        known = json.loads(file.read_text(encoding="utf-8"))
        return int(known["shards"])
    except OSError as error:
        return refused("file.not_written", Place(str(folder)), detail=error.strerror or str(error))
    except (ValueError, KeyError, TypeError) as error:
        return refused("read.out_broken", Place(str(file)), detail=str(error))


def _nobody() -> None:
    """Nobody wants to know."""


def run_shard(plan: Plan, *, careful: bool = False, tell: Callable[[], None] = _nobody) -> Done | Refused:
    """Read one shard, copying what has not changed, and write it. Runs anywhere, for itself alone.

    With `careful` each document is read in a process of its own, so that one that ends its process is found.
    `tell` is called after every document.
    """
    before = _before(plan)
    names = {key[0] for key in before}
    lines: list[Line] = []
    readings: list[bytes] = []
    copied = 0
    with Shelf() as shelf:
        for paper in plan.papers:
            data = shelf.fetch(paper)
            known = None
            if isinstance(data, bytes) and paper.name in names:
                known = _known(plan, paper.name, data, before, careful)
            if known is None:
                known = _read(plan, paper, data, careful)
            else:
                copied += 1
            lines.append(known[0])
            readings.append(known[1])
            tell()
    written = _write(plan, lines, readings)
    refusals = tuple(fault for line in lines for fault in line.faults)
    read = sum(line.status == READ for line in lines) - copied
    return written if isinstance(written, Refused) else Done(plan.number, read, copied, refusals)


def _read(plan: Plan, paper: Paper, data: bytes | Refused, careful: bool) -> tuple[Line, bytes]:
    if isinstance(data, Refused):
        outcome = Outcome(paper.name, faults=data.faults)
    elif careful:
        outcome = next(read_many([paper], day=plan.day, jobs=2))
    else:
        outcome = read_data(paper.name, data, plan.day)
    return _line(plan, outcome), outcome.json


def _known(
    plan: Plan, name: str, data: bytes, before: Mapping[Key, tuple[Line, bytes]], careful: bool
) -> tuple[Line, bytes] | None:
    """The line and reading of a document that was read before: its very file, or its text in another
    wrapping, for which it is taken in (not where an intake that ends the process is looked for)."""
    same = before.get(_key(plan, name, sha256(data).hexdigest()))
    if same is not None or careful:
        return same
    try:
        taken = take_data(name, data)
    except (Exception, RecursionError):
        return None  # it is read, and what failed is told there
    if isinstance(taken, Refused):
        return None
    wrapped = before.get(_key(plan, name, taken.content))
    if wrapped is None:
        return None
    notes = tuple(f.line() for f in taken.document.notes)
    return msgspec.structs.replace(wrapped[0], sha256=taken.held.sha256, notes=notes), wrapped[1]


def _key(plan: Plan, name: str, of: str) -> Key:
    return name, of, rules_hash(), _given(plan)


def _given(plan: Plan) -> str:
    return plan.day.isoformat() if plan.day else ""


def _line(plan: Plan, outcome: Outcome) -> Line:
    doc: dict[str, Any] = msgspec.json.decode(outcome.json) if outcome.json else {}
    head = doc.get("doc", {})
    return Line(
        file=outcome.name,
        status=READ if doc else REFUSED,
        sha256=outcome.sha256,
        text=outcome.text_sha256,
        content=outcome.content,
        rules=rules_hash(),
        given=_given(plan),
        lang=head.get("lang") or "",
        date=head.get("date") or "",
        items={kind: len(doc[kind]) for kind in KINDS if doc and doc[kind]},
        faults=tuple(f.line() for f in outcome.faults),
        notes=tuple(f.line() for f in outcome.notes),
    )


def _before(plan: Plan) -> dict[Key, tuple[Line, bytes]]:
    """The lines and readings of the shard as it was written last; empty where they do not fit together."""
    manifest, readings = _paths(plan)
    try:
        lines = [msgspec.json.decode(row, type=Line) for row in manifest.read_bytes().splitlines()]
        rows = readings.read_bytes().splitlines(keepends=True)
    except (OSError, msgspec.DecodeError):
        return {}
    read = [line for line in lines if line.status == READ]
    if len(read) != len(rows):
        return {}
    pairs = list(zip(read, rows, strict=True))
    found = {(line.file, line.sha256, line.rules, line.given): (line, row) for line, row in pairs}
    return found | {(line.file, line.content, line.rules, line.given): (line, row) for line, row in pairs}


def _paths(plan: Plan) -> tuple[Path, Path]:
    number = f"{plan.number:04}"
    return plan.folder / f"manifest-{number}.jsonl", plan.folder / f"readings-{number}.jsonl"


def _write(plan: Plan, lines: Sequence[Line], readings: Sequence[bytes]) -> Refused | None:
    """Readings, then the table, then the manifest: a shard counts once its manifest stands."""
    manifest, file = _paths(plan)
    try:
        replaced(file, b"".join(readings))
        if plan.parquet:
            from travaux.secretariat.columns import items_table

            replaced(file.with_name(f"items-{plan.number:04}.parquet"), items_table(readings))
        replaced(manifest, b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    except OSError as error:
        return refused("file.not_written", Place(str(plan.folder)), detail=error.strerror or str(error))
    return None


def replaced(file: Path, data: bytes) -> None:
    """Put `data` into `file`, whole or not at all; a file that holds it already is left as it is."""
    if file.exists() and file.stat().st_size == len(data) and file.read_bytes() == data:
        return
    new = file.with_suffix(".new")
    new.write_bytes(data)
    new.replace(file)


def readings_of(folder: Path) -> Iterator[dict[str, Any]]:
    """Every reading of an archive's folder, by shard, then in the order of its papers."""
    for file in sorted(folder.glob("readings-*.jsonl")):
        for row in file.read_bytes().splitlines():
            yield msgspec.json.decode(row)
