"""Fuzzing with a memory: inputs that reach code no other reaches are kept, and tried again in every run.

``python -m tests.record.fuzzing [SECONDS]`` grows the corpus: it changes what is kept, watches which lines of
the record follow which, and keeps whatever is new, the shortest first. The corpus is one file a parser, an
input a line in base64.
"""

from __future__ import annotations

import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

import travaux
from travaux.record.keys import is_name, parse_vkey

CORPUS = Path(__file__).parent / "corpus"
LONGEST = 4_000
OURS = str(Path(travaux.__file__).parent)
PIECES = [
    b"\n", b"\n\n", b" ", b"=", b"+", b"/", b"\0", b"0", b"1", b"-1", b"9" * 19, b"9" * 400, b"\xe2\x80\x94 ",
    b"\xff", b"\xed\xa0\x80", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\r\n", b"{", b"}", b"[", b"]",
    b'"', b"\\", b"\\u0000", b"\\ud800", b"null", b"true", b"1.5", b"1e9", b"NaN", b'{"a":' * 20, b"AAAA",
    b"\xd9\xa1", b"\xc2\xb2", b"index ", b"extra ", b"tile/", b"x001/", b".p/",
]  # fmt: skip
Parser = Callable[[bytes], Any]
Arcs = frozenset[tuple[str, int, int]]


def changed(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """One input made from another: bytes changed, cut, doubled, put in, or taken from one of `others`."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice((0, 1, 1, 2, 4, 16, 64)))
        part, kind = data[start:end], chance.randrange(7)
        if kind == 0:
            part = bytes(b ^ 1 << chance.randrange(8) for b in part)
        elif kind == 1:
            part = b""
        elif kind == 2:
            part = part * chance.choice((2, 3, 40))
        elif kind == 3:
            part += chance.choice(PIECES)
        elif kind == 4:
            part = chance.choice(PIECES)
        elif kind == 5:
            other = chance.choice(others)
            at = chance.randint(0, len(other))
            part = other[at : at + chance.choice((1, 8, 64, 400))]
        else:
            part = chance.randbytes(len(part) or 1)
        data = data[:start] + part + data[end:]
    return data


def tried(parser: Parser, inputs: Iterable[bytes]) -> tuple[bytes, Exception] | None:
    """The first input on which `parser` raises, with what it raised; None where it never does."""
    for data in inputs:
        try:
            parser(data)
        except Exception as error:
            return data, error
    return None


def mutants(seeds: Sequence[bytes], many: int, chance: Random) -> Iterable[bytes]:
    """`many` inputs, each made from one of the seeds."""
    for _ in range(many):
        yield changed(chance.choice(seeds), seeds, chance)


def arcs(parser: Parser, data: bytes) -> Arcs:
    """Which lines of this package followed which while `parser` read `data`."""
    found: set[tuple[str, int, int]] = set()
    last: dict[int, int] = {}
    for remembering in (is_name, parse_vkey):
        remembering.cache_clear()

    def line(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            found.add((frame.f_code.co_filename, last.get(id(frame), 0), frame.f_lineno))
            last[id(frame)] = frame.f_lineno
        return line

    def call(frame: FrameType, event: str, _: object) -> Any:
        return line if frame.f_code.co_filename.startswith(OURS) else None

    sys.settrace(call)
    try:
        parser(data)
    finally:
        sys.settrace(None)
    return frozenset(found)


def least(parser: Parser, inputs: Iterable[bytes]) -> list[bytes]:
    """The inputs, the shortest first, that each reach something that those before do not."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for data in sorted(set(inputs), key=lambda d: (len(d), d)):
        new = arcs(parser, data) - seen
        if new:
            seen |= new
            kept.append(data)
    return kept


def grown(parser: Parser, seeds: Iterable[bytes], seconds: float, chance: Random) -> list[bytes]:
    """The seeds and what was found from them in so many seconds."""
    kept = least(parser, (s for s in seeds if len(s) <= LONGEST))
    seen: set[tuple[str, int, int]] = set().union(*(arcs(parser, data) for data in kept))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        data = changed(chance.choice(kept), kept, chance)
        new = arcs(parser, data) - seen if len(data) <= LONGEST else set()
        if new:
            seen |= new
            kept.append(data)
    return least(parser, kept)


def corpus(name: str) -> list[bytes]:
    """The inputs that are kept for a parser."""
    file = CORPUS / f"{name.replace(' ', '-')}.txt"
    return [b64decode(row) for row in file.read_text().split("\n")[:-1]] if file.exists() else []


def keep(name: str, inputs: Iterable[bytes]) -> None:
    """Write the inputs of a parser."""
    CORPUS.mkdir(exist_ok=True)
    rows = "".join(f"{b64encode(data).decode()}\n" for data in inputs)
    (CORPUS / f"{name.replace(' ', '-')}.txt").write_text(rows)


def main(seconds: float) -> None:
    from tests.record.test_fuzz import PARSERS, SEEDS

    for name, parser in PARSERS.items():
        before = corpus(name)
        after = grown(parser, [*SEEDS, *before], seconds, Random(time.time_ns()))
        keep(name, after)
        print(f"{name}: {len(before)} inputs before, {len(after)} now")  # noqa: T201


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 30.0)
