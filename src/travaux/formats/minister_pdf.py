"""The minister's page as a tagged PDF, one A4."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import typst

from travaux import messages

_HEADS = ("stand", "bars", "decisions", "changes", "coming", "spoken", "nothing")
_DECISION = ("what", "why", "days", "who")


def minister_pdf(page: bytes, lang: str = "en") -> bytes:
    """The page (its JSON, ``docs/schema/minister.schema.json``) as the bytes of a PDF file.

    Set by typst with the fonts it carries; the same page gives the same bytes.
    """
    held: dict[str, Any] = json.loads(page)

    def say(code: str, **values: object) -> str:
        return messages.say(f"minister.{code}", values, lang)

    words: dict[str, Any] = {head: say(f"head_{head}") for head in _HEADS}
    words["decision_heads"] = [say(f"decision_{head}") for head in _DECISION]
    since = say("since", day=held["compared"]) if held["compared"] else ""
    given = {
        "page": page.decode(),
        "words": json.dumps(words),
        "lang": lang,
        "stand": say("as_of", name=held["name"], day=held["as_of"], since=since),
        "more": say("more", n=held["more"]),
        "moved": say("moved", days=held["days_moved"]),
    }
    template = (resources.files(__package__) / "minister.typ").read_bytes()
    made: bytes = typst.compile(template, format="pdf", sys_inputs=given)
    return made
