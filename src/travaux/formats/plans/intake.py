"""From a file's bytes to its cells: what sort of file it is, told by its first bytes."""

from __future__ import annotations

from travaux.acts.fault import Place, Refused, refused
from travaux.formats.plans.cells import PlanFile
from travaux.formats.plans.delimited import read_delimited

LARGEST = 60_000_000  # bytes
_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_OTHERS = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"<!DO": "HTML", b"<htm": "HTML"}


def read_plan(name: str, data: bytes) -> PlanFile | Refused:
    """The cells of an xlsx, csv or tsv file.

    Refused: another sort of file, a damaged one, one that is too large or empty.
    """
    if len(data) > LARGEST:
        return refused("import_plan.large", Place(name), size=len(data), most=LARGEST)
    if not data.strip():
        return refused("import_plan.empty", Place(name))
    if data.startswith(_ZIP):
        from travaux.formats.plans.workbook import read_workbook

        return read_workbook(name, data)
    if data.startswith(_OLD):
        return refused("import_plan.other_file", Place(name), sort="an old or protected Office file")
    other = _OTHERS.get(data[:5]) or _OTHERS.get(data[:4])
    if other:
        return refused("import_plan.other_file", Place(name), sort=other)
    return read_delimited(name, data)
