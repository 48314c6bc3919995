"""``travaux why``: the verdict on an act that is on the record."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from travaux.cli.console import must, out, print_json
from travaux.cli.options import REGISTER, format_option, reader_option
from travaux.cli.showing import SHORT, known_reader
from travaux.messages import say
from travaux.secretariat.door import Secretariat


@click.command("why")
@click.argument("register", type=REGISTER)
@click.argument("act")
@reader_option
@format_option("text", "json")
def why_command(register: Path | str, act: str, for_: str, form: str) -> None:
    """Why an act could be done: the rule, its article, and what each stance meant when it was said.

    Judged again on the record as it stood just before. What the reader may not see is not told: the verdict
    is then marked as not to be rechecked from what he may read.

    \b
    Examples: travaux why ministries.travaux 3f2a91c0
              travaux why ministries.travaux 3f2a91c0 --for arvia --format json
    """
    from travaux.register.names import directory
    from travaux.secretariat.judging import Told, why
    from travaux.secretariat.showing import level_names
    from travaux.views.sentence import sentence
    from travaux.views.wording import wording

    with must(Secretariat.open(register)) as office:
        known_reader(office, for_)
        found = must(why(office, act, for_))
        asof = office.as_of(for_=for_)
        said = sentence(found.entered, wording(asof, "en", office.words, level_names(office)))
        names = directory(asof)
        lines = found.verdict.lines(name=names.name) if found.verdict else [say("rules.verdict_founding")]
        if not found.whole:
            lines = [*lines[:2], say("rules.verdict_restricted")]
    if form == "json":
        allowed = found.verdict is None or found.verdict.allowed
        told = Told(found.entered.id, said, allowed, found.whole, tuple(lines))
        print_json(msgspec.to_builtins(told))
        return
    out().print(f"[bold]{found.entered.id[:SHORT]}[/]  ", end="")
    out().print(said, markup=False)
    for line in lines:
        out().print(f"  {line}", markup=False)
