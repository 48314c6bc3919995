"""Acts in: check, judge, sign, append. One wrong act of a batch, and none is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from travaux.acts.base import Act
from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.acts.vocabulary import kind_of, to_body
from travaux.formats.acts import Aside
from travaux.formats.acts.labels import named_by, placeholder
from travaux.record.entry import MAX_ENTRY, Draft, entry_size, limit_of, sign
from travaux.record.keys import Signer, party_of
from travaux.record.opening import Opening, openings_of
from travaux.record.parts import Hidden
from travaux.record.receipt import Receipt
from travaux.register.fold import Audience
from travaux.register.sources import documents_of
from travaux.rules.verdict import Verdict
from travaux.secretariat.addressed import audience_faults, signer_faults
from travaux.secretariat.documents import digest_of
from travaux.secretariat.door import Secretariat
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.unsealing import hidden_faults

NOWHERE = Place()
_OVERTAKEN = {"record.number", "record.prev", "record.seen_back"}
_TRIES = 24  # each time at least one other act was recorded


@dataclass(frozen=True, slots=True)
class Submission:
    """An act about to be said: by the key named `signer`, with whom, for whom; `place` is where it stands.

    `label` is what later acts of the same batch call it by (`travaux.formats.acts.labels`). `sealed` are the
    readers who may open the act where its kind and content are hidden, "" where it is said openly; `aside`
    is a sealed note beside it. `cites` are documents that it cites beside those that the act itself names.
    `brings` are documents that are kept with it, in the same transaction, and cited where it names them.
    """

    act: Act
    signer: str
    audience: Audience = "public"
    with_: tuple[str, ...] = ()
    place: Place = NOWHERE
    label: str = ""
    sealed: Audience = ""
    aside: Aside | None = None
    cites: tuple[str, ...] = ()
    brings: tuple[bytes, ...] = ()

    @property
    def party(self) -> str:
        """The party or keeper's office in whose name the key signs."""
        return party_of(self.signer)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would be said of a submission: the rules' verdict (None: they are not asked) and all faults."""

    submission: Submission
    verdict: Verdict | None
    faults: tuple[Fault, ...]


def rehearse(office: Secretariat, submissions: Sequence[Submission]) -> list[Rehearsed]:
    """Judge acts in order as if each before had been recorded; nothing is signed, nothing written.

    An act that is refused counts as said for those after it, so that one mistake is told once.
    """
    trial = office.procedure.rehearsal()
    done = []
    for said in submissions:
        case = (said.act, said.party, said.with_)
        against = (
            *signer_faults(said.signer, said.with_),
            *trial.speak_against(*case, said.audience),
            *_sealing_faults(said),
            *_too_long(office, said),
        )
        faults = [_placed(f, said.place) for f in against]
        done.append(Rehearsed(said, trial.judge(*case), tuple(faults)))
        known_as = placeholder(said.label) if said.label else ""
        if not said.sealed:
            trial.suppose(said.act, said.signer, said.party, said.with_, known_as)
    return done


def _sealing_faults(said: Submission) -> tuple[Fault, ...]:
    """What speaks against hiding this act, or a note beside it, as it is asked for."""
    kind = kind_of(said.act)
    hidden = hidden_faults(kind, said.sealed, sealed=True, audience=said.audience) if said.sealed else ()
    beside = hidden_faults(kind, said.aside.to, sealed=False) if said.aside and not said.sealed else ()
    return (*hidden, *beside)


def _too_long(office: Secretariat, said: Submission) -> tuple[Fault, ...]:
    """The fault of an act that no entry can hold, once signed; the short ones are not drafted to see it."""
    if said.sealed or len(msgspec.json.encode(to_body(said.act))) < MAX_ENTRY // 2:
        return ()
    made = draft(office, said)
    if isinstance(made, Refused):
        return ()
    size, limit = entry_size(made), limit_of(kind_of(said.act))
    return () if size <= limit else (Fault("record.too_long", values={"size": size, "limit": limit}),)


def submit(
    office: Secretariat, submissions: Sequence[Submission], keyring: Keyring
) -> list[Receipt] | Refused:
    """Record all of `submissions` in order, or none of them; every fault of all of them at once.

    Where another process records an act of the same author in between, they are drafted and signed again.
    The receipts leave only after the acts are durable.
    """
    gone = tuple(f for said in submissions for data in said.brings for f in office.erased(digest_of(data)))
    if gone:
        return Refused(gone)
    if len(submissions) > 1:
        faults = tuple(f for r in rehearse(office, submissions) for f in r.faults)
        if faults:
            return Refused(faults)
    done = _append(office, submissions, keyring)
    for _ in range(_TRIES):
        if not _overtaken(done):
            break
        done = _append(office, submissions, keyring)
    if isinstance(done, Refused) and len(submissions) == 1:
        return Refused(tuple(_placed(f, submissions[0].place) for f in done.faults))
    return done


