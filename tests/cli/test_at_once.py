"""Several commands of one author at the same moment: every act of them is recorded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.desk import PASSPHRASE, Desk, desk
from tests.cli.test_register_life import TABLED

__all__ = ["desk"]
AT_ONCE = 5


@pytest.fixture
def harbour(desk: Desk) -> Path:
    return desk.found()


def test_acts_of_one_author_in_several_processes_are_all_recorded(desk: Desk, harbour: Path) -> None:
    env = {**os.environ, "TRAVAUX_HOME": str(desk.home), "TRAVAUX_PASSPHRASE": PASSPHRASE}
    start = "from travaux.cli.commands import travaux; travaux()"
    running = []
    for n in range(AT_ONCE):
        two = TABLED.replace("dredging", f"d{n}") + "---\n" + TABLED.replace("dredging", f"e{n}")
        file = desk.write(f"{n}.acts", two if n % 2 else TABLED.replace("dredging", f"d{n}"))
        command = [sys.executable, "-c", start, "act", str(harbour), str(file)]
        running.append(
            subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
    told = [(p.communicate(timeout=120), p.returncode) for p in running]
    assert [code for _, code in told] == [0] * AT_ONCE, told
    log = json.loads(desk.run("log", str(harbour), "--kind", "table", "--format", "json").stdout)
    assert len(log) == AT_ONCE + AT_ONCE // 2
    desk.run("verify", str(harbour))
