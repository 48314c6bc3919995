"""Rows as one table."""

from __future__ import annotations

from collections.abc import Iterable

from bench.row import Row

_WIDTH = 84


def printed(rows: Iterable[Row]) -> None:
    """Print each row as it comes: name, ours, peer, ratio, target, whether it is met."""
    print(f"{'':{_WIDTH}} {'ours':>12} {'peer':>12} {'ratio':>8}  {'target':14}")
    for row in rows:
        peer = "" if row.peer is None else _number(row.peer)
        ratio = "" if row.ratio is None else _number(row.ratio)
        met = "ok" if row.ok else "MISSED"
        figures = f"{_number(row.ours):>12} {peer:>12} {ratio:>8}"
        print(f"{row.name:{_WIDTH}} {figures}  {row.target:14} {row.unit:8} {met}", flush=True)


def page(rows: Iterable[Row]) -> None:
    """Print each row as it comes as a line of a Markdown table; a row without a target is not judged."""
    print("| measured | ours | peer or limit | ratio | target | |\n|---|---:|---:|---:|---|---|")
    for row in rows:
        peer = "" if row.peer is None else _number(row.peer)
        ratio = "" if row.ratio is None else _number(row.ratio)
        met = "" if row.target == "-" else "met" if row.ok else "**missed**"
        ours = f"{_number(row.ours)} {row.unit}".rstrip()
        print(f"| {row.name} | {ours} | {peer} | {ratio} | {row.target} | {met} |", flush=True)


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e12:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
