"""A returned workbook as proposed acts: each changed cell compared three ways, an outcome for every row.

What was written (base), what came back (returned) and what the register says now (current): a cell that
only the person changed becomes part of an act of that party; one that both changed is refused with what
stands now. Nothing is recorded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from travaux.acts.base import Act, Evidence
from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.acts.kinds import Answer, Report, RequestExtension
from travaux.acts.when import When
from travaux.formats.delivery.workbook import ANSWERS, CLAIMS, fields_of, token_of, values_of
from travaux.formats.delivery.workbook_back import Change, Returned
from travaux.views.delivered.board import Board, board_values


class Outcome(Enum):
    """What follows from a row."""

    UNCHANGED = "unchanged"
    PROPOSED = "proposed"
    REFUSED = "refused"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """A row of the returned file: its number, measure, outcome, the acts it proposes, and why not."""

    row: int
    measure: str
    outcome: Outcome
    acts: tuple[Act, ...] = ()
    faults: tuple[Fault, ...] = ()


def proposals(back: Returned, board: Board, on: When, where: str) -> list[RowOutcome] | Refused:
    """An outcome for each row, in the order of the file. `board` is the present one for the same reader.

    Refused: a workbook of another register or another reader.
    """
    if (back.register, back.reader) != (board.register_id, board.reader):
        return refused(
            "plan.other_register", Place(where), register=back.register, reader=back.reader,
        )  # fmt: skip
    held = board_values(board)
    now = {row["id"]: row for row in held["rows"]}
    by_measure: dict[str, list[Change]] = {}
    for change in back.changes:
        by_measure.setdefault(change.measure, []).append(change)
    merging = _Merging(held, on, where)
    return [
        merging.row(n, measure, now.get(measure), by_measure.get(measure, []))
        for measure, n in sorted(back.rows.items(), key=lambda item: item[1])
    ]


class _Merging:
    def __init__(self, held: Mapping[str, Any], on: When, where: str) -> None:
        self.held, self.on, self.where = held, on, where
        self.fields = fields_of(held)

    def row(
        self, n: int, measure: str, now: Mapping[str, Any] | None, changes: Sequence[Change]
    ) -> RowOutcome:
        if not changes:
            return RowOutcome(n, measure, Outcome.UNCHANGED)
        if now is None:
            gone = Fault(
                "plan.measure_gone", Place(f"{self.where}:{changes[0].address}"), {"measure": measure}
            )
            return RowOutcome(n, measure, Outcome.REFUSED, faults=(gone,))
        current = values_of(self.held, now, self.fields)
        kept = [c for c in changes if c.new != current.get(c.field, "")]
        faults = [f for c in kept if (f := self._clash(c, current, now))]
        acts = [] if faults else list(self._acts(now, current, kept, faults))
        if faults:
            return RowOutcome(n, measure, Outcome.REFUSED, faults=tuple(faults))
        return RowOutcome(n, measure, Outcome.PROPOSED if acts else Outcome.UNCHANGED, tuple(acts))

    def _clash(self, change: Change, current: Mapping[str, str], now: Mapping[str, Any]) -> Fault | None:
        """A cell that the register has changed since the file was written."""
        if token_of(now) == change.token or current.get(change.field, "") == change.old:
            return None
        return self._fault(change, "plan.changed_meanwhile", now=current.get(change.field) or "-")

    def _acts(
        self, now: Mapping[str, Any], current: Mapping[str, str], kept: Sequence[Change], faults: list[Fault]
    ) -> Iterator[Act]:
        changed = {c.field: c for c in kept}
        values = {**current, **{c.field: c.new for c in kept}}
        if {"claim", "claim_words", "evidence"} & set(changed):
            yield from self._report(now, values, changed, faults)
        if {"ask_date", "ask_reason"} & set(changed):
            yield from self._request(now, values, changed, faults)
        for cell in now["cells"]:
            field = f"answer:{cell['party']}"
            if field in changed or f"answer_why:{cell['party']}" in changed:
                yield from self._answer(now, cell, values, changed, faults)

    def _report(
        self,
        now: Mapping[str, Any],
        values: Mapping[str, str],
        changed: Mapping[str, Change],
        faults: list[Fault],
    ) -> Iterator[Act]:
        first = next(c for f, c in changed.items() if f in ("claim", "claim_words", "evidence"))
        claim = _word(values["claim"])
        if claim not in CLAIMS:
            faults.append(
                self._fault(first, "plan.claim", value=values["claim"] or "-", known=", ".join(CLAIMS))
            )
            return
        proofs = [p.strip() for p in values["evidence"].split(";") if p.strip()]
        yield Report(
            measure=now["id"], claim=claim, words=values["claim_words"], on=self.on,
            evidence=tuple(Evidence(what=p) for p in proofs),
        )  # fmt: skip

    def _request(
        self,
        now: Mapping[str, Any],
        values: Mapping[str, str],
        changed: Mapping[str, Change],
        faults: list[Fault],
    ) -> Iterator[Act]:
        first = next(c for f, c in changed.items() if f in ("ask_date", "ask_reason"))
        to = When.parse(values["ask_date"]) if values["ask_date"] else None
        if not isinstance(to, When):
            faults.append(self._fault(first, "plan.ask_date", value=values["ask_date"] or "-"))
        elif not values["ask_reason"]:
            faults.append(self._fault(first, "plan.ask_reason"))
        else:
            yield RequestExtension(measure=now["id"], to=to, why=values["ask_reason"], on=self.on)

    def _answer(
        self,
        now: Mapping[str, Any],
        cell: Mapping[str, Any],
        values: Mapping[str, str],
        changed: Mapping[str, Change],
        faults: list[Fault],
    ) -> Iterator[Act]:
        field, why = f"answer:{cell['party']}", f"answer_why:{cell['party']}"
        first = changed.get(field) or changed[why]
        if not cell["claims"]:
            faults.append(self._fault(first, "plan.nothing_to_answer", party=cell["name"]))
        elif (says := _word(values[field])) not in ANSWERS:
            known = ", ".join(ANSWERS)
            faults.append(self._fault(first, "plan.answer", value=values[field] or "-", known=known))
        elif says == "disputes" and not values[why]:
            faults.append(self._fault(first, "plan.dispute_reason"))
        else:
            yield Answer(
                measure=now["id"], report=cell["claims"][-1]["act"], says=says, words=values[why],
                on=self.on,
            )  # fmt: skip

    def _fault(self, change: Change, code: str, **values: object) -> Fault:
        return Fault(code, Place(f"{self.where}:{change.address}"), values)


def _word(text: str) -> str:
    """A word of a list as people write it: “Done in part”, or as the command line or the cell has it."""
    return "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
