"""The laws of compiling: exact, shared words once, blind to order and names, bounded."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.generator import case, oracle
from travaux.acts.fault import Refused
from travaux.text.compile import Compiled, compile, named  # noqa: A004
from travaux.text.model import Bracket, Run, Text, brackets
from travaux.text.resolve import resolve

PIECES = st.sampled_from(
    [
        "shall ",
        "should ",
        "the ",
        "The ",
        "fares",
        " ",
        "\n",
        "\n\n",
        "\u00a0",
        "é",
        "e\u0301",
        "(a) ",
        "; ",
        ". ",
        "中",
        "文",
        "กา",
        "\ud800",
        "\0",
        "\u202e",
        "1.5 ",
        "’",
        "'",
        "[",
        "]",
        "|",
        "\\",
        "👨‍👩",
        "مرحبا ",
        "3 bis ",
    ]
)
WORDINGS = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=12), st.just(""))
NAMES = st.sampled_from(["Arvia", "Tolia", "Nuria", "Kesh", "U (K)", "a, b", "", "all others", "[x]", 'q"'])
VERSIONS = st.dictionaries(NAMES, WORDINGS, min_size=1)


def printed(text: Text) -> str:
    return "".join(
        p.text if isinstance(p, Run) else "".join(f"[{printed(o.text)}]" for o in p.options) for p in text
    )


def shape(made: Compiled) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    return [(b.id, tuple(o.parties for o in b.options)) for b in brackets(made.text)]


@settings(max_examples=400, deadline=None)
@given(VERSIONS)
def test_every_party_gets_its_own_wording_back_character_for_character(versions: dict[str, str]) -> None:
    made = compile(versions)
    assert {party: resolve(made, party) for party in versions} == versions


@settings(max_examples=150, deadline=None)
@given(VERSIONS, st.randoms(use_true_random=False))
def test_the_order_of_parties_changes_nothing(versions: dict[str, str], rng: random.Random) -> None:
    items = list(versions.items())
    rng.shuffle(items)
    assert compile(dict(items)) == compile(versions)


def test_names_of_parties_change_names_only() -> None:
    versions = case(random.Random(5), 12).versions
    renamed = {f"Z{99 - int(name[1:])}": text for name, text in versions.items()}
    assert printed(compile(renamed).text) == printed(compile(versions).text)


@settings(max_examples=200, deadline=None)
@given(VERSIONS)
def test_options_of_a_bracket_share_out_exactly_the_parties_around_it(versions: dict[str, str]) -> None:
    levels = [(compile(versions).text, sorted(versions))]
    while levels:
        text, parties = levels.pop()
        for piece in text:
            if isinstance(piece, Bracket):
                assert sorted(p for o in piece.options for p in o.parties) == parties
                assert len({printed(o.text) for o in piece.options}) == len(piece.options) > 1
                levels += [(option.text, sorted(option.parties)) for option in piece.options]


def test_no_bracket_where_all_wordings_are_the_same() -> None:
    made = compile({"Arvia": "Fares [fall].", "Tolia": "Fares [fall]."})
    assert made.text == (Run("Fares [fall]."),)


def test_typography_opens_no_bracket_and_is_kept() -> None:
    versions = {
        "Arvia": "the board’s café fund",
        "Tolia": "the board's cafe\u0301\u00a0fund",
        "Nuria": "the board’s café fund\n",
    }
    made = compile(versions)
    assert made.counts.sites == 0
    assert {p: resolve(made, p) for p in versions} == versions


def test_a_new_item_does_not_bracket_the_labels_after_it() -> None:
    made = compile(
        {
            "Arvia": "The board shall: (a) publish tolls; (b) fund cranes; and (c) seal depots.",
            "Tolia": "The board shall: (a) publish tolls; (b) inspect every vessel; "
            "(c) fund cranes; and (d) seal depots.",
        }
    )
    assert made.counts.sites == 1
    assert made.counts.contested_words == 3


def test_a_capital_moved_off_the_start_of_a_sentence_is_no_dispute() -> None:
    made = compile({"Arvia": "The board meets.", "Tolia": "As a rule, the board meets."})
    assert [b.options[-1].text for b in brackets(made.text)] == [()]
    assert made.counts.contested_words == 3


def test_no_dispute_reaches_beyond_what_a_clerk_would_print() -> None:
    cases = [case(random.Random(seed), 20) for seed in range(40)]
    ours = sum(compile(made.versions).counts.contested_words for made in cases)
    assert ours <= 1.2 * sum(oracle(made)[1] for made in cases)


def test_a_larger_alpha_never_gives_more_brackets() -> None:
    for seed in range(10):
        versions = case(random.Random(seed), 8).versions
        sites = [compile(versions, alpha=a).counts.sites for a in (0.5, 1.5, 3.0, 6.0)]
        assert sites == sorted(sites, reverse=True)


def test_two_wordings_under_one_name_are_refused() -> None:
    found = named([("Arvia", "x"), ("Arvia", "y")])
    assert isinstance(found, Refused) and found.faults[0].code == "text.party_twice"


def test_a_party_without_a_wording_is_refused_and_never_empty() -> None:
    found = resolve(compile({"Arvia": "x"}), "Tolia")
    assert isinstance(found, Refused) and "Tolia" in found.faults[0].sentence()
