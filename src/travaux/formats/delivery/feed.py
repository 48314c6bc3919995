"""What moved, what is disputed, what was found: an Atom feed (RFC 4287), one entry an act.

The id of an entry is that of its act, so a reader sees each extension, dispute and finding once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

from travaux import messages
from travaux.acts.when import When

ATOM: Final = "http://www.w3.org/2005/Atom"
_Entry = tuple[str, str, str, str, str]


def measures_atom(board: bytes) -> bytes:
    """The feed of a board, the newest entry first; the same board gives the same bytes."""
    held: dict[str, Any] = json.loads(board)
    entries = sorted(set(_entries(held)), reverse=True)
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", held["lang"])
    _add(feed, "id", f"urn:travaux:{held['register_id']}:measures")
    _add(feed, "title", _say(held["lang"], "title", register=held["register"]))
    _add(feed, "updated", f"{entries[0][0] if entries else held['as_of']}T00:00:00Z")
    author = _add(feed, "author", "")
    _add(author, "name", held["register"])
    for day, act, sort, title, text in entries:
        entry = _add(feed, "entry", "")
        _add(entry, "id", f"urn:sha256:{act}")
        _add(entry, "title", title)
        _add(entry, "updated", f"{day}T00:00:00Z")
        _add(entry, "category", "").set("term", sort)
        _add(entry, "summary", text)
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made


def _entries(held: Mapping[str, Any]) -> Iterator[_Entry]:
    lang = held["lang"]
    for row in held["rows"]:
        what = row["what"]
        for old, new in zip(row["dates"], row["dates"][1:], strict=False):
            text = _say(lang, "moved", old=old["when"], new=new["when"], who=new["asked_by"], why=new["why"])
            yield _day(new["since_on"]), new["acts"][-1], "moved", _say(lang, "moved_title", what=what), text
        for cell, reply in ((c, r) for c in row["cells"] for r in c["replies"]):
            said = reply["said"]
            if said and said["code"] == "disputes":
                text = _say(
                    lang,
                    "disputed",
                    who=reply["name"],
                    other=cell["name"],
                    why=said["reason"] or said["words"],
                )
                yield _day(said["on"]), said["act"], "disputed", _say(lang, "disputed_title", what=what), text
        if found := row["finding"]:
            title = _say(lang, "found_title", what=what, word=found["word"])
            yield _day(found["on"]), found["act"], "found", title, found["words"] or title


def _add(parent: Any, name: str, text: str) -> Any:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = "".join(c for c in text if c in "\t\n" or c >= " ") or None
    return made


def _say(lang: str, code: str, **values: object) -> str:
    return messages.say(f"feed.{code}", values, lang)


def _day(text: str) -> str:
    """The last day of a date as written on the record."""
    made = When.parse(text)
    return made.last.isoformat() if isinstance(made, When) else text
