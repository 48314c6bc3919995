"""docs/nightly-checks.md: its script, cron line, units and shell lines do what it says."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docs.make import DOCS

import travaux
from tests.cli.desk import Desk, desk
from tests.cli.test_mirror import TABLED

__all__ = ["desk"]
PAGE = (DOCS / "nightly-checks.md").read_text(encoding="utf-8")
MAIN = "'from travaux.cli import main; main()'"
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCKS if found == kind]


@pytest.fixture
def shell(desk: Desk, tmp_path: Path) -> dict[str, str]:
    """What a shell needs to run the page's lines: `travaux` and the script in its path."""
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name, text in {
        "travaux": "#!/bin/sh\n"
        f'PYTHONPATH={Path(travaux.__file__).parents[1]} exec {sys.executable} -c {MAIN} "$@"\n',
        "travaux-nightly": blocks("sh")[0],
    }.items():
        (bin_ / name).write_text(text)
        (bin_ / name).chmod(0o755)
    register = desk.found("ministries.travaux")
    desk.act(register, TABLED.format(name="dredging"))
    desk.run("export", str(register), "south-mirror", "--for", "south")
    desk.run("mirror", "south-mirror", "north.travaux")
    more = {"PATH": f"{bin_}:{os.environ['PATH']}", "TRAVAUX_HOME": str(desk.home)}
    return dict(os.environ) | more


def run(line: str, desk: Desk, shell: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=desk.folder, env=shell, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_cron_line_is_quiet_until_something_is_wrong(desk: Desk, shell: dict[str, str]) -> None:
    (row,) = [line for line in blocks("cron")[0].splitlines() if not line.startswith("MAILTO")]
    times, user, command = re.fullmatch(r"((?:\S+ +){4}\S+) +(\w+) +(.*)", row).groups()  # type: ignore[union-attr]
    assert (times, user) == ("17 3 * * *", "desk")
    command = command.replace("/srv/record", str(desk.folder))
    assert run(command, desk, shell) == (0, "")
    desk.act(desk.folder / "ministries.travaux", TABLED.format(name="lights"))
    assert run(command, desk, shell) == (0, "")
    shutil.copy(desk.folder / "ministries.travaux", desk.folder / "north.travaux")
    desk.run("mirror", "south-mirror", "older.travaux")
    shutil.copy(desk.folder / "older.travaux", desk.folder / "ministries.travaux")
    code, said = run(command, desk, shell)
    assert code == 1
    assert "1 are lost there" in said


def test_the_units_run_the_same_at_the_same_time() -> None:
    service, timer = [configparser.ConfigParser(interpolation=None) for _ in range(2)]
    for unit, text in zip((service, timer), blocks("ini"), strict=True):
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read_string(text)
    cron = blocks("cron")[0].splitlines()[1]
    assert service["Service"]["ExecStart"].removeprefix("/usr/local/bin/") in cron
    assert service["Service"]["WorkingDirectory"] in cron
    assert timer["Timer"]["OnCalendar"] == "*-*-* 03:17:00"
    if shutil.which("systemd-analyze"):
        calendar = ["systemd-analyze", "calendar", timer["Timer"]["OnCalendar"]]
        assert subprocess.run(calendar, capture_output=True, check=False).returncode == 0


def test_the_other_lines_run(desk: Desk, shell: dict[str, str]) -> None:
    _, follow, publish = blocks("sh")
    assert run(follow.replace("https://harbour.example/record", "south-mirror"), desk, shell)[0] == 0
    assert run(publish, desk, shell)[0] == 0
    assert run("travaux verify current/", desk, shell)[0] == 0


def test_what_the_page_quotes_is_what_is_said(desk: Desk, shell: dict[str, str]) -> None:
    desk.act(desk.folder / "ministries.travaux", TABLED.format(name="lights"))
    told = run(blocks("")[0], desk, shell)[1]
    quoted = re.findall(r"^\| `(.*?)`", PAGE, re.MULTILINE)
    assert quoted[0] in told
    from travaux import messages

    other = messages.say("record.copy_other", {"index": 5})
    assert re.search(quoted[1].replace("…", ".*"), other)
    assert quoted[2] in messages.say("record.copy_ahead", {"size": 6, "register": 5, "more": 1})
