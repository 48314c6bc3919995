"""A connection to a PostgreSQL server, and what it refuses as faults of ours."""

from __future__ import annotations

import logging
from typing import Any

import psycopg
from psycopg import errors

from travaux.record.address import Address
from travaux.record.store import StoreError

# What psycopg would write to standard error about a connection that broke is told as a fault.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

Connection = psycopg.Connection[tuple[Any, ...]]


def connect(url: Address, write: bool, wait: float) -> Connection:
    """A connection in autocommit on the schema of `url`; locks are waited for `wait` seconds."""
    try:
        given = psycopg.conninfo.conninfo_to_dict(url.conninfo, **url.secrets)
        more: dict[str, Any] = {"connect_timeout": 10, "application_name": "travaux"}
        if "," in str(given.get("host", "")):
            more["target_session_attrs"] = "primary"
        db: Connection = psycopg.connect(autocommit=True, **(more | given))
        settings = {
            "search_path": f'"{url.schema}"', "lock_timeout": str(max(1, int(wait * 1000))),
            "client_encoding": "UTF8", "default_transaction_read_only": "off" if write else "on",
        }  # fmt: skip
        for name, value in settings.items():
            db.execute("SELECT set_config(%s, %s, false)", (name, value))
        return db
    except psycopg.Error as error:
        raise store_error(error, url, "record.unreachable") from error


def lost_in(error: psycopg.Error) -> bool:
    """True where the connection broke or the server ended it, so that the last answer is not known."""
    state = error.sqlstate
    if isinstance(error, errors.PipelineAborted):
        return False
    return isinstance(error, psycopg.OperationalError) and (state is None or state[:2] in ("08", "57"))


def store_error(error: psycopg.Error, url: Address, lost: str = "record.connection") -> StoreError:
    """What the server refused, as a fault of ours; `lost` is the code where there is no connection."""
    codes: list[tuple[type[psycopg.Error] | tuple[type[psycopg.Error], ...], str]] = [
        ((errors.LockNotAvailable, errors.DeadlockDetected), "record.busy"),
        ((errors.DiskFull, errors.OutOfMemory), "record.disk_full"),
        ((errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction), "record.read_only"),
        ((errors.DuplicateTable, errors.DuplicateSchema, errors.DuplicateFunction), "record.exists"),
        ((errors.DataCorrupted, errors.IndexCorrupted, errors.UndefinedTable), "record.damaged"),
    ]
    code = next((c for kind, c in codes if isinstance(error, kind)), None)
    if code is None:
        code = lost if lost_in(error) or lost != "record.connection" else "record.store"
    detail = " ".join(str(error).split())
    for secret in filter(None, url.secrets.values()):
        detail = detail.replace(secret, "…")
    return StoreError(code, url, detail=detail)
