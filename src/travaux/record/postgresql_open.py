"""Found a register on a PostgreSQL server, or open one; what the server and the schema must be like."""

from __future__ import annotations

from travaux.acts.fault import Refused
from travaux.record.address import Address
from travaux.record.postgresql import PostgresStore
from travaux.record.postgresql_link import connect
from travaux.record.postgresql_schema import RIGHTS, STATE, VERSION
from travaux.record.store import StoreError


def create_server(url: Address) -> PostgresStore | Refused:
    """A new, empty register in the schema of `url`, which is made unless an empty one is there.

    Refused: a schema that holds something, rights that are missing, a server with unsafe settings.
    """
    try:
        store = PostgresStore(url, connect(url, write=True, wait=5.0), 5.0)
        try:
            _found(store)
        except StoreError:
            store.close()
            raise
        return store
    except StoreError as error:
        return Refused((error.fault,))


def open_server(url: Address, write: bool, wait: float = 5.0) -> PostgresStore | Refused:
    """The register in the schema of `url`. `wait`: seconds to wait for another writer.

    Refused: no server or no register there, a newer version, a replica; for writing also a server that may
    lose what it acknowledged (``fsync`` or ``full_page_writes`` off) and rights that are missing.
    """
    try:
        store = PostgresStore(url, connect(url, write, wait), wait)
        try:
            _check(store, write)
        except StoreError:
            store.close()
            raise
        return store
    except StoreError as error:
        return Refused((error.fault,))


def _state(store: PostgresStore, write: bool) -> tuple[bool, bool, bool]:
    """Whether the schema is there, holds a register, holds anything; a server to avoid is a `StoreError`."""
    schema = store.url.schema
    found = store.run(STATE, (schema, schema))
    replica, fsync, pages, encoding, there, register, anything = found[0]
    if replica:
        raise StoreError("record.replica", store.where)
    for setting, value in (("fsync", fsync), ("full_page_writes", pages)):
        if write and value != "on":
            raise StoreError("record.unsafe", store.where, setting=setting)
    if encoding != "UTF8":
        raise StoreError("record.encoding", store.where, encoding=encoding)
    return bool(there), bool(register), bool(anything)


def _check(store: PostgresStore, write: bool) -> None:
    there, register, _ = _state(store, write)
    if not there or not register:
        raise StoreError("record.no_schema", store.where, schema=store.url.schema)
    version = store.run("SELECT version FROM form")[0][0]
    if version != VERSION:
        raise StoreError("record.newer", store.where, version=version, known=VERSION)
    if write and not store.run(RIGHTS)[0][0]:
        raise StoreError("record.read_only", store.where)
    store.head()


def _found(store: PostgresStore) -> None:
    there, _, anything = _state(store, write=True)
    if anything:
        raise StoreError("record.exists", store.where)
    store.make(schema=not there)
