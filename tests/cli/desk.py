"""A user at a desk: an empty home, a working folder, and `travaux` run in this process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from travaux.cli.commands import travaux

PASSPHRASE = "correct horse"
CONSTITUTION = """\
name = "Harbour commission"
kind = "working"
origin = "harbour.example/commission"
rules = "two-ministries"
quorum = 2
languages = ["en"]
[[party]]
id = "north"
name = "Ministry of the North"
[[party]]
id = "south"
name = "Ministry of the South"
[keeper]
id = "desk"
name = "Joint secretariat"
"""


@dataclass
class Desk:
    """Runs commands; `folder` is the current one, `home` holds the keys."""

    folder: Path
    home: Path
    passphrase: str | None = PASSPHRASE

    def run(self, *args: str, code: int = 0, stdin: str | None = None) -> Result:
        """The result of ``travaux ARGS``, whose exit code must be `code`; never a traceback."""
        env = {
            "TRAVAUX_HOME": str(self.home),
            "TRAVAUX_PASSPHRASE": self.passphrase,
            "NO_COLOR": "1",
            "COLUMNS": "200",
        }
        result = CliRunner().invoke(
            travaux, [str(a) for a in args], input=stdin, env=env, prog_name="travaux"
        )
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    def write(self, name: str, text: str | bytes) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def found(self, name: str = "harbour.travaux", constitution: str = CONSTITUTION) -> Path:
        """A register founded by the constitution, with cheap keys."""
        self.run(
            "found",
            str(self.write("constitution.toml", constitution)),
            str(self.folder / name),
            "--rounds",
            "2",
        )
        return self.folder / name

    def act(self, register: Path, text: str, code: int = 0) -> Result:
        """Submit acts in the notation."""
        return self.run("act", str(register), str(self.write("these.acts", text)), code=code)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Desk(folder, tmp_path / "home")
