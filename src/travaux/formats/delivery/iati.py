"""Measures as IATI 2.03 activities, in the order of elements that its schema asks for.

The party that answers for a measure is an accountable organisation (role 2), its bodies implement (role 4).
The deadline is the planned end (date type 3), a joint finding of fulfilment the actual end (4). IATI has one
status for an activity; ours follows decisions taken jointly only, and what each party claims and answers
stands apart under our own namespace.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

from travaux.acts.when import OPEN_END, When

VERSION: Final = "2.03"
OURS: Final = "urn:travaux:measures:1"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_UNFIT: Final = re.compile(r"[/&|?\s]+")
_CYRILLIC: Final = re.compile(r"[а-яёіў]", re.IGNORECASE)
_BELARUSIAN: Final = re.compile(r"[іў]", re.IGNORECASE)
_WEB: Final = re.compile(r"https?://\S+\Z")
# obligation or group -> code of the IATI list ActivityStatus
_CANCELLED, _SUSPENDED, _CLOSED, _UNDER_WAY = "5", "6", "4", "2"
_ACCOUNTABLE, _IMPLEMENTING = "2", "4"
_PLANNED_START, _PLANNED_END, _ACTUAL_END = "1", "3", "4"
_OTHER_ORGANISATION, _OWN_VOCABULARY, _RESULTS = "90", "99", "A08"

Row = Mapping[str, Any]


def measures_iati(board: bytes) -> bytes:
    """The IATI file of a board, an activity a measure; the same board gives the same bytes.

    A board without measures gives a file without activities, which the schema of IATI does not allow.
    """
    held: dict[str, Any] = json.loads(board)
    root = etree.Element("iati-activities", nsmap={"travaux": OURS})
    root.set("version", VERSION)
    root.set("generated-datetime", f"{held['as_of']}T00:00:00Z")
    for row in held["rows"]:
        _activity(root, held, row)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made


def reporter(held: Mapping[str, Any]) -> str:
    """The reference of the register as a reporting organisation: none of the characters IATI forbids."""
    return _UNFIT.sub("-", str(held["register_id"])).strip("-")


def _activity(root: Any, held: Mapping[str, Any], row: Row) -> None:
    activity = etree.SubElement(root, "iati-activity")
    activity.set(_LANG, held["lang"])
    activity.set("hierarchy", "1")
    ref = reporter(held)
    _add(activity, "iati-identifier", text=f"{ref}-{_UNFIT.sub('-', row['id'])}")
    reporting = _add(activity, "reporting-org", ref=ref, type=_OTHER_ORGANISATION)
    reporting.set("secondary-reporter", "1" if held["kind"] == "observed" else "0")
    _narrative(reporting, held["register"])
    _narrative(_add(activity, "title"), row["what"], held["lang"])
    _narrative(_add(activity, "description", type="1"), row["what"], held["lang"])
    if row["test"]:
        _narrative(_add(activity, "description", type="2"), row["test"], held["lang"])
    for role, name in _organisations(row):
        _narrative(_add(activity, "participating-org", role=role), name)
    _add(activity, "activity-status", code=_status(row))
    for sort, day, words in _dates(row, held["as_of"]):
        dated = _add(activity, "activity-date", type=sort)
        dated.set("iso-date", day)
        if words:
            _narrative(dated, words)
    _narrative(
        _add(activity, "recipient-region", vocabulary=_OWN_VOCABULARY, code="parties"),
        ", ".join(dict.fromkeys(cell["name"] for cell in row["cells"])),
    )
    _narrative(
        _add(activity, "sector", vocabulary=_OWN_VOCABULARY, code=row["programme"] or "measures"),
        row["programme_name"] or row["programme"] or held["register"],
    )
    _documents(activity, row)
    if row["condition"]:
        conditions = _add(activity, "conditions", attached="1")
        _narrative(_add(conditions, "condition", type="1"), row["condition"])
    _own(activity, row)


def _organisations(row: Row) -> Iterator[tuple[str, str]]:
    """(role, name) of the parties, then of the bodies, each once."""
    parties = [(_ACCOUNTABLE, cell["name"]) for cell in row["cells"]]
    bodies = [(_IMPLEMENTING, b) for cell in row["cells"] for b in (cell["lead"], *cell["also"]) if b]
    yield from dict.fromkeys((*parties, *bodies))


def _status(row: Row) -> str:
    """By joint decisions only: withdrawn, suspended, agreed done; else the measure is being implemented."""
    by_decision = {"withdrawn": _CANCELLED, "suspended": _SUSPENDED}.get(row["obligation"])
    return by_decision or (_CLOSED if row["group"] == "agreed_done" else _UNDER_WAY)


def _dates(row: Row, as_of: str) -> Iterator[tuple[str, str, str]]:
    """(type, day, words): undertaken, due, found fulfilled; what is undated has no planned end."""
    first = row["dates"][0] if row["dates"] else None
    started = _day(first["since_on"], last=False) if first else ""
    if started:
        yield _PLANNED_START, started, ""
    due = _day(row["due"], last=True)
    if due:
        yield _PLANNED_END, due, row["due_when"]
    finding = row["finding"]
    if finding and finding["code"] in ("fulfilled", "fulfilled_late"):
        found = _day(finding["on"], last=True)
        if found and found <= as_of:
            yield _ACTUAL_END, found, finding["word"]


def _day(text: str, *, last: bool) -> str:
    """The first or last day of a date on the record, "" where it has none."""
    made = When.parse(text) if text else None
    if not isinstance(made, When) or made.last == OPEN_END:
        return ""
    return (made.last if last or made.first.year == 1 else made.first).isoformat()


def _documents(activity: Any, row: Row) -> None:
    """Evidence that has an address on the web, each address once."""
    proofs = {
        p["address"]: p["what"]
        for cell in row["cells"]
        for claim in cell["claims"]
        for p in claim["evidence"]
        if _WEB.match(p["address"])
    }
    for address, what in proofs.items():
        link = _add(activity, "document-link", url=address, format="text/html")
        _narrative(_add(link, "title"), what)
        _add(link, "category", code=_RESULTS)


def _own(activity: Any, row: Row) -> None:
    """What IATI cannot say: every deadline there was, and each party's claims with the others' answers."""
    own = _ours(
        activity,
        "measure",
        id=row["id"],
        number=row["number"],
        obligation=row["obligation"],
        group=row["group"],
    )
    for dated in row["dates"]:
        moved = "" if dated["moved_days"] is None else str(dated["moved_days"])
        step = _ours(
            own, "deadline", kind=dated["kind"], due=dated["on"], since=dated["since_on"], moved=moved
        )
        step.text = _plain(dated["why"]) or None
    for cell in row["cells"]:
        party = _ours(own, "party", id=cell["party"], name=cell["name"], lead=cell["lead"])
        for claim in cell["claims"]:
            _said(party, "claim", claim)
        for reply in cell["replies"]:
            if reply["said"] is None:
                _ours(party, "answer", party=reply["party"], code="silent")
            else:
                _said(party, "answer", reply["said"], party=reply["party"])
    if row["finding"]:
        _said(own, "finding", row["finding"])
    for assessment in row["assessments"]:
        _said(own, "assessment", assessment)


def _said(parent: Any, name: str, said: Row, /, **more: str) -> None:
    made = _ours(parent, name, **more, code=said["code"], on=said["on"], act=said["act"])
    made.text = _plain(said["words"] or said["reason"]) or None


def _add(parent: Any, name: str, /, text: str = "", **attributes: str) -> Any:
    made = etree.SubElement(parent, name)
    for key, value in attributes.items():
        made.set(key, _plain(value))
    if text:
        made.text = _plain(text)
    return made


def _ours(parent: Any, name: str, /, **attributes: str) -> Any:
    """An element of our own namespace, with the attributes that are filled."""
    made = etree.SubElement(parent, f"{{{OURS}}}{name}")
    for key, value in attributes.items():
        if value:
            made.set(key, _plain(value))
    return made


def _narrative(parent: Any, text: str, lang: str = "") -> None:
    """A narrative; words of a measure in letters that are not those of `lang` get a language of their own."""
    made = _add(parent, "narrative", text=text)
    cyrillic = len(_CYRILLIC.findall(text)) * 2 > len(text)
    if lang and cyrillic and lang not in ("ru", "be", "uk"):
        made.set(_LANG, "be" if _BELARUSIAN.search(text) else "ru")


def _plain(text: str) -> str:
    """Text without the characters XML cannot hold."""
    return "".join(
        c
        for c in str(text)
        if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
