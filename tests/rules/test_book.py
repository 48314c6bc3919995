"""Rulebooks: what is read, and every fault of one, with its place."""

from __future__ import annotations

import pytest

from tests.register.registers import FOUND, act
from tests.rules.stage import book, faults, ready_book
from travaux.acts.fault import Refused
from travaux.acts.kinds import Found
from travaux.rules.book import Rulebook, misfits
from travaux.rules.ready import READY, ready
from travaux.rules.rule import Rule
from travaux.rules.validate import parts_of

GOOD = """
title = "Test"
zone = "Europe/Minsk"
[sources.statute]
title = "Statute"
[[level]]
id = "board"
names = { en = "Board", ru = "Совет" }
above = "council"
source = "statute"
decides = { is = "consensus" }
[[level]]
id = "council"
names = { en = "Council" }
members = ["arvia", "tolia"]
decides = { is = "unanimity" }
"""


def test_a_rulebook_is_read() -> None:
    made = book(GOOD)
    assert [level.id for level in made.levels] == ["board", "council"]
    assert made.entry == "board"
    assert made.upward("board") == ("board", "council")
    assert (made.rank("council"), made.rank("summit")) == (1, -1)
    assert (made.name("board", "ru"), made.name("council", "ru"), made.name("x")) == ("Совет", "Council", "")


TABLE = """
[[table]]
id = "people"
since = 2031-01-01
unit = "per cent"
[table.weights]
arvia = 60
tolia = 40
"""
WEIGHED = 'decides = { is = "double_majority", table = "people" }'


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('title = "Test"', "title = ", "rules rules.toml"),
        ('title = "Test"', 'title = ""', "rules: $.title act.empty"),
        ('title = "Test"', "", "rules: $ act.missing_field"),
        ('title = "Test"', 'title = "T"\ncolour = 3', "rules: $ act.unknown_field"),
        ("Europe/Minsk", "Europe/Nowhere", "rules: $.zone rules.zone"),
        ("Europe/Minsk", "../etc/passwd", "rules: $.zone rules.zone"),
        ('above = "council"', 'above = "senate"', "rules: $.level[0].above rules.unknown_level"),
        ('above = "council"', 'above = "board"', "rules: $.level[0].above rules.level_order"),
        ('above = "council"\n', "", "rules: $.level[1].id rules.unreachable"),
        ('above = "council"', 'apart = true\nabove = "council"', "rules: $.level[0].above rules.apart_above"),
        ('id = "council"', 'id = "board"', "rules: $.level[1].id rules.level_twice"),
        ('zone = "Europe/Minsk"', 'entry = ["senate"]', "rules: $.entry[0] rules.unknown_level"),
        ('names = { en = "Council" }', "names = {}", "rules: $.level[1].names rules.no_name"),
        ('members = ["arvia", "tolia"]', 'members = "everybody"', "rules: $.level[1].members rules.members"),
        ('"arvia", "tolia"', '"arvia", "arvia"', "rules: $.level[1].members rules.member_twice"),
        ('source = "statute"', 'source = "law"', "rules: $.level[0].source rules.unknown_source"),
        ('"unanimity"', '"unanimity", source = "x"', "rules: $.level[1].decides.source rules.unknown_source"),
        ('"unanimity"', '"majority", share = "3/2"', "rules: $.level[1].decides.share rules.threshold"),
        ('"unanimity"', '"majority", share = "0"', "rules: $.level[1].decides.share rules.threshold"),
        ('"unanimity"', '"majority", share = ">100%"', "rules: $.level[1].decides.share rules.threshold"),
        ('"unanimity"', '"majority", share = "3"', "rules: $.level[1].decides.share rules.threshold"),
        ('"unanimity"', '"majority", share = "most"', "rules: $.level[1].decides.share act.value"),
        ('"unanimity"', '"majority", share = "1/0"', "rules: $.level[1].decides.share act.value"),
        ('"unanimity"', '"willing", least = 3', "rules: $.level[1].decides rules.threshold"),
        ('"unanimity"', '"magic"', "rules: $.level[1].decides.is act.value"),
        (
            '"unanimity"',
            '"silence", breakers = ["nuria"]',
            "rules: $.level[1].decides.breakers[0] rules.breaker",
        ),
        ('decides = { is = "unanimity" }', WEIGHED, "rules: $.level[1].decides.table rules.unknown_table"),
    ],
)
def test_every_fault_has_its_place(old: str, new: str, wanted: str) -> None:
    assert GOOD.count(old) == 1
    found = faults(GOOD.replace(old, new))
    assert wanted in found, found


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ('unit = "per cent"', 'unit = "x"\ntotal = 101', "rules: $.table[0].total rules.table_total"),
        ("tolia = 40", "nuria = 40", "rules: $.level[1].decides.table rules.weight_missing"),
        ('unit = "per cent"', 'unit = "x"\nsource = "law"', "rules: $.table[0].source rules.unknown_source"),
        ("[[table]]", TABLE + "[[table]]", "rules: $.table[1].since rules.table_twice"),
    ],
)
def test_weights_that_do_not_add_up_or_are_missing(old: str, new: str, wanted: str) -> None:
    text = GOOD.replace('decides = { is = "unanimity" }', WEIGHED) + TABLE
    assert faults(text) == []
    assert wanted in faults(text.replace(old, new, 1))


