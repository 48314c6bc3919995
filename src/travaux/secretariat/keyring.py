"""The signing keys that a user holds for one register, opened as they are needed.

Where the file of a key holds only its public half, the private one is asked of the ssh-agent (SSH_AUTH_SOCK).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from travaux.acts.fault import Place, Refused, refused
from travaux.record.agent import ED25519 as SSH_ED25519
from travaux.record.agent import SIGNS, Agent, AgentKey, Identity
from travaux.record.keyfiles import in_agent, load_key, new_key, public_key, write_public
from travaux.record.keys import COSIGNATURE, ED25519, KeyPair, Signer, VKey
from travaux.secretariat.home import Home

PATIENCE: Final = SIGNS  # seconds for an answer of the agent
TOLD: Final = 20  # keys of the agent that a sentence names
Ask = Callable[[str], bytes | None]


@dataclass(slots=True)
class Keyring:
    """The keys of `home` for the register of `origin`; `ask(name)` gives the passphrase of a key file."""

    home: Home
    origin: str
    ask: Ask
    _opened: dict[str, Signer] = field(default_factory=dict)

    def signer(self, name: str, *, witness: bool = False) -> Signer | Refused:
        """The key to sign as `name`. Refused: no file (the key is lost), a wrong passphrase, no key in it."""
        if name in self._opened:
            return self._opened[name]
        path = self.home.key_file(self.origin, name)
        if in_agent(path):
            public = public_key(path, name, witness=witness)
            return public if isinstance(public, Refused) else AgentKey(public, agent())
        passphrase = self.ask(name) if path.exists() else None
        key = load_key(path, name, passphrase, witness=witness)
        if not isinstance(key, Refused):
            self._opened[name] = key
        return key

    def make(
        self, name: str, passphrase: bytes, rounds: int, *, witness: bool = False, ml_dsa: bool = False
    ) -> KeyPair | Refused:
        """A new key under `name`, in a file of its own; an existing one is never overwritten."""
        path = self.home.key_file(self.origin, name)
        made = new_key(path, name, passphrase, witness=witness, ml_dsa=ml_dsa, rounds=rounds)
        if not isinstance(made, Refused):
            self._opened[name] = made
        return made

    def enrol(self, name: str, key: str = "", *, witness: bool = False) -> VKey | Refused:
        """Let the agent sign as `name` from now on: only the public half is kept here.

        Its key is the one with the fingerprint `key`, else the one whose comment is the name.
        Refused: no such key, several, one that is not Ed25519, a FIDO key, a key file that is there already.
        """
        found = _offered(agent(), key or name, name)
        if isinstance(found, Refused):
            return found
        vkey = VKey.of(name, COSIGNATURE if witness else ED25519, found.public)
        return write_public(self.home.key_file(self.origin, name), vkey) or vkey

    def forget(self, name: str) -> None:
        """Remove the file of a key that was just made and never used."""
        self._opened.pop(name, None)
        self.home.key_file(self.origin, name).unlink(missing_ok=True)

    def host(self) -> Signer | Refused:
        """The key that signs checkpoints: it bears the register's origin as its name.

        Refused: it is not here; then this user cannot record, only prepare and sign.
        """
        path = self.home.key_file(self.origin, self.origin)
        if not path.exists():
            return refused("signing.no_host", Place(str(path)), origin=self.origin)
        return self.signer(self.origin)


def agent() -> Agent:
    """The ssh-agent of the environment."""
    return Agent(os.environ.get("SSH_AUTH_SOCK", ""), PATIENCE)


def _offered(agent: Agent, wanted: str, name: str) -> Identity | Refused:
    """The one key of an agent whose comment or fingerprint is `wanted`, fit to sign acts."""
    held = agent.identities()
    if isinstance(held, Refused):
        return held
    found = [i for i in held if wanted in (i.comment, i.fingerprint)]
    if len(found) != 1:
        told = ", ".join(f"{i.comment} {i.fingerprint}".strip() for i in (found or held)[:TOLD]) or "-"
        code = "agent.several" if found else "agent.no_key"
        return refused(code, Place(agent.path), wanted=wanted, held=told)
    kind = found[0].kind or "?"
    if kind == SSH_ED25519:
        return found[0]
    code = "agent.fido" if kind.startswith("sk-") else "agent.kind"
    return refused(code, Place(agent.path), wanted=wanted, kind=kind, name=name)
