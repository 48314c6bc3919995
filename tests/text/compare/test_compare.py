"""The laws of comparing: both sides rebuilt for any strings; nothing differs outside changes and moves."""

from __future__ import annotations

import random
import textwrap

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.text.generator import applied, edit, paragraph, spell
from travaux.text.compare import Aspect, Comparison, Fate, Provision, compare, new_of, old_of

WORDS = (
    "the board shall should Fares fares; (a) (b) 1. 2. Article 5 6 \n \n\n \r\n . , [ ] é e\u0301 ’ ' \u00a0"
)
MARKS = ["\ud800", "\0", "\u202e", "👨‍👩‍👧", "中文", "\u2028", "\ufeff", "\u00ad", "1.5", "\t"]
PIECES = st.sampled_from([*WORDS.split(" "), " ", *MARKS])
LINE = st.lists(PIECES, max_size=12).map(" ".join)
TEXTS = st.one_of(st.lists(LINE, max_size=6).map("\n".join), st.text(max_size=30), st.just(""))


def rebuilt(old: str, new: str, made: Comparison) -> None:
    assert old_of(made) == old
    assert new_of(made) == new


def unmoved(side: str, made: Comparison, text: str) -> list[str]:
    """The characters of one side that no change and no move covers, in order."""
    spans = [getattr(change, f"at_{side}") for change in made.changes]
    spans += [getattr(move, f"at_{side}") for move in made.moves]
    left, at = [], 0
    for start, end in sorted((spot.start, spot.end) for spot in spans):
        left.append(text[at:start])
        at = max(at, end)
    return [*left, text[at:]]


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS)
@example("A\n\nB\n", "B\n\nA\n")
@example("One two.\n", "Zero.\n\nOne two.\n")
@example("Zero.\n\nOne two.", "One two.")
def test_both_sides_are_rebuilt_from_what_is_said(old: str, new: str) -> None:
    made = compare(old, new)
    rebuilt(old, new, made)
    for change in made.changes:
        assert old[change.at_old.start : change.at_old.end] == change.old
        assert new[change.at_new.start : change.at_new.end] == change.new


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_nothing_differs_outside_the_changes_and_moves(text: str, rng: random.Random) -> None:
    lines = text.split("\n")
    rng.shuffle(lines)
    other = "\n".join(lines[: rng.randint(0, len(lines))])
    made = compare(text, other)
    rebuilt(text, other, made)
    sides = (("old", made, text), ("new", made, other))
    kept = ["".join("".join(unmoved(*side)).split()) for side in sides]
    assert kept[0] == kept[1]


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), LINE), st.dictionaries(st.sampled_from("abcdef"), LINE))
def test_provisions_with_ids_are_rebuilt_and_paired_by_id(old: dict[str, str], new: dict[str, str]) -> None:
    sides = [[Provision(text + "\n", name) for name, text in side.items()] for side in (old, new)]
    made = compare(*sides)
    rebuilt(*("".join(provision.text for provision in side) for side in sides), made)
    filled = {name for name in old if old[name].strip() and new.get(name, "").strip()}
    assert {unit.id for unit in made.units if unit.old and unit.new} == filled


@given(TEXTS)
def test_equal_texts_have_no_change(text: str) -> None:
    made = compare(text, text)
    assert (made.changes, made.moves) == ((), ())


def test_each_edit_of_a_draft_is_one_change_and_words_are_never_cut() -> None:
    rng = random.Random(77)
    bases = [paragraph(rng, 50) for _ in range(60)]
    edits = [edit(rng, base) for base in bases]
    old = "\n\n".join(map(spell, bases))
    new = "\n\n".join(spell(applied(b, (e,))) for b, e in zip(bases, edits, strict=True))
    made = compare(old, new)
    rebuilt(old, new, made)
    real = sum(spell(b) != spell(applied(b, (e,))) for b, e in zip(bases, edits, strict=True))
    assert real <= len(made.changes) <= real * 1.06
    for change in made.changes:
        for text, spot in ((old, change.at_old), (new, change.at_new)):
            for at in {spot.start, spot.end} if spot.start < spot.end else ():
                assert not (text[at - 1 : at].isalnum() and text[at : at + 1].isalnum())


def test_a_moved_and_edited_paragraph_shows_its_edit_inside_the_move() -> None:
    rng = random.Random(5)
    paragraphs = [spell(paragraph(rng, 40)) for _ in range(12)]
    moved = paragraphs[2].replace(" ", " newly ", 1)
    new = [*paragraphs[:2], *paragraphs[3:9], moved, *paragraphs[9:]]
    made = compare("\n\n".join(paragraphs), "\n\n".join(new))
    assert [(move.scope, move.edited) for move in made.moves] == [("paragraph", True)]
    assert [(change.new.strip(), change.move) for change in made.changes] == [("newly", 1)]
    assert (made.tally.deleted_words, made.tally.inserted_words) == (0, 1)


def test_paragraphs_that_moved_together_are_one_move() -> None:
    rng = random.Random(6)
    paragraphs = [spell(paragraph(rng, 30)) for _ in range(12)]
    new = [*paragraphs[:1], *paragraphs[4:], *paragraphs[1:4]]
    made = compare("\n".join(paragraphs), "\n".join(new))
    assert [move.scope for move in made.moves] == ["block"]
    assert made.tally.substance == 0


