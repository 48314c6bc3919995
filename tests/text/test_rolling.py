"""Units in order, with labels that follow from it, and ids carried from text to text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from travaux.text.carry import carry
from travaux.text.model import Bracket, Option, Position, Run, Text, brackets
from travaux.text.paths import mapped, moved, plain, token_starts
from travaux.text.rolling import Provision, Rolling, Spot


def rolling(*units: tuple[str, Spot | None, bool]) -> Rolling:
    return Rolling("x", {name: Provision(name, "act", spot, inserted) for name, spot, inserted in units})


def labels(made: Rolling) -> list[tuple[str, str]]:
    return list(made.labelled())


def test_units_without_a_place_come_one_after_the_other() -> None:
    assert labels(rolling(("a", None, False), ("b", None, False))) == [("a", "1"), ("b", "2")]


def test_inserted_units_take_the_number_before_them_and_change_no_other() -> None:
    after = Spot("", "a")
    made = rolling(
        ("a", None, False),
        ("b", None, False),
        ("x", after, True),
        ("y", after, True),
        ("z", Spot("", ""), True),
    )
    assert labels(made) == [("z", "0 bis"), ("a", "1"), ("x", "1 bis"), ("y", "1 ter"), ("b", "2")]


def test_more_units_are_inserted_than_latin_counts() -> None:
    many = [(f"x{n}", Spot("", "a"), True) for n in range(12)]
    told = labels(rolling(("a", None, False), *many))
    assert told[9] == ("x8", "1 decies")
    assert told[-1] == ("x11", "1 (12)")


def test_units_under_units_are_numbered_there() -> None:
    made = rolling(
        ("c", Spot("b", ""), False), ("a", None, False), ("b", None, False), ("d", Spot("b", "c"), True)
    )
    assert labels(made) == [("a", "1"), ("b", "2"), ("c", "2.1"), ("d", "2.1 bis")]
    assert [u.id for u in made.units()[1].units] == ["c", "d"]


def test_a_place_that_is_not_there_or_goes_in_a_circle_is_the_end() -> None:
    made = rolling(("a", None, False), ("b", Spot("", "gone"), False), ("c", Spot("gone", ""), False))
    assert [unit for unit, _ in labels(made)] == ["a", "b", "c"]
    made = rolling(("a", Spot("b", ""), False), ("b", Spot("a", ""), False), ("c", None, False))
    assert sorted(unit for unit, _ in labels(made)) == ["a", "b", "c"]


@given(st.permutations(["a", "b", "c", "d"]), st.data())
def test_every_unit_has_one_place_whatever_the_places_say(names: list[str], data: st.DataObject) -> None:
    spot = st.none() | st.builds(Spot, st.sampled_from(["", *names]), st.sampled_from(["", *names]))
    made = rolling(*((name, data.draw(spot), data.draw(st.booleans())) for name in names))
    assert sorted(unit for unit, _ in labels(made)) == sorted(names)


def bracket(name: str, **options: str | Text) -> Bracket:
    made = [
        Option((Run(text),) if isinstance(text, str) and text else text or (), (Position(party),))  # type: ignore[arg-type]
        for party, text in options.items()
    ]
    return Bracket(name, tuple(made))


def test_a_bracket_that_covers_the_same_tokens_is_the_same_bracket() -> None:
    old: Text = (Run("We "), bracket("old", a="shall", b="should"), Run(" meet."))
    new: Text = (Run("We "), bracket("x", a="shall", b="should", c="may"), Run(" meet."))
    made = carry(old, new, [("a", None), ("b", None)], lambda raw: f"new {raw}")
    assert [b.id for b in brackets(made.text)] == ["old"]
    assert made.heirs == {"old": ("old",)}


def test_a_bracket_that_another_swallows_leads_to_it_and_a_new_one_is_named_anew() -> None:
    old: Text = (Run("We "), bracket("old", a="shall", b="should"), Run(" meet often and early and in May."))
    new: Text = (
        bracket("x", a="We shall meet often and early and in", b="We should meet late or never in"),
        Run(" May."),
    )
    made = carry(old, new, [("a", None)], lambda raw: f"new {raw}")
    assert made.heirs == {"old": ("new x",)}
    new = (*old, bracket("y", a=" Or so.", b=""))
    made = carry(old, new, [("a", None), ("b", None)], lambda raw: f"new {raw}")
    assert [b.id for b in brackets(made.text)] == ["old", "new y"]


def test_a_new_id_that_is_taken_is_numbered() -> None:
    old: Text = (Run("We "), bracket("old", a="shall", b="should"), Run(" meet."))
    new: Text = (*old, bracket("y", a=" Or so.", b=""), bracket("z", a=" Now.", b=""))
    made = carry(old, new, [("a", None), ("b", None)], lambda _: "old")
    assert [b.id for b in brackets(made.text)] == ["old", "old-2", "old-3"]


def test_spans_follow_their_tokens() -> None:
    old, new = "The parties shall meet every spring.", "In May the parties shall now meet every autumn."
    assert moved(old, new, ((1, 4),)) == ((3, 5), (6, 7))
    assert moved(old, "Nothing.", ((1, 4),)) == ()
    place = mapped(old, new)
    assert [place(n) for n in (0, 1, 3, 4)] == [0, 3, 5, 7]


@given(st.text(max_size=40))
def test_every_token_begins_where_it_stands(text: str) -> None:
    starts = token_starts(text)
    assert list(starts) == sorted(set(starts))
    assert all(0 <= s < len(text) for s in starts)


def test_an_option_is_told_with_its_inner_brackets_marked() -> None:
    inner = bracket("i", a="early", b="late", c="")
    assert plain(Option((Run(" we meet "), inner, Run(" ")))) == "we meet [early][late]"
