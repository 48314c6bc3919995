"""Each paragraph keeps its thread, whatever its number."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.text.compare.history import Event, Thread, history

FEES = "The board publishes the table of fees every year."
PILOTS = "Each region keeps its own register of licensed pilots."
VESSELS = "Every vessel is inspected once a year. Its owner pays the costs of it in full."
HALVES = ["Every vessel is inspected once a year.", "Its owner pays the costs of it in full."]


def numbered(*texts: str) -> str:
    return "\n".join(f"{k}. {text}" for k, text in enumerate(texts, 1))


def told(thread: Thread) -> list[tuple[str, int, list[str]]]:
    return [(step.version, step.paragraph, [event.value for event in step.events]) for step in thread.steps]


def test_a_paragraph_is_followed_across_new_numbers_edits_and_moves() -> None:
    made = history(
        [
            ("v1", numbered(FEES, PILOTS)),
            ("v2", numbered("A new first paragraph on the seat of the board.", FEES, PILOTS)),
            (
                "v3",
                numbered("A new first paragraph on the seat of the board.", FEES.replace("year", "season")),
            ),
            ("v4", numbered("A new first paragraph on the seat of the board.", PILOTS)),
        ]
    )
    fees, pilots, _ = made.threads
    assert told(fees) == [
        ("v1", 1, ["born"]),
        ("v2", 2, ["renumbered"]),
        ("v3", 2, ["edited"]),
        ("v4", 0, ["gone"]),
    ]
    assert [step.events for step in pilots.steps] == [
        (Event.BORN,),
        (Event.RENUMBERED,),
        (Event.GONE,),
        (Event.RETURNED,),
    ]


def test_a_split_has_a_parent_and_a_merger_an_heir() -> None:
    made = history([("a", VESSELS), ("b", "\n".join(HALVES)), ("c", VESSELS)])
    whole, half = made.threads
    assert half.parent == whole.number and half.heir == whole.number
    assert [step.events[0] for step in half.steps] == [Event.SPLIT, Event.MERGED]
    assert [step.events[0] for step in whole.steps] == [Event.BORN, Event.SPLIT, Event.MERGED]


LINES = st.lists(st.sampled_from([FEES, PILOTS, VESSELS, *HALVES, "Short.", "(a) x"]), max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES.map("\n".join), min_size=1, max_size=4))
def test_every_paragraph_of_every_version_is_in_one_thread(texts: list[str]) -> None:
    made = history([(f"v{k}", text) for k, text in enumerate(texts)])
    for k, text in enumerate(texts):
        steps = [step for thread in made.threads for step in thread.steps if step.version == f"v{k}"]
        lines = [line for line in text.split("\n") if line]
        assert sorted(step.paragraph for step in steps if step.paragraph) == list(range(1, len(lines) + 1))
