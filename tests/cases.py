"""Where the shared cases lie; a test that needs them skips with a message where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CASES = Path(os.environ.get("TRAVAUX_CASES", Path(__file__).parents[1] / ".." / "shared" / "cases")).resolve()


def case(name: str) -> Path:
    """The path of the case `name`, or a skip of the test that asked for it."""
    path = CASES / name
    if not path.exists():
        pytest.skip(f"case {name} is not here; set TRAVAUX_CASES to the folder of cases")
    return path
