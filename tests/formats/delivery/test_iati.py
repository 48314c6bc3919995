"""IATI 2.03: the elements its schema asks for, in its order, with values of its lists; no merged status."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from lxml import etree

from travaux.formats.delivery.iati import OURS, measures_iati

# the order of the schema of the standard, as far as we write it
ORDER = [
    "iati-identifier",
    "reporting-org",
    "title",
    "description",
    "participating-org",
    "activity-status",
    "activity-date",
    "recipient-region",
    "sector",
    "document-link",
    "conditions",
]


def said(code: str, act: str, **more: Any) -> dict[str, Any]:
    base = {
        "code": code,
        "word": code,
        "on": "2031-03-01",
        "when": "1 March 2031",
        "act": act,
        "words": "",
        "reason": "",
    }
    return {**base, "by": "", "sources": "", "evidence": [], **more}


def row(**more: Any) -> dict[str, Any]:
    proof = {"what": "The decree", "address": "https://example.org/decree", "sha256": ""}
    claim = said(
        "done", "a1", words="Decree 5\x0b signed", evidence=[proof, {**proof, "address": "ftp://no"}]
    )
    dispute = {
        "party": "south",
        "name": "The South",
        "said": said("disputes", "a2", reason="not in force"),
        "silent_days": 0,
    }
    silent = {"party": "north", "name": "The North", "said": None, "silent_days": 12}
    north = {
        "party": "north",
        "name": "The North",
        "lead": "Treasury",
        "also": ["Mint"],
        "claims": [claim],
        "replies": [dispute],
    }
    south = {"party": "south", "name": "The South", "lead": "", "also": [], "claims": [], "replies": [silent]}
    date = {
        "on": "2031-06-30",
        "when": "30 June 2031",
        "kind": "promised",
        "since": "1 Jan 2031",
        "since_on": "2031-01-01",
    }
    moved = {**date, "on": "2031-12-31", "kind": "extended", "since_on": "2031-02-01"}
    return {
        "id": "m-1",
        "number": "1.1",
        "what": "Open <the> bridge & road",
        "programme": "plan",
        "programme_name": "The plan",
        "shape": "each",
        "obligation": "in_force",
        "group": "disputed",
        "due": "2031-12-31",
        "due_when": "31 Dec 2031",
        "condition": "if it is built",
        "cells": [{**north, "history": 1}, {**south, "history": 0}],
        "dates": [{**date, "why": "", "moved_days": None}, {**moved, "why": "ice", "moved_days": 184}],
        "finding": None,
        "assessments": [said("B", "a3")],
        "test": "cross it",
        "acts": [],
        **more,
    }


def file(*rows: dict[str, Any]) -> Any:
    board = {
        "as_of": "2031-07-01",
        "lang": "en",
        "register": "Harbour commission",
        "register_id": "harbour.example/c",
        "kind": "working",
        "rows": list(rows),
    }
    data = json.dumps(board).encode()
    assert measures_iati(data) == measures_iati(data)
    return etree.fromstring(measures_iati(data))


def test_the_elements_stand_in_the_order_of_the_schema() -> None:
    (activity,) = file(row())
    names = [e.tag for e in activity if OURS not in e.tag]
    assert list(dict.fromkeys(names)) == ORDER
    assert [ORDER.index(n) for n in names] == sorted(ORDER.index(n) for n in names)
    assert activity[-1].tag == f"{{{OURS}}}measure"


def test_identifiers_and_organisations() -> None:
    root = file(row())
    assert root.get("version") == "2.03"
    (activity,) = root
    ref = activity.find("reporting-org").get("ref")
    assert activity.findtext("iati-identifier") == f"{ref}-m-1"
    assert not re.search(r"[/&|?\s]", activity.findtext("iati-identifier"))
    found = [(o.get("role"), o.findtext("narrative")) for o in activity.findall("participating-org")]
    assert found == [("2", "The North"), ("2", "The South"), ("4", "Treasury"), ("4", "Mint")]
    assert all(n.text for n in activity.iter("narrative"))


def test_dates_by_their_types() -> None:
    (activity,) = file(row())
    assert [(d.get("type"), d.get("iso-date")) for d in activity.findall("activity-date")] == [
        ("1", "2031-01-01"),
        ("3", "2031-12-31"),
    ]
    (done,) = file(row(finding=said("fulfilled", "f"), due="2031-Q2", group="agreed_done"))
    assert [d.get("type") for d in done.findall("activity-date")] == ["1", "3", "4"]
    assert done.find("activity-date[@type='3']").get("iso-date") == "2031-06-30"
    (undated,) = file(row(due=""))
    assert [d.get("type") for d in undated.findall("activity-date")] == ["1"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "2"),
        ({"group": "agreed_done"}, "4"),
        ({"obligation": "withdrawn"}, "5"),
        ({"obligation": "suspended"}, "6"),
        ({"group": "claimed"}, "2"),
    ],
)
def test_the_one_status_follows_joint_decisions_only(values: dict[str, str], code: str) -> None:
    (activity,) = file(row(**values))
    assert activity.find("activity-status").get("code") == code


def test_each_party_keeps_its_own_word() -> None:
    (activity,) = file(row())
    ours = {"t": OURS}
    assert [c.get("code") for c in activity.findall(".//t:party[@id='north']/t:claim", ours)] == ["done"]
    (answer,) = activity.findall(".//t:party[@id='north']/t:answer", ours)
    assert (answer.get("party"), answer.get("code"), answer.text) == ("south", "disputes", "not in force")
    (silent,) = activity.findall(".//t:party[@id='south']/t:answer", ours)
    assert silent.get("code") == "silent"
    assert [d.get("due") for d in activity.findall(".//t:deadline", ours)] == ["2031-06-30", "2031-12-31"]
    assert [d.get("url") for d in activity.findall("document-link")] == ["https://example.org/decree"]


def test_text_in_cyrillic_is_not_called_english() -> None:
    (activity,) = file(row(what="Открыть мост"))
    assert activity.find("title/narrative").get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"
    (other,) = file(row(what="Адкрыць мост і дарогу ў горадзе"))
    assert other.find("title/narrative").get("{http://www.w3.org/XML/1998/namespace}lang") == "be"
