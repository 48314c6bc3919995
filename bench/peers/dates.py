"""Runs inside the peer's own environment: dates of the text on standard input, as the scorer reads them.

Usage: ``python dates.py 2021-09-09 < text``; one JSON object with the version, the seconds and the dates.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime


def main() -> None:
    import dateparser  # type: ignore[import-not-found, import-untyped, unused-ignore]
    from dateparser.search import search_dates  # type: ignore[import-not-found, import-untyped, unused-ignore]

    text = sys.stdin.read()
    base = datetime.fromisoformat(sys.argv[1])
    begun = time.perf_counter()
    told = search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base}) or []
    seconds = time.perf_counter() - begun
    dates, at = [], 0
    for words, moment in told:
        start = text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        dates.append({"start": start, "end": at, "text": words, "value": moment.date().isoformat()})
    print(json.dumps({"version": dateparser.__version__, "seconds": seconds, "dates": dates}))


if __name__ == "__main__":
    main()
