"""The command line: one module a group of commands, imported only when its command runs."""

from __future__ import annotations


def main() -> None:
    """Entry point of ``travaux``."""
    from travaux.cli.commands import travaux

    travaux(prog_name="travaux")
