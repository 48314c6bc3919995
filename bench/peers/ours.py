"""Our comparison in a process of its own: reads {old, new} as JSON, prints one JSON line."""

from __future__ import annotations

import json
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
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "sites": made.tally.substance,
        "words": made.tally.deleted_words + made.tally.inserted_words,
        "moves": len(moved),
        "moved": moved,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
