"""Our comparison in a process of its own: reads {old, new} as JSON, prints one JSON line."""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from pathlib import Path

from travaux.text.compare import compare


def main() -> None:
    """Processor time, peak memory and what was found."""
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    start = time.process_time()
    made = compare(texts["old"], texts["new"])
    took = time.process_time() - start
    moved = [texts["new"][move.at_new.start : move.at_new.end] for move in made.moves]
    told = {
        "seconds": took,
        "peak_mb": _peak_mb(),
        "sites": made.tally.substance,
        "words": made.tally.deleted_words + made.tally.inserted_words,
        "moves": len(moved),
        "moved": moved,
    }
    print(json.dumps(told))


def _peak_mb() -> float:
    """The most memory of this program alone; `ru_maxrss` would count the parent before `exec` (Linux)."""
    status = Path("/proc/self/status")
    if status.exists() and (peak := re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))):
        return int(peak[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
