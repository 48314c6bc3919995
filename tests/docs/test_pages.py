"""Pages and schemas that are made from the code are as the code makes them now."""

from __future__ import annotations

import pytest
from docs.make import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_code_makes(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run make docs"
