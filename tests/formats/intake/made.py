"""Documents made for tests: Word files part by part, and pages set by Typst."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import typst

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def relation(kind: str, target: str, mode: str = "") -> str:
    more = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r-{kind}" Type="{R}/{kind}" Target="{target}"{more}/>'


def paragraph(words: str, properties: str = "") -> str:
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def word(body: str, **parts: str) -> bytes:
    """A Word file: the XML of its body, and further parts of ``word/`` by their kind of relation."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELS.format(relation("officeDocument", "word/document.xml")))
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        listed = "".join(relation(kind, f"{kind}.xml") for kind in parts)
        package.writestr("word/_rels/document.xml.rels", RELS.format(listed))
        for kind, content in parts.items():
            package.writestr(f"word/{kind}.xml", content)
    return made.getvalue()


def pages(source: str, folder: Path) -> bytes:
    """A PDF of a Typst source."""
    file = folder / "made.typ"
    file.write_text(source, encoding="utf-8")
    made = typst.compile(str(file))
    assert isinstance(made, bytes)
    return made
