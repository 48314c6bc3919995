"""The gates between a model's suggestions and a reviewer. No anchor, no proposal.

1. Anchor: the words stand in the document, character for character, typography aside; where they stand
   several times, the eight words before and after tell which, else they are refused.
2. Evidence: every field rests on the document. A person or party is one the reader found; a due date is one
   our grammar reads in the same sentence; a status contradicts no negation.
3. Merge: what a rule found too keeps the rule's item, noted as also seen by the model.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from travaux.reader import find_anchors
from travaux.secretariat.wording import matter, says, words_of

Item = dict[str, Any]
KINDS = ("quotes", "statements", "commitments", "positions", "refusals")
CONFIDENCE = 0.5  # a model's word is not calibrated: below every rule, never ticked
_LETTERS = {"quotes": "q", "statements": "s", "commitments": "c", "positions": "p", "refusals": "r"}
_STATUS = ("agreed", "declared", "conditional", "deferred", "refused")
_MARKS = "“”\"«»„‟‘’'"
_SENTENCE = re.compile(r"[.!?…]['\"”’»)]*\s+|\n\s*\n")
_OVERLAP = 0.5
_FEWEST = 2  # words: a single word is nobody's commitment


@dataclass(frozen=True, slots=True)
class Sifted:
    """A reading with what the model added; `admitted` and `seen` count, `refused` counts by reason."""

    reading: dict[str, Any]
    admitted: int
    seen: int
    refused: Mapping[str, int]

    @property
    def refused_share(self) -> float:
        """The share of suggestions that passed no gate, 0 to 1."""
        lost = sum(self.refused.values())
        total = lost + self.admitted + self.seen
        return lost / total if total else 0.0


def sift(
    reading: Mapping[str, Any], text: str, suggestions: Iterable[Mapping[str, Any]], name: str
) -> Sifted:
    """Put the suggestions that pass into the reading, as items of the rule ``model:NAME``; ids anew."""
    made = {**reading, **{kind: list(reading[kind]) for kind in KINDS}}
    admitted = seen = 0
    lost: Counter[str] = Counter()
    for suggestion in suggestions:
        found = admit(reading, text, suggestion)
        if isinstance(found, str):
            lost[found] += 1
            continue
        kind, item = found
        twin = next((i for i in made[kind] if _overlap(i, item) >= _OVERLAP), None)
        if twin is None:
            made[kind].append({**item, "id": "", "rule": f"model:{name}", "confidence": CONFIDENCE})
            admitted += 1
        else:
            seen += not twin["rule"].startswith("model:")
            if not twin["rule"].startswith("model:"):
                made[kind][made[kind].index(twin)] = {**twin, "note": "also seen by the model"}
    for kind in KINDS:
        ordered = sorted(made[kind], key=lambda i: (i["start"], i["end"]))
        made[kind] = [{**i, "id": f"{_LETTERS[kind]}{n:02}"} for n, i in enumerate(ordered, 1)]
    return Sifted(made, admitted, seen, dict(lost))


def admit(reading: Mapping[str, Any], text: str, suggestion: Mapping[str, Any]) -> tuple[str, Item] | str:
    """(kind, item) of a suggestion that passes gates 1 and 2; else the gate that refused it, as a word."""
    kind, verbatim = suggestion.get("kind"), suggestion.get("verbatim")
    fields = suggestion.get("fields") or {}
    if kind not in KINDS or not isinstance(verbatim, str) or not isinstance(fields, dict):
        return "form"
    place = _anchor(text, verbatim, suggestion)
    if place is None:
        return "anchor"
    start, end = place
    item: Item = {"start": start, "end": end, "text": text[start:end]}
    told = _fields(reading, text, kind, item, fields)
    return (kind, {**item, **told}) if told is not None else "evidence"


def _anchor(text: str, verbatim: str, suggestion: Mapping[str, Any]) -> tuple[int, int] | None:
    """Gate 1."""
    if len(verbatim.split()) < _FEWEST:
        return None
    found = find_anchors(text, verbatim)
    if len(found) < 2:
        return found[0] if found else None
    before, after = (str(suggestion.get(k) or "").split()[-8:] for k in ("before8", "after8"))
    fitting = [
        (s, e) for s, e in found
        if (before or after) and _plain(text[:s].split()[-len(before) :] if before else []) == _plain(before)
        and _plain(text[e:].split()[: len(after)]) == _plain(after)
    ]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


def _plain(words: Iterable[str]) -> list[str]:
    return [p for w in words if (p := re.sub(r"\W", "", w))]


def _fields(
    reading: Mapping[str, Any], text: str, kind: str, item: Item, fields: Mapping[str, Any]
) -> Item | None:
    """Gate 2: the fields of the item, or None where one of them has nothing to stand on."""
    speaker = fields.get("speaker")
    if speaker is not None and not _is_person(reading, speaker):
        return None
    if kind in ("quotes", "statements"):
        if kind == "quotes" and not _between_marks(text, item):
            return None
        return {
            "speaker": _full_name(reading, speaker), "mention": None, "cue": None,
            "kind": "direct" if kind == "quotes" else "indirect",
        }  # fmt: skip
    if kind == "commitments":
        return _commitment(reading, text, item, fields)
    party = fields.get("party")
    if party is not None and party not in reading["parties"]:
        return None
    common = {"party": party, "speaker": _full_name(reading, speaker)}
    part = fields.get("subject" if kind == "positions" else "what")
    if part is not None and not _stands_in(part, item["text"]):
        return None
    if kind == "refusals":
        return {**common, "what": part} if _turned(text, item, reading) else None
    stance = fields.get("stance")
    fits = isinstance(stance, str) and 0 < len(stance) <= 40 and "\n" not in stance
    return {**common, "subject": part, "stance": stance} if fits else None


def _commitment(reading: Mapping[str, Any], text: str, item: Item, fields: Mapping[str, Any]) -> Item | None:
    parties, status, due = fields.get("parties") or [], fields.get("status"), fields.get("due")
    condition = fields.get("condition")
    known = isinstance(parties, list) and all(p in reading["parties"] for p in parties)
    if not known or status not in _STATUS:
        return None
    if condition is not None and not _stands_in(condition, text[slice(*_sentence(text, item))]):
        return None
    dated = due is None or (isinstance(due, str) and due in _dates(reading, *_sentence(text, item)))
    if not dated:
        return None
    if status in ("agreed", "declared", "conditional") and _turned(text, item, reading):
        return None
    return {"parties": parties, "status": status, "due": due, "condition": condition}


def _sentence(text: str, item: Item) -> tuple[int, int]:
    """The sentence, or the few of them, in which the item stands."""
    start = max((m.end() for m in _SENTENCE.finditer(text, 0, item["start"])), default=0)
    after = _SENTENCE.search(text, item["end"])
    return start, after.start() if after else len(text)


def _dates(reading: Mapping[str, Any], start: int, end: int) -> set[str]:
    return {d["value"] for d in reading["dates"] if d["value"] and start <= d["start"] and d["end"] <= end}


def _turned(text: str, item: Item, reading: Mapping[str, Any]) -> bool:
    """Whether the item's words are negated or say that something is not so yet."""
    lang = reading["doc"]["lang"]
    words = text[item["start"] : item["end"]]
    return matter(words, lang).negative or says(words, words_of(lang).pending)


def _stands_in(words: object, text: str) -> bool:
    return isinstance(words, str) and bool(find_anchors(text, words))


def _between_marks(text: str, item: Item) -> bool:
    """Whether marks of quotation stand directly around the words."""
    before, after = text[: item["start"]].rstrip()[-1:], text[item["end"] :].lstrip(" ,.!?…")[:1]
    closed = (after != "" and after in _MARKS) or item["text"][-1:] in _MARKS
    return before != "" and before in _MARKS and closed


def _is_person(reading: Mapping[str, Any], name: object) -> bool:
    return any(name == p["name"] or name in p["aliases"] for p in reading["persons"])


def _full_name(reading: Mapping[str, Any], name: object) -> str | None:
    return next((p["name"] for p in reading["persons"] if name == p["name"] or name in p["aliases"]), None)


def _overlap(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """Intersection over union of two spans."""
    shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return shared / (max(a["end"], b["end"]) - min(a["start"], b["start"])) if shared > 0 else 0.0
