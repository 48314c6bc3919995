"""Both example registers, built once for all tests of this folder, with cheap keys in a home of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from travaux.acts.base import Act
from travaux.acts.basis import Anchored
from travaux.acts.fault import Place, Refused
from travaux.examples import acts, folder
from travaux.formats.acts import Written, parse_acts
from travaux.record.receipt import Receipt
from travaux.register.sources import bases
from travaux.secretariat.constitution import read_constitution
from travaux.secretariat.door import Secretariat
from travaux.secretariat.founding import found, rules_of
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.showing import brief_of
from travaux.secretariat.submitting import Submission, sole_signer, submit
from travaux.views.plain import plain

T = TypeVar("T")
SOURCE = "communiques/moscow-2021-09-09.txt"
GOLD = "communiques/moscow-2021-09-09.gold.json"


def good(result: T | Refused) -> T:
    """The result; a refusal fails the test with its faults."""
    assert not isinstance(result, Refused), [f.line() for f in result.faults]
    return result


@dataclass(frozen=True)
class Built:
    """One register built from its example."""

    path: Path
    home: Home
    keyring: Keyring

    def submit(self, file: Path) -> list[Receipt] | Refused:
        """Submit the acts of one file, as ``travaux act`` does."""
        said = [_submission(w, file, self.keyring) for w in written(file)]
        with good(Secretariat.open(self.path, write=True)) as office:
            return submit(office, said, self.keyring)

    def brief(self, on: str, compare: str | None = None) -> str:
        """The brief as plain text, as of a day."""
        with good(Secretariat.open(self.path)) as office:
            then = date.fromisoformat(compare) if compare else None
            return "\n".join(plain(brief_of(office, date.fromisoformat(on), compare=then), 10_000))

    def acts(self) -> list[Act]:
        """Every act, as recorded."""
        with good(Secretariat.open(self.path)) as office:
            return [e.act for e in office.register.as_of().recorded_acts()]


def build(example: str, at: Path, files: list[Path] | None = None) -> Built:
    """Found the register of an example in the folder `at` and submit its files (all of them)."""
    constitution = good(read_constitution(folder(example) / "constitution.toml"))
    home = Home(at / "home")
    keyring = Keyring(home, constitution.origin, lambda _: b"test")
    made = Built(at / f"{example}.travaux", home, keyring)
    rules = good(rules_of(constitution, folder(example)))
    good(found(constitution, rules, made.path, keyring, b"test", 1))
    for file in acts(example) if files is None else files:
        good(made.submit(file))
    return made


def written(file: Path) -> tuple[Written, ...]:
    """The acts of one file."""
    return good(parse_acts(file.read_text(encoding="utf-8"), file.name))


def anchors(listed: list[Act]) -> Iterator[tuple[Act, Anchored]]:
    """Every act that stands on exact characters of a document, with them."""
    for act in listed:
        yield from ((act, b) for b in bases(act) if isinstance(b, Anchored))


def _submission(one: Written, file: Path, keyring: Keyring) -> Submission:
    signer = one.signer or good(sole_signer(keyring))
    return Submission(one.act, signer, one.audience, one.with_, Place(file.name, one.line), one.label)
