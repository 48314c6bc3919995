"""One proposal on the screen: where we are, the words in their place, what would be recorded, the keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from travaux.acts.base import Act, Deed
from travaux.acts.basis import Anchored
from travaux.acts.kinds import Introduce
from travaux.acts.vocabulary import kind_of, to_body
from travaux.cli.reading_table import STATUS_STYLE, certainty, context, cut, visible
from travaux.cli.review import Choice, Review
from travaux.messages import say
from travaux.register.names import Directory
from travaux.secretariat.matching import Match
from travaux.secretariat.proposals import Proposal, introduces
from travaux.secretariat.reading import Places

KINDS = {
    "quotes": "confirm.kind_quotes",
    "statements": "confirm.kind_statements",
    "commitments": "confirm.kind_commitments",
    "positions": "confirm.kind_positions",
    "refusals": "confirm.kind_refusals",
    "meetings": "confirm.kind_meetings",
    "instruments": "confirm.kind_instruments",
    "bodies": "confirm.kind_bodies",
}
_KEYS = {
    "a": "confirm.key_accept", "e": "confirm.key_edit", "r": "confirm.key_reject",
    "u": "confirm.key_unclear", "j": "confirm.key_join", "z": "confirm.key_undo", "x": "confirm.key_why",
    "A": "confirm.key_all", "?": "confirm.key_help", "q": "confirm.key_quit",
}  # fmt: skip
_LEFT_OUT = (
    "basis",
    "also",
    "on",
    "id",
    "names",
    "offices",
    "what",
    "measure",
    "meeting",
    "instrument",
    "titles",
)
_IDS = ("actor", "person", "subject", "parties", "who", "under", "within")


@dataclass(slots=True)
class Screen:
    """Draws a review of one document for the register called `register`."""

    console: Console
    file: str
    register: str
    text: str
    places: Places
    names: Directory
    total: int

    def draw(self, review: Review, proposal: Proposal, matches: list[Match], note: str = "") -> None:
        """Clear the terminal and show one proposal; `note` is a line of answer to the last key."""
        self.console.clear()
        self.console.print(self._head(review))
        self.console.print(self._title(proposal))
        self.console.print(Padding(self._context(proposal), (1, 2)))
        self.console.print(self._acts(review, proposal))
        if matches:
            self.console.print(self._matches(matches))
        self.console.print()
        self.console.print(keys())
        if note:
            self.console.print(Text(note, style="yellow"))

    def summary(self, review: Review) -> None:
        """Clear the terminal and show what was decided and what would be recorded, by kind."""
        self.console.clear()
        self.console.print(self._head(review))
        acts = review.acts()
        counts: dict[str, int] = {}
        for act in acts:
            counts[kind_of(act)] = counts.get(kind_of(act), 0) + 1
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        for kind, n in counts.items():
            table.add_row(Text(str(n), justify="right"), Text(kind, style="bold"))
        self.console.print(Padding(Group(Text(say("confirm.done_title"), style="bold"), table), (1, 2)))

    def _head(self, review: Review) -> RenderableType:
        done = self.total - len(review.open)
        counts = [say("confirm.head_count", {"n": min(done + 1, self.total), "all": self.total})]
        for code, choice in _COUNTED.items():
            if n := review.count(choice):
                counts.append(say(code, {"n": n}))
        told = " · ".join(counts)
        line = Table.grid(expand=True)
        line.add_column(overflow="ellipsis", no_wrap=True)
        line.add_column(justify="right", no_wrap=True, min_width=len(told))
        name = self.file.replace("\\", "/").rsplit("/", 1)[-1]
        line.add_row(Text(f"{visible(name)} → {visible(self.register)}", style="dim"), Text(told))
        bar = ProgressBar(total=max(self.total, 1), completed=done, complete_style="green")
        return Group(line, bar)

    def _title(self, p: Proposal) -> RenderableType:
        status = str(p.fields.get("status") or p.fields.get("stance") or "")
        return Text.assemble(
            "\n ", (say(KINDS[p.kind]), "bold blue"), "  ", (p.id, "bold"), "  ",
            certainty(p.confidence), "  ",
            (visible(status), f"bold {STATUS_STYLE.get(status, 'cyan')}"), "  ",
            (f"{self.places.short(p.start)} · {p.rule}", "dim"),
        )  # fmt: skip

    def _context(self, p: Proposal) -> Text:
        width, height = self.console.size
        room = max(0, (height - 20) * max(width - 4, 20) - (p.fields["end"] - p.fields["start"]))
        around = min(500, max(80, room // 2))
        mention, cue = p.fields.get("mention"), p.fields.get("cue")
        return context(self.text, p.fields, mention, cue, around=around)

    def _acts(self, review: Review, p: Proposal) -> RenderableType:
        parts: list[RenderableType] = [Text(f" {say('confirm.would_record')}", style="bold")]
        acts = review.acts_of(p)
        new = {i: self._introduced(a) for a in acts if (i := introduces(a)) is not None}
        for act in acts:
            if introduces(act) is None:
                parts.append(Padding(self._act(act, new, p), (0, 0, 0, 3)))
        for name in new.values():
            told = Text.assemble(
                ("+ ", "green"), visible(name), "  ", (say("confirm.would_introduce"), "dim")
            )
            parts.append(Padding(told, (0, 0, 0, 3)))
        return Group(*parts)

    def _introduced(self, act: Act) -> str:
        body = to_body(act)
        names = body.get("names") or body.get("titles") or {}
        offices = "; ".join(o["title"] for o in body.get("offices", ()))
        what = act.what if isinstance(act, Introduce) else str(body.get("type", ""))
        return f"{what} {next(iter(names.values()), '')}" + (f", {offices}" if offices else "")

    def _act(self, act: Act, new: Mapping[str, str], p: Proposal) -> RenderableType:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(style="bold green", no_wrap=True)
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        rows = list(self._rows(act, new, p).items())
        date = str(act.on) if isinstance(act, Deed) else ""
        table.add_row(kind_of(act), "on", date)
        for field, value in rows:
            table.add_row("", field, value)
        return table

    def _rows(self, act: Act, new: Mapping[str, str], p: Proposal) -> dict[str, Text]:
        rows: dict[str, Text] = {}
        if isinstance(act, Deed) and isinstance(act.basis, Anchored):
            rows["words"] = Text(say("confirm.the_words"), style="underline")
        plain = " ".join(p.text.split())
        for field, value in to_body(act).items():
            if field in _IDS:
                listed = value if isinstance(value, list | tuple) else [value]
                rows[field] = Text(", ".join(visible(self._name(i, new)) for i in listed), style="bold")
            elif field == "title" and value == plain:
                continue
            elif field not in _LEFT_OUT:
                rows[field] = Text(cut(_shown(value), 160))
        what = getattr(act, "what", None)
        if isinstance(what, str) and what != plain and not isinstance(act, Introduce):
            rows["what"] = Text(cut(what, 160))
        return rows

    def _name(self, thing: str, new: Mapping[str, str]) -> str:
        return new[thing].split(" ", 1)[-1].split(", ")[0] if thing in new else self.names.name(thing)

    def _matches(self, matches: list[Match]) -> RenderableType:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        for n, match in enumerate(matches, 1):
            label = _LABELS.get(match.what, "confirm.looks")
            values = {"key": n, "name": cut(match.name, 90), "known": match.known}
            told = say("confirm.looks_key", values)
            if match.due:
                told += "\n" + say("confirm.links_due", {"due": match.due})
            table.add_row(Text(say(label), style="yellow"), f"{match.likeness:.2f}", told)
        return Padding(table, (0, 0, 0, 3))


_LABELS = {
    "measure": "confirm.links_measure",
    "moved": "confirm.links_moved",
    "word": "confirm.links_word",
}
_COUNTED = {
    "confirm.head_accepted": Choice.ACCEPTED,
    "confirm.head_rejected": Choice.REJECTED,
    "confirm.head_unclear": Choice.UNCLEAR,
}


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return (
        "yes"
        if value is True
        else "; ".join(f"{k}: {v}" for k, v in value.items())
        if isinstance(value, dict)
        else str(value)
    )


def keys() -> Text:
    """The line of keys; a key and its word stay together where the line is broken."""
    line = Text(" ", overflow="fold")
    for key, code in _KEYS.items():
        line.append(f"\u00a0{key}\u00a0", style="reverse")
        line.append(f"\u00a0{say(code).replace(' ', chr(0xA0))}  ")
    return line
