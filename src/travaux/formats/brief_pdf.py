"""The brief as a PDF on A4: tagged, text that can be searched, the same bytes for the same brief."""

from __future__ import annotations

import json
from importlib import resources

import typst

from travaux import messages

_COLUMNS = ("when", "said", "source", "act")


def pdf(brief: bytes) -> bytes:
    """The brief (its JSON, ``docs/schema/brief.schema.json``) as the bytes of a PDF file.

    Set by typst with the fonts it carries; nothing is downloaded. Anything that is not the JSON of a brief is
    a programming error.
    """
    lang = str(json.loads(brief)["lang"])
    given = {
        "brief": brief.decode(),
        "words": json.dumps([messages.say(f"view.col_{name}", {}, lang) for name in _COLUMNS]),
        "ends": messages.say("view.ends_with_acts", {}, lang),
    }
    template = (resources.files(__package__) / "brief.typ").read_bytes()
    made: bytes = typst.compile(template, format="pdf", sys_inputs=given)
    return made
