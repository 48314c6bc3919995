"""Founding by parties that never share a machine: prepare the act, let each sign, found from what was signed.

The host's machine makes the host key and the keys of those offices that name none. Every other party names
its public keys in the constitution and signs at home; so do the acts that accredit its keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.record.entry import build
from travaux.record.founding import Founding, founders, founding_body
from travaux.record.keyfiles import ROUNDS, public_key
from travaux.record.keys import VKey, to_base64
from travaux.record.log import Log
from travaux.record.prepared import Prepared
from travaux.record.tree import EMPTY_ROOT
from travaux.secretariat.constitution import Constitution, PartyOf
from travaux.secretariat.founding import Office, accredit, make_keys, names_of
from travaux.secretariat.keyring import Keyring


@dataclass(frozen=True, slots=True)
class FoundedApart:
    """The founding id, and the prepared acts by which each party puts its own keys in force, by party."""

    id: str
    accredit: dict[str, Prepared]


def prepare_founding(
    constitution: Constitution, rules: bytes, keyring: Keyring, passphrase: bytes, rounds: int = ROUNDS
) -> Prepared | Refused:
    """The host's keys made (those that are there stay); the founding act, signed by the roots held here."""
    made: list[str] = []
    keys = make_keys(constitution, keyring, passphrase, rounds, made, reuse=True)
    draft = keys if isinstance(keys, Refused) else _prepared(constitution, rules, keyring)
    signed = draft if isinstance(keys, Refused) or isinstance(draft, Refused) else draft.signed(
        o.root for o in keys[1] if o.root.vkey.name in draft.draft.signers
    )  # fmt: skip
    if isinstance(signed, Refused):
        for name in made:
            keyring.forget(name)
        return signed
    assert isinstance(signed, Prepared)
    return signed


def found_apart(
    constitution: Constitution, rules: bytes, path: Path | str, keyring: Keyring, signed: Prepared
) -> FoundedApart | Refused:
    """Found the register at `path` from the founding act that every party has signed.

    Refused: another act than the constitution makes, a signature that is missing or false, a file that is
    there; then nothing stays behind. The keys of offices held here are put in force at once.
    """
    wanted = _prepared(constitution, rules, keyring)
    if isinstance(wanted, Refused):
        return wanted
    if wanted.draft.text != signed.draft.text:
        return refused("constitution.other_act")
    if isinstance(path, Path) and path.exists():
        return refused("file.exists", Place(str(path)))
    log = Log.create(path)
    if isinstance(log, Refused):
        return log
    with log:
        done = _found(log, constitution, rules, keyring, signed)
        if isinstance(done, Refused):
            log.store.discard()
        return done


def _found(
    log: Log, constitution: Constitution, rules: bytes, keyring: Keyring, signed: Prepared
) -> FoundedApart | Refused:
    host, entry = keyring.host(), signed.entry()
    held = log.put_blob(rules)
    for step in (host, entry, held):
        if isinstance(step, Refused):
            return step
    assert not isinstance(host, Refused)
    assert isinstance(entry, bytes)
    done = log.append(entry, host)
    if isinstance(done, Refused):
        return done
    for office in constitution.offices:
        keys = None if office.elsewhere else _office(constitution, office, keyring)
        accredited = keys if keys is None or isinstance(keys, Refused) else accredit(
            log, constitution, host, keys
        )  # fmt: skip
        if isinstance(accredited, Refused):
            return accredited
    notes = dict(_accreditations(log, constitution))
    bad = next((n for n in notes.values() if isinstance(n, Refused)), None)
    return bad or FoundedApart(done.id, {p: n for p, n in notes.items() if isinstance(n, Prepared)})


def _office(constitution: Constitution, office: PartyOf, keyring: Keyring) -> Office | Refused:
    """The keys of an office that is held here."""
    names = [f"{office.id}/root-1", f"{office.id}/{role_of(constitution, office)}"]
    root, hand = (keyring.signer(n) for n in names)
    cosigns = office != constitution.keeper or constitution.kind == "observed"
    witness = keyring.signer(f"{office.id}/witness", witness=True) if cosigns else None
    for key in (root, hand, witness):
        if isinstance(key, Refused):
            return key
    assert not isinstance(root, Refused)
    assert not isinstance(hand, Refused)
    assert not isinstance(witness, Refused)
    return Office(office, root, hand, witness)


def _accreditations(log: Log, constitution: Constitution) -> Iterator[tuple[str, Prepared | Refused]]:
    """For each party elsewhere that names its keys: the act that puts them in force, for it to sign."""
    for office in constitution.offices:
        keys: list[dict[str, object]] = []
        if office.delegation:
            role = role_of(constitution, office)
            keys.append({"vkey": office.delegation, "role": role, "kinds": ["*"]})
        if office.witness:
            keys.append({"vkey": office.witness, "role": "witness"})
        if not office.elsewhere or not keys:
            continue
        by, *others = founders([_founding(office, office.root_keys)])
        hand = [office.delegation.partition("+")[0]] if office.delegation else []
        draft = log.draft("accredit", {"keys": keys}, by, with_=[*others, *hand])
        yield office.id, draft if isinstance(draft, Refused) else Prepared(draft)


def role_of(constitution: Constitution, office: PartyOf) -> str:
    """The role of the key by which an office acts."""
    return "keeper" if office == constitution.keeper else "delegation"


def _prepared(constitution: Constitution, rules: bytes, keyring: Keyring) -> Prepared | Refused:
    """The founding act that the constitution and the public keys make: the same bytes each time."""
    home, origin = keyring.home, constitution.origin
    host = public_key(home.key_file(origin, origin), origin)
    kept = (constitution.keeper,) if constitution.keeper else ()
    parties: list[Founding] = []
    faults: list[Fault] = list(host.faults) if isinstance(host, Refused) else []
    for office in (*constitution.party, *kept):
        roots: Sequence[VKey] = office.root_keys
        if not roots and office in constitution.offices:
            name = f"{office.id}/root-1"
            own = public_key(home.key_file(origin, name), name)
            faults += own.faults if isinstance(own, Refused) else ()
            roots = [own] if isinstance(own, VKey) else []
        parties.append(_founding(office, roots))
    if faults or isinstance(host, Refused):
        return Refused(tuple(faults))
    digest = sha256(rules).hexdigest()
    more: dict[str, object] = {"languages": list(constitution.languages)}
    if constitution.keeper:
        more["keeper"] = constitution.keeper.id
    body = founding_body(
        name=constitution.name, kind=constitution.kind, host=host, parties=parties,
        quorum=constitution.quorum, rules=digest, more=more,
    )  # fmt: skip
    by, *others = founders(parties)
    draft = build(
        "found", body, by=by, n=0, prev=None, register=None, seen=(0, to_base64(EMPTY_ROOT)),
        blobs=[(digest, len(rules))], with_=others,
    )  # fmt: skip
    return draft if isinstance(draft, Refused) else Prepared(draft)


def _founding(office: PartyOf, roots: Sequence[VKey]) -> Founding:
    return Founding(office.id, office.name, roots, office.threshold or len(roots), names_of(office))
