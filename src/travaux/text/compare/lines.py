"""Lines and columns of a text, from offsets."""

from __future__ import annotations

import re
from bisect import bisect_right

_ENDS = re.compile(r"\r\n?|\n")


class Lines:
    """Where each line of `text` begins; a line ends with LF, CR LF or CR."""

    __slots__ = ("_starts",)

    def __init__(self, text: str):
        self._starts = [0, *(match.end() for match in _ENDS.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at `offset` (characters from 0)."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
