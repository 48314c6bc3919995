"""What several documents say of one matter, for people and for programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from rich.table import Table
from rich.text import Text

from travaux.cli.reading_table import console, cut, visible
from travaux.messages import say
from travaux.secretariat.linking import Link, Saying, links

HOW = {
    "moved": "read.link_moved",
    "changed": "read.link_changed",
    "pending": "read.link_pending",
    "done": "read.link_done",
    "contradicted": "read.link_contradicted",
    "repeated": "read.link_repeated",
}


def show_links(readings: Sequence[Mapping[str, Any]], form: str) -> None:
    """The links between readings: a table by sort of link, or JSON Lines."""
    if form == "json":
        sys.stdout.buffer.write(written(readings))
        sys.stdout.buffer.flush()
        return
    found = links(readings)
    console().print(Text(say("read.links_title"), style="bold"))
    if not found:
        console().print(Text(say("read.links_none"), style="dim"))
    for how, code in HOW.items():
        of_sort = [link for link in found if link.how == how]
        if of_sort:
            console().print(Text(f"\n{say(code)} ({len(of_sort)})", style="bold blue"))
            console().print(_table(of_sort))


def written(readings: Sequence[Mapping[str, Any]]) -> bytes:
    """One JSON line a link: how, why, likeness, and both sayings with their places."""
    return b"".join(msgspec.json.encode(_plain(link)) + b"\n" for link in links(readings))


def _plain(link: Link) -> dict[str, Any]:
    return {
        "how": link.how, "why": link.why or None, "likeness": link.likeness,
        "first": _said(link.first), "second": _said(link.second),
    }  # fmt: skip


def _said(s: Saying) -> dict[str, Any]:
    return {
        "file": s.file, "id": s.id, "kind": s.kind, "start": s.start, "end": s.end, "text": s.text,
        "who": list(s.who), "date": s.date or None, "status": s.status or None, "due": s.due or None,
    }  # fmt: skip


def _table(found: Sequence[Link]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(no_wrap=True, style="dim", max_width=40, overflow="ellipsis")
    table.add_column(overflow="fold")
    for link in found:
        why = Text(link.why, style="bold yellow") if link.why else Text()
        table.add_row(link.first.date, visible(link.first.place), _words(link.first))
        second = Text.assemble(why, "  " if link.why else "", _words(link.second))
        table.add_row(link.second.date, visible(link.second.place), second)
        table.add_row("", "", "")
    return table


def _words(s: Saying) -> Text:
    return Text.assemble((visible(", ".join(s.who)), "bold"), "  ", cut(s.text))
