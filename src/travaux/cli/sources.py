"""``travaux sources``: the documents a register stands on; list them, attach one."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import click

from travaux.acts.base import Document
from travaux.acts.kinds import Cite
from travaux.acts.when import When
from travaux.cli.console import must, notice, print_json, print_table
from travaux.cli.options import DAY, REGISTER, format_option, today
from travaux.cli.signing import by_option, keyring, passphrase_option
from travaux.secretariat.attaching import attach, read_file
from travaux.secretariat.citing import cite
from travaux.secretariat.documents import digest
from travaux.secretariat.door import Secretariat
from travaux.secretariat.naming import slug
from travaux.secretariat.submitting import sole_signer


@click.group("sources")
def sources_command() -> None:
    """The documents a register stands on: list them, attach one."""


@sources_command.command("list")
@click.argument("register", type=REGISTER)
@format_option("table", "json")
def list_(register: Path | str, form: str) -> None:
    """List all sources: publisher, date, title, whether the document is held, how many acts stand on it."""
    from travaux.views.sources import source_page
    from travaux.views.wording import wording

    with must(Secretariat.open(register)) as office:
        lines = source_page(wording(office.as_of(), "en", office.words), office.holds)
        if form == "json":
            import msgspec

            print_json([msgspec.to_builtins(one) for one in lines])
            return
        from rich.table import Table

        table = Table(
            "Publisher", "Date", "Title", "Document", "Acts", box=None, pad_edge=False, header_style="bold"
        )
        for one in lines:
            state = f"{one.state} {one.sha256[:12]}" if one.sha256 else one.state
            table.add_row(one.publisher or "-", one.when, one.title, state, str(len(one.acts)))
        print_table(table)


@sources_command.command("add")
@click.argument("register", type=REGISTER)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--publisher", help="Make the file a source first: who published it.")
@click.option("--title", default="", help="Its title.")
@click.option("--date", "on", type=DAY, help="When it was published.")
@by_option
@passphrase_option
def add(
    register: Path | str,
    file: Path,
    publisher: str | None,
    title: str,
    on: date | None,
    by: str | None,
    passphrase_fd: int | None,
) -> None:
    """Attach FILE: kept if the register knows its hash; then the words of its anchors show.

    With --publisher it becomes a source first, by an act that you sign.

    \b
    Examples: travaux sources add union-state.travaux moscow-2021-09-09.txt
              travaux sources add union-state.travaux news.html --publisher "A Gazette" --date 2031-03-03
    """  # fmt: skip
    with must(Secretariat.open(register, write=True)) as office:
        if publisher:
            data = must(read_file(file))
            act = Cite(
                id=slug(title or file.stem), on=When.day(today()),
                document=Document(
                    publisher=publisher, title=title, on=When.day(on) if on else None,
                    sha256=sha256(data).hexdigest(), text=_text(file, data),
                ),
            )  # fmt: skip
            keys = keyring(office.log.origin, passphrase_fd)
            signer = by or must(sole_signer(keys))
            must(cite(office, act, data, signer, keys))
        done = must(attach(office, file))
        for note in done.notes:
            notice(note.line())
        click.echo(f"{file}: kept as {done.sha256}")
        click.echo(f"{done.acts} acts name it; {done.anchors} anchors show their words")


def _text(file: Path, data: bytes) -> str | None:
    from travaux.acts.fault import Refused
    from travaux.formats.intake import take_in

    document = take_in(file.name, data)
    return None if isinstance(document, Refused) else digest(document.text)
