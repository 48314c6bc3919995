"""Work that makes much and drops nothing, done while the collector of garbage rests.

Many acts, rows or cells are made and kept, and none of them is garbage: looking for it again and again costs
as much as the work itself.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Rest:
    """Who is at work while the collector rests, and whether it was on before the first of them began."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._at_work = 0
        self._was_on = True

    def began(self) -> None:
        with self._lock:
            if self._at_work == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._at_work += 1

    def ended(self) -> None:
        with self._lock:
            self._at_work -= 1
            if self._at_work == 0 and self._was_on:
                gc.enable()


_REST = _Rest()


@contextmanager
def collector_resting() -> Iterator[None]:
    """The collector rests until the last of those who asked for it, in any thread, is done."""
    _REST.began()
    try:
        yield
    finally:
        _REST.ended()
