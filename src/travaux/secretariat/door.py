"""`Secretariat`: a register opened. Acts go in through `submit`, views are computed from `as_of`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import is_
from pathlib import Path
from types import TracebackType

import msgspec

from travaux.acts.base import Act
from travaux.acts.basis import Anchored
from travaux.acts.collector import collector_resting
from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.acts.kinds import Erase
from travaux.record.keys import party_of
from travaux.record.log import Log
from travaux.record.store import StoreError
from travaux.register.fold import AsOf, Entered, Register, fold
from travaux.rules.book import Rulebook
from travaux.secretariat.documents import digest, digest_of
from travaux.secretariat.procedure import Procedure
from travaux.secretariat.unsealing import Disclosed, parts_for, undelivered

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Recorded:
    """How much was on the record by the end of a day.

    `certified` is true where a seal says so; else the size rests on one witness's own clock, or on nothing.
    `final` is true once no later seal can change the answer.
    """

    size: int
    certified: bool
    final: bool


@dataclass(slots=True)
class Secretariat:
    """One register: its `log`, and the `procedure` that has followed it so far.

    Made by `open`; close it, or use it in a ``with`` statement.
    """

    log: Log
    procedure: Procedure
    _place: Path | str = ""
    _seen_by: dict[str, tuple[int, Register]] = field(default_factory=dict)
    _texts: dict[str, str | None] = field(default_factory=dict)
    _sizes: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def open(path: Path | str, *, write: bool = False) -> Secretariat | Refused:
        """The register in the file `path`; with `write` it takes acts, signed by the keys given then.

        Refused: no register there, one of a newer version, damage, a file that may not be written.
        """
        log = Log.open(path)
        if isinstance(log, Refused):
            return log
        procedure = Procedure(log.blob)
        if not write:
            return Secretariat(log, procedure)._followed()
        with log:
            writing = Log.open(path, write=True, rules=procedure)
        if isinstance(writing, Refused):
            return writing
        procedure.blob, procedure.at_the_door = writing.blob, True
        return Secretariat(writing, procedure, path)

    def renew(self) -> Refused | None:
        """Open it again for writing, as it was opened, after an append that was undone half way."""
        again = Secretariat.open(self._place, write=True)
        if isinstance(again, Refused):
            return again
        self.log.close()
        self.log, self.procedure = again.log, again.procedure
        self._seen_by.clear()
        return None

    def __enter__(self) -> Secretariat:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.log.close()

    @property
    def book(self) -> Rulebook:
        """The rules of procedure in force; a register without any is a programming error."""
        if self.procedure.book is None:
            raise LookupError(self.log.where)
        return self.procedure.book

    @property
    def register(self) -> Register:
        """Every act on the record, for those who may see all of it."""
        return self.procedure.register

    def as_of(self, on: date | None = None, recorded: int | None = None, for_: str = PUBLIC) -> AsOf:
        """The register as it stood, with only the entries that `for_` ("public" or a party) may be given."""
        return self._for(for_).as_of(on, recorded)

    def recorded_by(self, day: date) -> Recorded:
        """What was on the record at the end of `day`, by its seals; else by a sole witness's own clock."""
        sealed = self.log.sealed_size(day, self.book.zone)
        if sealed.seal is not None or self.log.authority.seals:
            return Recorded(sealed.size, True, sealed.final)
        return Recorded(self.log.cosigned_size(day, self.book.zone), False, False)

    def find(self, act: str, reader: str = "") -> Entered[Act] | Refused:
        """The act whose id is `act`, or the only one that begins so (at least four characters).

        With a `reader` ("public" or a party) only among the acts that he may be given.
        """
        every = self.register.as_of().recorded_acts() if len(act) >= 4 else iter(())
        found: dict[str, Entered[Act]] = {}
        for one in every:
            if one.id.startswith(act) and (not reader or given_to(one, reader)):
                found.setdefault(one.id, one)
        if len(found) == 1:
            return next(iter(found.values()))
        return refused("signing.several" if found else "signing.short", act=act, n=len(found))

    def words(self, anchor: Anchored) -> str | None:
        """The characters of an anchor, where the document's text is held and says so."""
        text = self.text(anchor.text)
        piece = None if text is None else text[anchor.start : anchor.end]
        return piece if piece is not None and digest(piece) == anchor.slice else None

    def text(self, sha256: str) -> str | None:
        """A document's text by the hash of its UTF-8 bytes, None where it is not held or no text."""
        if sha256 not in self._texts:
            data = self.log.blob(sha256)
            try:
                self._texts[sha256] = None if data is None else data.decode("utf-8")
            except UnicodeDecodeError:
                self._texts[sha256] = None
        return self._texts[sha256]

    def size_of(self, sha256: str) -> int:
        """The size in bytes of a document that is held, -1 where it is not."""
        if sha256 not in self._sizes:
            data = self.log.blob(sha256)
            if data is None:
                return -1
            self._sizes[sha256] = len(data)
        return self._sizes[sha256]

    def erased(self, sha256: str, where: str = "") -> tuple[Fault, ...]:
        """The fault of keeping a document, come from `where`, that an act of this register erased."""
        gone = any(e.act.sha256 == sha256 for e in self.register.as_of().acts(Erase))
        return (Fault("source.erased", Place(where), {"sha256": sha256[:12]}),) if gone else ()

    def keep(self, data: bytes, where: str = "") -> str | Refused:
        """Keep a document, come from `where`; its hash. Refused: one that was erased, as `Log.put_blob`."""
        gone = self.erased(digest_of(data), where)
        return Refused(gone) if gone else self.log.put_blob(data)

    def forget(self, sha256: str) -> str | Refused:
        """Take a document's bytes away for good, and what is remembered of them here."""
        self._texts.pop(sha256, None)
        self._sizes.pop(sha256, None)
        self.procedure.forget(sha256)
        return self.log.erase_blob(sha256)

    def holds(self, sha256: str) -> bool:
        """True where the document of that hash is held."""
        return self.size_of(sha256) >= 0

    def party_ids(self) -> Iterator[str]:
        """The parties, the keeper not among them."""
        serving = self.register.founding.keeper
        return (p for p in self.log.authority.holders.parties if p != serving)

    def _followed(self) -> Secretariat | Refused:
        try:
            with collector_resting():
                for index, entry in enumerate(self.log.entries()):
                    self.procedure.follow(entry, index)
        except StoreError as error:
            self.log.close()
            return Refused((error.fault,))
        return self

    def _for(self, reader: str) -> Register:
        """The register of one reader, folded from the entries he may be given; kept until one is added."""
        size, known = self._seen_by.get(reader, (-1, self.register))
        if size == len(self.register):
            return known
        acts = list(self.register.as_of().recorded_acts())
        shown = [self._known_to(e, reader) for e in acts if given_to(e, reader)]
        whole = len(shown) == len(acts) and all(map(is_, shown, acts))
        folded = self.register if whole else fold(shown)
        folded.documents = self.register.documents
        self._seen_by[reader] = (len(acts), folded)
        return folded

    def _known_to(self, entered: Entered[Act], reader: str) -> Entered[Act]:
        """The act with its sealed parts as this reader knows them."""
        if not entered.parts:
            return entered
        entry = self.procedure.sealed[entered.id]
        disclosed = (d for d in self.procedure.disclosed.get(entry.id, ()) if _for_all(d, reader))
        parts = parts_for(reader, entry, disclosed, self.log.opening, self.register)
        return msgspec.structs.replace(entered, parts=undelivered(reader, entry, parts))


def _for_all(disclosed: Disclosed, reader: str) -> bool:
    return disclosed.audience == PUBLIC or reader != PUBLIC


def given_to(entered: Entered[Act], reader: str) -> bool:
    """True when `reader` ("public" or a party's id) may be given an act: its audience, and who signed it."""
    if entered.audience == PUBLIC:
        return True
    if reader == PUBLIC:
        return False
    signed = {entered.party, *map(party_of, entered.cosigners)}
    return entered.audience == "parties" or reader in entered.audience or reader in signed
