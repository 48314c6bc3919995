"""Law 3 with sealed acts: what was shown at a size is shown of it ever after, and on every mirror."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.cli.desk import PASSPHRASE, Desk
from travaux.acts.fault import Refused
from travaux.acts.vocabulary import kind_of
from travaux.examples import MINISTRIES, acts, folder
from travaux.formats.acts import Written, read_acts
from travaux.register.delivered import delivery
from travaux.register.wording import rolling
from travaux.secretariat.disclosing import disclose
from travaux.secretariat.door import Secretariat
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.showing import brief_of, level_names
from travaux.secretariat.submitting import Submission, submit
from travaux.secretariat.unsealing import NEVER
from travaux.views.log import log
from travaux.views.page import to_json
from travaux.views.wording import wording

DAY, BEFORE = date(2026, 11, 25), date(2026, 6, 1)
READERS = ("public", "arvia", "tolia")
Shown = tuple[Any, ...]


def shown(office: Secretariat, size: int | None, reader: str) -> Shown:
    """What a reader sees at a size: brief, log, text, delivery, the acts that stand."""
    asof, then = office.as_of(None, size, reader), office.as_of(DAY, size, reader)
    w = wording(asof, "en", office.words, level_names(office))
    return (
        to_json(brief_of(office, DAY, size, compare=BEFORE, for_=reader)),
        [(one.id, one.sentence) for one in log(w)],
        repr(rolling(asof, "crossings-programme")),
        repr(delivery(then, DAY).measures),
        [(e.id, kind_of(e.act)) for e in asof.every()],
        [kind_of(e.act) for one in asof.recorded_acts() if (e := asof.act(one.id))],
    )


def said(office: Secretariat, one: Written, number: int, keys: Keyring) -> list[tuple[int, Shown]]:
    """Seal an act where it may be, then disclose it, every third time to the parties only.

    Every third time what all readers see is looked at after each.
    """
    seal = kind_of(one.act) not in NEVER and not one.signer.endswith("keeper")
    submission = Submission(one.act, one.signer, one.audience, one.with_)
    done = submit(office, [replace(submission, sealed="parties") if seal else submission], keys)
    if isinstance(done, Refused):
        return []  # it names an act of the example by its label
    states = [seen(office)] if number % 3 == 1 else []
    if seal:
        to = "public" if number % 3 else "parties"
        assert not isinstance(disclose(office, done[0].id, 0, to, one.signer, keys), Refused)
        states += [seen(office)] if number % 3 < 2 else []
    return states


def seen(office: Secretariat) -> tuple[int, Shown]:
    """The size of the log now, and what each reader sees."""
    return office.log.size, tuple(shown(office, None, r) for r in READERS)


def test_a_disclosure_changes_no_earlier_state_here_or_on_a_mirror(tmp_path: Path) -> None:
    desk = Desk(tmp_path, tmp_path / "home")
    register = desk.found(constitution=(folder(MINISTRIES) / "constitution.toml").read_text("utf-8"))
    office = Secretariat.open(register, write=True)
    assert isinstance(office, Secretariat)
    states: list[tuple[int, Shown]] = []
    with office:
        keys = Keyring(Home(desk.home), office.log.origin, lambda _: PASSPHRASE.encode())
        for file in acts(MINISTRIES):
            written = read_acts(file.read_bytes())
            for number, one in enumerate(() if isinstance(written, Refused) else written):
                states += said(office, one, number, keys)
        assert len(states) > 40
        assert len(office.procedure.disclosed) > 40
        for size, state in reversed(states):
            assert tuple(shown(office, size, r) for r in READERS) == state
    export = tmp_path / "export"
    desk.run("export", str(register), str(export), "--for", "arvia")
    desk.run("mirror", str(export), str(tmp_path / "mirror.travaux"))
    with Secretariat.open(tmp_path / "mirror.travaux") as mirror:  # type: ignore[union-attr]
        for size, state in states[::5]:
            assert tuple(shown(mirror, size, r) for r in READERS[:2]) == state[:2]