def test_an_inserted_article_renumbers_and_changes_nothing_else() -> None:
    body = "The board keeps the register of vessels.\n\nArticle {}\n\nFees follow Article {} and the annex.\n"
    old = "Article 1\n\n" + body.format(2, 1)
    new = "Article 1\n\nA new text on pilots stands here.\n\nArticle 2\n\n" + body.format(3, 2)
    made = compare(old, new)
    rebuilt(old, new, made)
    assert [c.new.strip() for c in made.changes if c.substance and c.whole] == [
        "Article 1",
        "A new text on pilots stands here.",
    ]
    formal = [(c.aspect, c.old, c.new) for c in made.changes if not c.substance]
    assert formal == [
        (Aspect.NUMBERING, "Article 1", "Article 2"),
        (Aspect.NUMBERING, "Article 2", "Article 3"),
        (Aspect.REFERENCE, "1", "2"),
    ]


def test_a_paragraph_split_in_two_and_made_one_again() -> None:
    whole = "1. Every vessel is inspected once a year by the board. Its owner pays the costs of it in full."
    halves = (
        "1. Every vessel is inspected once a year by the board.\n2. Its owner pays the costs of it in full."
    )
    split, merged = compare(whole, halves), compare(halves, whole)
    assert [unit.fate for unit in split.units] == [Fate.SPLIT]
    assert [unit.fate for unit in merged.units] == [Fate.MERGED]
    assert split.tally.substance == merged.tally.substance == 0
    assert [change.aspect for change in split.changes] == [Aspect.PARAGRAPHS]


def test_a_sentence_that_moved_is_a_move_and_not_two_changes() -> None:
    first = "The carriers are heard before the spring session."
    second = "The board shall publish the table of fares every year."
    third = "Each region keeps its own register of pilots."
    made = compare(f"{first} {second} {third}", f"{second} {third} {first}")
    assert [move.scope for move in made.moves] == ["sentence"]
    assert made.tally.substance == 0
    edited = compare(f"{first} {second} {third}", f"{second} {third} {first.replace('spring', 'autumn')}")
    assert [(c.old, c.new, c.move) for c in edited.changes] == [("spring", "", 1), ("", "autumn", 1)]


def test_form_is_told_from_substance() -> None:
    old = "(a) the board’s café opens; it closes at 9, daily.\nThe end"
    new = "(b) The board's cafe\u0301 opens, it  closes at 9 daily.\nThe end\n"
    made = compare(old, new)
    assert not any(change.substance for change in made.changes)
    assert {change.aspect for change in made.changes} == {
        Aspect.NUMBERING,
        Aspect.CASE,
        Aspect.TYPOGRAPHY,
        Aspect.PUNCTUATION,
        Aspect.SPACE,
    }


def test_a_bracket_lifted_is_substance() -> None:
    made = compare("Parties [shall] publish tolls.", "Parties shall publish tolls.")
    assert [(c.aspect, c.substance, c.old) for c in made.changes] == [
        (Aspect.BRACKETS, True, "["),
        (Aspect.BRACKETS, True, "]"),
    ]


def test_lines_filled_anew_are_white_space() -> None:
    words = spell(paragraph(random.Random(8), 90))
    made = compare(textwrap.fill(words, 72), textwrap.fill(words, 60))
    assert {change.aspect for change in made.changes} == {Aspect.SPACE}


def test_a_rewritten_sentence_keeps_no_stray_words() -> None:
    made = compare(
        "The Parties agree that the fees of the harbours are to be lowered at the end of the year.",
        "The Parties agree that each carrier may, in the course of a season, ask for the table of tolls.",
    )
    assert len(made.changes) <= 2


def test_acts_are_told_where_the_caller_knows_them() -> None:
    old, new = (
        [Provision("Tolls rise.\n", "u1")],
        [Provision("Tolls fall.\n", "u1"), Provision("New.\n", "u2")],
    )
    authors = {("v2", "u1"): ["act-7"], ("v2", "u2"): ["act-9"]}
    made = compare(old, new, authors=authors, versions=("v1", "v2"))
    assert [(change.new.strip(), change.acts) for change in made.changes] == [
        ("fall", ("act-7",)),
        ("New.", ("act-9",)),
    ]


def test_two_long_drafts_that_share_nothing_are_compared_in_order() -> None:
    rng = random.Random(9)
    old, new = ("\n".join(spell(paragraph(rng, 40)) for _ in range(150)) for _ in range(2))
    made = compare(old, new)
    rebuilt(old, new, made)
    assert made.tally.moves == 0


def test_an_article_that_moved_takes_its_heading_and_edited_items_along() -> None:
    fees = "Article 2\nFees\nEach Party publishes its table of fees every year.\nThe Board advises.\n"
    fees += "Carriers are heard before a fee is raised, and their answers stand in the next table."
    safety = "Article {}\nSafety\nThe carriers shall ensure that:\n(a) every vessel is inspected {} a year;\n"
    safety += "(b) crews are trained and certified."
    old = f"{fees}\n{safety.format(3, 'once')}\n"
    new = f"{safety.format(2, 'twice')}\n{fees.replace('2', '3')}\n"
    made = compare(old, new)
    rebuilt(old, new, made)
    assert [(move.scope, move.edited) for move in made.moves] == [("block", True)]
    assert [(c.old, c.new) for c in made.changes if c.substance] == [("once", "twice")]
