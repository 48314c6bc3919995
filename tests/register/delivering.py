"""Drawn processes of delivery: any acts on a few measures, in any order, corrections among them.

Nothing judges them, as nothing judges in a fold: whatever a record may hold, its views must agree.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.register.registers import FOUND, act, act_id
from travaux.acts.base import Act
from travaux.register.fold import Entered, Register, fold

PARTIES = ("arvia", "tolia", "nuria")
MEASURES = ("piers", "lights", "quay")
FIRST, LAST = date(2031, 1, 1), date(2032, 12, 31)
DAYS = st.dates(FIRST, LAST)
CLAIMS = ("not_started", "under_way", "done", "done_in_part", "will_not_be_done", "not_ours")
FINDINGS = ("fulfilled", "fulfilled_late", "fulfilled_in_part", "not_fulfilled", "reopened")
KINDS = (
    *("report",) * 3, *("request_extension",) * 2, *("find",) * 2, "assess", "withdraw_measure",
    "suspend_measure", "amend_measure", "correct",
)  # fmt: skip
CITED = {"kind": "cited", "publisher": "Gazette", "on": "2031-03-04"}

Drawn = tuple[str, str, dict[str, Any]]  # kind, party, body


@st.composite
def processes(draw: st.DrawFn, most: int = 24) -> list[Entered[Act]]:
    """The acts of a register: a founding act of three parties, then drawn ones."""
    parties = [{"id": p, "name": p.title()} for p in PARTIES]
    found = [("found", "desk", {**FOUND, "kind": "working", "parties": parties})]
    many = draw(st.integers(6, most))
    for n in range(1, many + 1):
        found.append(draw(_acts(n, found)))
    return [
        Entered(n, act_id(n), f"{party}/key", party, act(kind, **body))
        for n, (kind, party, body) in enumerate(found)
    ]


def scratch(entries: list[Entered[Act]]) -> Register:
    """A register of these acts that nobody has asked anything."""
    return fold(entries)


@st.composite
def _acts(draw: st.DrawFn, n: int, before: list[Drawn]) -> Drawn:
    party, measure = draw(st.sampled_from(PARTIES)), draw(st.sampled_from(MEASURES))
    promised = [b["measure"] for kind, _, b in before if kind == "undertake"]
    if not promised or draw(st.integers(0, 5)) == 0:
        return "undertake", party, draw(_undertaking(measure))
    measure = draw(st.sampled_from(promised))
    places = {
        k: [i for i, (kind, _, _) in enumerate(before) if kind == k] for k in ("report", "request_extension")
    }
    kinds = [*KINDS, *("answer",) * 5 * bool(places["report"])]
    kinds += ["decide_extension"] * 2 * bool(places["request_extension"])
    kind = draw(st.sampled_from(kinds))
    if kind == "correct":
        return "correct", party, draw(_correction(n, before))
    body = {"measure": measure, "on": draw(DAYS).isoformat()}
    if kind in ("answer", "decide_extension"):
        field, asked = ("report", "report") if kind == "answer" else ("request", "request_extension")
        at = draw(st.sampled_from(places[asked]))
        body |= {"measure": before[at][2]["measure"], field: act_id(at)}
    body |= draw(_BODIES[kind])
    if kind in ("report", "answer") and draw(st.booleans()):
        body |= {"basis": CITED, "actor": party}
    return kind, party, body


@st.composite
def _undertaking(draw: st.DrawFn, measure: str) -> dict[str, Any]:
    owing = draw(st.lists(st.sampled_from(PARTIES), min_size=1, max_size=3, unique=True))
    deadline = draw(st.sampled_from(["date", "quarter", "open", "none", "after", "inherited"]))
    due = draw(DAYS)
    body: dict[str, Any] = {
        "measure": measure, "parties": owing, "what": f"complete the {measure}", "on": draw(DAYS).isoformat(),
        "shape": draw(st.sampled_from(["", "joint", "each"])),
        "under": draw(st.sampled_from(["", "plan"])),
        "leads": [{"party": p, "body": f"{p}-office", "also": ["port"]} for p in owing[:2]],
    }  # fmt: skip
    other = draw(st.sampled_from(MEASURES))
    return (
        body
        | {
            "date": {"due": due.isoformat()},
            "quarter": {"due": f"{due.year}-Q{(due.month + 2) // 3}"},
            "open": {"due": f"from {due}"},
            "none": {},
            "after": {"deadline": {"kind": "after_event", "event": other, "offset": "P30D"}},
            "inherited": {"deadline": {"kind": "inherited", "parent": other}},
        }[deadline]
    )


@st.composite
def _correction(draw: st.DrawFn, n: int, before: list[Drawn]) -> dict[str, Any]:
    """Another version of an earlier act, or none in its place."""
    at = draw(st.integers(1, n - 1))
    kind, _, body = before[at]
    if kind == "correct" or draw(st.booleans()):
        return {"corrects": act_id(at), "why": "by mistake"}
    later = date.fromisoformat(body["on"]) + timedelta(days=draw(st.integers(1, 60)))
    return {
        "corrects": act_id(at),
        "why": "a slip",
        "instead": {"act": kind, **body, "on": later.isoformat()},
    }


_LINK = st.fixed_dictionaries(
    {"sort": st.sampled_from(["requires", "condition"]), "to": st.sampled_from(MEASURES)}
)
_BODIES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "report": st.fixed_dictionaries({"claim": st.sampled_from(CLAIMS), "words": st.just("as planned")}),
    "answer": st.fixed_dictionaries(
        {"says": st.sampled_from(["disputes", "accepts", "needs_evidence"]), "words": st.just("seen")}
    ),
    "request_extension": st.fixed_dictionaries(
        {"why": st.just("ice"), "to": DAYS.map(str), "notice": st.booleans()}
    ),
    "decide_extension": st.fixed_dictionaries({"decision": st.sampled_from(["granted", "refused"])}),
    "find": st.fixed_dictionaries({"finding": st.sampled_from(FINDINGS)}),
    "assess": st.fixed_dictionaries({"value": st.just("B"), "scale": st.just("A to E")}),
    "withdraw_measure": st.just({}),
    "suspend_measure": st.fixed_dictionaries({"resumes": st.booleans()}),
    "amend_measure": st.fixed_dictionaries(
        {"why": st.just("order"), "links": st.lists(_LINK, min_size=1, max_size=2)}
    ),
}
