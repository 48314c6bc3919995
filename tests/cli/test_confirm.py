"""`travaux confirm`: without a review, and through the review in a real terminal, key by key."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.cli.desk import PASSPHRASE, Desk
from travaux.acts.kinds import State
from travaux.register.measures import measures
from travaux.secretariat.door import Secretariat

OBSERVED = """\
name = "Ferry line"
kind = "observed"
origin = "ferry.example/line"
rules = "two-ministries"
[[party]]
id = "arvia"
name = "Arvia"
[[party]]
id = "tolia"
name = "Tolia"
[keeper]
id = "keeper"
name = "Research desk"
"""
TEXT = """Ferry talks in Velmar, 3 March 2031

President of Arvia Ona Tal met the President of Tolia Ed Rau in Velmar on Monday.

“If the fare list is ready, we are ready to sign the ferry agreement in April,” Ona Tal said.

According to Ed Rau, it is too early for night crossings.

The two sides agreed to publish the timetable by 1 May 2031.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path, tmp_path / "home")
    constitution = made.write("constitution.toml", OBSERVED)
    made.run("found", constitution, tmp_path / "ferry.travaux", "--rounds", "4")
    made.write("talks.txt", TEXT)
    return made


def log(desk: Desk) -> list[dict[str, object]]:
    found = json.loads(desk.run("log", desk.folder / "ferry.travaux", "--format", "json").stdout)
    acts = found if isinstance(found, list) else found["acts"]
    return [a for a in acts if isinstance(a, dict)]


def confirm(desk: Desk, *options: str, code: int = 0, document: str = "talks.txt"):  # type: ignore[no-untyped-def]
    return desk.run("confirm", desk.folder / "ferry.travaux", desk.folder / document, *options, code=code)


def test_all_is_recorded_once_and_the_document_is_a_source(desk: Desk) -> None:
    result = confirm(desk, "--all", "--publisher", "Press office")
    assert "acts recorded" in result.stderr
    assert result.stdout.count("\n") == int(result.stderr.split(" acts recorded")[0].split()[-1])
    before = len(log(desk))
    again = confirm(desk, "--all")
    assert "nothing to confirm" in again.stderr
    assert len(log(desk)) == before
    sources = desk.run("sources", "list", desk.folder / "ferry.travaux").stdout
    assert "Press office" in sources
    assert "unaltered" in desk.run("verify", desk.folder / "ferry.travaux").output.lower()


def test_what_is_not_accepted_is_proposed_again(desk: Desk) -> None:
    confirm(desk, "--accept", "q01")
    first = len(log(desk))
    confirm(desk, "--all")
    assert len(log(desk)) > first


def test_an_unknown_id_records_nothing_and_names_every_one(desk: Desk) -> None:
    before = len(log(desk))
    result = confirm(desk, "--accept", "q01,z08,z09", code=1)
    assert [f"no proposal has the id {i}" in result.stderr for i in ("z08", "z09", "q01")] == [
        True,
        True,
        False,
    ]
    assert len(log(desk)) == before


def test_attached_words_show_and_without_words_only_their_hash_is_recorded(desk: Desk) -> None:
    confirm(desk, "--all", "--no-words")
    register = (desk.folder / "ferry.travaux").read_bytes()
    assert b"too early for night crossings" not in register
    desk.run("sources", "add", desk.folder / "ferry.travaux", desk.folder / "talks.txt")
    assert "too early for night crossings" in desk.run("log", desk.folder / "ferry.travaux").stdout.replace(
        "\n", " "
    )


def test_a_review_needs_a_terminal_and_says_so(desk: Desk) -> None:
    assert "--all" in confirm(desk, code=1).stderr
    confirm(desk, "--all", "--accept", "q01", code=2)


def test_a_document_without_a_date_is_refused_until_one_is_given(desk: Desk) -> None:
    desk.write("undated.txt", "Ona Tal said that Arvia will publish the fare list.\n")
    assert "--date" in confirm(desk, "--all", code=1, document="undated.txt").stderr
    confirm(desk, "--all", "--date", "2031-03-05", document="undated.txt")