def _append(
    office: Secretariat, submissions: Sequence[Submission], keyring: Keyring
) -> list[Receipt] | Refused:
    """Draft, sign and append once."""
    host = keyring.host()
    signed = host if isinstance(host, Refused) else _signed(office, submissions, keyring)
    if isinstance(host, Refused) or isinstance(signed, Refused):
        return host if isinstance(host, Refused) else signed  # type: ignore[return-value]
    entries, openings = signed
    brought = [data for said in submissions for data in said.brings]
    done = office.log.append_all(entries, host, openings, brought)
    if _overtaken(done) and len(submissions) > 1:
        stale = office.renew()  # the acts of the batch before the overtaken one were counted already
        return stale or done
    return done


def _overtaken(done: list[Receipt] | Refused) -> bool:
    """True where all that is wrong is that another act of the same author came in between."""
    return isinstance(done, Refused) and {f.code for f in done.faults} <= _OVERTAKEN


def draft(office: Secretariat, said: Submission, after: Draft | None = None) -> Draft | Refused:
    """The text of one act as its signers will sign it, as the next act of its author."""
    wrong = (
        *signer_faults(said.signer, said.with_),
        *audience_faults(office.register, said.audience),
        *_sealing_faults(said),
    )
    if wrong:
        return Refused(tuple(_placed(f, said.place) for f in wrong))
    brought = {digest_of(data): len(data) for data in said.brings}
    named = [(h, brought.get(h, office.size_of(h))) for h in [*documents_of(said.act), *said.cites]]
    blobs = [(h, size) for h, size in named if size >= 0]
    kind, body, hidden = kind_of(said.act), to_body(said.act), []
    if said.sealed:
        hidden.append(Hidden({"act": kind, **body, **_cited(blobs)}, said.sealed))
        kind, body, blobs = "sealed", {}, []
    if said.aside:
        hidden.append(Hidden({"note": said.aside.text}, said.aside.to))
    made = office.log.draft(
        kind, body, said.signer, audience=said.audience, with_=said.with_, blobs=blobs, after=after,
        hidden=hidden,
    )  # fmt: skip
    return Refused(tuple(_placed(f, said.place) for f in made.faults)) if isinstance(made, Refused) else made


def _cited(blobs: Sequence[tuple[str, int]]) -> dict[str, object]:
    """The documents of a hidden act, inside its part."""
    return {"blobs": [{"sha256": h, "size": size} for h, size in sorted(set(blobs))]} if blobs else {}


def _signed(
    office: Secretariat, submissions: Sequence[Submission], keyring: Keyring
) -> tuple[list[bytes], list[Opening]] | Refused:
    """Each act drafted behind the one before of its author, and signed by all it needs; what opens them."""
    last: dict[str, Draft] = {}
    entries: list[bytes] = []
    openings: list[Opening] = []
    ids: dict[str, str] = {}
    for said in submissions:
        made = draft(office, _naming(said, ids), last.get(said.signer))
        signers = made if isinstance(made, Refused) else _signers(made, keyring)
        if isinstance(made, Refused) or isinstance(signers, Refused):
            return made if isinstance(made, Refused) else signers  # type: ignore[return-value]
        entry = sign(made, signers)
        if isinstance(entry, Refused):
            return Refused(tuple(_placed(f, said.place) for f in entry.faults))
        last[said.signer] = made
        if said.label:
            ids[placeholder(said.label)] = made.id
        entries.append(entry)
        openings += openings_of(made)
    return entries, openings


def _naming(said: Submission, ids: dict[str, str]) -> Submission:
    """The submission with the ids of acts of the same batch in the place of their labels."""
    named = {field: ids[held] for field, held in named_by(said.act).items() if held in ids}
    return replace(said, act=msgspec.structs.replace(said.act, **named)) if named else said


def _signers(made: Draft, keyring: Keyring) -> list[Signer] | Refused:
    found = [keyring.signer(name) for name in made.signers]
    lost = tuple(f for key in found if isinstance(key, Refused) for f in key.faults)
    return Refused(lost) if lost else [key for key in found if not isinstance(key, Refused)]


def _placed(fault: Fault, place: Place) -> Fault:
    """The fault at the place of its act in a file, where it has one; else where it was found."""
    return fault.at(place.where, place.line, place.col) if place.where else fault


def sole_signer(keyring: Keyring) -> str | Refused:
    """The one key for acts that this user holds for the register: a delegation's or a keeper's."""
    names = [
        n for n in keyring.home.names(keyring.origin) if n.rpartition("/")[2] in ("delegation", "keeper")
    ]
    if len(names) == 1:
        return names[0]
    if not names:
        return refused("signing.no_key", origin=keyring.origin, folder=keyring.home.keys(keyring.origin))
    return refused("signing.which", names=", ".join(names))
