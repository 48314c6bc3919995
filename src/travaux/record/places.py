"""Where a register is kept: a file, or a schema on a PostgreSQL server; which store that means."""

from __future__ import annotations

from pathlib import Path

from travaux.acts.fault import Place, Refused, refused
from travaux.record import sqlite
from travaux.record.address import Address, address, is_address
from travaux.record.store import Store


def create_store(where: Path | str) -> Store | Refused:
    """A new, empty register; what is there is never overwritten."""
    at = place(where)
    if isinstance(at, Refused):
        return at
    if not isinstance(at, Address):
        return sqlite.create_store(at)
    from travaux.record.postgresql_open import create_server

    return create_server(at)


def open_store(where: Path | str, write: bool, wait: float = 5.0) -> Store | Refused:
    """The register that is there. `wait`: seconds to wait for another writer. Refused: see the two stores."""
    at = place(where)
    if isinstance(at, Refused):
        return at
    if not isinstance(at, Address):
        return sqlite.open_store(at, write, wait)
    from travaux.record.postgresql_open import open_server

    return open_server(at, write, wait)


def place(where: Path | str) -> Path | Address | Refused:
    """The path or the address that is meant; refused are a malformed address and one without its driver."""
    if not isinstance(where, str) or not is_address(where):
        return Path(where)
    at = address(where)
    if isinstance(at, Address):
        try:
            import psycopg  # noqa: F401
        except ImportError:
            return refused("record.no_driver", Place(at))
    return at


__all__ = ["create_store", "open_store", "place"]
