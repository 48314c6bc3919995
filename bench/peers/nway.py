"""Provisions through CollateX: reads a list of {party: wording} as JSON, prints one JSON line.

Plain witnesses, no segmentation, table output; empty witnesses are left out, since it takes none. Runs in an
environment of its own, so it imports nothing of ours.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

WORD = re.compile(r"\w+")


def _cell(tokens):
    return None if tokens is None else " ".join(token.token_string for token in tokens)


def counted(table):
    """Sites, readings and contested words: a run of varying columns is one site."""
    rows = [[_cell(cell) for cell in row.cells] for row in table.rows]
    sites = readings = contested = 0
    open_cells = None
    for column in [*zip(*rows, strict=True), None]:
        if column is not None and len(set(column)) > 1:
            open_cells = open_cells or [""] * len(column)
            open_cells = [
                f"{have} {cell or ''}".strip() for have, cell in zip(open_cells, column, strict=True)
            ]
        elif open_cells:
            distinct = {cell for cell in open_cells if cell.strip()}
            sites, readings = sites + 1, readings + len(distinct)
            contested += sum(len(WORD.findall(cell)) for cell in distinct)
            open_cells = None
    return sites, readings, contested


def main():
    from collatex import Collation, collate

    took, totals = 0.0, [0, 0, 0]
    for versions in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        start = time.process_time()
        collation = Collation()
        for party, wording in versions.items():
            if wording:
                collation.add_plain_witness(party, wording)
        table = collate(collation, output="table", segmentation=False)
        took += time.process_time() - start
        totals = [a + b for a, b in zip(totals, counted(table), strict=True)]
    print(json.dumps({"seconds": took, "sites": totals[0], "readings": totals[1], "words": totals[2]}))


if __name__ == "__main__":
    main()
