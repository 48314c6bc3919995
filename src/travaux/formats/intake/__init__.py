"""Bytes in, one immutable text with a source map out. Nothing is repaired in silence; oddities are notes."""

from __future__ import annotations

from travaux.acts.fault import Refused, refused
from travaux.formats.intake.plain import take_text
from travaux.text.source import Document

LARGEST = 50_000_000  # bytes
_HTML = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<article", b"<!--")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

__all__ = ["LARGEST", "take_in"]


def take_in(name: str, data: bytes) -> Document | Refused:
    """The document in the bytes of one file. Its kind is told by its content, then by the name's ending.

    Refused: an empty file (``intake.empty``), one over `LARGEST` bytes (``intake.large``), a file of a kind
    that is not read (``intake.kind``), text with no decoding (``intake.binary``), html without words, and
    what `take_pdf` and `take_docx` refuse.
    """
    if not data.strip():
        return refused("intake.empty", file=name)
    if len(data) > LARGEST:
        return refused("intake.large", file=name, size=len(data), most=LARGEST)
    if data[:1024].lstrip().startswith(b"%PDF"):
        from travaux.formats.intake.pdf import take_pdf

        return take_pdf(name, data)
    if data.startswith(b"PK\x03\x04"):
        return _zipped(name, data)
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data:
        return refused("intake.locked", file=name)
    if (kind := _foreign(data)) is not None:
        return refused("intake.kind", file=name, kind=kind)
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_HTML) or name.lower().endswith((".html", ".htm", ".xhtml")):
        from travaux.formats.intake.html import take_html

        return take_html(name, data)
    return take_text(name, data)


def _zipped(name: str, data: bytes) -> Document | Refused:
    """A Word document; other packages and archives are told by name."""
    from travaux.formats.intake.docx import take_docx
    from travaux.formats.intake.package import is_word

    if is_word(data):
        return take_docx(name, data)
    damaged = name.lower().endswith((".docx", ".docm"))
    if damaged:
        return refused("intake.damaged", file=name, kind="docx")
    return refused("intake.kind", file=name, kind="zip")


def _foreign(data: bytes) -> str | None:
    """The kind of a file that is not read, by its first bytes; None for the others."""
    marks = {
        _OLD_OFFICE: "doc",
        b"{\\rtf": "rtf",
        b"\x89PNG": "png",
        b"\xff\xd8\xff": "jpeg",
        b"GIF8": "gif",
        b"\x1f\x8b": "gzip",
        b"\x7fELF": "program",
        b"MZ": "program",
        b"SQLite format 3": "database",
        b"7z\xbc\xaf": "7z",
        b"Rar!": "rar",
        b"\x28\xb5\x2f\xfd": "zstd",
    }
    return next((kind for mark, kind in marks.items() if data.startswith(mark)), None)
