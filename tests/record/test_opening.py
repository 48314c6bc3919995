"""Openings: the commitment of the guide's example, the file form, and what no other opening can open."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import case
from travaux.acts.fault import Refused
from travaux.record.entry import build, parse_entry
from travaux.record.keys import to_base64
from travaux.record.opening import Opening, opened_to, openings_of, parse_opening
from travaux.record.parts import MAX_CONTENT, Hidden, commitment
from travaux.record.tree import EMPTY_ROOT

ROOT = to_base64(EMPTY_ROOT)
CONTENTS = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
    st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    max_size=4,
)  # fmt: skip


def draft(*hidden: Hidden, n: int = 3, by: str = "arvia.example/delegation"):
    made = build(
        "sealed", {}, by=by, n=n, prev="a" * 64 if n else None, register="b" * 64, seen=(0, ROOT),
        hidden=hidden,
    )  # fmt: skip
    assert not isinstance(made, Refused), made
    return made


def test_the_worked_example_commits_as_the_guide_says() -> None:
    worked = json.loads(case("record/worked.json").read_text(encoding="utf-8"))
    for one in worked["sealed"]:
        made = commitment(
            worked["genesis"], "tolia.example/delegation", 0, one["part"],
            bytes.fromhex(one["salt"]), one["content"].encode(),
        )  # fmt: skip
        assert made == one["commit"]


def test_the_openings_of_the_example_open_its_fourth_entry_and_no_other() -> None:
    folder = case("record/register")
    entries = [parse_entry((folder / "act" / f"{n}.act").read_bytes(), n) for n in range(8)]
    for file in sorted((folder / "openings").iterdir()):
        data = file.read_bytes()
        opening = parse_opening(data)
        assert isinstance(opening, Opening)
        assert opening.data == data
        assert [opening.fits(e) for e in entries if not isinstance(e, Refused)] == [n == 4 for n in range(8)]
    fourth = entries[4]
    assert not isinstance(fourth, Refused)
    readers = ("public", "arvia.example", "tolia.example")
    assert [opened_to(fourth, 0, r) for r in readers] == [False, True, True]
    assert [opened_to(fourth, 1, r) for r in readers] == [False, False, True]


@given(st.lists(CONTENTS, min_size=1, max_size=3))
def test_every_part_is_opened_by_its_own_opening_alone(contents: list[dict[str, str]]) -> None:
    made = draft(*(Hidden(c, "parties") for c in contents))
    openings = openings_of(made)
    assert [o.values for o in openings] == contents
    for opening in openings:
        assert opening.fits(made)
        assert parse_opening(opening.data) == opening
        assert not replace(opening, salt=bytes(32)).fits(made)
        assert not replace(opening, part=(opening.part + 1) % 16).fits(made)
        assert not replace(opening, content=opening.content[:-1] + b',"x":""}').fits(made)


def test_one_content_is_never_committed_to_twice_alike() -> None:
    yes = Hidden({"note": "yes"}, "parties")
    commits = {p.commit for made in (draft(yes, yes), draft(yes)) for p in made.parts}
    assert len(commits) == 3


def test_a_commitment_cannot_be_claimed_by_another_author_number_or_register() -> None:
    (opening,) = openings_of(draft(Hidden({"note": "yes"}, "parties")))
    salt, content = opening.salt, opening.content
    here, there = "b" * 64, "c" * 64
    places = [(here, "x/y", 3, 0), (here, "x/y", 4, 0), (there, "x/y", 3, 0), (here, "x/y", 3, 1),
              (here, "x/z", 3, 0)]  # fmt: skip
    assert len({commitment(*place, salt, content) for place in places}) == len(places)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d[:-1],
        lambda d: d + b"\n",
        lambda d: d.replace(b"/v1", b"/v2"),
        lambda d: d.replace(b"part 0", b"part 00"),
        lambda d: d.replace(b"part 0", b"part 16"),
        lambda d: d.replace(b"part 0", "part ٠".encode()),
        lambda d: d.replace(b"act ", b"act  "),
        lambda d: d.replace(b"=\n", b"\n"),
        lambda d: d.replace(b'{"note"', b'{ "note"'),
        lambda d: d.replace(b'{"note":"yes"}', b"[1]"),
        lambda d: d.replace(b"yes", b"\xff"),
        lambda d: d.replace(b"yes", b"y" * MAX_CONTENT),
        lambda d: b"",
    ],
)
def test_another_form_of_an_opening_is_refused(change) -> None:
    (opening,) = openings_of(draft(Hidden({"note": "yes"}, "parties")))
    assert change(opening.data) != opening.data
    assert isinstance(parse_opening(change(opening.data)), Refused)


@given(st.binary(max_size=400))
def test_no_bytes_at_all_make_the_reader_of_openings_fail(data: bytes) -> None:
    found = parse_opening(b"travaux/opening/v1\nact " + b"a" * 64 + b"\npart 0\n" + data)
    assert isinstance(found, Opening | Refused)


def test_content_that_cannot_be_sealed_is_refused() -> None:
    for content in ({"a": 1.5}, {"A": "x"}, {"note": "x" * MAX_CONTENT}):
        made = build("sealed", {}, by="x/y", n=0, prev=None, register=None, seen=(0, ROOT),
                     hidden=[Hidden(content, "parties")])  # fmt: skip
        assert isinstance(made, Refused)
