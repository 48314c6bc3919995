"""The steps of the demo as data: what is done, by which commands, and what of their output is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from travaux.examples import MINISTRIES, UNION_STATE, acts
from travaux.messages import say

Command = tuple[str, ...]
PASSPHRASE: Final = "demo"  # noqa: S105 - no secret: it is printed for everybody
OBSERVED: Final = f"{UNION_STATE}.travaux"
WORKING: Final = f"{MINISTRIES}.travaux"
ALTERED: Final = "altered.travaux"
BEFORE, AFTER = "the channel is not lit", "the channel is now lit"
_MOST = 14  # lines shown of an output that is only sampled
_FEW = 4  # lines shown of a list of faults


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command printed, and how it ended."""

    command: Command
    code: int
    out: str
    err: str


Show = Callable[[Sequence[Ran]], list[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step: its commands, all of which end with 0 but the last, which ends with `ends`.

    `title` and `note` are message ids, `show` picks from the output what is printed. `between` is done to the
    folder after the first command.
    """

    title: str
    note: str
    commands: tuple[Command, ...]
    show: Show
    ends: int = 0
    between: Callable[[Path], None] | None = None


def told(ran: Sequence[Ran]) -> list[str]:
    """All lines on standard output, then those on standard error."""
    return [line for r in ran for line in (*r.out.splitlines(), *r.err.splitlines())]


def counted(ran: Sequence[Ran]) -> list[str]:
    """How many acts each file gave."""
    n = sum(line.endswith("recorded") for line in told(ran))
    files = ", ".join(Path(part).name for r in ran for part in r.command if part.endswith(".acts"))
    return [say("demo.recorded", {"n": n, "files": files})]


def first_page(ran: Sequence[Ran]) -> list[str]:
    """A brief up to the rule that ends its first page."""
    lines = told(ran)
    ends = next((n for n, line in enumerate(lines) if line.startswith("──")), len(lines))
    return lines[:ends]


def sampled(heading: str) -> Show:
    """The lines under a heading that begins so, up to the next empty line; the first few of them."""

    def show(ran: Sequence[Ran]) -> list[str]:
        lines = told(ran)
        start = next((n for n, line in enumerate(lines) if line.startswith(heading)), 0)
        stop = next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
        shown = lines[start : min(stop, start + _MOST)]
        return [*shown, say("demo.more", {"n": len(lines) - len(shown)})]

    return show


def errors(ran: Sequence[Ran]) -> list[str]:
    """What the last command said on standard error (faults, what was done); the first few lines."""
    lines = ran[-1].err.splitlines()
    return lines if len(lines) <= _FEW else [*lines[:_FEW], say("demo.more", {"n": len(lines) - _FEW})]


def results(ran: Sequence[Ran]) -> list[str]:
    """What the commands said on standard output, without notices and faults."""
    return [line for r in ran for line in r.out.splitlines()]


def alter(folder: Path) -> None:
    """Change one byte of the copy: the words of an objection say the opposite."""
    copy = folder / ALTERED
    copy.write_bytes(copy.read_bytes().replace(BEFORE.encode(), AFTER.encode(), 1))


def _act(register: str, example: str, *files: Path) -> tuple[Command, ...]:
    return tuple(("act", register, f"{example}/{file.name}") for file in files)


def text(day: str, rendering: str) -> Command:
    """The programme that is negotiated, as it stood on a day."""
    return ("text", WORKING, "crossings-programme", "--as-of", day, "--rendering", rendering)


def steps() -> tuple[Step, ...]:
    """All steps, in their order. The commands count on both examples lying in the current folder."""
    opening, experts, *later = acts(MINISTRIES)
    communique, early = f"{MINISTRIES}/communique.txt", f"{MINISTRIES}/too-early.acts"
    founding = tuple(
        ("found", "--rounds", "4", f"{e}/constitution.toml", f"{e}.travaux")
        for e in (UNION_STATE, MINISTRIES)
    )
    keeper = ("--by", "secretariat/keeper")
    cosign: tuple[Command, ...] = (
        ("cosign", OBSERVED, "--by", "desk/witness"),
        *(("cosign", WORKING, "--by", f"{party}/witness") for party in ("arvia", "tolia")),
    )
    confirm = ("confirm", WORKING, communique, "--all", "--attach", "--publisher", "Crossings Commission")
    altered: tuple[Command, ...] = (("backup", WORKING, ALTERED), ("verify", ALTERED))
    brief = ("brief", OBSERVED)
    minister = ("minister", WORKING, "--party", "arvia", "--as-of", "2026-11-25", "--compare", "2026-09-01")
    return (
        Step("demo.found", "demo.found_note", founding, results),
        Step("demo.compiled", "demo.compiled_note", _act(OBSERVED, UNION_STATE, *acts(UNION_STATE)), counted),
        Step("demo.opened", "demo.opened_note", _act(WORKING, MINISTRIES, opening, experts), counted),
        Step("demo.bracketed", "demo.bracketed_note", (text("2026-04-15", "attributed"),), results),
        Step("demo.reading", "demo.reading_note", (("read", communique),), sampled("Commitments")),
        Step("demo.confirmed", "demo.confirmed_note", ((*confirm, *keeper),), errors),
        Step("demo.refused", "demo.refused_note", (("act", WORKING, early, "--dry-run"),), results, ends=1),
        Step("demo.adopted", "demo.adopted_note", _act(WORKING, MINISTRIES, *later), counted),
        Step("demo.delivered", "demo.delivered_note", (minister,), results),
        Step("demo.settled", "demo.settled_note", (text("2026-07-03", "clean"),), results),
        Step("demo.sealed", "demo.sealed_note", (*cosign, ("seal", WORKING, *keeper)), results),
        Step("demo.verified", "demo.verified_note", (("verify", WORKING),), told),
        Step("demo.altered", "demo.altered_note", altered, errors, ends=1, between=alter),
        Step("demo.then", "demo.then_note", ((*brief, "--as-of", "2021-09-09"),), first_page),
        Step("demo.now", "demo.now_note", ((*brief, "--compare", "2021-09-09"),), first_page),
    )
