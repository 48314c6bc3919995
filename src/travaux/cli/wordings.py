"""Files of wordings: read as they are, byte for byte, or refused with the reason."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.cli.console import fail

MOST_BYTES = 64_000_000
_SURROGATE = re.compile("[\ud800-\udfff]")
_SIGNS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK\x03\x04": "Word or zip",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xd0\xcf\x11\xe0": "Word 97",
    b"{\\rtf": "RTF",
}


def read_wording(path: str) -> str | Refused:
    """The text of a UTF-8 file with every character kept: line ends, a byte order mark, no last line end.

    ``-`` is standard input. Lone surrogates in their three-byte form are taken as they are. Refused: what
    cannot be read, is too large, or is no UTF-8 text (with the line and column of the first wrong byte).
    """
    shown = click.format_filename(path, shorten=False)
    try:
        data = sys.stdin.buffer.read(MOST_BYTES + 1) if path == "-" else _bytes(Path(path))
    except (OSError, ValueError) as error:
        return refused("file.unreadable", Place(shown), detail=getattr(error, "strerror", None) or str(error))
    if len(data) > MOST_BYTES:
        return refused("compare.file_large", Place(shown), most=MOST_BYTES // 1_000_000)
    kind = next((name for sign, name in _SIGNS.items() if data.startswith(sign)), "")
    if kind:
        return refused("compare.file_kind", Place(shown), kind=kind)
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "surrogatepass")
        line, col = before.count("\n") + 1, len(before) - before.rfind("\n")
        return refused("compare.file_encoding", Place(shown, line, col))


def read_wordings(paths: Sequence[str], read: Callable[[str], str | Refused] = read_wording) -> list[str]:
    """The texts of all files, each by `read`; else the command ends with every reason why one cannot be."""
    texts: list[str] = []
    faults: list[Fault] = []
    for path in paths:
        found = read(path)
        if isinstance(found, Refused):
            faults += found.faults
        else:
            texts.append(found)
    if faults:
        fail(faults)
    return texts


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def put_bytes(text: str) -> None:
    """`text` on standard output as UTF-8, nothing added, nothing changed."""
    stream = sys.stdout.buffer
    stream.write(text.encode("utf-8", "surrogatepass"))
    stream.flush()


def put_json(value: Any) -> None:
    """One JSON value on standard output; lone surrogates as escapes, so that the output is UTF-8."""
    told = json.dumps(value, ensure_ascii=False, indent=1)
    put_bytes(_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", told) + "\n")
