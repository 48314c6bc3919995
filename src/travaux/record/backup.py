"""A consistent copy of a register, in a new file or on a server, while others go on writing."""

from __future__ import annotations

from pathlib import Path

from travaux.acts.fault import Place, Refused, refused
from travaux.record.copying import copy_store
from travaux.record.durable import remove, sync_file, sync_folder
from travaux.record.places import create_store, place
from travaux.record.store import Store, StoreError


def backup_store(store: Store, path: Path | str) -> Path | str | Refused:
    """Copy `store` to a new file or address, which comes back; the copy is of one moment.

    Refused: what is there already, a disk that cannot be written. A server that breaks is a `StoreError`.
    """
    target = place(path)
    if isinstance(target, Refused):
        return target
    return _file(store, target) if isinstance(target, Path) else _copy(store, target)


def _copy(source: Store, target: str) -> str | Refused:
    """A copy in another store, or nothing there."""
    store = create_store(target)
    if isinstance(store, Refused):
        return store
    try:
        copy_store(source, store)
    except StoreError:
        store.discard()
        raise
    finally:
        store.close()
    return target


def _file(source: Store, target: Path) -> Path | Refused:
    """A copy in a file, durable before it bears its name."""
    if target.exists():
        return refused("record.exists_backup", path=str(target))
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        source.backup(str(part))
        sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        return refused("record.no_copy", Place(str(target)), detail=error.strerror or str(error))
    except StoreError as error:
        full = error.fault.code == "record.disk_full"
        detail = "the disk is full" if full else str(error.fault.values.get("detail", ""))
        return refused("record.no_copy", Place(str(target)), detail=detail)
    finally:
        remove(part)
    return target


__all__ = ["backup_store"]
