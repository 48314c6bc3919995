"""``travaux brief``, ``log`` and ``search``: what a register says, as of any date, for any reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.acts.fault import Refused, refused
from travaux.cli.console import must, notice, out, print_json, print_table
from travaux.cli.options import DAY, REGISTER, day_options, format_option, reader_option, today
from travaux.secretariat.door import PUBLIC, Secretariat

if TYPE_CHECKING:
    from travaux.views.wording import Wording

SHORT = 12  # characters of an act's id that a person copies


@click.command("brief")
@click.argument("register", type=REGISTER)
@day_options
@click.option("--compare", type=DAY, help="Show what changed since that day.")
@reader_option
@click.option("--lang", default="en", show_default=True, help="Language of names.")
@click.option(
    "--format", "form", type=click.Choice(["text", "html", "json", "pdf"]), default="text", show_default=True
)
def brief_command(
    register: Path | str,
    as_of: date | None,
    recorded_by: date | None,
    compare: date | None,
    for_: str,
    lang: str,
    form: str,
) -> None:
    """Where the negotiation stands: what is decided and where, what is open and why, who promised what.

    \b
    Examples: travaux brief union-state.travaux --as-of 2021-09-09
              travaux brief union-state.travaux --compare 2021-09-09
              travaux brief union-state.travaux --format html > brief.html
    """  # fmt: skip
    from travaux.secretariat.showing import brief_of
    from travaux.views.page import to_json

    with must(Secretariat.open(register)) as office:
        known_reader(office, for_)
        recorded = recorded_size(office, recorded_by)
        page = brief_of(office, as_of or today(), recorded, compare=compare, for_=for_, lang=lang)
        if form == "text":
            _print_brief(page)
        elif form == "json":
            click.echo(to_json(page), nl=False)
        elif form == "html":
            from travaux.formats.brief_html import html

            click.echo(html(to_json(page)), nl=False)
        else:
            from travaux.formats.brief_pdf import pdf

            click.echo(pdf(to_json(page)), nl=False)


@click.command("log")
@click.argument("register", type=REGISTER)
@day_options
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only acts of this kind; repeatable.")
@click.option("--about", default="", metavar="ID", help="Only acts that name this thing.")
@reader_option
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "acts"]), default="table", show_default=True
)
def log_command(
    register: Path | str,
    as_of: date | None,
    recorded_by: date | None,
    kinds: tuple[str, ...],
    about: str,
    for_: str,
    form: str,
) -> None:
    """The acts of a register in the order they were recorded, each as it was first recorded.

    \b
    Examples: travaux log ministries.travaux
              travaux log union-state.travaux --about single-currency --as-of 2021-09-09
              travaux log union-state.travaux --kind undertake --format acts > promises.acts
    """  # fmt: skip
    from travaux.acts.vocabulary import kinds as known_kinds
    from travaux.formats.acts import render_acts
    from travaux.views.log import log, logged

    unknown = sorted(set(kinds) - set(known_kinds()))
    if unknown:
        raise click.UsageError(f"There is no kind of act “{unknown[0]}”; docs/acts.md lists them.")  # noqa: TRY003
    with must(Secretariat.open(register)) as office:
        w = _wording(office, as_of, recorded_by, for_)
        if about:
            _known_thing(w, about)
        if form == "acts":
            click.echo(render_acts([e.act for e in logged(w, kinds=kinds, about=about)]), nl=False)
            return
        lines = list(log(w, kinds=kinds, about=about))
        if form == "json":
            print_json([_plain(one) for one in lines])
        else:
            _print_log(lines)


@click.command("search")
@click.argument("register", type=REGISTER)
@click.argument("words", nargs=-1, required=True)
@day_options
@reader_option
@format_option("table", "json")
def search_command(
    register: Path | str,
    words: tuple[str, ...],
    as_of: date | None,
    recorded_by: date | None,
    for_: str,
    form: str,
) -> None:
    """Find acts by words of their text, names and notes; quoted words must follow each other.

    \b
    Example:  travaux search union-state.travaux gas market
    """
    from travaux.views.search import Search

    with must(Secretariat.open(register)) as office:
        hits = Search(_wording(office, as_of, recorded_by, for_)).find(" ".join(words))
        if form == "json":
            print_json([_plain(hit) for hit in hits])
            return
        for hit in hits:
            out().print(f"[bold]{hit.act.id[:SHORT]}[/]  {hit.act.when or '-'}  ", end="")
            out().print(hit.snippet, markup=False)
        notice(f"{len(hits)} found")


def known_reader(office: Secretariat, for_: str) -> None:
    """End the command where `for_` is neither the public nor a party."""
    from travaux.secretariat.addressed import parties_of

    if for_ != PUBLIC and for_ not in parties_of(office.register):
        must(refused("signing.reader", reader=for_))


def recorded_size(office: Secretariat, day: date | None) -> int | None:
    """The size of the record on a day; says on standard error how sure that is."""
    if day is None:
        return None
    found = office.recorded_by(day)
    if not found.certified:
        notice(f"Uncertified: no seal covers {day}; taken from the keeper's own clock.")
    elif not found.final:
        notice(f"Provisional: no seal lies after {day} yet.")
    return found.size


def _wording(office: Secretariat, as_of: date | None, recorded_by: date | None, for_: str) -> Wording:
    from travaux.secretariat.showing import level_names
    from travaux.views.wording import wording

    known_reader(office, for_)
    asof = office.as_of(as_of, recorded_size(office, recorded_by), for_)
    return wording(asof, "en", office.words, level_names(office))


def unknown_thing(office: Secretariat, thing: str, for_: str) -> str:
    """What to say of a thing that no act names which the reader may see; "" of one that is named."""
    from travaux.views.wording import wording

    fault = _unknown(wording(office.as_of(for_=for_), "en", office.words), thing)
    return fault.faults[0].sentence() if fault else ""


def _known_thing(w: Wording, thing: str) -> None:
    """End the command where no act that the reader may see names `thing`; say what comes nearest."""
    if unknown := _unknown(w, thing):
        must(unknown)


def _unknown(w: Wording, thing: str) -> Refused | None:
    from travaux.views.log import nearest, things_named

    named = things_named(w)
    if thing in named:
        return None
    near = nearest(w, thing, named)
    if near:
        return refused("signing.no_thing_near", thing=thing, near=near)
    return refused("signing.no_thing", thing=thing)


def _plain(value: object) -> Any:
    import msgspec

    return msgspec.to_builtins(value)


def _print_brief(page: Any) -> None:
    from travaux.views.plain import plain

    width = min(out().width, 110)
    click.echo("\n".join(plain(page, width)))


def _print_log(lines: list[Any]) -> None:
    from rich.table import Table

    table = Table("Act", "When", "Who", "What", "Source", box=None, pad_edge=False, header_style="bold")
    for one in lines:
        marks = f" ({', '.join(one.marks)})" if one.marks else ""
        table.add_row(one.id[:SHORT], one.when, one.who, f"{one.sentence}{marks}", one.sources)
    print_table(table)
