"""The table of commands, and the group that imports a command's module only when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from travaux import __version__

# name -> (module, one line for `travaux --help`); the order is the order of a register's life
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Build both example registers and walk through the main job."),
    "key": ("keys", "Make, list and show signing keys."),
    "found": ("founding", "Found a register from a constitution."),
    "read": ("reading", "Read documents and propose sourced entries."),
    "confirm": ("confirming", "Review what the reader proposes and record what you accept."),
    "sources": ("sources", "List the documents a register stands on; attach one."),
    "act": ("acting", "Check, sign and record acts written by hand."),
    "why": ("judging", "Why an act on the record could be done, by which rule."),
    "sign": ("elsewhere", "Sign a prepared act with keys held here."),
    "correct": ("acting", "Supersede an earlier act of yours, saying why."),
    "opening": ("disclosing", "What opens sealed acts: list, show, add, drop."),
    "disclose": ("disclosing", "Open a sealed act of yours: from here on it counts."),
    "brief": ("showing", "Where the negotiation stands, as of any date."),
    "text": ("text", "The rolling text of an instrument: agreed words once, the rest in brackets."),
    "brackets": ("brackets", "What is open in a bracketed text, and what is odd about it."),
    "compile": ("texts", "Parties' wordings into one bracketed text."),
    "resolve": ("texts", "One party's wording out of a compiled text."),
    "compare": ("texts", "What differs between two versions, or over several."),
    "concordance": ("texts", "Whether language versions of one text say the same things."),
    "measures": ("delivering", "What was promised, what moved, what each side says."),
    "report": ("claiming", "Report where your party stands with a measure."),
    "answer": ("claiming", "Answer what another party reports."),
    "extend": ("claiming", "Ask for another date of a measure, or decide on a request."),
    "plan": ("planning", "Write the measures as a workbook for one party to fill in."),
    "plan-in": ("planning", "Take in a workbook of measures that a party filled in."),
    "import-plan": ("importing", "Take in a published plan; say what changed since the edition before."),
    "forecast": ("delivering", "How likely the measures ahead are on time; for parties only."),
    "minister": ("delivering", "One A4 page for a party: where we stand, what to decide."),
    "log": ("showing", "The acts of a register, in order."),
    "search": ("showing", "Find acts by words."),
    "receipt": ("recording", "The proof that an act is in the record."),
    "cosign": ("recording", "Cosign the last checkpoint with a party's witness key."),
    "witness": ("witnessing", "Let a public witness cosign the last checkpoint, for strangers."),
    "seal": ("recording", "Put a cosigned checkpoint on the record: it certifies the time."),
    "erase": ("disclosing", "Take the bytes of a document away, saying why."),
    "verify": ("verifying", "Check a register or an exported directory, offline, beside its mirrors."),
    "export": ("recording", "Write a register as a directory that anyone can check."),
    "import": ("recording", "Make a register from an exported directory."),
    "mirror": ("mirroring", "Follow a published register, checking everything; cosign it."),
    "move-host": ("moving", "Prepare the move of the record to a new host, on a mirror."),
    "dead-branch": ("moving", "The acts that only the old host recorded, to be issued again."),
    "evidence": ("mirroring", "Judge a file of evidence against a host, offline."),
    "backup": ("recording", "Copy a register that is in use."),
}


class Travaux(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, in the order of a register's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, its module imported now; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"travaux.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command where the one given does not exist."""
        from difflib import get_close_matches

        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            near = get_close_matches(name, COMMANDS, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else " See travaux --help."
            raise click.UsageError(f"There is no command “{name}”.{hint}", ctx)  # noqa: TRY003
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Travaux, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", message="travaux %(version)s")
def travaux() -> None:
    """Keep the working record of a negotiation, from the first roadmap to the last measure.

    A document goes in, you confirm what the reader proposes, signed acts land on a record that anyone can
    verify offline, and a brief comes out, as of any date.

    \b
    Try:  travaux demo --no-serve
          travaux read communique.txt
          travaux brief union-state.travaux --as-of 2021-09-09
    """
