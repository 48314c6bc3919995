"""How an import is shown: a table, JSON, or acts in their notation."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from travaux.acts.fault import Fault
from travaux.acts.vocabulary import kind_of, to_body
from travaux.cli.console import notice, out
from travaux.messages import say
from travaux.secretariat.plans.comparing import Change, Compared
from travaux.secretariat.plans.due import Due
from travaux.secretariat.plans.importing import Import
from travaux.secretariat.plans.proposals import Proposed

FORMAT = "travaux-plan/1"
_WIDE = 60  # characters of a text shown in the table
_FEW = 8  # places listed at most for each sort of row passed over


def print_import(made: Import) -> None:
    """The measures as a table; then what was passed over, asked, and changed since the edition before."""
    from rich.table import Table
    from rich.text import Text

    if made.proposed:
        table = Table(
            "Measure", "What", "Deadline", "Lead", "", box=None, pad_edge=False, header_style="bold"
        )
        for one in made.proposed:
            led = [b for part in one.row.led for b in part.bodies.every]
            lead = f"{led[0]} +{len(led) - 1}" if len(led) > 1 else "".join(led)
            state = "refused" if one.faults else "?" if one.questions else "ready"
            table.add_row(
                *(Text(t) for t in (one.measure, cut(one.row.what), told(one.row.due), cut(lead, 40), state))
            )
        out().print(table)
    ready = sum(p.ready for p in made.proposed)
    refused = sum(bool(p.faults) for p in made.proposed)
    values = {
        "rows": len(made.reading.rows),
        "ready": ready,
        "refused": refused,
        "asked": len(made.proposed) - ready - refused,
    }
    notice(say("import_plan.told_rows", {**values, "unchanged": made.unchanged}))
    _tell_passed(made)
    for fault in (*made.reading.notes, *made.questions):
        notice(fault.line())
    if made.compared:
        print_compared(made.compared)
    if made.acts:
        notice(say("import_plan.told_ready", {"n": len(made.acts)}))


def _tell_passed(made: Import) -> None:
    by_why: defaultdict[str, list[str]] = defaultdict(list)
    for one in made.reading.passed:
        by_why[one.why].append(one.place.rsplit("!", 1)[-1].rsplit(":", 1)[-1])
    for why, places in by_why.items():
        rows = ", ".join(places[:_FEW]) + (" …" if len(places) > _FEW else "")
        notice(say("import_plan.told_passed", {"n": len(places), "why": why, "rows": rows}))


def print_compared(compared: Compared) -> None:
    """What changed between two editions, those without a decision first."""
    values = {"same": compared.same, "changes": len(compared.changes), "undecided": len(compared.undecided)}
    out().print(say("import_plan.told_compared", values), markup=False)
    for change in sorted(compared.changes, key=lambda c: bool(c.decided)):
        out().print(f"  {_change(change)}", markup=False)
    for old, new in compared.renamed.items():
        notice(say("import_plan.told_renamed", {"old": old, "new": new}))
    for doubt in compared.doubts:
        notice(say("import_plan.told_doubt", {
            "old_number": doubt.old.number, "old": cut(doubt.old.what, 100), "new_number": doubt.new.number,
            "new": cut(doubt.new.what, 100), "likeness": doubt.likeness,
        }))  # fmt: skip
    if compared.form:
        counts = ", ".join(f"{sort} {n}" for sort, n in sorted(compared.form.items()))
        notice(say("import_plan.told_form", {"counts": counts}))


def _change(change: Change) -> str:
    days = f" ({change.days:+d} days)" if change.days else ""
    decided = (
        f"decided by {', '.join(a[:12] for a in change.decided)}" if change.decided else "without a decision"
    )
    was = (
        f": {cut(change.old, 100) or '-'} → {cut(change.new, 100) or '-'}{days}"
        if change.sort not in ("dropped", "added")
        else ""
    )
    return f"{change.sort}  {change.number or change.measure or '-'}  {cut(change.what)}{was}  [{decided}]"


def told(due: Due) -> str:
    """A deadline in short, with its sort."""
    if due.when:
        return due.when.expr
    if due.event:
        return f"{due.offset} after {cut(due.event, 30)}"
    if due.deadline:
        held = msgspec.to_builtins(due.deadline, enc_hook=str)
        return " ".join(str(v) for v in held.values() if v)
    return due.sort or (f"? {cut(due.words, 30)}" if due.words else "")


def cut(text: str, most: int = _WIDE) -> str:
    """A text on one line, cut at `most` characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def acts_text(made: Import) -> str:
    """The acts in the notation that ``travaux act`` takes."""
    from travaux.formats.acts import render_acts

    return render_acts(made.acts)


def as_json(made: Import) -> dict[str, Any]:
    """The whole import as JSON values."""
    file = made.edition.file
    return {
        "format": FORMAT,
        "file": file.name,
        "date": str(made.edition.on),
        "edition": made.edition.name,
        "plan": made.mapping.plan.id,
        "mapping": msgspec.to_builtins(made.mapping),
        "unchanged": made.unchanged,
        "measures": [_measure(p) for p in made.proposed],
        "passed": [{"place": p.place, "why": p.why, "words": p.words} for p in made.reading.passed],
        "notes": [_fault(f) for f in made.reading.notes],
        "compared": _compared(made.compared) if made.compared else None,
    }


def _measure(one: Proposed) -> dict[str, Any]:
    row = one.row
    return {
        "measure": one.measure,
        "place": row.place,
        "number": row.number,
        "what": row.what,
        "section": list(row.section),
        "programme": row.programme,
        "deadline": {
            "words": row.due.words,
            "cells": row.due.address,
            "sort": row.due.sort,
            "value": told(row.due) if row.due.sort else "",
        },
        "bodies": [
            {"party": led.party, "lead": led.bodies.lead, "also": list(led.bodies.also)} for led in row.led
        ],
        "claims": [{"party": p, "claim": c, "words": w} for p, c, w in row.claims],
        "questions": [_fault(f) for f in one.questions],
        "faults": [_fault(f) for f in one.faults],
        "acts": [{"act": kind_of(a), **to_body(a)} for a in one.acts],
    }


def _fault(fault: Fault) -> dict[str, str]:
    return {"place": str(fault.place), "code": fault.code, "text": fault.sentence()}


def _compared(compared: Compared) -> dict[str, Any]:
    return {
        "same": compared.same,
        "changes": [
            {
                "sort": c.sort, "measure": c.measure, "number": c.number, "what": c.what, "old": c.old,
                "new": c.new, "old_place": c.old_place, "new_place": c.new_place, "days": c.days,
                "decided": list(c.decided),
            }
            for c in compared.changes
        ],
        "doubts": [
            {"old": d.old.place, "new": d.new.place, "old_what": d.old.what, "new_what": d.new.what,
             "likeness": d.likeness}
            for d in compared.doubts
        ],
        "form": dict(compared.form),
        "renamed": dict(compared.renamed),
    }  # fmt: skip
