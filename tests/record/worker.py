"""A process that appends without end and says what was acknowledged: ``worker.py REGISTER [early|busy]``.

With ``early`` it says so before the commit, which is wrong: the test of the test. With ``busy`` others act
for the same authors, and an act that was overtaken is drafted again.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.record.world import DELEGATES, HOST, must
from travaux.acts.fault import Refused
from travaux.record.entry import parse_entry, sign
from travaux.record.log import Log

OVERTAKEN = {"record.number", "record.prev", "record.seen_back"}


def say(ident: str) -> None:
    os.write(1, f"{ident}\n".encode())


def fail(found: Refused) -> NoReturn:
    os.write(2, "".join(f"{f.code} {f.line()}\n" for f in found.faults).encode())
    sys.exit(1)


def main(path: str, early: bool, busy: bool) -> None:
    log = must(Log.open(path, write=True, wait=30.0))
    say("ready")
    count = 0
    while True:
        party = "arvia" if count % 2 else "tolia"
        draft = log.draft("propose", {"text": f"wording {count}"}, DELEGATES[party].vkey.name)
        if isinstance(draft, Refused):
            fail(draft)
        data = must(sign(draft, [DELEGATES[party]]))
        if early:
            say(must(parse_entry(data)).id)
        receipt = log.append(data, HOST)
        if isinstance(receipt, Refused):
            if busy and {f.code for f in receipt.faults} <= OVERTAKEN:
                continue
            fail(receipt)
        if not early:
            say(receipt.id)
        count += 1


if __name__ == "__main__":
    main(sys.argv[1], "early" in sys.argv[2:], "busy" in sys.argv[2:])
