"""Where the tests of the record keep their registers: a file, and a schema on a private server."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(params=["file", "server"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A place for a register that does not exist yet, in each store."""
    if request.param == "file":
        return tmp_path / "r.travaux"
    url: str = request.getfixturevalue("server").url()
    return url
