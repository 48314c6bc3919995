"""A reading in a terminal: by kind, each item with its place, its confidence and its words."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from travaux.messages import area, say
from travaux.reader.explain import Explanation
from travaux.secretariat.reading import Places, Taken

Item = Mapping[str, Any]
HEADS = {
    "quotes": "read.kind_quotes",
    "statements": "read.kind_statements",
    "commitments": "read.kind_commitments",
    "positions": "read.kind_positions",
    "refusals": "read.kind_refusals",
    "meetings": "read.kind_meetings",
    "instruments": "read.kind_instruments",
    "bodies": "read.kind_bodies",
    "dates": "read.kind_dates",
}
STATUS_STYLE = {
    "agreed": "green", "conditional": "yellow", "declared": "cyan", "deferred": "magenta", "refused": "red",
}  # fmt: skip
_LANGUAGES = {"en": "read.language_en", "ru": "read.language_ru"}
_SHORT = 180  # characters of an item's words, unless all of them are asked for
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def console() -> Console:
    """The console of results; 110 columns wide where it is no terminal."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 110)


def visible(words: str) -> str:
    """Words of a document for a terminal: one line, and no character that would move the cursor or turn the
    writing direction."""
    return _UNSEEN.sub("\ufffd", " ".join(words.split()))


def cut(words: str, most: int = _SHORT) -> str:
    """The words, shortened in the middle of a long one at a space."""
    words = visible(words)
    if len(words) <= most:
        return words
    return f"{words[: most - 30].rsplit(' ', 1)[0]} … {words[-26:].split(' ', 1)[-1]}"


def certainty(confidence: float) -> Text:
    """A confidence as two digits, its colour by how far it can be trusted."""
    style = "green" if confidence >= 0.9 else "yellow" if confidence >= 0.7 else "red"
    return Text(f"{confidence:.2f}", style=style)


def one_document(reading: Item, taken: Taken, *, whole: bool) -> RenderableType:
    """The table of one document; `whole` shows every item's words in full."""
    places = Places(taken.document)
    parts: list[RenderableType] = [head(reading), Text()]
    parts += [_people(reading)]
    for kind, title in HEADS.items():
        if reading[kind]:
            parts += [Text(), Text(f"{say(title)} ({len(reading[kind])})", style="bold blue")]
            parts += [_items(kind, reading[kind], places, whole)]
    first = next((i["id"] for kind in HEADS for i in reading[kind]), None)
    if first:
        file = visible(reading["doc"]["file"])
        parts += [Text(), Text(say("read.next_steps", {"file": file, "id": first}), style="dim")]
    return Group(*parts)


def head(reading: Item) -> RenderableType:
    """Two lines: what the document calls itself; its file, language, date with evidence, size, hash."""
    doc = reading["doc"]
    evidence = [visible(e.get("text") or e.get("value") or e.get("source", "")) for e in doc["date_evidence"]]
    day = doc["date"] or say("read.no_date")
    shown = " ".join(f"“{e}”" for e in dict.fromkeys(evidence) if e and e != "user")
    facts = (
        visible(doc["file"]),
        say(_LANGUAGES[doc["lang"]]) if doc["lang"] in _LANGUAGES else doc["lang"],
        f"{day} ({shown})" if doc["date"] and shown else day,
        say("read.characters", {"n": f"{doc['n_chars']:,}"}),
        f"sha256 {doc['sha256'][:12]}",
    )
    return Group(
        Text(visible(doc["title"] or doc["file"]), style="bold"), Text(" · ".join(facts), style="dim")
    )


def _people(reading: Item) -> RenderableType:
    table = _grid()
    for person in reading["persons"]:
        office = " · ".join(visible(p) for p in (person["role"], person["party"]) if p)
        table.add_row(person["id"], certainty(person["confidence"]), "", _two(person["name"], office))
    if reading["parties"]:
        names = Text(", ".join(visible(p) for p in reading["parties"]))
        table.add_row("", "", "", Text.assemble((say("read.kind_parties"), "dim"), "  ", names))
    return Group(Text(say("read.kind_persons"), style="bold blue"), table)


def _two(name: str, detail: str) -> Text:
    return Text.assemble((visible(name), "bold"), "  ", (detail, "dim"))


def _grid() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _items(kind: str, items: Iterable[Item], places: Places, whole: bool) -> Table:
    table = _grid()
    for item in items:
        text = visible(item["text"]) if whole else cut(item["text"])
        words = f"“{text}”" if kind == "quotes" else text
        lead = facts(kind, item)
        body = Text.assemble(
            lead, "\n" if lead.plain and len(text) > 60 else "  " if lead.plain else "", words
        )
        if told := details(item):
            body.append(f"\n{told}", style="dim italic")
        table.add_row(item["id"], certainty(item["confidence"]), places.short(item["start"]), body)
    return table


