"""A mirror after the host has moved: what the old host recorded beyond the base is set aside, not lost.

A mirror never goes backwards but by `move_host`. Where the new history leaves the one held here at such an
act, the whole new history is checked into a file of its own, which then takes the mirror's place; the old
file stays beside it as a dead branch: evidence, and where authors find the acts that they may issue again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from travaux.acts.fault import Place, Refused, refused
from travaux.record.entry import read_entry
from travaux.record.evidence import Evidence
from travaux.record.forks import signed_by
from travaux.record.keys import party_of
from travaux.record.log import Log
from travaux.record.mirror import Followed, MakeRules, Progress, follow, shown
from travaux.record.published import Published
from travaux.record.store import Store
from travaux.record.tree import HASH


@dataclass(frozen=True, slots=True)
class GoneOver:
    """A mirror that went over to the new host: where the old copy lies, how many of its entries are dead."""

    followed: Followed
    branch: Path
    dead: int


def keep_up(
    file: Path,
    published: Published,
    *,
    founding: str = "",
    rules: MakeRules | None = None,
    progress: Progress | None = None,
) -> Followed | GoneOver | Evidence | Refused:
    """`follow`, and over to a new host where the parties moved the record on a tree that this mirror left.

    Refused besides: a move that a party signed although it had cosigned a larger tree (`mirror.move_back`).
    """
    new = not file.exists()
    done = follow(file, published, founding=founding, rules=rules, progress=progress)
    if new or not isinstance(done, Refused) or not _strange(file, published):
        return done
    trial = file.with_name(file.name + ".moved")
    trial.unlink(missing_ok=True)
    register = _register(file)
    found = follow(trial, published, founding=register, rules=rules, progress=progress)
    if not isinstance(found, Followed):
        return done
    over = _go_over(file, trial, found)
    trial.unlink(missing_ok=True)
    return over or done


def parting(old: Log, new: Log) -> int:
    """How many entries two copies of a register have in common."""
    first, second = (log.store.leaves(0, log.size) for log in (old, new))
    most = min(len(first), len(second)) // HASH
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        same = first[: middle * HASH] == second[: middle * HASH]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _strange(file: Path, published: Published) -> bool:
    """True where no host key that this mirror knows signed what is shown."""
    now, log = shown(published), Log.open(file)
    if isinstance(now, Refused) or isinstance(log, Refused):
        return False
    with log:
        return not any(signed_by(now[0], vkey) for _, vkey in log.authority.holders.hosts)


def _register(file: Path) -> str:
    log = Log.open(file)
    if isinstance(log, Refused):
        return ""
    with log:
        return log.register or ""


def _go_over(file: Path, trial: Path, found: Followed) -> GoneOver | Refused | None:
    """Put the new history in the mirror's place; None where it does not leave the old one by a move."""
    old, new = Log.open(file), Log.open(trial, write=True)
    if isinstance(old, Refused) or isinstance(new, Refused):
        return old if isinstance(old, Refused) else new  # type: ignore[return-value]
    with old, new:
        base, dead = parting(old, new), old.size
        row = new.store.row(base)
        entry = read_entry(row.entry, base) if row else None
        if entry is None or entry.kind != "move_host":
            return None
        signed = set(map(party_of, entry.signers))
        for kept in old.store.cosignatures():
            if kept.size > base and party_of(kept.name) in signed:
                party, size = party_of(kept.name), kept.size
                return refused("mirror.move_back", Place(str(file)), party=party, size=size, base=base)
        missing = _keep(old, new.store, base, found.missing)
        branch = file.with_name(f"{file.stem}-dead-{old.root.hex()[:12]}{file.suffix}")
    try:
        branch.unlink(missing_ok=True)  # left by a run that was cut off here
        os.link(file, branch)
        trial.replace(file)
    except OSError as error:
        return refused("record.unwritable", Place(str(branch)), detail=error.strerror or str(error))
    followed = Followed(found.register, found.origin, found.size, found.size - base, missing)
    return GoneOver(followed, branch, dead - base)


def _keep(old: Log, new: Store, base: int, missing: tuple[str, ...]) -> tuple[str, ...]:
    """Take over what the old copy holds of the common history and the new host does not serve."""
    lost = []
    with new.writing():
        for size, note in old.store.checkpoints():
            if 0 < size <= base:
                new.put_checkpoint(size, note)
        for row in old.store.cosignatures():
            if row.size <= base:
                new.put_cosignature(row)
        for opening in old.store.openings():
            if 0 <= new.find(opening.act) < base:
                new.put_opening(opening)
        for digest in missing:
            data = old.blob(digest)
            if data is None:
                lost.append(digest)
            else:
                new.put_blob(digest, data)
    return tuple(lost)


__all__ = ["GoneOver", "keep_up", "parting"]
