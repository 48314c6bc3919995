"""A document under review for one register: proposals, earlier decisions, and the file that keeps both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from travaux.acts.base import Act
from travaux.acts.basis import Anchored
from travaux.acts.when import When
from travaux.cli.console import must, notice
from travaux.cli.review import Choice, Decided, Review, place_of, restored
from travaux.messages import say
from travaux.register.fold import AsOf
from travaux.register.sources import bases
from travaux.secretariat.confirming import described, prospect, source_of
from travaux.secretariat.door import Secretariat
from travaux.secretariat.editions import Edition
from travaux.secretariat.home import Home
from travaux.secretariat.matching import Known, Match
from travaux.secretariat.reading import Taken, plain, read_taken, take_one
from travaux.secretariat.unfinished import Drawer, Kept, Note, put, taken

if TYPE_CHECKING:
    from travaux.cli.review_loop import Loop


ACCEPTED, REJECTED = Choice.ACCEPTED.value, Choice.REJECTED.value


@dataclass(slots=True)
class Work:
    """Everything one run of ``travaux confirm`` holds."""

    path: Path | str
    taken: Taken
    reading: dict[str, Any]
    register: AsOf
    name: str
    day: When | None
    drawer: Drawer
    review: Review
    settled: tuple[Note, ...]
    edition: Edition | None = None

    def accept(self, ids: set[str] | None) -> None:
        """Accept the proposals with these ids, or all that are left."""
        self.review.decisions = [
            Decided(place_of(p), Choice.ACCEPTED) for p in self.review.proposals if ids is None or p.id in ids
        ]

    def likely(self) -> list[Match]:
        """Things about to be introduced that look like ones the register knows, the likest for each."""
        found: dict[str, Match] = {}
        for match in Known(self.register).matches(self.review.acts()):
            found.setdefault(match.new, match)
        return list(found.values())

    def with_source(self, acts: Sequence[Act], publisher: str, title: str) -> list[Act]:
        """The acts with the one before them that makes the document a source, where that is new."""
        how = described(self.taken, self.reading, publisher, title)
        on = self.day or When.day(date.fromisoformat(self.reading["doc"]["date"]))
        cite = source_of(self.register, self.taken, how, acts, on)
        return [*((cite,) if cite else ()), *acts]

    def keep(self, review: Review) -> None:
        """Write the review as it stands into the user's folder."""
        notes = (*self.settled, *(_note(d) for d in review.decisions))
        held = self.taken.held
        must(self.drawer.save(Kept(document=held.sha256, text=held.text_sha256, name=held.name, notes=notes)))

    def recorded(self) -> None:
        """Note that what was accepted is on the record; rejections stay with their reasons."""
        from msgspec.structs import replace

        done = [_note(d) for d in self.review.decisions if d.choice is not Choice.UNCLEAR]
        notes = (*self.settled, *(replace(n, recorded=True) for n in done))
        held = self.taken.held
        must(self.drawer.save(Kept(document=held.sha256, text=held.text_sha256, name=held.name, notes=notes)))
        self.settled, self.review.decisions = notes, []

    def loop(self) -> Loop:
        """The interactive review of this document."""
        from rich.console import Console

        from travaux.cli.reading_table import explained
        from travaux.cli.review_loop import Loop
        from travaux.cli.review_screen import Screen
        from travaux.reader.explain import explain
        from travaux.register.names import directory
        from travaux.secretariat.reading import Places

        text = self.taken.document.text
        console, places = Console(highlight=False), Places(self.taken.document)
        screen = Screen(
            console, self.taken.held.name, self.name, text, places, directory(self.register),
            len(self.review.proposals),
        )  # fmt: skip
        day = self.day.first if self.day else None

        def why(proposal: Any) -> object:
            return explained(must(explain(self.taken.document, proposal.id, date=day)), self.taken)

        return Loop(self.review, screen, Known(self.register), self.keep, why, self.reading["doc"]["lang"])


def begin(
    path: Path | str,
    document: str,
    day: date | None,
    *,
    keep_words: bool,
    again: bool,
    model: bool = False,
    restricted: bool = False,
) -> Work:
    """Read the document for the register at `path`; ends the command where either cannot be read."""
    file = must(take_one(document))
    for note in file.document.notes:
        notice(note.line())
    reading = plain(must(read_taken(file, date=day)))
    if model:
        from travaux.cli.modelled import with_model

        reading, _ = with_model(reading, file, restricted=restricted)
    on = When.day(day) if day else None
    with must(Secretariat.open(path)) as office:
        register = office.as_of(for_="parties")
        found = must(prospect(register, file, reading, office.text, keep_words=keep_words, on=on))
        drawer = Drawer(Home.of(), f"{office.log.origin}+{(office.log.register or '')[:12]}")
        _tell_edition(found.edition, found.repeated, file, office)
    kept = must(drawer.load(file.held.sha256))
    settled = tuple(n for n in kept.notes if n.recorded) if kept else ()
    passed = {_place(n) for n in settled if not again and (n.choice != ACCEPTED or n.acts or n.joined)}
    passed |= {n.joined for n in settled if n.joined and not again}
    rejected = sum(n.choice == REJECTED for n in settled)
    if rejected and not again:
        notice(say("confirm.rejected_before", {"n": rejected}))
    review = Review([p for p in found.proposals if place_of(p) not in passed], file.document.text)
    steps = [s for n in kept.notes if not n.recorded and (s := _step(n))] if kept else []
    name = register.founding.name
    review = restored(review, steps)
    return Work(path, file, reading, register, name, on, drawer, review, settled, found.edition)


def _tell_edition(edition: Edition | None, repeated: int, file: Taken, office: Secretariat) -> None:
    """Say what another edition changed, and which confirmed acts lost their words."""
    if edition is None:
        return
    from travaux.cli.reading_table import cut

    counts = {"kept": len(edition.kept), "lost": len(edition.lost)}
    notice(say("confirm.edition", {"file": file.held.name, "source": edition.earlier[:12], **counts}))
    for change in edition.changes[:20]:
        values = {"before": cut(change.before, 160), "after": cut(change.after, 160)}
        notice(say("confirm.edition_change", values))
    for entered in edition.lost:
        anchors = [b for b in bases(entered.act) if isinstance(b, Anchored)]
        words = next((b.words or office.words(b) or "" for b in anchors), "")
        notice(say("confirm.edition_lost", {"act": entered.id[:12], "words": cut(words, 120)}))
    if repeated:
        notice(say("confirm.edition_repeated", {"n": repeated}))


def _note(d: Decided) -> Note:
    kind, start, end = d.place
    acts = None if d.acts is None else put(d.acts)
    return Note(
        kind=kind, start=start, end=end, choice=d.choice.value, why=d.why, acts=acts, matched=d.matched,
        joined=d.other,
    )  # fmt: skip


def _place(note: Note) -> tuple[str, int, int]:
    return note.kind, note.start, note.end


def _step(note: Note) -> Decided | None:
    """A decision as it was kept; None where its edited acts are none any more."""
    acts = None if note.acts is None else must(taken(note.acts))
    return Decided(_place(note), Choice(note.choice), acts, note.why, note.joined, note.matched)
