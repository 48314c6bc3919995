"""The power-cut simulator: every state that a run could have left behind, opened again and judged."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from tests.record.disk import Disk, Image, held, put
from tests.record.test_tree import naive
from tests.record.tracing import Run, Said, run_traced
from tests.record.world import founded, must, propose
from travaux.acts.fault import Refused
from travaux.record.checkpoint import Checkpoint
from travaux.record.dirsource import DirectorySource
from travaux.record.log import Log
from travaux.record.verify import verify

TRACED = Path(__file__).parent / "traced.py"
QUICK = Path("/dev/shm")  # a folder in memory, where there is one


@dataclass(slots=True)
class Told:
    """What a program had let out when the power went: ids, checkpoints, exported folders."""

    acts: list[str] = field(default_factory=list)
    heads: dict[int, str] = field(default_factory=dict)
    sites: dict[str, int] = field(default_factory=dict)

    def hear(self, words: str) -> None:
        kind, *rest = words.split()
        if kind in ("act", "site"):
            name, size, root = rest
            self.heads[int(size)] = root
            if kind == "act":
                self.acts.append(name)
            else:
                self.sites[name] = int(size)


@dataclass(slots=True)
class Outcome:
    """How many distinct states there were, and what was wrong with which."""

    states: int = 0
    bad: list[str] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{len(self.bad)} bad of {self.states} states: {self.kinds}"


def base(folder: Path, acts: int = 3) -> Path:
    """A register in a new folder, with acts in it and at rest."""
    folder.mkdir()
    founded(folder / "r.travaux", acts).close()
    return folder


def command(folder: Path, acts: int, how: Sequence[str]) -> list[str]:
    return [sys.executable, str(TRACED), str(folder / "r.travaux"), str(acts), *how]


def traced(folder: Path, acts: int, *how: str) -> tuple[Image, Run]:
    """A run of the worker in `folder`: the files before it, and the run."""
    before = held(folder)
    return before, run_traced(command(folder, acts, how), folder)


def cut(before: Image, run: Run, folder: Path, drawn: int, chance: Random, most: int = 0) -> Outcome:
    """Cut the power at every step of `run`; with `most`, stop once so many states were bad."""
    outcome, seen = Outcome(), set()
    for image, told, at in states(before, run, folder, drawn, chance):
        mark = sha256(repr((sorted(image.items()), told.heads, told.sites)).encode()).digest()
        if mark in seen:
            continue
        seen.add(mark)
        outcome.states += 1
        if wrong := judged(image, told):
            outcome.bad.append(f"step {at}: {wrong}")
            kind = wrong.split(":")[0]
            outcome.kinds[kind] = outcome.kinds.get(kind, 0) + 1
            if most and len(outcome.bad) >= most:
                break
    return outcome


def states(
    before: Image, run: Run, folder: Path, drawn: int, chance: Random
) -> Iterator[tuple[Image, Told, int]]:
    """Every image of the disk at every step after the program was ready, with what it had let out by then."""
    disk, told, ready = Disk(before), Told(acts_of(before)), False
    for at, step in enumerate(run.steps(folder)):
        if isinstance(step, Said):
            ready = True
            told.hear(step.words)
        else:
            disk.do(step)
        if ready:
            for image in disk.images(chance, drawn):
                yield image, told, at


def ends(before: Image, run: Run, folder: Path, drawn: int, chance: Random) -> tuple[list[Image], Told]:
    """What may be on the disk when the power goes after a run, and what the run had let out."""
    disk, told = Disk(before), Told(acts_of(before))
    for step in run.steps(folder):
        if isinstance(step, Said):
            told.hear(step.words)
        else:
            disk.do(step)
    return list(disk.images(chance, drawn)), told


def acts_of(image: Image) -> list[str]:
    """The ids of the acts in a register at rest."""
    if "r.travaux" not in image:
        return []
    with tempfile.TemporaryDirectory() as name:
        put(image, Path(name))
        with must(Log.open(Path(name, "r.travaux"))) as log:
            return [e.id for e in log.entries()]


def judged(image: Image, told: Told) -> str:
    """What is wrong with a state, "" where all is well."""
    folder = Path(tempfile.mkdtemp(dir=QUICK if QUICK.is_dir() else None))
    try:
        put(image, folder)
        return register_wrong(folder, told)
    finally:
        shutil.rmtree(folder)


def register_wrong(folder: Path, told: Told) -> str:
    """Open the register as its host would after the power came back, then look at all that was let out."""
    if not told.acts and not (folder / "r.travaux").exists():
        return ""
    log = Log.open(folder / "r.travaux", write=True)
    if isinstance(log, Refused):
        return f"refused: {log.faults[0].line()}" if told.acts else ""
    with log:
        entries = list(log.entries())
        onward = propose(log, "arvia", "after the power cut") if told.acts else None
    if isinstance(onward, Refused):
        return f"stuck: {onward.faults[0].line()}"
    if [e.index for e in entries] != list(range(len(entries))):
        return "gap"
    if lost := set(told.acts) - {e.id for e in entries}:
        return f"lost: {len(lost)} acknowledged acts"
    leaves = [sha256(b"\0" + e.raw).digest() for e in entries]
    for size, root in told.heads.items():
        if size > len(leaves):
            return f"ahead: {size} entries were announced, {len(leaves)} are there"
        if naive(leaves[:size]).hex() != root:
            return f"fork: another tree of {size} entries was announced"
    return next(filter(None, (site_wrong(site, told, leaves) for site in sites(folder, told))), "")


def sites(folder: Path, told: Told) -> list[Path]:
    """The folders that bear their name, announced or not."""
    there = {path.name for path in folder.glob("site-*") if path.suffix != ".part"}
    return [folder / name for name in sorted(there | set(told.sites))]


def site_wrong(site: Path, told: Told, leaves: list[bytes]) -> str:
    """An exported folder is whole, no newer than the register, and no older than was said."""
    report = verify(site) if site.is_dir() else None
    if report is None:
        return f"older: {site.name} was announced and is not there"
    if isinstance(report, Refused) or report.faults:
        return f"torn: {site.name}: {report.faults[0].line()}"
    at = DirectorySource(site).last()
    if not isinstance(at, Checkpoint) or at.size < told.sites.get(site.name, 0):
        return f"older: {site.name}"
    if at.size > len(leaves):
        return f"ahead: {site.name} shows {at.size} entries, the register holds {len(leaves)}"
    return "" if naive(leaves[: at.size]) == at.root else f"fork: {site.name}"
