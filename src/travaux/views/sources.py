"""The sources of a register: what each is, whether its document is held, which acts stand on it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from travaux.register.sources import sources
from travaux.views.wording import Wording


class SourceLine(msgspec.Struct, frozen=True, kw_only=True):
    """One publication. `held` is true where its document is kept here; `sha256` is "" where only cited.

    `cited` are the acts that made it a source, `acts` those that stand on it.
    """

    publisher: str
    title: str
    on: str
    when: str
    sha256: str
    held: bool
    state: str
    cited: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


def source_page(w: Wording, holds: Callable[[str], bool]) -> tuple[SourceLine, ...]:
    """All sources, by publisher and date. `holds` says whether the document of a SHA-256 is kept."""
    return tuple(
        SourceLine(
            publisher=s.publisher,
            title=s.title,
            on=str(s.on) if s.on else "",
            when=w.when(s.on) if s.on else "",
            sha256=s.sha256,
            held=s.held,
            state=w.say("source_held" if s.held else "source_not_held" if s.sha256 else "source_cited"),
            cited=tuple(e.id for e in s.cited),
            acts=s.acts,
        )
        for s in sources(w.asof, holds)
    )
