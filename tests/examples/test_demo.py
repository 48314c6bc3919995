"""The demo does what it shows: both registers, every step, nothing left behind unless it is kept."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from travaux.cli.commands import travaux
from travaux.cli.demo import run, typed
from travaux.cli.demo_steps import ALTERED, OBSERVED, WORKING, steps


def demo(*args: str) -> Result:
    result = CliRunner().invoke(
        travaux, ["demo", "--no-serve", *args], env={"NO_COLOR": "1", "COLUMNS": "120"}
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "kept"
    result = demo("--keep", str(folder))
    assert result.exit_code == 0, result.output
    return folder, result.output


def test_every_step_is_told_with_its_commands(kept: tuple[Path, str]) -> None:
    told = kept[1]
    for n, step in enumerate(steps(), 1):
        assert f"\n{n:>2}  " in told
        for command in step.commands:
            assert f"$ {typed(command)}" in told


@pytest.mark.parametrize(
    "phrase",
    [
        "Founded: Union State of Belarus and Russia",
        "acts recorded from 1-before.acts, 2-communique.acts",
        "from 1 April 2027 (Arvia; opposes: Tolia (there are no lights yet))",
        "Tolia will light the channel by 1 May 2027",
        "Ferries also run at night from 1 May 2027, with the channel lit.",
        "Because: Tolia objected (the channel is not lit at night).",
        "What would change it: Tolia withdraws its objection and says yes.",
        "tolia/witness cosigned the record up to entry",
        "Unaltered yes",
        "the signature of tolia/delegation does not fit the text",
        "As of 9 Sep 2021.",
        "What changed since 9 Sep 2021".upper(),
        "The passphrase of all keys is “demo”.",
    ],
)
def test_the_main_job_is_seen(kept: tuple[Path, str], phrase: str) -> None:
    assert phrase in " ".join(kept[1].split())


def test_the_changed_byte_is_found_where_it_was_changed(kept: tuple[Path, str]) -> None:
    folder, told = kept
    good, bad = (folder / WORKING).read_bytes(), (folder / ALTERED).read_bytes()
    differing = [n for n, (a, b) in enumerate(zip(good, bad, strict=False)) if a != b and b == ord("w")]
    assert any(bad[n - 2 : n + 1] == b"now" for n in differing)
    objection = next(line for line in told.splitlines() if "does not fit the text" in line)
    assert objection.split("entry ", 1)[1].partition(":")[0].isdigit()


def test_what_is_kept_can_be_used_on(kept: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = kept[0]
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TRAVAUX_HOME", str(folder / "home"))
    for register in (WORKING, OBSERVED):
        assert run(("verify", register)).code == 0
    assert run(("verify", ALTERED)).code == 1


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = demo("--keep", str(tmp_path))
    assert result.exit_code == 1
    assert "there is something in" in result.output
    assert [f.name for f in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_is_left_behind_unless_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("travaux.cli.demo.steps", lambda: steps()[:1])
    before, here = dict(os.environ), Path.cwd()
    result = demo()
    assert result.exit_code == 0, result.output
    assert "travaux demo --no-serve --keep DIR" in result.output
    assert (dict(os.environ), Path.cwd()) == (before, here)
    assert not [f for f in tmp_path.iterdir() if f.name.startswith("travaux-demo-")]
