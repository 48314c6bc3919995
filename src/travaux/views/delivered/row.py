"""One measure as a row: no field of it merges what two parties say.

Every page, table, feed and file about delivery is made of these rows. (They and what they hold refer to
nothing that could refer back, so the collector of garbage need not follow them: ``gc=False``.)
"""

from __future__ import annotations

import msgspec


class _Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    pass


class Proof(_Part, frozen=True):
    """A piece of evidence that a report names."""

    what: str
    address: str = ""
    sha256: str = ""


class Said(_Part, frozen=True):
    """One act about a measure: `code` is its value as recorded, `word` the same for people."""

    code: str
    word: str
    on: str
    when: str
    act: str
    words: str = ""
    reason: str = ""
    by: str = ""
    sources: str = ""
    evidence: tuple[Proof, ...] = ()


class Reply(_Part, frozen=True):
    """Another party's answer to a claim; `said` is None while it is silent, for `silent_days`."""

    party: str
    name: str
    said: Said | None = None
    silent_days: int = 0


class Cell(_Part, frozen=True):
    """One party that owes: its lead body, what it claims now, and what each other party answers.

    `claims` is empty where nothing was reported; it holds several where sources of one day differ.
    """

    party: str
    name: str
    lead: str = ""
    also: tuple[str, ...] = ()
    claims: tuple[Said, ...] = ()
    replies: tuple[Reply, ...] = ()
    history: int = 0


class Dated(_Part, frozen=True):
    """A deadline: promised, or moved to by a request. `moved_days` counts from the one before, if both are
    dates."""

    on: str
    when: str
    kind: str
    since: str
    since_on: str
    acts: tuple[str, ...]
    asked_by: str = ""
    agreed_by: tuple[str, ...] = ()
    why: str = ""
    moved_days: int | None = None


class Asking(_Part, frozen=True):
    """A request for another date that is still open: by whom, to when, and whose word is missing."""

    act: str
    party: str
    name: str
    on: str
    to: str
    why: str
    lacking: tuple[str, ...]
    days: int


class Row(_Part, frozen=True):
    """A measure. `due` is its date as it now holds, resolved ("" for none), `kind` the kind of deadline.

    `group` is where the counting rule counts it. `obligation` is set by joint decision; `finding` is the
    joint body's; `assessments` are outsiders'. `waits_for` names the event a date hangs on.
    """

    id: str
    number: str
    what: str
    programme: str
    programme_name: str
    shape: str
    obligation: str
    group: str
    group_word: str
    kind: str
    due: str
    due_when: str
    quarter: str
    overdue_days: int
    days_left: int | None
    waits_for: str
    condition: str
    cells: tuple[Cell, ...]
    dates: tuple[Dated, ...]
    finding: Said | None = None
    assessments: tuple[Said, ...] = ()
    asking: tuple[Asking, ...] = ()
    test: str = ""
    sources: str = ""
    acts: tuple[str, ...] = ()

    @property
    def moved(self) -> bool:
        """True where the date is not the one first promised."""
        return len(self.dates) > 1
