"""What became of each paragraph over a row of versions, across renumbering."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from travaux.text.compare import Aspect, Authors, Comparison, Fate, Source, Unit, compare
from travaux.text.compare.paragraphs import Draft, draft
from travaux.text.compare.result import acts_of
from travaux.text.compare.words import word_count


class Event(StrEnum):
    """What happened to a paragraph on the way to a version; nothing at all is an empty list of these."""

    BORN = "born"
    EDITED = "edited"
    FORMAL = "formal"
    RENUMBERED = "renumbered"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    GONE = "gone"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Step:
    """A paragraph in one version: its number there (from 1; 0 once it is gone), its label, what happened,
    words of substance deleted and inserted, the acts behind it where known.
    """

    version: str
    paragraph: int
    label: str
    events: tuple[Event, ...]
    deleted_words: int = 0
    inserted_words: int = 0
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """One paragraph through time. `parent` is the number of the thread it was split from, `heir` of the one
    it was merged into; 0 for none. `words` are those of its last version.
    """

    number: int
    steps: tuple[Step, ...]
    words: str
    id: str = ""
    parent: int = 0
    heir: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """Threads in order of birth: by version, then by place in it."""

    versions: tuple[str, ...]
    threads: tuple[Thread, ...]


def history(versions: Sequence[tuple[str, Source]], *, authors: Authors | None = None) -> History:
    """The threads of `versions`, (name, text or provisions) in order of time."""
    teller = _Teller(authors)
    drafts = [(name, draft(source)) for name, source in versions]
    for number, (name, made) in enumerate(drafts):
        if number == 0:
            teller.first(name, made)
            continue
        before, source = versions[number - 1], versions[number][1]
        found = compare(before[1], source, authors=authors, versions=(before[0], name))
        teller.next(name, drafts[number - 1][1], made, found)
    threads = tuple(going.thread(k + 1) for k, going in enumerate(teller.threads))
    return History(tuple(name for name, _ in versions), threads)


@dataclass(slots=True)
class _Going:
    """A thread as it grows."""

    words: str
    id: str = ""
    parent: int = 0
    heir: int = 0
    steps: list[Step] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)

    def thread(self, number: int) -> Thread:
        return Thread(number, tuple(self.steps), self.words, self.id, self.parent, self.heir)


class _Teller:
    """Follows paragraphs from version to version."""

    def __init__(self, authors: Authors | None):
        self.threads: list[_Going] = []
        self._authors = authors
        self._here: dict[int, int] = {}
        self._gone: dict[str, int] = {}

    def first(self, name: str, made: Draft) -> None:
        """Every paragraph of the first version is born in it."""
        for k in range(len(made.paragraphs)):
            self._here[k + 1] = self._born(made, k + 1)
            self._step(self._here[k + 1], name, made, k + 1, (Event.BORN,))

    def next(self, name: str, before: Draft, made: Draft, found: Comparison) -> None:
        """Carry all threads from the version before over to `made`."""
        was, self._here = self._here, {}
        for unit in found.units:
            if unit.fate is Fate.LEFT:
                continue
            acts = acts_of(self._authors, name, unit.id)
            if not unit.old:
                self._new(name, made, unit, acts)
                continue
            threads = [was[number] for number in unit.old]
            if not unit.new:
                self._end(threads, name, (Event.GONE,), acts)
                self._leave(threads[0])
                continue
            self._carry(threads[0], name, before, made, unit, acts)
            self._end(threads[1:], name, (Event.MERGED,), acts, threads[0] + 1)
            for number in unit.new[1:]:
                self._here[number] = self._born(made, number, threads[0] + 1)
                self._step(self._here[number], name, made, number, (Event.SPLIT,), acts=acts)

    def _leave(self, thread: int) -> None:
        """Remember by which words the paragraph could come back."""
        going = self.threads[thread]
        self._gone |= dict.fromkeys([*going.earlier, going.words], thread)

    def _born(self, made: Draft, number: int, parent: int = 0) -> int:
        paragraph = made.paragraphs[number - 1]
        self.threads.append(_Going(made.content(number - 1), paragraph.id, parent))
        return len(self.threads) - 1

    def _new(self, name: str, made: Draft, unit: Unit, acts: tuple[str, ...]) -> None:
        number = unit.new[0]
        back = self._gone.get(made.content(number - 1))
        if back is not None:
            self._gone = {words: k for words, k in self._gone.items() if k != back}
            self.threads[back].words = made.content(number - 1)
        thread = self._born(made, number) if back is None else back
        words = word_count(unit.pieces[0].new)
        event = Event.BORN if back is None else Event.RETURNED
        self._here[number] = thread
        self._step(thread, name, made, number, (event,), (0, words), acts)

    def _carry(
        self, thread: int, name: str, before: Draft, made: Draft, unit: Unit, acts: tuple[str, ...]
    ) -> None:
        number = unit.new[0]
        self._here[number] = thread
        going = self.threads[thread]
        if (words := made.content(number - 1)) != going.words:
            going.earlier.append(going.words)
            going.words = words
        events = _events(unit)
        if _label(before, unit.old[0]) != _label(made, number):
            events.append(Event.RENUMBERED)
        changed = [piece for piece in unit.pieces if piece.substance]
        counts = sum(word_count(p.old) for p in changed), sum(word_count(p.new) for p in changed)
        self._step(thread, name, made, number, tuple(events), counts, acts if events else ())

    def _step(
        self,
        thread: int,
        name: str,
        made: Draft,
        number: int,
        events: tuple[Event, ...],
        counts: tuple[int, int] = (0, 0),
        acts: tuple[str, ...] = (),
    ) -> None:
        self.threads[thread].steps.append(Step(name, number, _label(made, number), events, *counts, acts))

    def _end(
        self,
        threads: Iterable[int],
        name: str,
        events: tuple[Event, ...],
        acts: tuple[str, ...],
        heir: int = 0,
    ) -> None:
        for thread in threads:
            words = 0 if heir else word_count(self.threads[thread].words)
            self.threads[thread].heir = heir
            self.threads[thread].steps.append(Step(name, 0, "", events, words, 0, acts))


def _label(made: Draft, number: int) -> str:
    label = made.paragraphs[number - 1].label
    return made.text[label.start : label.end] if label else ""


def _events(unit: Unit) -> list[Event]:
    events = []
    if unit.fate in (Fate.MOVED, Fate.SPLIT, Fate.MERGED):
        events.append(Event(unit.fate.value))
    aspects = {piece.aspect for piece in unit.pieces} - {Aspect.KEPT, Aspect.NUMBERING, Aspect.PARAGRAPHS}
    if any(piece.substance for piece in unit.pieces):
        events.append(Event.EDITED)
    elif aspects:
        events.append(Event.FORMAL)
    return events
