"""The rules of procedure as the record sees them: each entry is decoded, grounded, judged and folded.

One object serves all: at an append it may veto, in `verify` it judges again what was admitted, and when a
register is opened it follows what is there. It folds as it goes, so that each act is judged on the register
as it stood just before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from travaux.acts.base import Act
from travaux.acts.basis import Anchored
from travaux.acts.fault import Fault, Place, Refused
from travaux.acts.kinds import AmendRules, Disclose, Found
from travaux.acts.vocabulary import decode_body
from travaux.record.entry import Entry
from travaux.record.opening import Opening, parse_opening
from travaux.register.fold import Audience, Entered, Register, fold
from travaux.register.names import name
from travaux.rules.book import Rulebook, misfits
from travaux.rules.verdict import Verdict
from travaux.secretariat.addressed import audience_faults, part_faults
from travaux.secretariat.documents import check_anchor
from travaux.secretariat.unsealing import Content, Disclosed, content_of, parts_sealed, revealed, shortened

KEPT = 8  # texts of documents
Blob = Callable[[str], bytes | None]


@dataclass(slots=True)
class Procedure:
    """Judges entries in log order. `blob` gives a document by its hash, or None where it is not held.

    `at_the_door` of a host an opening must be there to be disclosed; who only verifies goes on without one
    that is gone. `sealed` are the entries with sealed parts, `disclosed` what was opened of them, by act id.
    """

    blob: Blob
    register: Register = field(default_factory=Register)
    book: Rulebook | None = None
    at_the_door: bool = False
    sealed: dict[str, Entry] = field(default_factory=dict)
    disclosed: dict[str, list[Disclosed]] = field(default_factory=dict)
    _read: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.register.documents = self._text

    def admit(self, entry: Entry, index: int) -> tuple[Fault, ...]:
        """The faults that speak against `entry` at `index`; without any it is folded into the register."""
        act = decode_body(entry.kind, entry.body)
        if isinstance(act, Refused):
            return tuple(f.at(f"entry {index} {f.place.where}") for f in act.faults)
        against = (
            *self.speak_against(act, entry.party, entry.cosigners, entry.audience),
            *part_faults(self.register, entry, act),
            *_uncited(entry, act),
        )
        faults = against or self._take(entered(entry, index, act), entry)
        return tuple(f.at(f"entry {index}") for f in faults)

    def follow(self, entry: Entry, index: int) -> None:
        """Fold an entry that was admitted before; one that this version cannot read changes nothing."""
        act = decode_body(entry.kind, entry.body)
        if not isinstance(act, Refused):
            self._take(entered(entry, index, act), entry)

    def speak_against(
        self, act: Act, party: str, cosigners: tuple[str, ...] = (), audience: Audience = "public"
    ) -> tuple[Fault, ...]:
        """Everything that speaks against `act` of `party` as the next one: audience, anchors, the rules."""
        verdict = self.judge(act, party, cosigners)
        refusal = verdict.faults(self._name) if verdict is not None and not verdict.allowed else ()
        opening = self._opening_faults(act, audience) if isinstance(act, Disclose) and not refusal else ()
        return (*audience_faults(self.register, audience), *self._ground(act), *refusal, *opening)

    def judge(self, act: Act, party: str, cosigners: tuple[str, ...] = ()) -> Verdict | None:
        """What the rules say of `act`, were it the next; None for the founding act, which brings them.

        `cosigners` are the names of further keys that sign it.
        """
        # Imported when it is first asked: who only reads a register needs none of the rules' machinery.
        from travaux.rules.judge import judge

        return None if self.book is None else judge(self.register.as_of(), act, party, self.book, cosigners)

    def suppose(
        self, act: Act, by: str, party: str, cosigners: tuple[str, ...] = (), known_as: str = ""
    ) -> None:
        """Fold an act that is not on the record, to judge what would come after it; on a rehearsal only.

        `known_as` stands for its id, by which acts after it may name it.
        """
        index = self.register.size
        self._take(Entered(index, known_as or f"{index:064x}", by, party, act, cosigners=cosigners))

    def rehearsal(self) -> Procedure:
        """The same state apart from this one, for a trial of acts to come."""
        trial = Procedure(self.blob, fold(self.register.as_of().recorded_acts()), self.book)
        trial.sealed, trial.at_the_door = dict(self.sealed), self.at_the_door
        return trial

    def forget(self, sha256: str) -> None:
        """Let go of a document's text that was kept at hand."""
        self._read.pop(sha256, None)

    def _name(self, thing: str) -> str:
        """What people call a thing, by all that is on the record."""
        return name(self.register.as_of(), thing)

    def _ground(self, act: Act, *, text: bool = True) -> list[Fault]:
        """Every anchor of a reported act against itself, and (`text`) against the text where that is held."""
        bases = (getattr(act, "basis", None), *getattr(act, "also", ()))
        anchors = (a for a in bases if isinstance(a, Anchored))
        found = (check_anchor(a, self._text(a.text) if text else None) for a in anchors)
        return [fault for fault in found if fault]

    def _text(self, sha256: str) -> str | None:
        """A document's text; the last few are kept, since acts on one document come one after another."""
        if sha256 in self._read:
            return self._read[sha256]
        data = self.blob(sha256)
        if data is None:
            return None
        if len(self._read) >= KEPT:
            self._read.clear()
        self._read[sha256] = data.decode("utf-8", "replace")
        return self._read[sha256]

    def _opening_faults(self, act: Disclose, audience: Audience) -> tuple[Fault, ...]:
        """What speaks against a disclosure beside the rules: its readers, an opening that does not fit, words
        that do not stand in their source.
        """
        if audience not in ("public", "parties"):
            return (Fault("procedure.disclose_to"),)
        opening = self._opening(act)
        if opening is None and self.at_the_door:
            return (Fault("procedure.no_opening", values={"sha256": act.opening[:12]}),)
        if opening is None or isinstance(opening, Fault):
            return (opening,) if opening else ()
        said = content_of(opening, self.sealed[act.discloses], self.register)
        return tuple(self._ground(said.act)) if isinstance(said, Content) and said.act else ()

    def _opening(self, act: Disclose) -> Opening | Fault | None:
        """What a disclosure opens with; a fault where it opens something else, None where it is not held."""
        data, entry = self.blob(act.opening), self.sealed.get(act.discloses)
        if data is None or entry is None:
            return None
        opening = parse_opening(data)
        if isinstance(opening, Opening) and opening.part == act.part and opening.fits(entry):
            return opening
        return Fault("record.opening_other", values={"act": act.discloses[:12], "part": act.part})

    def _revealed(self, taken: Entered[Act], act: Disclose) -> tuple[Entered[Act], ...]:
        """What a disclosure opens, judged as if it were said now: an act, none where it is void or a note."""
        opening, entry = self._opening(act), self.sealed.get(act.discloses)
        if entry is None or not isinstance(opening, Opening):
            return ()
        said = content_of(opening, entry, self.register)
        if isinstance(said, Content) and said.act:
            # By no document: who holds other ones, or none any more, must come to the same.
            verdict = self.judge(said.act, entry.party, entry.cosigners)
            refusal = verdict.faults(self._name) if verdict and not verdict.allowed else ()
            against = (*self._ground(said.act, text=False), *refusal)
            said = shortened(against[0]) if against else said
        made = Disclosed(entry, act.part, said, taken.index, taken.audience)
        self.disclosed.setdefault(entry.id, []).append(made)
        found = said.act if isinstance(said, Content) else None
        return (revealed(made, found, taken.id),) if found else ()

    def _take(self, taken: Entered[Act], entry: Entry | None = None) -> tuple[Fault, ...]:
        act = taken.act
        if isinstance(act, Found | AmendRules):
            data = self.blob(act.rules)
            if data is None:
                return (Fault("procedure.no_rules", Place(), {"sha256": act.rules}),)
            book = Rulebook.parse(data, f"rules {act.rules[:12]}")
            if isinstance(book, Refused):
                return book.faults
            founding = act if isinstance(act, Found) else self.register.founding
            if odd := misfits(book, founding):
                return odd
            self.book = book
        # Judged before the disclosure is filed: between the two, which stand at one index, nothing is asked.
        opened = self._revealed(taken, act) if isinstance(act, Disclose) else ()
        for one in (taken, *opened):
            self.register.add(one)
        if entry is not None and taken.parts:
            self.sealed[entry.id] = entry
        return ()


def _uncited(entry: Entry, act: Act) -> tuple[Fault, ...]:
    """The fault of a disclosure whose opening is none of its documents: copies would not carry it."""
    if not isinstance(act, Disclose) or any(b.sha256 == act.opening for b in entry.envelope.cited):
        return ()
    return (Fault("procedure.disclose_uncited", values={"sha256": act.opening[:12]}),)


def entered(entry: Entry, index: int, act: Act) -> Entered[Act]:
    """An entry of the log as the register files it."""
    return Entered(
        index,
        entry.id,
        entry.by,
        entry.party,
        act,
        entry.audience,
        entry.cosigners,
        parts=parts_sealed(entry),
    )
