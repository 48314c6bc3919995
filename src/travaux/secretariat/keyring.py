"""The signing keys that a user holds for one register, opened as they are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from travaux.acts.fault import Place, Refused, refused
from travaux.record.keyfiles import load_key, new_key
from travaux.record.keys import KeyPair
from travaux.secretariat.home import Home

Ask = Callable[[str], bytes | None]


@dataclass(slots=True)
class Keyring:
    """The keys of `home` for the register of `origin`; `ask(name)` gives the passphrase of a key file."""

    home: Home
    origin: str
    ask: Ask
    _opened: dict[str, KeyPair] = field(default_factory=dict)

    def signer(self, name: str, *, witness: bool = False) -> KeyPair | Refused:
        """The key to sign as `name`. Refused: no file (the key is lost), a wrong passphrase, no key in it."""
        if name in self._opened:
            return self._opened[name]
        path = self.home.key_file(self.origin, name)
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

    def forget(self, name: str) -> None:
        """Remove the file of a key that was just made and never used."""
        self._opened.pop(name, None)
        self.home.key_file(self.origin, name).unlink(missing_ok=True)

    def host(self) -> KeyPair | Refused:
        """The key that signs checkpoints: it bears the register's origin as its name.

        Refused: it is not here; then this user cannot record, only prepare and sign.
        """
        path = self.home.key_file(self.origin, self.origin)
        if not path.exists():
            return refused("signing.no_host", Place(str(path)), origin=self.origin)
        return self.signer(self.origin)
