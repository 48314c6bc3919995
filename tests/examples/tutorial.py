"""The tutorial as a script: its console blocks, run one after the other in one shell."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEREDOC = re.compile(r"<<'(\w+)'")
_ID = re.compile(r"\b[0-9a-f]{8,64}\b")
_SURE = re.compile(r"\b[01]\.\d\d\b")
_SPLIT = "@@@ end of command @@@"


@dataclass(frozen=True)
class Command:
    """What is typed, and the lines that the tutorial shows below it."""

    typed: str
    shown: tuple[str, ...]


def commands() -> list[Command]:
    """All commands of the tutorial, in order."""
    found: list[Command] = []
    for block in _BLOCK.findall(TUTORIAL.read_text(encoding="utf-8")):
        lines = block.splitlines()
        while lines:
            typed = lines.pop(0).removeprefix("$ ")
            if ends := _HEREDOC.search(typed):
                while not typed.endswith(f"\n{ends[1]}"):
                    typed += "\n" + lines.pop(0)
            shown = []
            while lines and not lines[0].startswith("$ "):
                shown.append(lines.pop(0))
            found.append(Command(typed, tuple(s for s in shown if s.strip() not in ("", "…"))))
    return found


def run(listed: list[Command], folder: Path, home: Path) -> list[tuple[int, str]]:
    """(exit code, output) of each command; each sees the exit code of the one before it."""
    script = ["rc=0"]
    for one in listed:
        script += ["(exit $rc)", one.typed, "rc=$?", f'echo; echo "{_SPLIT} $rc"']
    environment = {
        "PATH": f"{ROOT / '.venv' / 'bin'}:/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", "\n".join(script)], cwd=folder, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False,
    )  # fmt: skip
    parts = re.split(rf"\n?{_SPLIT} (\d+)\n", done.stdout)
    return [(int(code), text) for text, code in zip(parts[::2], parts[1::2], strict=False)]


def levelled(text: str) -> str:
    """The text with single spaces, all ids alike and all confidences: they are nobody's business here."""
    return " ".join(_SURE.sub("SURE", _ID.sub("ID", text)).split())
