"""Pages in a real browser: no axe violation, at two widths, and nothing that needs a script or the network.

Skipped where Debian's Chromium is absent. The pages are those of both examples and of two versions compared.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.register.registers import as_of, ferry, register
from tests.views.delivered import TODAY, board_of, played
from travaux.formats.brief_html import html
from travaux.formats.delivery.timeline import measures_svg
from travaux.formats.minister_html import minister_html
from travaux.text.compare import compare
from travaux.text.compare.page import page as compared
from travaux.views.brief import brief
from travaux.views.delivered.board import board_json
from travaux.views.delivered.minister import minister_page
from travaux.views.page import to_json
from travaux.views.wording import wording

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
HEAD = '<!DOCTYPE html><html lang="en"><title>Dates</title>'
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    made, stage = register(*ferry()), played()
    board = board_of(stage)
    minister = minister_page(wording(stage.register.as_of(TODAY)), board, "arvia")
    drawing = measures_svg(board_json(board)).decode()
    old, new = (
        "1. Ferries may run.\n\n2. Fares are public.\n",
        "1. Ferries shall run daily.\n\n3. Fares are public.\n",
    )
    return {
        "brief": html(to_json(brief(as_of(made, "2031-09-01"), compare=as_of(made, "2031-03-01")))),
        "minister": minister_html(msgspec.json.encode(minister)),
        "compare": compared(compare(old, new), ("old", "new")),
        "timeline": f"{HEAD}<main><h1>Dates</h1>{drawing}</main></html>",
    }


@pytest.mark.parametrize("name", ["brief", "minister", "compare", "timeline"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_is_fetched(
    browser: Browser, pages: dict[str, str], tmp_path: Path, name: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    file = tmp_path / f"{name}.html"
    file.write_text(pages[name], encoding="utf-8")
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    found = Axe().run(page).response["violations"]
    page.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []
    assert asked == [file.as_uri()]


@pytest.mark.parametrize("name", ["brief", "minister", "compare"])
def test_without_scripts_the_page_is_the_same(
    browser: Browser, pages: dict[str, str], tmp_path: Path, name: str
) -> None:
    file = tmp_path / f"{name}.html"
    file.write_text(pages[name], encoding="utf-8")
    texts = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(file.as_uri())
        texts.append(page.locator("body").inner_text())
        context.close()
    assert texts[0] == texts[1]
    assert "<script" not in pages[name]
