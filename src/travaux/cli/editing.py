"""Acts edited by hand in the reviewer's own editor, in the notation of acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import click

from travaux.acts.base import Act
from travaux.acts.basis import Anchored
from travaux.acts.fault import Refused
from travaux.formats.acts import parse_acts, render_acts
from travaux.register.sources import bases
from travaux.secretariat.documents import check_anchor
from travaux.secretariat.proposals import Proposal

_NAME = "edited acts"


def edited(
    acts: Sequence[Act], proposal: Proposal, text: str, again: Callable[[Refused], bool]
) -> tuple[Act, ...] | None:
    """The acts as edited in $VISUAL or $EDITOR, or None where nothing was changed.

    What does not read, or is anchored to words that are not there, is shown through `again`; True edits on.
    """
    words = "".join(f"# {line}\n" for line in proposal.text.splitlines())
    given = f"{words}{render_acts(acts)}"
    source: str = given
    while True:
        done = click.edit(source, extension=".acts")
        if done is None or done.strip() == given.strip():
            return None
        found = checked(done, text)
        if not isinstance(found, Refused):
            return found
        if not again(found):
            return None
        source = done


def checked(notation: str, text: str) -> tuple[Act, ...] | Refused:
    """The acts of an edited notation; refused where one does not read or its anchor does not hold."""
    written = parse_acts(notation, _NAME)
    if isinstance(written, Refused):
        return written
    faults = [
        fault.at(_NAME, one.line)
        for one in written
        for basis in bases(one.act)
        if isinstance(basis, Anchored) and (fault := check_anchor(basis, text)) is not None
    ]
    return Refused(tuple(faults)) if faults else tuple(one.act for one in written)