def test_a_corrected_edition_says_what_changed_and_proposes_only_that(desk: Desk) -> None:
    confirm(desk, "--all", "--attach")
    before = len(log(desk))
    desk.write("talks-2.txt", TEXT.replace("by 1 May 2031", "by 1 June 2031"))
    result = confirm(desk, "--all", document="talks-2.txt")
    assert "is another edition of the source" in result.stderr
    assert "by 1 May 2031.” → “" in result.stderr
    assert "its words are no longer there" in result.stderr
    added = len(log(desk)) - before
    assert 0 < added < before / 2


def test_a_name_that_looks_known_is_told_and_not_merged(desk: Desk) -> None:
    confirm(desk, "--all")
    desk.write(
        "later.txt",
        TEXT.replace("Ona Tal", "O. Tal").replace("3 March", "4 March").replace("Monday", "4 March"),
    )
    result = confirm(desk, "--all", document="later.txt")
    assert "“O. Tal” looks like" in result.stderr or "looks like “Ona Tal”" in result.stderr


# --- the review in a terminal ----------------------------------------------------------------------------


class Terminal:
    """`travaux confirm` under a pseudo-terminal."""

    def __init__(self, desk: Desk, *options: str, editor: str = "true", document: str = "talks.txt") -> None:
        env = {
            **os.environ, "TRAVAUX_HOME": str(desk.home), "TRAVAUX_PASSPHRASE": PASSPHRASE, "TERM": "xterm",
            "EDITOR": editor, "VISUAL": editor, "COLUMNS": "100", "LINES": "40",
        }  # fmt: skip
        code = "from travaux.cli import main; main()"
        arguments = [
            "-c",
            code,
            "confirm",
            str(desk.folder / "ferry.travaux"),
            str(desk.folder / document),
            *options,
        ]
        self.child = pexpect.spawn(
            sys.executable, arguments, env=env, encoding="utf-8", timeout=20, dimensions=(40, 100)
        )

    def see(self, pattern: str) -> str:
        """Wait for a pattern; what was shown up to it, without colours."""
        self.child.expect(pattern)
        shown = (self.child.before or "") + str(self.child.after)
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)

    def key(self, key: str) -> None:
        self.child.send(key)

    def end(self) -> str:
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.exitstatus == 0, self.child.before
        return str(self.child.before)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for one in opened:
        one.child.close(force=True)


def test_accept_reject_undo_and_resume(desk: Desk, terminals: list[Terminal]) -> None:
    terminal = Terminal(desk)
    terminals.append(terminal)
    assert "Would be recorded" in terminal.see("leave")
    terminal.key("r")
    terminal.see("Why not")
    terminal.key("not a meeting\r")
    terminal.see("1 rejected")
    terminal.see("leave")
    terminal.key("a")
    terminal.see("1 accepted")
    terminal.see("leave")
    terminal.key("z")
    terminal.see("2 of")
    terminal.see("leave")
    terminal.key("q")
    assert "goes on from here" in terminal.end()
    kept = next((desk.home / "reviews").rglob("*.json"))
    assert "not a meeting" in kept.read_text(encoding="utf-8")
    before = len(log(desk))

    again = Terminal(desk)
    terminals.append(again)
    assert "1 rejected" in again.see("leave")
    again.key("A")
    again.see("Accept the")
    again.key("y\r")
    again.see("Record")
    again.key("y")
    assert "acts recorded" in again.end()
    assert len(log(desk)) > before
    assert '"rejected"' in kept.read_text(encoding="utf-8")
    assert "rejected earlier are left out" in confirm(desk, "--all").stderr
    assert "acts recorded" in confirm(desk, "--all", "--again").stderr


