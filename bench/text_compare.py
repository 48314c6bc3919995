"""Comparing two versions of a long draft whose edits and moves are known, in a process of its own;
processor time."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench.row import Row
from bench.text_drafts import Redline, redline

_SEED = 7001


def rows() -> list[Row]:
    """Time, memory, moves and words of the comparison; the peer of the counts is the generator."""
    made = redline(_SEED)
    with tempfile.TemporaryDirectory() as folder:
        file = written(made, Path(folder))
        runs = [run(file) for _ in range(3)]
    took = median(told["seconds"] for told in runs)
    peak, told = max(told["peak_mb"] for told in runs), runs[0]
    right = len(set(told["moved"]) & set(made.moved))
    false = told["moves"] - right
    name = f"redline, {made.words:,} words, {made.edits:,} edits"
    share, moves = told["sites"] / made.edits, len(made.moved)
    return [
        Row(name, took, None, None, "<= 0.8 s", "s", took <= 0.8),
        Row(f"{name}: peak memory", peak, None, None, "<= 80 MB", "MB", peak <= 80),
        Row(f"{name}: moves, peer = made", right, moves, right / moves, "all", "", right == moves),
        Row(f"{name}: false moves", false, None, None, "0", "", false == 0),
        Row(f"{name}: places, peer = edits", told["sites"], made.edits, share, "<= 1.05", "", share <= 1.05),
    ]


def written(made: Redline, folder: Path) -> Path:
    """The pair as a file that every tool reads."""
    file = folder / "pair.json"
    file.write_text(json.dumps({"old": made.old, "new": made.new}), encoding="utf-8")
    return file


def run(file: Path) -> dict[str, Any]:
    """One run of ours on the pair."""
    script = Path(__file__).parent / "peers" / "ours.py"
    done = subprocess.run([sys.executable, script, file], capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told
