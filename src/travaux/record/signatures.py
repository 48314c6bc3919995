"""The signatures of entries, verified at once or in several processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Final

from travaux.record import ed25519
from travaux.record.entry import Entry
from travaux.record.keys import VKey

CHUNK: Final = 2000

Job = tuple[bytes, bytes, bytes, int, str, str]
Bad = tuple[int, str, str]


class Signatures:
    """Checks what it is given and remembers the bad ones: (index, where, name).

    Checked in chunks: one after the other in this process, which is quicker than between other work, or, with
    more workers, in several processes, with a few chunks waiting.
    """

    def __init__(self, workers: int = 1) -> None:
        """`workers` processes; the library holds Python's lock, so threads would gain nothing."""
        self._pool = None
        if workers > 1:
            self._pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        self._most = 2 * workers
        self._bad: list[Bad] = []
        self._jobs: list[Job] = []
        self._waiting: deque[Future[list[Bad]]] = deque()

    def __enter__(self) -> Signatures:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=kind is not None)

    def check(self, entry: Entry, keys: Sequence[VKey], where: str, now: bool) -> bool:
        """Check every line of `entry` under its key; false when one is known to be bad.

        With `now` the answer is certain; otherwise it may come later, by `bad`.
        """
        text = entry.text
        jobs: list[Job] = [
            (key.public, line.signature, text, entry.index, where, key.name)
            for key, line in zip(keys, entry.lines, strict=True)
        ]
        if now:
            bad = verify_all(jobs)
            self._bad += bad
            return not bad
        self._jobs += jobs
        if len(self._jobs) >= CHUNK:
            self._send()
        return True

    def bad(self) -> list[Bad]:
        """All bad signatures, once every one is checked."""
        if self._jobs:
            self._send()
        while self._waiting:
            self._bad += self._waiting.popleft().result()
        return self._bad

    def _send(self) -> None:
        if self._pool is None:
            self._bad += verify_all(self._jobs)
            self._jobs = []
            return
        while len(self._waiting) >= self._most:
            self._bad += self._waiting.popleft().result()
        self._waiting.append(self._pool.submit(verify_all, self._jobs))
        self._jobs = []


def verify_all(jobs: Sequence[Job]) -> list[Bad]:
    """The jobs whose signature does not count."""
    return [
        (index, where, name)
        for public, signature, text, index, where, name in jobs
        if not ed25519.verify(public, signature, text)
    ]
