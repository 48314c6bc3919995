"""How fast documents are read on one core, and that nothing hostile takes long."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.row import Row
from travaux.acts.fault import Refused
from travaux.reader import read
from travaux.text.source import Document

PARAGRAPH = """President of Arvia {name} Tal held talks with Prime Minister of Tolia Kel Doro in Velmar
on {day} March 2031.

“We have agreed to open the northern lane by 1 June 2031. If the survey is completed in time, we are ready
to send two ships,” {name} Tal said. “It is too early to speak about the fees.”

According to the Tolian prime minister, the two sides will sign a pilotage agreement in the second half of
2031. He noted that the harbour works had taken more than a year and that the countries do not intend to
raise the fees.

The experts of both ministries discussed fisheries, customs and the protection of the coast at length. Most
of the questions were settled long ago, and the rest is done by the joint commission on a regular basis.

"""
HOSTILE = (
    '"',
    "“a” ",
    "(",
    ". ",
    'a"',
    "3 March 2031 ",
    "we will and ",
    "according to the ",
    "\n- we will",
    "he said, ",
)


def document(number: int, size: int) -> str:
    """An invented document of about `size` characters; no two are equal."""
    text = ""
    while len(text) < size:
        text += PARAGRAPH.format(name=f"Ona{'abcdefgh'[number % 8]}", day=1 + (number + len(text)) % 28)
    return text[:size]


def best(action: Callable[[], object], times: int = 3) -> float:
    """The least processor time of some runs, in seconds."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        action()
        found.append(time.process_time() - begun)
    return min(found)


def rows() -> list[Row]:
    """The reader's rows; processor time of one core."""
    short = [document(n, 5000) for n in range(40)]
    read(Document("warm", short[0]))
    seconds = best(lambda: [read(Document("x", t)) for t in short])
    rate = len(short) / seconds
    long = document(1, 60_000)
    at_60 = best(lambda: read(Document("x", long))) * 1000
    worst = max(best(lambda m=m: _hostile(m), 2) for m in HOSTILE)  # type: ignore[misc]
    return [
        Row("reader: documents of 5 kB", rate, None, None, ">= 150", "documents/s", rate >= 150),
        Row("reader: one document of 60 kB", at_60, None, None, "<= 100", "ms", at_60 <= 100),
        Row("reader: worst hostile text of 100 kB", worst * 1000, None, None, "<= 300", "ms", worst <= 0.3),
    ]


def _hostile(mark: str) -> None:
    text = "The sides of the strait said that it is on. " + mark * (100_000 // len(mark))
    found = read(Document("x", text))
    assert isinstance(found, Refused) or found.doc.n_chars == len(text)


if __name__ == "__main__":
    for row in rows():
        print(
            f"{row.name:40s} {row.ours:10.1f} {row.unit:12s} {row.target:8s} {'ok' if row.ok else 'MISSED'}"
        )
