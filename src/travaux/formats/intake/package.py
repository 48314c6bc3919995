"""The package of an Office document, opened with suspicion: no bombs, no entities, nothing from outside."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from travaux.acts.fault import Fault, Refused, refused

MOST_UNPACKED = 200_000_000  # bytes over all parts
MOST_PARTS = 10_000
_TYPES = "[Content_Types].xml"
_WORD = b"wordprocessingml"
_DECLARED = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.I)
_PREFIX = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a document by their path in the package, without a leading slash."""

    name: str
    parts: Mapping[str, bytes]

    def xml(self, path: str) -> etree._Element | Refused | None:
        """The root of one part; None where there is none. Refused: a part that is no XML."""
        data = self.parts.get(path)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            return refused("intake.damaged", file=self.name, kind="docx")

    def related(self, path: str, kind: str) -> str:
        """The path of the part that `path` (empty for the package itself) names as its `kind`; "" if none."""
        folder, _, file = path.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if path and folder else f"_rels/{file}.rels")
        if root is None or isinstance(root, Refused):
            return ""
        for relation in root.iter(_RELS):
            inside = relation.get("TargetMode") != "External"
            if inside and relation.get("Type") in (_PREFIX + kind, _STRICT + kind):
                target = str(relation.get("Target", ""))
                return target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
        return ""


def is_word(data: bytes) -> bool:
    """Whether the bytes of a zip file are a Word document, by its list of content types."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(_TYPES) as types:
            return _WORD in types.read(1_000_000)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, zlib.error, EOFError):
        return False


def open_package(name: str, data: bytes) -> Package | Refused:
    """All XML parts of a package.

    Refused: a damaged file, one with a password, one that unpacks to more than `MOST_UNPACKED` bytes
    (``intake.bomb``), one whose parts declare a document type or entities (``intake.entities``).
    """
    try:
        parts = _parts(data)
    except (RuntimeError, NotImplementedError):
        return Refused((Fault("intake.locked", values={"file": name}),))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        return refused("intake.damaged", file=name, kind="docx")
    if parts is None:
        return refused("intake.bomb", file=name, most=MOST_UNPACKED)
    if any(_declares(part) for part in parts.values()):
        return refused("intake.entities", file=name)
    return Package(name, parts)


def _parts(data: bytes) -> dict[str, bytes] | None:
    """The XML parts, never unpacking more than allowed whatever the file claims; None where it is more."""
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        listed = package.infolist()
        if len(listed) > MOST_PARTS or sum(i.file_size for i in listed) > MOST_UNPACKED:
            return None
        for info in listed:
            if info.filename.endswith((".xml", ".rels")):
                with package.open(info) as file:
                    part = file.read(left + 1)
                left -= len(part)
                if left < 0:
                    return None
                found[info.filename.lstrip("/")] = part
    return found


def _declares(part: bytes) -> bool:
    """Whether an XML part has a document type or entities, in whatever encoding it is written."""
    head = part[:4]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head
    text = part.replace(b"\x00", b"").decode("latin-1") if wide else part.decode("latin-1")
    return _DECLARED.search(text) is not None
