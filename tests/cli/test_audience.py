"""Law 10: what the public may not see changes no byte of anything it gets.

Two registers hold the same public acts; the second holds a whole negotiation for the parties beside them: the
same acts about other things, each with a word that stands nowhere else, and some of them sealed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.cli.desk import PASSPHRASE, Desk
from travaux.acts.fault import Refused
from travaux.examples import MINISTRIES, acts, folder
from travaux.formats.acts import Aside, Written, parse_acts, read_acts, render_acts
from travaux.secretariat.disclosing import disclose
from travaux.secretariat.door import Secretariat
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.submitting import Submission, submit

CANARY = "kanarek"
DAY = ("--as-of", "2026-11-25")
PROGRAMME = "crossings-programme"
THINGS = (
    "crossings-programme", "commission-june", "experts-april", "night-crossings", "harbour-dues",
    "office-rules", "price-list", "night-watch", "joint-tickets", "channel-lights",
    "second-ferry", "ferry-museum", "timetable-notice", "watch-kept", "more-time",
)  # fmt: skip
_VKEY = re.compile(r"[a-z0-9./-]+\+[0-9a-f]{8}(?:\+[A-Za-z0-9+/=]{44,})?")
_WORDS = re.compile(
    r"^( *(?:- )?(?:what|words|title|note|why|stance|text|condition|outcome|matter|form): )(?=\w)",
    re.MULTILINE,
)
COMMANDS: tuple[tuple[str, ...], ...] = (
    *(("brief", *DAY, "--format", form) for form in ("text", "html", "json")),
    ("brief", *DAY, "--compare", "2026-06-01"),
    *(("text", PROGRAMME, *DAY, "--rendering", r) for r in ("bracketed", "attributed", "columns")),
    ("text", PROGRAMME, *DAY, "--rendering", "progress"),
    ("text", PROGRAMME, *DAY, "--format", "json"),
    *(("measures", *DAY, "--format", f) for f in ("table", "json", "csv", "ics", "atom", "iati", "svg")),
    *(("measures", *DAY, "--list", k) for k in ("moved", "disputed", "unreported", "waiting", "changes")),
    ("measures", *DAY, "--body", "working-group"),
    *(("log", "--format", form) for form in ("table", "json", "acts")),
    ("log", "--recorded-by", "2026-11-20"),
    ("search", "the"),
    ("search", "crossings", "--format", "json"),
    ("search", CANARY),
    ("sources", "list"),
    ("opening", "list"),
)  # fmt: skip


@dataclass
class Side:
    """One of the two registers, at a desk of its own; `hidden` acts of it are for the parties."""

    desk: Desk
    register: Path
    hidden: int

    def told(self, *command: str, reader: str = "") -> str:
        """What a command prints, with the ids of acts numbered in the order of the public's log."""
        words = 2 if command[0] in ("sources", "opening") else 1
        for_ = ("--for", reader) if reader else ()
        result = self.desk.run(*command[:words], str(self.register), *command[words:], *for_)
        text = _VKEY.sub("a-key", result.stdout + result.stderr)
        log = json.loads(self.desk.run("log", str(self.register), "--format", "json").stdout)
        short = {a["id"][:size]: n for n, a in enumerate(log) for size in (64, 12, 8)}
        return re.sub(r"[0-9a-f]{8,64}", lambda m: f"act-{short[m[0]]}" if m[0] in short else m[0], text)


def hidden_twins(public: list[Written]) -> Iterator[Written]:
    """The same acts about other things, for the parties: some sealed, some with a sealed note."""
    names = re.compile(rf"\b({'|'.join(THINGS)})\b")
    for number, one in enumerate(public):
        text = names.sub(r"\1-x", render_acts([replace(one, audience="parties")]))
        text = _WORDS.sub(rf"\1{CANARY} ", text)
        found = parse_acts(re.sub(r"(\{(?:en|ru): )", rf"\1{CANARY} ", text))
        if isinstance(found, Refused):
            continue
        twin = found[0]
        party = twin.signer.partition("/")[0]
        if number % 5 == 1:
            twin = replace(twin, sealed="parties")
        elif number % 5 == 2:
            twin = replace(twin, aside=Aside(f"{CANARY} aside of {party}", (party,)))
        yield twin


def _said(w: Written) -> Submission:
    return Submission(w.act, w.signer, w.audience, w.with_, label=w.label, sealed=w.sealed, aside=w.aside)


def _side(path: Path, hiding: bool) -> Side:
    path.mkdir()
    desk = Desk(path, path / "home")
    constitution = (folder(MINISTRIES) / "constitution.toml").read_text(encoding="utf-8")
    register, hidden = desk.found(constitution=constitution), 0
    office = Secretariat.open(register, write=True)
    assert isinstance(office, Secretariat)
    with office:
        keys = Keyring(Home(desk.home), office.log.origin, lambda _: PASSPHRASE.encode())
        for file in acts(MINISTRIES):
            public = read_acts(file.read_bytes())
            assert not isinstance(public, Refused)
            done = submit(office, [_said(w) for w in public], keys)
            assert not isinstance(done, Refused), [f.line() for f in done.faults]
            for twin in hidden_twins(list(public)) if hiding else ():
                hidden += not isinstance(submit(office, [_said(twin)], keys), Refused)
        sealed = [e for e in office.procedure.sealed.values() if e.kind == "sealed"]
        for entry in sealed[::2]:
            opened = disclose(office, entry.id, 0, "parties", entry.by, keys)
            assert not isinstance(opened, Refused), opened
    return Side(desk, register, hidden)


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Side, Side]:
    path = tmp_path_factory.mktemp("audience")
    return _side(path / "plain", hiding=False), _side(path / "mixed", hiding=True)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_public_gets_the_same_bytes_whether_or_not_there_is_more(
    sides: tuple[Side, Side], command: tuple[str, ...]
) -> None:
    plain, mixed = sides
    assert mixed.hidden >= 30
    told = mixed.told(*command)
    assert told == plain.told(*command)
    assert CANARY not in told.replace(" ".join(command), "")


def test_the_parties_see_what_the_public_does_not(sides: tuple[Side, Side]) -> None:
    _, mixed = sides
    for command in (
        ("brief", *DAY),
        ("log",),
        ("measures", *DAY),
        ("search", CANARY),
        ("opening", "list", "--format", "json"),
    ):
        assert CANARY in mixed.told(*command, reader="tolia"), command
    for own, other in (("arvia", "tolia"), ("tolia", "arvia")):
        told = mixed.told("log", reader=own)
        assert f"{CANARY} aside of {own}" in told
        assert f"{CANARY} aside of {other}" not in told


def test_no_file_of_a_public_export_holds_a_word_of_it(sides: tuple[Side, Side]) -> None:
    _, mixed = sides
    target = mixed.desk.folder / "export"
    mixed.desk.run("export", str(mixed.register), str(target))
    held = b"".join(f.read_bytes() for f in target.rglob("*") if f.is_file())
    assert CANARY.encode() not in held
    assert mixed.desk.run("verify", str(target)).exit_code == 0
