"""Cosign a checkpoint with the witness keys that a user holds for one party."""

from __future__ import annotations

from travaux.acts.fault import Refused, refused
from travaux.record.checkpoint import Cosignature, checkable
from travaux.record.keys import party_of
from travaux.record.log import Log
from travaux.secretariat.home import Home
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.remembering import remember


def cosign(log: Log, keyring: Keyring, time: int, by: str | None = None) -> list[Cosignature] | Refused:
    """Let the witness key `by` sign the last checkpoint at `time`; without it, all that the party here has.

    A party may have one key of Ed25519 and one of ML-DSA: both sign, where this machine can.
    Refused: keys of several parties, none, one that is not in force, a tree that does not continue the last
    one that the key cosigned; what was signed before it is kept.
    """
    names = [by] if by else _names(log, keyring.home)
    if isinstance(names, Refused):
        return names
    signers = [keyring.signer(name, witness=True) for name in names]
    made: list[Cosignature] = []
    for signer in signers:
        if isinstance(signer, Refused):
            return signer
    for signer in signers:
        assert not isinstance(signer, Refused)
        against = remember(keyring.home, log, signer.vkey)
        one = against or log.cosign(signer, time)
        if isinstance(one, Refused):
            return one
        made.append(one)
    return made


def _names(log: Log, home: Home) -> list[str] | Refused:
    """The witness keys held here: those in force, where there are any, for a clear refusal else."""
    origin = log.origin
    held = [n for n in home.names(origin) if n.rpartition("/")[2].startswith("witness")]
    in_force = {v.name for v in log.authority.holders.witnesses_at(log.size) if checkable(v)}
    names = [n for n in held if n in in_force] or held
    if not names:
        return refused("signing.no_key", origin=origin, folder=home.keys(origin))
    if len(set(map(party_of, names))) > 1 or (len(names) > 1 and not in_force & set(names)):
        return refused("signing.which", names=", ".join(names))
    return names


__all__ = ["cosign"]
