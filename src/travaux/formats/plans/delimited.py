"""CSV and TSV as people publish them: any usual encoding and separator, line breaks inside quotes."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from openpyxl.utils import get_column_letter

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.formats.plans.cells import Cell, Line, PlanFile, Sheet, text_of

_MARKED: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SINGLE: Final = ("cp1252", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic", "cp1250")
_SEPARATORS: Final = ",;\t|"
_SAMPLE: Final = 60_000  # bytes or characters looked at to tell an encoding or separator
_UNLIKELY: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[\u2500-\u25ff]|[A-Za-z][А-яЁё]|[А-яЁё][A-Za-z]"
    r"|[а-яё][А-ЯЁ]|[À-ÿ]{3}|[а-яё][^\w\s.,;:()\"'/«»“”\-–—!?][а-яё]|[ђѓљњќћџ¤¦§©®°±¶]"
)
_USUAL: Final = re.compile(r"[оеаинтсрОЕАИНТСР]")
csv.field_size_limit(10_000_000)


def read_delimited(name: str, data: bytes) -> PlanFile | Refused:
    """The one sheet of a delimited file; a note says where it is not UTF-8.

    Refused: bytes that are no text.
    """
    encoding = encoding_of(data)
    text = None if encoding is None else data.decode(encoding, "replace")
    if text is None or encoding is None:
        return refused("import_plan.no_text", Place(name))
    notes: tuple[Fault, ...] = ()
    if not encoding.startswith("utf"):
        notes = (Fault("import_plan.encoding", Place(name), {"encoding": encoding}),)
    try:
        lines = tuple(_lines(text))
    except csv.Error as error:
        return refused("import_plan.no_table", Place(name), detail=str(error))
    return PlanFile(name, data, "csv", (Sheet("", lines),), text, notes)


def encoding_of(data: bytes) -> str | None:
    """The encoding of a text's bytes, None where they are none: by its mark, UTF-8, or the likeliest."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return None if b"\x00" in data else "utf-8"
    sample = data[:_SAMPLE]
    if sample.count(b"\x00") > len(sample) // 50:
        return None
    readings = ((_strangeness(sample.decode(e, "replace")), n, e) for n, e in enumerate(_SINGLE))
    return min(readings)[2]


def _strangeness(text: str) -> float:
    """How much of a text looks decoded wrongly; the usual letters of Cyrillic speak for it."""
    usual = len(_USUAL.findall(text))
    return len(_UNLIKELY.findall(text)) + 3 * text.count("\ufffd") - usual / 4


def separator_of(text: str) -> str:
    """The separator that gives the most rows of one and the same number of columns, more than one."""
    best, found = 0.0, ","
    for separator in _SEPARATORS:
        rows = [
            len(r) for r in csv.reader(text[:_SAMPLE].splitlines(keepends=True)[:400], delimiter=separator)
        ]
        wide = Counter(n for n in rows if n > 1)
        if wide:
            width, often = wide.most_common(1)[0]
            score = often * (1 + min(width, 20) / 100) + sum(wide.values()) / 1000
            if score > best:
                best, found = score, separator
    return found


def _lines(text: str) -> Iterator[Line]:
    """Each record as a row; its number counts records, as a spreadsheet shows them."""
    physical = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
    starts = [0, *accumulate(len(p) for p in physical)]
    skipped, separator = 0, ""
    if physical and (told := re.match(r"\"?sep=(.)\"?\s*\Z", physical[0])):
        skipped, separator = 1, told[1]
    reader = csv.reader(physical[skipped:], delimiter=separator or separator_of(text))
    before = skipped
    for n, record in enumerate(reader, 1 + skipped):
        after = skipped + reader.line_num
        start, end = starts[before], starts[after]
        before = after
        cells = {
            c: Cell(value, value, f"{get_column_letter(c)}{n}")
            for c, raw in enumerate(record, 1)
            if (value := text_of(raw))
        }
        if cells:
            yield Line(n, cells, start, start + len(text[start:end].rstrip("\r\n")))
