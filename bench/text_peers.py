"""Other tools on our inputs, each in its own environment under a cache folder; none is part of the product.

Tools under copyleft licences (CollateX, wdiff, dwdiff, git) run only here, as programs. Where a tool is
absent or was not asked for, the figure that was measured earlier is shown and marked as stored.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import tempfile
import time
import tomllib
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.text.generator import case

from bench.text_drafts import redline

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("TRAVAUX_BENCH_CACHE", Path.home() / ".cache" / "travaux-bench"))
LIMIT = float(os.environ.get("TRAVAUX_BENCH_LIMIT", "180"))
PACKAGES = {
    "collatex": ("collatex==2.3", "Levenshtein", "setuptools"),
    "redlines": ("redlines==0.6.2",),
    "xmldiff": ("xmldiff==3.0",),
    "dmp": ("diff-match-patch==20241021",),
    "fast_dmp": ("fast-diff-match-patch==2.1.0",),
    "docxodus": ("python-redlines[docxodus]==2.0.0", "python-docx"),
    "difflib": (),
}
PROGRAMS = {
    "wdiff": ["wdiff", "-s"],
    "dwdiff": ["dwdiff", "-s"],
    "git": ["git", "diff", "--no-index", "--word-diff=porcelain", "--no-color"],
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool did on a case; `source` says whether it was measured now, and else when."""

    tool: str
    seconds: float | None
    peak_mb: float | None
    sites: int | None
    words: int | None
    moves: int | None
    source: str


def stored() -> dict[str, list[Told]]:
    """Earlier figures by case."""
    table = tomllib.loads((HERE / "text_stored.toml").read_text(encoding="utf-8"))
    return {name: [_stored(row) for row in rows] for name, rows in table.items()}


def _stored(row: dict[str, Any]) -> Told:
    values = [row.get(name) for name in ("seconds", "peak_mb", "sites", "words", "moves")]
    return Told(row["tool"], *values, f"stored, {row['version']}, {row['date']}")  # type: ignore[arg-type]


def redlining(install: bool) -> list[Told]:
    """Every pairwise tool on the long draft: measured where it is there, else stored."""
    made = redline(7001)
    with tempfile.TemporaryDirectory() as folder:
        pair = Path(folder) / "pair.json"
        pair.write_text(json.dumps({"old": made.old, "new": made.new}), encoding="utf-8")
        for name in ("old", "new"):
            (Path(folder) / name).write_text(getattr(made, name), encoding="utf-8")
        measured: dict[str, Callable[[], Told | None]] = {
            **{tool: _library(tool, pair, install) for tool in PACKAGES if tool != "collatex"},
            **{tool: _program(tool, Path(folder)) for tool in PROGRAMS},
        }
        return [_now(measured, old) for old in stored()["redline"]]


def collating(parties: int, provisions: int, install: bool) -> Told:
    """CollateX on provisions of 60 words."""
    versions = [case(random.Random(90_000 + seed), parties).versions for seed in range(provisions)]
    old = next(row for row in stored()[f"collate_{parties}"] if row.tool == "collatex")
    python = _python("collatex", install)
    if python is None:
        return old
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "versions.json"
        file.write_text(json.dumps(versions), encoding="utf-8")
        told = _run([str(python), str(HERE / "peers" / "nway.py"), str(file)])
    if told is None:
        return old
    return Told(
        "collatex", told["seconds"] / provisions, None, told["sites"], told["words"], None, "measured"
    )


def _now(measured: dict[str, Callable[[], Told | None]], old: Told) -> Told:
    ask = measured.get(old.tool)
    return (ask() if ask else None) or old


def _library(tool: str, pair: Path, install: bool) -> Callable[[], Told | None]:
    def ask() -> Told | None:
        python = _python(tool, install)
        if python is None:
            return None
        told = _run([str(python), str(HERE / "peers" / "pairwise.py"), tool, str(pair)])
        return Told(tool, *_values(told), "measured") if told else None  # type: ignore[arg-type]

    return ask


def _values(told: dict[str, Any]) -> list[Any]:
    return [told.get(name) for name in ("seconds", "peak_mb", "sites", "words", "moves")]


def _program(tool: str, folder: Path) -> Callable[[], Told | None]:
    def ask() -> Told | None:
        if shutil.which(tool) is None:
            return None
        start = time.perf_counter()
        subprocess.run([*PROGRAMS[tool], "old", "new"], cwd=folder, capture_output=True, check=False)
        return Told(tool, time.perf_counter() - start, None, None, None, 0, "measured, with its start")

    return ask


def _run(command: list[str]) -> dict[str, Any] | None:
    """The one line a peer prints; None where it fails or takes longer than the limit."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _python(tool: str, install: bool) -> Path | None:
    """The interpreter of the environment of `tool`, made now where it is not there; None unless asked for."""
    home = CACHE / tool
    python = home / "bin" / "python"
    if not install:
        return None
    if (home / ".done").exists():
        return python
    venv.create(home, with_pip=True, clear=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES[tool]]
    if PACKAGES[tool] and subprocess.run(command, capture_output=True, check=False).returncode:
        return None
    (home / ".done").touch()
    return python