def test_rounding_is_stated_and_no_more() -> None:
    text = GOOD.replace('decides = { is = "unanimity" }', WEIGHED) + TABLE
    more = 'unit = "x"\ntotal = 100\nrounding = R'
    rounded = text.replace("tolia = 40", "tolia = 40.2").replace('unit = "per cent"', more)
    assert faults(rounded.replace("R", "0.2", 1)) == []
    assert faults(rounded.replace("R", "0.1", 1)) == ["rules: $.table[0].total rules.table_total"]


def test_two_ways_of_deciding_have_two_names() -> None:
    way = '{ name = "x", rule = { is = "consensus" } }'
    rule = f'{{ is = "decide_how", otherwise = {{ is = "consensus" }}, ways = [{way}, {way}] }}'
    assert faults(GOOD.replace('{ is = "unanimity" }', rule)) == [
        "rules: $.level[1].decides.ways rules.way_twice"
    ]


def test_all_faults_are_told_at_once_and_hostile_files_are_refused() -> None:
    assert len(faults(GOOD.replace("Europe/Minsk", "x").replace('source = "statute"', 'source = "y"'))) == 2
    for data in (b"", b"\xff\xfe", b"\0" * 100, b"a = " + b"[" * 20_000, b"x" * 100_000):
        found = Rulebook.parse(data, "rules")
        assert isinstance(found, Refused)
        assert all(f.line() for f in found.faults)
    deep = '{ is = "all_of", rules = [' * 400 + '{ is = "consensus" }' + "] }" * 400
    assert isinstance(
        Rulebook.parse(GOOD.replace('{ is = "unanimity" }', deep).encode(), "r"), Refused | Rulebook
    )


def test_members_that_are_no_parties_do_not_fit() -> None:
    founding = act("found", **FOUND)
    assert isinstance(founding, Found)
    assert misfits(book(GOOD), founding) == ()
    wrong = misfits(book(GOOD.replace('"tolia"', '"nuria"')), founding)
    assert [(str(f.place), f.code) for f in wrong] == [("$.level[1].members", "rules.unknown_member")]


@pytest.mark.parametrize("name", READY)
def test_the_ready_rulebooks_serve_any_parties_and_cite_their_sources(name: str) -> None:
    made = ready_book(name)
    founding = act("found", **FOUND)
    assert isinstance(founding, Found)
    assert misfits(made, founding) == ()
    assert all(made.article(level.source) for level in made.levels)
    assert all(made.name(level.id, lang) for level in made.levels for lang in ("en", "ru", "be"))
    assert ready("no-such-book") is None


def test_what_no_source_confirmed_is_marked_in_the_data() -> None:
    eu = ready_book("eu-council")
    doubtful = {key for key, article in eu.sources.items() if article.unverified}
    assert doubtful == {"tfeu-239", "practice"}
    rules = [r for level in eu.levels for r in _all(level.decides)]
    assert any(r.unverified for r in rules)


def _all(rule: Rule) -> list[Rule]:
    return [rule, *(r for _, part in parts_of(rule) for r in _all(part))]
