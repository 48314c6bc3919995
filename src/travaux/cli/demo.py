"""``travaux demo``: both example registers, and the main job from end to end.

The demo runs the very commands it shows, in a folder of its own with keys of its own.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from travaux.acts.fault import Fault, Place
from travaux.cli.console import fail, notice, out
from travaux.cli.demo_steps import AFTER, BEFORE, PASSPHRASE, Command, Ran, Step, steps
from travaux.examples import copy_to
from travaux.messages import say

if TYPE_CHECKING:
    from rich.console import Console

HOME = "home"
INDENT = 4  # characters, of what a step shows
_WIDEST = 110


@click.command("demo")
@click.option("--no-serve", is_flag=True, help="End after printing; do not open the site.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Build in DIR, a new folder, and leave everything there.",
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where the site listens."
)
def demo_command(no_serve: bool, keep: Path | None, port: int) -> None:  # noqa: ARG001 - there is no site yet
    """Build both example registers and walk through the main job, in about ten seconds.

    The Union State, compiled from public sources, and a commission of two invented ministries: found, act,
    read a communiqué, confirm it, meet a refusal and its reason, adopt, cosign, seal, verify, find a changed
    byte, and print the brief as of two days. Every step shows the commands that do the same by hand.

    \b
    Examples: travaux demo --no-serve
              travaux demo --no-serve --keep try-it
    """  # fmt: skip
    if keep is None:
        with TemporaryDirectory(prefix="travaux-demo-") as folder:
            _walk(Path(folder))
        out().print(f"\n[dim]{say('demo.gone')}[/]")
    else:
        _walk(_made(keep).absolute())
        _tell_how_to_go_on(keep)
    sys.stdout.flush()
    if not no_serve:
        notice(say("demo.no_site"))


def _made(folder: Path) -> Path:
    """The folder to build in: made if need be; one that holds anything is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        fail([Fault("demo.not_empty", Place(str(folder)), {"path": folder})])
    return folder


def _walk(folder: Path) -> None:
    console, screen, all_steps = out(), sys.stderr, steps()
    width = min(console.width, _WIDEST)
    copy_to(folder)
    console.print(f"[bold]{say('demo.title')}[/]")
    console.print(say("demo.place", {"path": folder}), markup=False)
    home = {"TRAVAUX_HOME": str(folder / HOME), "TRAVAUX_PASSPHRASE": PASSPHRASE}
    with chdir(folder), _environment(home):
        for n, step in enumerate(all_steps, 1):
            working = say("demo.working", {"n": n, "all": len(all_steps), "title": say(step.title)})
            with _busy(screen, working):
                ran = _run_all(step, folder, width - INDENT)
            _print(console, n, step, ran, width)


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Some variables set while the block runs; afterwards everything is as before."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _busy(screen: object, what: str) -> Iterator[None]:
    """A line on the terminal `screen` while a step runs, whose own output is caught."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(file=screen, highlight=False).status(what):  # type: ignore[arg-type]
        yield


def _run_all(step: Step, folder: Path, width: int) -> list[Ran]:
    """Run the commands of a step; one that ends otherwise than it should ends the demo with its words."""
    found: list[Ran] = []
    last = len(step.commands) - 1
    for n, command in enumerate(step.commands):
        ran = run(command, width)
        if ran.code != (step.ends if n == last else 0):
            sys.stderr.write(ran.err)
            fail([Fault("demo.failed", values={"command": typed(command), "code": ran.code})])
        found.append(ran)
        if n == 0 and step.between:
            step.between(folder)
    return found


def run(command: Command, width: int = _WIDEST) -> Ran:
    """Run one command of Travaux in this process and catch what it prints, `width` characters wide."""
    from travaux.cli.commands import travaux

    printed, told, code = StringIO(), StringIO(), 0
    with redirect_stdout(printed), redirect_stderr(told), _environment({"COLUMNS": str(width)}):
        try:
            travaux.main(args=list(command), prog_name="travaux", standalone_mode=False)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
    return Ran(command, code, printed.getvalue(), told.getvalue())


def typed(command: Command) -> str:
    """The command as a person types it."""
    return shlex.join(("travaux", *command))


def _print(console: Console, n: int, step: Step, ran: list[Ran], width: int) -> None:
    from rich.text import Text

    values = {"passphrase": PASSPHRASE, "before": BEFORE, "after": AFTER}
    console.print(f"\n[bold blue]{n:>2}[/]  [bold]{say(step.title)}[/]")
    for line in wrap(say(step.note, values), width - INDENT):
        console.print(Text(" " * INDENT + line, style="dim"))
    for one in ran:
        console.print(Text(f"{' ' * INDENT}$ {typed(one.command)}", style="cyan"))
    for line in step.show(ran):
        for part in folded(line.rstrip(), width - INDENT) or [""]:
            console.print(Text(f"{' ' * INDENT}{part}".rstrip()))


def folded(line: str, width: int) -> list[str]:
    """A line of output in as many as it needs, further ones indented a little more than the first."""
    start = line[: len(line) - len(line.lstrip())]
    return wrap(line, width, initial_indent="", subsequent_indent=f"{start}  ", drop_whitespace=True)


def _tell_how_to_go_on(folder: Path) -> None:
    from rich.text import Text

    console = out()
    console.print()
    console.print(say("demo.kept", {"path": folder}), markup=False)
    for line in (
        f"cd {shlex.quote(str(folder))}",
        f"export TRAVAUX_HOME=$PWD/{HOME} TRAVAUX_PASSPHRASE={PASSPHRASE}",
    ):
        console.print(Text(f"{' ' * INDENT}$ {line}", style="cyan"))
    console.print(say("demo.kept_note", {"passphrase": PASSPHRASE}), markup=False)
