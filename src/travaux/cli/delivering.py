"""``travaux measures`` and ``minister``: what was promised, what moved, what each side says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.acts.fault import refused
from travaux.cli.console import must, notice
from travaux.cli.options import DAY, REGISTER, day_options, format_option, reader_option, today
from travaux.cli.showing import known_reader, recorded_size, unknown_thing
from travaux.secretariat.door import PUBLIC, Secretariat

if TYPE_CHECKING:
    from travaux.views.delivered.board import Board

LISTS = ("all", "moved", "disputed", "unreported", "waiting", "changes")


@click.command("measures")
@click.argument("register", type=REGISTER)
@day_options
@click.option("--compare", type=DAY, help="Show what changed since that day.")
@click.option("--list", "which", type=click.Choice(LISTS), default="all", show_default=True, help="Which.")
@click.option("--programme", default="", metavar="ID", help="Only those under this instrument.")
@click.option("--body", default="", metavar="ID", help="Only those that this body leads or carries out.")
@click.option("--base", type=DAY, help="The day on which the base of the counts is frozen.")
@reader_option
@format_option("table", "json", "csv", "xlsx", "ics", "atom", "iati", "svg")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE.")
def measures_command(
    register: Path | str,
    as_of: date | None,
    recorded_by: date | None,
    compare: date | None,
    which: str,
    programme: str,
    body: str,
    base: date | None,
    for_: str,
    form: str,
    output: Path | None,
) -> None:
    """The measures: due when, moved how often, what each party claims and the others answer.

    The counting rule is printed with every count, on one frozen base. Figures spoken in public stand beside
    the computed ones, as said.

    \b
    Examples: travaux measures union-state.travaux --as-of 2023-12-02
              travaux measures ministries.travaux --list disputed
              travaux measures ministries.travaux --format xlsx --output plan.xlsx
    """  # fmt: skip
    from travaux.cli.delivery_forms import print_board, write_form
    from travaux.secretariat.showing import board_of

    with must(Secretariat.open(register)) as office:
        known_reader(office, for_)
        page = board_of(
            office, as_of or today(), recorded_size(office, recorded_by), compare=compare, for_=for_,
            programme=programme, body=body, base_on=base,
        )  # fmt: skip
        for thing in (programme, body) if not len(page.rows) else ():
            if thing and (unknown := unknown_thing(office, thing, for_)):
                notice(unknown)
        chosen = _chosen(page, which)
        if form == "table":
            print_board(chosen, which)
        else:
            write_form(office, chosen, form, output, for_)


@click.command("minister")
@click.argument("register", type=REGISTER)
@click.option("--party", required=True, metavar="ID", help="Whose page it is.")
@day_options
@click.option("--compare", type=DAY, help="The day of the last page: what changed since.")
@format_option("text", "json", "html", "pdf")
def minister_command(
    register: Path | str,
    party: str,
    as_of: date | None,
    recorded_by: date | None,
    compare: date | None,
    form: str,
) -> None:
    """One A4 page for a party's minister: where we stand, ours or theirs, what moved, five decisions wanted.

    \b
    Example:  travaux minister ministries.travaux --party arvia --format pdf > page.pdf
    """
    from travaux.cli.delivery_forms import print_minister
    from travaux.formats.minister_html import minister_html
    from travaux.formats.minister_pdf import minister_pdf
    from travaux.secretariat.addressed import parties_of
    from travaux.secretariat.showing import minister_of

    with must(Secretariat.open(register)) as office:
        if party not in parties_of(office.register):
            must(refused("signing.party", reader=party))
        size = recorded_size(office, recorded_by)
        page = minister_of(office, party, as_of or today(), size, compare=compare)
        if form == "text":
            print_minister(page)
            return
        data = _encoded(page)
        if form == "json":
            click.echo(data, nl=False)
        elif form == "html":
            click.echo(minister_html(data), nl=False)
        else:
            click.echo(minister_pdf(data), nl=False)


@click.command("forecast")
@click.argument("register", type=REGISTER)
@click.option("--party", required=True, metavar="ID", help="For whom: a forecast is for parties only.")
@day_options
@format_option("text", "json")
def forecast_command(
    register: Path | str, party: str, as_of: date | None, recorded_by: date | None, form: str
) -> None:
    """How likely the measures ahead are on time, for a party; hidden where such forecasts had no skill.

    Each forecast is tested on the outcomes this register already knows, made from what was known before
    them. Needs NumPy (travaux[forecast]).

    \b
    Example:  travaux forecast ministries.travaux --party arvia
    """
    from travaux.cli.delivery_forms import print_outlook
    from travaux.secretariat.showing import outlook_of

    with must(Secretariat.open(register)) as office:
        if party not in set(office.party_ids()):
            must(refused("signing.reader", reader=party))
        try:
            page = outlook_of(office, party, as_of or today(), recorded_size(office, recorded_by))
        except ModuleNotFoundError:
            must(refused("signing.no_numpy"))
        if form == "json":
            click.echo(_encoded(page), nl=False)
        else:
            print_outlook(page)


def _chosen(page: Board, which: str) -> Board:
    import msgspec

    if which in ("all", "changes"):
        return page
    return msgspec.structs.replace(page, rows=getattr(page.rows, which))


def _encoded(page: object) -> bytes:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(page), indent=1) + b"\n"


__all__ = ["PUBLIC", "forecast_command", "measures_command", "minister_command"]