def test_why_and_help_and_an_edit_that_breaks_an_anchor(desk: Desk, terminals: list[Terminal]) -> None:
    terminal = Terminal(desk, editor="sed -i 's/start: [0-9]*/start: 1/'")
    terminals.append(terminal)
    terminal.see("leave")
    terminal.key("x")
    assert "Rule" in terminal.see("Press any key")
    terminal.key(" ")
    terminal.see("leave")
    terminal.key("?")
    assert "reason" in terminal.see("Press any key")
    terminal.key(" ")
    terminal.see("leave")
    terminal.key("e")
    assert "edited acts:" in terminal.see("q to leave it")
    terminal.key("q")
    assert "accepted" not in terminal.see("leave")
    terminal.key("q")
    terminal.end()


def test_an_edited_act_is_what_is_recorded(desk: Desk, terminals: list[Terminal]) -> None:
    terminal = Terminal(desk, editor="sed -i '$ a note: checked by hand'")
    terminals.append(terminal)
    terminal.see("leave")
    terminal.key("e")
    terminal.see("1 accepted")
    terminal.see("leave")
    terminal.key("A")
    terminal.see("Accept the")
    terminal.key("y\r")
    terminal.see("Record")
    terminal.key("y")
    terminal.end()
    assert b"checked by hand" in (desk.folder / "ferry.travaux").read_bytes()


def test_a_known_person_is_taken_with_one_key(desk: Desk, terminals: list[Terminal]) -> None:
    confirm(desk, "--all")
    desk.write(
        "later.txt", "Velmar, 5 March 2031\n\nPresident of Arvia O. Tal said that the fares will rise.\n"
    )
    terminal = Terminal(desk, document="later.txt")
    terminals.append(terminal)
    assert "looks like" in terminal.see("leave")
    terminal.key("1")
    shown = terminal.see("leave")
    assert "looks like" not in shown and "new in this register" not in shown
    terminal.key("q")
    terminal.end()


def test_in_a_working_register_it_is_what_a_source_says_signed_by_the_one_who_confirms(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, tmp_path / "home")
    parties = OBSERVED.replace('"observed"', '"working"').replace("[[party]]", "quorum = 2\n[[party]]", 1)
    desk.run("found", desk.write("c.toml", parties), tmp_path / "ferry.travaux", "--rounds", "4")
    desk.write("talks.txt", TEXT)
    assert "--by" in confirm(desk, "--all", code=1).stderr
    result = confirm(desk, "--all", "--by", "arvia/delegation")
    assert "signed by arvia/delegation" in result.stderr
    shown = desk.run("brief", tmp_path / "ferry.travaux", "--as-of", "2031-04-01").stdout
    assert "timetable" in shown
    assert "unaltered" in desk.run("verify", tmp_path / "ferry.travaux").output.lower()


def test_a_word_on_a_known_promise_is_offered_as_one(desk: Desk, terminals: list[Terminal]) -> None:
    confirm(desk, "--all")
    words = "President of Arvia Ona Tal said that the timetable has not yet been published."
    desk.write("later.txt", f"Velmar, 5 May 2031\n\n{words}\n")
    terminal = Terminal(desk, document="later.txt")
    terminals.append(terminal)
    assert "on a promise" in terminal.see("leave")
    terminal.key("1")
    terminal.see("Record")
    terminal.key("y")
    terminal.end()
    office = Secretariat.open(desk.folder / "ferry.travaux")
    assert isinstance(office, Secretariat)
    with office:
        (promise,) = [m for m in measures(office.as_of()) if "timetable" in m.what]
        told = [e.act for owed in promise.owed for e in owed.words]
    assert [a.person for a in told if isinstance(a, State)] == ["ona-tal"]


def test_an_unknown_proposal_is_named_also_where_nothing_is_left(desk: Desk) -> None:
    register, talks = desk.folder / "ferry.travaux", desk.folder / "talks.txt"
    assert " zz;" in desk.run("confirm", register, talks, "--accept", "zz", code=1).stderr
    ids = desk.run("confirm", register, talks, "--all").stdout.split()
    assert ids
    assert {len(i) for i in ids} == {12}
    assert " zz;" in desk.run("confirm", register, talks, "--accept", "zz", code=1).stderr
    desk.run("confirm", register, talks, "--all")
