"""Where the tests of the record keep their registers: a file, and a schema on a private server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import Server, binaries, remove, start


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL server for all tests; they skip where there is none to start."""
    found = binaries()
    if found is None:
        pytest.skip("no PostgreSQL server is installed (Debian: postgresql)")
    pytest.importorskip("psycopg")
    made = start(found)
    yield made
    remove(made)


@pytest.fixture(params=["file", "server"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A place for a register that does not exist yet, in each store."""
    if request.param == "file":
        return tmp_path / "r.travaux"
    url: str = request.getfixturevalue("server").url()
    return url
