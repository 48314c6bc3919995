"""The user's own folder: signing keys, and the founding ids of registers met before.

A register never holds a private key. The folder is ``TRAVAUX_HOME``, else ``.travaux`` in the home folder::

    keys/<origin, slashes as +>/<name, slashes as +>     one OpenSSH file a key
    met.json                                             origin -> founding id, from the first meeting
    cosigned.json                                        the largest tree that each witness key cosigned
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from travaux.acts.fault import Place, Refused, refused


@dataclass(frozen=True, slots=True)
class Home:
    """The user's folder at `path`; it is made when something is first put there."""

    path: Path

    @staticmethod
    def of(environment: Mapping[str, str] = os.environ) -> Home:
        """The folder that the environment names, or the usual place."""
        named = environment.get("TRAVAUX_HOME")
        return Home(Path(named) if named else Path.home() / ".travaux")

    def keys(self, origin: str) -> Path:
        """The folder of the keys that this user holds for the register of `origin`."""
        return self.path / "keys" / plain(origin)

    def key_file(self, origin: str, name: str) -> Path:
        """The file of one key."""
        return self.keys(origin) / plain(name)

    def origins(self) -> list[str]:
        """The registers for which keys are held, by origin."""
        folder = self.path / "keys"
        return sorted(p.name.replace("+", "/") for p in folder.iterdir()) if folder.is_dir() else []

    def names(self, origin: str) -> list[str]:
        """The names of the keys held for one register."""
        folder = self.keys(origin)
        if not folder.is_dir():
            return []
        return sorted(p.name.replace("+", "/") for p in folder.iterdir() if not p.name.startswith("."))

    def met(self) -> dict[str, str] | Refused:
        """Founding ids by origin, as seen at the first meeting with each register."""
        file = self.path / "met.json"
        if not file.exists():
            return {}
        try:
            known = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            return refused("home.met", Place(str(file)), detail=str(error))
        return {str(k): str(v) for k, v in known.items()} if isinstance(known, dict) else {}

    def meet(self, origin: str, founding: str) -> None:
        """Remember a register's founding id; a first meeting is never overwritten."""
        known = self.met()
        if isinstance(known, Refused) or origin in known:
            return
        self.path.mkdir(parents=True, exist_ok=True)
        new = self.path / "met.json.new"
        new.write_text(json.dumps({**known, origin: founding}, indent=1, sort_keys=True), encoding="utf-8")
        new.replace(self.path / "met.json")


def plain(name: str) -> str:
    """A key name or origin as a file name: it has no `+`, so slashes become `+` and nothing is lost."""
    return name.replace("/", "+")
