"""The address of a register on a PostgreSQL server: ``postgresql://user@host:5432/database?schema=NAME``.

One schema holds one register; without ``schema`` it is the one called ``travaux``. Everything else in the
query is libpq's. Passwords are kept apart, so that the address can be shown.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from travaux.acts.fault import Place, Refused, refused

SCHEMA: Final = "travaux"
_SCHEMES: Final = ("postgresql", "postgres")
_SECRET: Final[tuple[str, ...]] = ("password", "sslpassword")
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_PORTS: Final = re.compile(r"[^@/?#:\[\]]*(\[[0-9A-Fa-f:.%]+\])?(:[0-9]*)?")


class Address(str):
    """An address as people may see it: a string without any password, also in messages and tracebacks.

    `schema` names the register in its database, `conninfo` is what libpq is given, `secrets` goes beside it.
    """

    schema: str
    conninfo: str
    secrets: dict[str, str]


def is_address(where: Path | str) -> bool:
    """True when `where` is no path but the address of a server."""
    return isinstance(where, str) and where.partition("://")[0] in _SCHEMES and "://" in where


def address(text: str) -> Address | Refused:
    """The address in `text`. Refused, without a word of it: one whose parts cannot be told apart.

    That is one whose password holds ``/``, ``?`` or ``#`` unescaped, a port that is no number, a query that
    is no list of settings, a schema that is no plain lower-case name.
    """
    if isinstance(text, Address):
        return text
    try:
        parts = urlsplit(text)
        query = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        return _bad("its parts cannot be told apart")
    user, at, hosts = parts.netloc.rpartition("@")
    if parts.fragment or "@" in parts.path or not all(map(_PORTS.fullmatch, hosts.split(","))):
        return _bad("its parts cannot be told apart; in a password, write %2F for /, %3F for ?, %23 for #")
    name, colon, password = user.partition(":")
    settings = dict(query)
    schema = settings.pop("schema", SCHEMA)
    if not _NAME.fullmatch(schema) or schema.startswith("pg_"):
        return _bad("the schema is a name of lower-case letters, digits and _")
    secrets: dict[str, str] = {key: settings.pop(key) for key in _SECRET if key in settings}
    if colon:
        secrets["password"] = unquote(password)
    base = f"postgresql://{name}{at}{hosts}{parts.path}"
    made = Address(_with(base, {**settings, "schema": schema}))
    made.schema, made.conninfo, made.secrets = schema, _with(base, settings), secrets
    return made


def _with(base: str, settings: dict[str, str]) -> str:
    query = urlencode(settings, quote_via=quote, safe="/")
    return f"{base}?{query}" if query else base


def _bad(detail: str) -> Refused:
    return refused("record.address", Place("postgresql://…"), detail=detail)
