"""Many documents read, in one process or on several cores; the order of the results is that of the papers.

A document that fails is an outcome with its faults and never ends the run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context

from travaux.acts.fault import Fault, Place, Refused
from travaux.secretariat.archive import Paper, Shelf
from travaux.secretariat.reading import Taken, read_taken, take_data

_CHUNK = 8  # documents a task: large enough to pay for its journey, small enough to show progress


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: the contract's JSON line (empty where refused), faults, oddities, hashes.

    `sha256` is that of the file, `text_sha256` that of its text, `content` that of all the reader is given of
    it; empty where it came to none.
    """

    name: str
    json: bytes = b""
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    sha256: str = ""
    text_sha256: str = ""
    content: str = ""


def read_paper(paper: Paper, shelf: Shelf, day: date | None = None) -> Outcome:
    """Fetch and read one document."""
    data = shelf.fetch(paper)
    if isinstance(data, Refused):
        return Outcome(paper.name, faults=data.faults)
    return read_data(paper.name, data, day)


def read_data(name: str, data: bytes, day: date | None = None) -> Outcome:
    """Read one document from its bytes. An error inside the reader is its outcome too, told as such."""
    try:
        taken = take_data(name, data)
        if isinstance(taken, Refused):
            return Outcome(name, faults=taken.faults, sha256=sha256(data).hexdigest())
        return _outcome(taken, day)
    except (Exception, RecursionError) as error:
        fault = Fault("read.failed", Place(name), {"detail": f"{type(error).__name__}: {error}"[:200]})
        return Outcome(name, faults=(fault,), sha256=sha256(data).hexdigest())


def _outcome(taken: Taken, day: date | None) -> Outcome:
    found = read_taken(taken, date=day)
    held = taken.held
    line, faults = (b"", found.faults) if isinstance(found, Refused) else (found.json(), ())
    return Outcome(
        held.name, line, faults, taken.document.notes, held.sha256, held.text_sha256, taken.content
    )


def read_chunk(chunk: Sequence[Paper], day: date | None) -> list[Outcome]:
    """Read a few documents; runs in a process of its own."""
    with Shelf() as shelf:
        return [read_paper(paper, shelf, day) for paper in chunk]


def read_many(papers: Iterable[Paper], *, day: date | None = None, jobs: int = 1) -> Iterator[Outcome]:
    """Read documents one after the other, or on `jobs` processes; outcomes in the order of `papers`."""
    if jobs == 1:
        with Shelf() as shelf:
            for paper in papers:
                yield read_paper(paper, shelf, day)
        return
    chunks = _chunks(papers)
    waiting: deque[tuple[list[Paper], Future[list[Outcome]]]] = deque()
    pool = processes(jobs)
    try:
        while True:
            for chunk in islice(chunks, 4 * jobs - len(waiting)):
                waiting.append((chunk, pool.submit(read_chunk, chunk, day)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                yield from _one_by_one(chunk, day)
                pool = processes(jobs)
                waiting = deque((c, pool.submit(read_chunk, c, day)) for c, _ in waiting)
    finally:
        pool.shutdown(cancel_futures=True)


def processes(jobs: int) -> ProcessPoolExecutor:
    """A pool of fresh processes: nothing of this one's state is theirs, so results cannot depend on it."""
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))


def _chunks(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    rest = iter(papers)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _one_by_one(chunk: Sequence[Paper], day: date | None) -> Iterator[Outcome]:
    """A process died on one of these documents (memory, most likely): find out on which, keep the others."""
    pool = processes(1)
    try:
        for paper in chunk:
            try:
                yield pool.submit(read_chunk, [paper], day).result()[0]
            except BrokenProcessPool:
                pool = processes(1)
                yield Outcome(paper.name, faults=(Fault("read.died", Place(paper.name)),))
    finally:
        pool.shutdown()
