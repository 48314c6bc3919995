"""Openings handed over, sealed parts disclosed, documents erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from travaux.acts.basis import Anchored
from travaux.acts.fault import Refused, refused
from travaux.acts.kinds import Cite, Disclose, Erase
from travaux.acts.vocabulary import kind_of, to_body
from travaux.record.opening import Opening, opened_to, parse_opening
from travaux.record.receipt import Receipt
from travaux.register.fold import Audience, Part
from travaux.register.sources import bases, documents_of
from travaux.secretariat.documents import digest_of
from travaux.secretariat.door import PUBLIC, Secretariat
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.submitting import Submission, submit

_BEGINNING: Final = 8  # characters of a hash that name a document, where no other begins so


@dataclass(frozen=True, slots=True)
class Shown:
    """A sealed part as one reader knows it: of the act `act` by `party`, number `number` from 0."""

    act: str
    party: str
    number: int
    part: Part


class Listed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sealed part for programs: number `part` of the act `act` by `party`, for the readers `to`.

    `state` is sealed, undelivered, opened, disclosed or void (by the sentence `void`). An open one `says` an
    act, its kind under ``act``, or a `note`.
    """

    act: str
    part: int
    party: str
    to: str | tuple[str, ...]
    state: str
    says: dict[str, Any] = {}
    note: str = ""
    void: str = ""


def listed(shown: Shown) -> Listed:
    """The part as the answer of a command tells it."""
    part = shown.part
    says = {"act": kind_of(part.act), **to_body(part.act)} if part.act else {}
    void = part.fault.sentence() if part.fault else ""
    return Listed(shown.act, shown.number, shown.party, part.to, part.state, says, part.note, void)


def sealed_parts(office: Secretariat, reader: str) -> Iterator[Shown]:
    """Every sealed part of the acts that `reader` ("public" or a party) may be given, in log order."""
    asof = office.as_of(for_=reader)
    for entered in asof.recorded_acts():
        for number, part in enumerate(entered.parts):
            yield Shown(entered.id, entered.party, number, part)


def opening_of(office: Secretariat, act: str, part: int, reader: str) -> Opening | Refused:
    """What opens a part, for a `reader` who is to have it; "not for you" answers as "not held".

    Refused: no such act, or nothing that opens the part is held here for this reader.
    """
    entered = office.find(act, reader)
    if isinstance(entered, Refused):
        return entered
    entry = office.procedure.sealed.get(entered.id)
    held = office.log.opening(entered.id, part)
    if entry is None or held is None or not opened_to(entry, part, reader):
        return refused("procedure.not_held", act=act[:12], part=part)
    return held


def take_opening(office: Secretariat, data: bytes, where: str) -> Opening | Refused:
    """Keep an opening that was brought as a file; it must open what its act sealed."""
    opening = parse_opening(data)
    if not isinstance(opening, Refused):
        kept = office.log.keep_opening(opening)
        if not isinstance(kept, Refused):
            return opening
        opening = kept
    return Refused(tuple(f.at(where) for f in opening.faults))


def disclose(
    office: Secretariat, act: str, part: int, audience: Audience, signer: str, keyring: Keyring
) -> Receipt | Refused:
    """Open a sealed part to all parties or to the public, from the opening that is held here.

    Refused: nothing here opens it, whatever the rules say against it; then the register is as it was.
    """
    entered = office.find(act)
    if isinstance(entered, Refused):
        return entered
    opening = office.log.opening(entered.id, part)
    if opening is None:
        return refused("procedure.not_held", act=entered.id[:12], part=part)
    cites = tuple(digest for digest, _ in opening.blobs)
    act_ = Disclose(discloses=entered.id, opening=digest_of(opening.data), part=part)
    said = Submission(act_, signer, audience, cites=cites, brings=(opening.data,))
    done = submit(office, [said], keyring)
    return done if isinstance(done, Refused) else done[0]


def document_named(office: Secretariat, beginning: str) -> str | Refused:
    """The hash of the document that an act names and whose hash begins so (eight characters or more).

    Refused: none, or several.
    """
    rules = office.register.founding.rules
    named = {h for e in office.register.as_of().recorded_acts() for h in documents_of(e.act)} | {rules}
    found = sorted(h for h in named if len(beginning) >= _BEGINNING and h.startswith(beginning))
    if len(found) == 1:
        return found[0]
    return refused("source.several" if found else "source.none", sha256=beginning[:64], n=len(found))


def erase(
    office: Secretariat, sha256: str, why: str, signer: str, with_: tuple[str, ...], keyring: Keyring
) -> Receipt | Refused | None:
    """Take a document's bytes away, by an act that says why; None where that act was there already.

    Refused: by the rules, or where a key is missing; then the document stays.
    """
    if any(e.act.sha256 == sha256 for e in office.register.as_of().acts(Erase)):
        gone = office.forget(sha256)
        return gone if isinstance(gone, Refused) else None
    said = Submission(Erase(sha256=sha256, why=why), signer, _readers(office, sha256), with_)
    done = submit(office, [said], keyring)
    if isinstance(done, Refused):
        return done
    gone = office.forget(sha256)
    return gone if isinstance(gone, Refused) else done[0]


def texts_left(office: Secretariat, sha256: str) -> tuple[str, ...]:
    """The hashes of documents held here that hold the text of the document `sha256`, as acts say."""
    found: dict[str, None] = {}
    for entered in office.register.as_of().recorded_acts():
        act = entered.act
        if isinstance(act, Cite) and act.document.sha256 == sha256 and act.document.text:
            found[act.document.text] = None
        anchors = (b for b in bases(act) if isinstance(b, Anchored) and b.source == sha256)
        found.update((a.text, None) for a in anchors)
    return tuple(h for h in found if h != sha256 and office.holds(h))


def _readers(office: Secretariat, sha256: str) -> Audience:
    """Who may read that a document is erased: those who may read an act that names it."""
    acts = office.register.as_of().recorded_acts()
    naming = {e.audience for e in acts if sha256 in documents_of(e.act)}
    if PUBLIC in naming or not naming:
        return PUBLIC
    return naming.pop() if len(naming) == 1 else "parties"


def drop(office: Secretariat, act: str, part: int) -> str | Refused:
    """Forget what opens a part, here and for good; the id of its act. Refused where it is not held."""
    entered = office.find(act)
    if isinstance(entered, Refused):
        return entered
    gone = office.log.drop_opening(entered.id, part)
    if isinstance(gone, Refused):
        return gone
    return entered.id if gone else refused("procedure.not_held", act=entered.id[:12], part=part)