def facts(kind: str, item: Item) -> Text:
    """What stands before an item's words: who, how firmly, when."""
    match kind:
        case "quotes" | "statements":
            who = item["speaker"] or say("read.nobody")
            return Text(visible(who), style="bold" if item["speaker"] else "dim italic")
        case "commitments":
            status = (item["status"], f"bold {STATUS_STYLE.get(item['status'], '')}")
            due = ("  " + say("read.due", {"when": item["due"]}), "bold") if item["due"] else ""
            return Text.assemble(status, "  ", visible(", ".join(item["parties"])), due)
        case "positions":
            who = item["party"] or item["speaker"] or say("read.nobody")
            return Text.assemble((visible(who), "bold"), "  ", (visible(item["stance"]), "cyan"))
        case "refusals":
            return Text(visible(item["party"] or item["speaker"] or say("read.nobody")), style="bold")
        case "meetings":
            told = (item["status"], item["when"], item["where"], ", ".join(item["who"]))
            return Text("  ".join(visible(t) for t in told if t), style="bold")
        case "dates":
            value = " ".join(
                v for v in (item["value"] or "?", item.get("mod", ""), item.get("role", "")) if v
            )
            return Text(value, style="bold")
        case "instruments":
            return Text(visible(item["kind"]), style="cyan")
        case _:
            return Text()


def details(item: Item) -> str:
    """What stands below an item's words: its condition, its reason, the promise it repeats."""
    told = []
    if item.get("condition"):
        told.append(say("read.condition", {"words": visible(item["condition"])}))
    if item.get("reason"):
        told.append(say("read.reason", {"words": visible(item["reason"])}))
    if item.get("same_as"):
        told.append(say("read.same_as", {"label": item["same_as"]}))
    return " · ".join(told)


def explained(found: Explanation, taken: Taken) -> RenderableType:
    """Why one item is there: the rule, the words in their paragraph, and what was let go."""
    from msgspec import to_builtins

    item, places = to_builtins(found.item), Places(taken.document)
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(say("read.explain_rule"), Text(item["rule"], style="bold"))
    table.add_row(say("read.explain_confidence"), certainty(item["confidence"]))
    line, column = places.line(item["start"])
    carrier = places.carrier(item["start"])
    table.add_row(say("read.explain_place"), f"{line}:{column}  [{item['start']}, {item['end']})  {carrier}")
    fields = {k: v for k, v in item.items() if k not in ("start", "end", "text", "id", "rule", "confidence")}
    shown = "\n".join(f"{k}: {visible(_value(v))}" for k, v in fields.items() if v not in (None, "", (), []))
    table.add_row(say("read.explain_fields"), Text(shown))
    title = Text.assemble((item["id"], "bold"), "  ", (say(HEADS[found.kind]), "bold blue"))
    parts: list[RenderableType] = [title, table, Text()]
    parts.append(Padding(context(taken.document.text, item, item.get("mention"), item.get("cue")), (0, 2)))
    parts += [Text(), _let_go(found, places)]
    return Group(*parts)


def _value(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _let_go(found: Explanation, places: Places) -> RenderableType:
    if not found.rejected:
        return Text(say("read.explain_none"), style="dim")
    table = _grid()
    for one in found.rejected:
        named = f"why_{one.why}".replace("-", "_").replace(".", "_")
        why = say(f"reader.{named}") if named in area("reader") else one.why
        row = Text.assemble((one.rule, "bold"), "  ", (why, "yellow"), "\n", cut(one.text))
        table.add_row("", "", places.short(one.start), row)
    return Group(Text(say("read.explain_rejected"), style="bold blue"), table)


def context(text: str, item: Item, *others: str | None, around: int = 420) -> Text:
    """The paragraph of an item with the evidence underlined, the words that named its speaker in colour.

    At most `around` characters before and after it are shown.
    """
    start, end = item["start"], item["end"]
    first = max(text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0, start - around)
    stop = text.find("\n\n", end)
    last = min(len(text) if stop < 0 else stop, end + around)
    if first > 0 and not text[first - 1].isspace():
        first = min(text.find(" ", first, start) + 1 or first, start)
    if last < len(text) and not text[last].isspace():
        last = max(text.rfind(" ", end, last), end)
    before, words, after = text[first:start], text[start:end], text[end:last]
    cut_before = "… " if first > 0 and text[first - 1] != "\n" else ""
    cut_after = " …" if last < len(text) and text[last] != "\n" else ""
    shown = Text.assemble(
        (cut_before, "dim"), _same_line(before), (_same_line(words), "bold underline"), _same_line(after),
        (cut_after, "dim"),
    )  # fmt: skip
    for other in others:
        if other:
            shown.highlight_words([_same_line(other)], style="cyan")
    return shown


def _same_line(words: str) -> str:
    """Words of a paragraph on one line; the spaces at its edges stay."""
    return _UNSEEN.sub("\ufffd", re.sub(r"\s+", " ", words))
