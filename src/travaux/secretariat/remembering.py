"""What a witness key has cosigned, in the user's folder: a witness never signs a smaller or another tree.

The copy of a register may be restored, swapped or lost; the memory outlives it. ``cosigned.json``: origin ->
key (``name+id``) -> size and root of the largest tree it cosigned. It is compared and stored, durably and in
one step, before a cosignature leaves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from travaux.acts.fault import Place, Refused, refused
from travaux.record.keys import VKey, party_of, to_base64
from travaux.record.log import Log
from travaux.secretariat.home import Home

try:
    import fcntl
except ImportError:  # no such locks on this system: one process at a time is the user's to see to
    fcntl = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Cosigned:
    """The largest tree that a key cosigned: its size, its root in base64."""

    size: int
    root: str


def remember(home: Home, log: Log, witness: VKey) -> Refused | None:
    """Take note that `witness` is about to cosign the last tree of `log`.

    Refused: a tree smaller than one it cosigned, or of another history, unless the parties moved the record
    to another host below; a memory that cannot be read or written.
    """
    with _locked(home):
        known = _read(home)
        if isinstance(known, Refused):
            return known
        held = known.setdefault(log.origin, {})
        against = _against(log, witness, held.get(witness.short))
        if against is not None:
            return against
        held[witness.short] = Cosigned(log.size, to_base64(log.root))
        return _write(home, known)


def largest(home: Home, origin: str, party: str) -> int | Refused:
    """The size of the largest tree that any key of a party, held in this folder, cosigned; 0 for none."""
    known = _read(home)
    if isinstance(known, Refused):
        return known
    return max((c.size for key, c in known.get(origin, {}).items() if party_of(key) == party), default=0)


def _against(log: Log, witness: VKey, seen: Cosigned | None) -> Refused | None:
    if seen is None or any(index < seen.size for index, _ in log.authority.holders.hosts[1:]):
        return None
    values = {"name": witness.name, "seen": seen.size, "size": log.size}
    if log.size < seen.size:
        return refused("witness.back", Place(log.where), **values)
    if to_base64(log.root_at(seen.size)) != seen.root:
        return refused("witness.other", Place(log.where), **values)
    return None


def _file(home: Home) -> Path:
    return home.path / "cosigned.json"


def _read(home: Home) -> dict[str, dict[str, Cosigned]] | Refused:
    try:
        told = json.loads(_file(home).read_text(encoding="utf-8"))
        return {
            str(origin): {str(key): Cosigned(int(c["size"]), str(c["root"])) for key, c in held.items()}
            for origin, held in told.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return refused("witness.memory", Place(str(_file(home))), detail=str(error))


def _write(home: Home, known: dict[str, dict[str, Cosigned]]) -> Refused | None:
    told = {
        origin: {key: {"size": c.size, "root": c.root} for key, c in held.items()}
        for origin, held in known.items()
    }
    new = home.path / "cosigned.json.new"
    try:
        with new.open("w", encoding="utf-8") as file:
            json.dump(told, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        new.replace(_file(home))
        _sync(home.path)
    except OSError as error:
        return refused("witness.memory", Place(str(new)), detail=error.strerror or str(error))
    return None


def _sync(folder: Path) -> None:
    """Make the new name durable, where a folder can be opened."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _locked(home: Home) -> Iterator[None]:
    """One witness at a time in this folder."""
    home.path.mkdir(parents=True, exist_ok=True)
    with (home.path / "cosigned.lock").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


__all__ = ["Cosigned", "largest", "remember"]
