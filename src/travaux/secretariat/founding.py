"""Found a register from a constitution: make the keys, sign the founding act, put the keys in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from travaux.acts.fault import Fault, Place, Refused, refused
from travaux.record.entry import sign
from travaux.record.founding import Founding, founders, founding_body
from travaux.record.keyfiles import ROUNDS
from travaux.record.keys import Signer
from travaux.record.log import Log
from travaux.rules.book import Rulebook
from travaux.rules.ready import ready
from travaux.secretariat.constitution import Constitution, PartyOf
from travaux.secretariat.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Office:
    """The keys of a party or keeper: `root` for key acts, `hand` for acts, `witness` for cosignatures."""

    of: PartyOf
    root: Signer
    hand: Signer
    witness: Signer | None


@dataclass(frozen=True, slots=True)
class Founded:
    """A register founded: the `id` of its founding act, which others compare, and the names of all keys."""

    id: str
    keys: tuple[str, ...]


def rules_of(constitution: Constitution, beside: Path) -> bytes | Refused:
    """The rulebook a constitution names: a ready one by its name, or a file beside it."""
    data = ready(constitution.rules)
    if data is None:
        path = beside / constitution.rules
        try:
            data = path.read_bytes()
        except OSError as error:
            return refused("constitution.rules", Place(str(path)), detail=error.strerror or str(error))
    book = Rulebook.parse(data, constitution.rules)
    return book if isinstance(book, Refused) else data


def found(
    constitution: Constitution,
    rules: bytes,
    path: Path | str,
    keyring: Keyring,
    passphrase: bytes,
    rounds: int = ROUNDS,
) -> Founded | Refused:
    """Make all keys and the register at `path`, a file or an address; of what is refused, nothing stays."""
    if isinstance(path, Path) and path.exists():
        return refused("file.exists", Place(str(path)))
    away = [Fault("constitution.elsewhere", values={"id": p.id}) for p in constitution.offices if p.elsewhere]
    if away:
        return Refused(tuple(away))
    made: list[str] = []
    keys = make_keys(constitution, keyring, passphrase, rounds, made)
    done = keys if isinstance(keys, Refused) else _write(constitution, rules, path, *keys)
    if not isinstance(done, Refused):
        return Founded(done, tuple(made))
    for name in made:
        keyring.forget(name)
    return done


def make_keys(
    constitution: Constitution,
    keyring: Keyring,
    passphrase: bytes,
    rounds: int,
    made: list[str],
    reuse: bool = False,
) -> tuple[Signer, list[Office]] | Refused:
    """The host's key and those of every office that holds none elsewhere.

    `made` names each as soon as its file is there. With `reuse` a key that is there is opened; else it is
    refused.
    """
    faults: list[Fault] = []

    def make(name: str, witness: bool = False) -> Signer | None:
        if reuse and keyring.home.key_file(keyring.origin, name).exists():
            pair = keyring.signer(name, witness=witness)
        else:
            pair = keyring.make(name, passphrase, rounds, witness=witness)
            made.extend([] if isinstance(pair, Refused) else [name])
        if isinstance(pair, Refused):
            faults.extend(pair.faults)
            return None
        return pair

    host, offices = make(constitution.origin), []
    for office in constitution.offices:
        if office.elsewhere:
            continue
        keeps = office == constitution.keeper
        root, hand = make(f"{office.id}/root-1"), make(f"{office.id}/{'keeper' if keeps else 'delegation'}")
        cosigns = not keeps or constitution.kind == "observed"
        witness = make(f"{office.id}/witness", witness=True) if cosigns else None
        if root and hand:
            offices.append(Office(office, root, hand, witness))
    return Refused(tuple(faults)) if faults or host is None else (host, offices)


def _write(
    constitution: Constitution, rules: bytes, path: Path | str, host: Signer, offices: Sequence[Office]
) -> str | Refused:
    log = Log.create(path)
    if isinstance(log, Refused):
        return log
    with log:
        held = log.put_blob(rules)
        done = held if isinstance(held, Refused) else _found(log, constitution, rules, host, offices)
        for office in offices:
            if not isinstance(done, Refused):
                done = accredit(log, constitution, host, office)
        if isinstance(done, Refused):
            log.store.discard()
        return done if isinstance(done, Refused) else log.register or ""


def _found(
    log: Log, constitution: Constitution, rules: bytes, host: Signer, offices: Sequence[Office]
) -> str | Refused:
    roots = {office.of.id: [office.root.vkey] for office in offices}
    kept = (constitution.keeper,) if constitution.keeper else ()
    parties = [
        Founding(p.id, p.name, roots.get(p.id, ()), len(roots.get(p.id, ())), names_of(p))
        for p in (*constitution.party, *kept)
    ]
    more: dict[str, object] = {"languages": list(constitution.languages)}
    if constitution.keeper:
        more["keeper"] = constitution.keeper.id
    digest = sha256(rules).hexdigest()
    body = founding_body(
        name=constitution.name, kind=constitution.kind, host=host.vkey, parties=parties,
        quorum=constitution.quorum, rules=digest, more=more,
    )  # fmt: skip
    by, *others = founders(parties)
    signers = [o.root for o in offices]
    return _append(log, "found", body, by, others, [digest], signers, host)


def names_of(office: PartyOf) -> dict[str, object]:
    """The names of a party per language, as a further field of the founding act."""
    return {"names": office.names} if office.names else {}


def accredit(log: Log, constitution: Constitution, host: Signer, office: Office) -> str | Refused:
    """Put the keys of an office in force, by its root."""
    role = "keeper" if office.of == constitution.keeper else "delegation"
    keys: list[dict[str, object]] = [{"vkey": str(office.hand.vkey), "role": role, "kinds": ["*"]}]
    if office.witness:
        keys.append({"vkey": str(office.witness.vkey), "role": "witness"})
    name = office.hand.vkey.name
    signers = [office.root, office.hand]
    return _append(log, "accredit", {"keys": keys}, office.root.vkey.name, [name], [], signers, host)


def _append(
    log: Log,
    kind: str,
    body: dict[str, object],
    by: str,
    with_: Sequence[str],
    blobs: Sequence[str],
    signers: Sequence[Signer],
    host: Signer,
) -> str | Refused:
    draft = log.draft(kind, body, by, with_=with_, blobs=blobs)
    signed = draft if isinstance(draft, Refused) else sign(draft, signers)
    done = signed if isinstance(signed, Refused) else log.append(signed, host)
    return done if isinstance(done, Refused) else done.id
