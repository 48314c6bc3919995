"""``travaux text``: the rolling text of an instrument, as of any date, in any rendering."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.cli.console import must, out
from travaux.cli.options import DAY, REGISTER, day_options, format_option, reader_option, today
from travaux.cli.showing import known_reader, recorded_size
from travaux.secretariat.door import Secretariat
from travaux.views.rolling import RENDERINGS, Asked

if TYPE_CHECKING:
    from travaux.formats.text_plain import Groups
    from travaux.text.page import TextPage


@click.command("text")
@click.argument("register", type=REGISTER)
@click.argument("instrument")
@click.option(
    "--rendering",
    type=click.Choice([*RENDERINGS, "notation"]),
    help="Default: bracketed, no names; attributed with --compare or --taking. Clean refuses while open.",
)
@click.option("--party", default="", metavar="PARTY", help="Whose reading, for --rendering party.")
@click.option("--unit", default="", metavar="UNIT", help="Only this unit.")
@click.option(
    "--taking",
    nargs=2,
    metavar="BRACKET OPTION",
    help="What would change, and for whom, if this option were taken.",
)
@click.option("--lang", default="", metavar="LANG", help="Language of the text; else that of most units.")
@day_options
@click.option("--compare", type=DAY, help="Show what changed since that day, and by which act.")
@reader_option
@format_option("text", "json", "html", "svg")
def text_command(
    register: Path | str,
    instrument: str,
    rendering: str | None,
    party: str,
    unit: str,
    taking: tuple[str, str] | None,
    lang: str,
    as_of: date | None,
    recorded_by: date | None,
    compare: date | None,
    for_: str,
    form: str,
) -> None:
    """The text of an instrument as it stands: agreed words once, the rest in brackets.

    \b
    Examples: travaux text ministries.travaux INSTRUMENT
              travaux text ministries.travaux INSTRUMENT --rendering attributed
              travaux text ministries.travaux INSTRUMENT --rendering party --party transport
              travaux text ministries.travaux INSTRUMENT --rendering progress --format html > progress.html
              travaux text ministries.travaux INSTRUMENT --compare 2026-09-01
              travaux text ministries.travaux INSTRUMENT --taking BRACKET "from 1 May"
              travaux text ministries.travaux INSTRUMENT --unit UNIT --rendering notation > unit.txt
    """  # fmt: skip
    from travaux.secretariat.texts import groups_of, notation_of, text_of

    if rendering == "party" and not party:
        raise click.UsageError("--rendering party needs --party, the party whose reading is wanted.")  # noqa: TRY003
    with must(Secretariat.open(register)) as office:
        known_reader(office, for_)
        on = as_of or today()
        kind = "party" if party else rendering or ("attributed" if compare or taking else "bracketed")
        asked = Asked(kind, party, lang, compare, unit, taking)
        size = recorded_size(office, recorded_by)
        if kind == "notation":
            click.echo(must(notation_of(office, instrument, asked, on, size, for_=for_)), nl=False)
            return
        page = must(text_of(office, instrument, asked, on, size, for_=for_))
        _print(page, groups_of(office, on, for_), form)


def _print(page: TextPage, groups: Groups, form: str) -> None:
    if form == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(page), indent=1))
    elif form == "html":
        from travaux.formats.text_html import text_html

        click.echo(text_html(page, groups), nl=False)
    elif form == "svg":
        from travaux.formats.progress_svg import progress_svg

        click.echo(progress_svg(page.progress.history), nl=False)
    else:
        from travaux.cli.text_table import print_page

        print_page(page, groups, out())
