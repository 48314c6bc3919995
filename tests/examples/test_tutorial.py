"""The tutorial works in an empty home: every command, its exit code, and every line of output it shows."""

from __future__ import annotations

import pytest

from tests.examples.tutorial import Command, commands, levelled, run


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Command, int, str]]:
    folder, home = tmp_path_factory.mktemp("tutorial"), tmp_path_factory.mktemp("home")
    listed = commands()
    done = run(listed, folder, home)
    assert len(done) == len(listed), done[-1]
    assert not list(home.iterdir())
    return [(one, *result) for one, result in zip(listed, done, strict=True)]


def test_every_command_ends_as_the_tutorial_says(ran: list[tuple[Command, int, str]]) -> None:
    for n, (one, code, output) in enumerate(ran):
        asked = ran[n + 1][0] if n + 1 < len(ran) else None
        wanted = int(asked.shown[0]) if asked and asked.typed == "echo $?" else 0
        assert code == wanted, (one.typed, output)


def test_every_line_shown_is_printed_in_that_order(ran: list[tuple[Command, int, str]]) -> None:
    for one, _, output in ran:
        rest = levelled(output)
        for line in one.shown:
            before, found, rest = rest.partition(levelled(line))
            assert found, (one.typed, line, before[:2000])


def test_it_is_worth_fifteen_minutes() -> None:
    typed = [one.typed for one in commands()]
    acting, checking = "read confirm act correct report answer", "cosign seal verify export found"
    for command in f"brief text measures search log {acting} {checking}".split():
        assert any(t.startswith(f"travaux {command}") or f"$(travaux {command}" in t for t in typed), command
