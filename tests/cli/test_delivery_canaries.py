"""Nothing that was said between the parties about delivery reaches a stranger, in any form or command.

A canary is planted in every field of words of every act of delivery; then whatever a stranger may ask for is
asked for, and must be what it was before anything was planted. A party must find the canaries, so that a form
that shows nothing cannot pass.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.desk import Desk, desk
from travaux.cli.delivery_forms import FORMS

__all__ = ["desk"]

DAY = "2031-06-01"
PUBLIC = """\
act: introduce
signer: north/delegation
on: 2031-01-02
what: body
id: dredgers
names: {en: Office of Dredging}
---
act: undertake
signer: north/delegation
with: [south/delegation]
measure: dredge
parties: [north]
what: dredge the channel
due: 2031-12-31
leads:
  - {party: north, body: dredgers}
on: 2031-01-10
---
act: undertake
signer: south/delegation
with: [north/delegation]
measure: lights
parties: [south]
what: light the channel
due: 2031-05-30
on: 2031-01-10
---
act: undertake
signer: south/delegation
with: [north/delegation]
measure: buoys
parties: [north, south]
what: lay the buoys
due: 2031-07-01
on: 2031-01-10
---
act: report
signer: north/delegation
measure: buoys
claim: under_way
on: 2031-02-01
"""
PLANTED = """\
act: introduce
signer: north/delegation
on: 2031-02-02
what: body
id: dredgers
names: {en: CANARY-renamed}
---
act: introduce
signer: north/delegation
on: 2031-02-02
what: body
id: harbour-office
names: {en: CANARY-body}
---
act: introduce
signer: north/delegation
on: 2031-02-02
what: body
id: canary-lead
names: {en: CANARY-lead}
---
act: table
signer: north/delegation
on: 2031-02-02
instrument: canary-programme
type: programme
titles: {en: CANARY-programme}
---
act: undertake
signer: north/delegation
with: [south/delegation]
measure: canary-measure
number: CANARY-number
parties: [north, south]
what: CANARY-what
condition: CANARY-condition
under: canary-programme
leads:
  - {party: north, body: canary-lead, also: [harbour-office]}
acceptance: {words: CANARY-words, test: CANARY-test}
due: 2031-06-30
on: 2031-02-03
---
act: undertake
signer: south/delegation
with: [north/delegation]
measure: canary-wait
parties: [south]
what: CANARY-wait
deadline: {kind: after_event, event: canary-event, offset: P30D}
on: 2031-02-03
---
act: report
signer: north/delegation
label: planted
measure: dredge
claim: done
words: CANARY-claim
evidence:
  - {what: CANARY-evidence, address: "https://canary.example/CANARY-address"}
on: 2031-03-01
---
act: answer
signer: south/delegation
measure: dredge
report: planted
says: disputes
words: CANARY-answer
on: 2031-03-02
---
act: request_extension
signer: south/delegation
label: more
measure: lights
to: 2031-08-31
why: CANARY-why
on: 2031-03-03
---
act: decide_extension
signer: north/delegation
with: [south/delegation]
measure: lights
request: more
decision: granted
why: CANARY-decision
on: 2031-03-04
---
act: request_extension
signer: north/delegation
measure: dredge
to: 2032-06-30
why: CANARY-asking
on: 2031-03-05
---
act: amend_measure
signer: north/delegation
with: [south/delegation]
measure: lights
what: CANARY-amended
number: CANARY-renumbered
why: CANARY-order
links:
  - {sort: requires, to: dredge}
on: 2031-03-06
---
act: amend_measure
signer: north/delegation
with: [south/delegation]
measure: dredge
why: CANARY-order
links:
  - {sort: requires, to: lights}
