"""Plain text: which encoding the bytes are in, and no other change. The decoded text is the text."""

from __future__ import annotations

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.text.source import Document

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
          (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))  # fmt: skip
_FREQUENT = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёОЕАИНТСРВЛКМДПУЯГЗБЧЙХЖШЮЦЩЭФ")


def decode(name: str, data: bytes) -> tuple[str, str] | Refused:
    """(text, encoding): by its byte order mark, as strict UTF-8, then as Windows-1251 by its letters.

    Refused as binary (``intake.binary``): control characters, or letters that make no text in either.
    A byte order mark in UTF-8 stays in the text, as offsets count it.
    """
    encoding = next((e for mark, e in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        if encoding != "utf-8":
            return refused("intake.broken", file=name, encoding=encoding, byte=wrong.start)
        if _nearly_utf8(data):
            line = data[: wrong.start].count(b"\n") + 1
            return refused("intake.mixed", Place(name, line), byte=f"{data[wrong.start]:02x}")
        return _by_letters(name, data)
    if _binary(text):
        return refused("intake.binary", file=name)
    return text, encoding


def _binary(text: str) -> bool:
    """Whether control characters that no text has are more than one in two hundred."""
    sample = text[:200_000]
    wrong = sum(1 for c in sample if c < " " and c not in "\t\n\r\f\x0b\x1b")
    return wrong * 200 > len(sample)


def _nearly_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8, and only some bytes are not: two encodings in one file."""
    text = data[:2_000_000].decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(1 for c in text if c > "\x7f") - wrong >= max(3, 3 * wrong)


def misread(text: str) -> int:
    """How many lines look like UTF-8 that somebody read as Windows-1251 or -1252: they turn back cleanly."""
    found = 0
    for line in text[:500_000].splitlines():
        if sum(1 for c in line if c > "\x7f") >= 4:
            found += any(_turns_back(line, encoding) for encoding in ("cp1251", "cp1252"))
    return found


def _turns_back(line: str, encoding: str) -> bool:
    """Letters in one encoding whose bytes are letters in UTF-8: no text is that by chance."""
    try:
        true = line.encode(encoding).decode("utf-8")
    except UnicodeError:
        return False
    return len(true) < len(line)


def _by_letters(name: str, data: bytes) -> tuple[str, str] | Refused:
    """Windows-1251 where most of what is not ASCII is a frequent Russian letter, else Windows-1252."""
    text = data.decode("cp1251", errors="replace")
    sample = [c for c in text[:200_000] if c > "\x7f"]
    good = sum(c in _FREQUENT for c in sample)
    if _binary(text):
        return refused("intake.binary", file=name)
    if good * 10 >= len(sample) * 8 and "\ufffd" not in text:
        return text, "windows-1251"
    western = data.decode("cp1252", errors="replace")
    rare = sum(1 for c in western if c > "\x7f")
    if "\ufffd" in western or rare * 10 > len(western):
        return refused("intake.binary", file=name)
    return western, "windows-1252"


def take_text(name: str, data: bytes) -> Document | Refused:
    """A plain text file as a document; a guessed encoding is noted (``intake.guessed``)."""
    decoded = decode(name, data)
    if isinstance(decoded, Refused):
        return decoded
    text, encoding = decoded
    if not any(c.isalnum() for c in text):
        return refused("intake.empty", file=name)
    notes: list[Fault] = []
    if encoding.startswith("windows"):
        notes.append(Fault("intake.guessed", values={"file": name, "encoding": encoding}))
    if wrong := misread(text):
        notes.append(Fault("intake.misread", values={"file": name, "n": wrong}))
    return Document(name, text, notes=tuple(notes))