on: 2031-03-06
---
act: find
signer: north/delegation
with: [south/delegation]
measure: dredge
finding: fulfilled_in_part
words: CANARY-finding
on: 2031-03-07
---
act: withdraw_measure
signer: north/delegation
with: [south/delegation]
measure: buoys
why: CANARY-withdrawn
on: 2031-03-08
---
act: state
signer: north/delegation
words: CANARY-said
claim: {of: canary-programme, figure: CANARY-figure}
on: 2031-03-09
"""
# What a party finds in each form; every form shows the words of the measure at least.
SEEN = {
    "json": ("what", "number", "condition", "claim", "evidence", "address", "answer", "why", "asking",
             "finding", "test", "figure", "amended", "wait", "body", "lead", "renamed", "programme"),
    "table": ("what", "answer", "asking", "figure", "amended", "wait"),
    "csv": ("what", "number", "claim", "evidence"),
    "xlsx": ("what", "number", "answer"),
    "ics": ("what", "amended"),
    "atom": ("answer", "why", "finding"),
    "iati": ("what", "condition", "claim", "answer", "finding", "test", "why", "body", "address"),
    "svg": ("what", "amended"),
}  # fmt: skip


def restricted(acts: str) -> str:
    """The same acts, for the parties only."""
    return re.sub(r"^signer:", "audience: parties\nsigner:", acts, flags=re.MULTILINE)


def asked(desk: Desk, register: Path, reader: str) -> Iterator[tuple[str, bytes]]:
    """(what, bytes) of everything about delivery that `reader` may ask for on the command line."""
    more = ["--as-of", DAY, "--for", reader]
    for form in ("table", "json", *FORMS):
        for name, extra in {
            "": [], " compared": ["--compare", "2031-01-15"], " of a body": ["--body", "harbour-office"],
            " under": ["--programme", "canary-programme"], " moved": ["--list", "moved"],
            " disputed": ["--list", "disputed"], " changes": ["--list", "changes", "--compare", "2031-01-15"],
        }.items():  # fmt: skip
            told = desk.run("measures", str(register), *more, *extra, "--format", form)
            yield form + name, unpacked(told.stdout_bytes)
    for command in (["brief"], ["log"], ["search", "CANARY"], ["search", "canary"]):
        told = desk.run(command[0], str(register), *command[1:], "--for", reader)
        yield " ".join(command), told.stdout_bytes


def unpacked(data: bytes) -> bytes:
    """A file as it is, a workbook with its parts laid open."""
    if not data.startswith(b"PK"):
        return data
    with ZipFile(io.BytesIO(data)) as book:
        return b"\n".join(book.read(name) for name in sorted(book.namelist()))


@pytest.fixture
def planted(desk: Desk) -> tuple[Path, dict[str, bytes]]:
    """A register, and what a stranger could ask of it before anything was planted."""
    register = desk.found()
    desk.act(register, PUBLIC)
    before = dict(asked(desk, register, "public"))
    desk.act(register, restricted(PLANTED))
    return register, before


def test_a_stranger_gets_what_it_got_before_and_a_party_finds_the_rest(
    desk: Desk, planted: tuple[Path, dict[str, bytes]]
) -> None:
    register, before = planted
    after = dict(asked(desk, register, "public"))
    for name, found in after.items():
        assert b"canary" not in found.lower(), name
        assert found == before[name], name
    for party in ("north", "south"):
        held = dict(asked(desk, register, party))
        for form, words in SEEN.items():
            whole = held[form] + held[f"{form} moved"]
            missing = [w for w in words if f"CANARY-{w}".encode() not in whole]
            assert not missing, (party, form)


def test_files_notices_and_counts_are_of_what_the_reader_may_see(
    desk: Desk, planted: tuple[Path, dict[str, bytes]]
) -> None:
    register, _ = planted
    for form in FORMS:
        target = desk.folder / f"plan.{form}"
        told = desk.run("measures", str(register), "--as-of", DAY, "--format", form, "--output", str(target))
        assert "3 measures" in told.stderr
        assert b"canary" not in unpacked(target.read_bytes()).lower()
    for reader, measures, owed in (("public", 3, 3), ("north", 5, 4)):
        told = desk.run("measures", str(register), "--as-of", DAY, "--for", reader, "--format", "json")
        page = json.loads(told.stdout)
        assert (len(page["rows"]), page["counts"]["current"]) == (measures, owed)
