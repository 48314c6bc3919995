"""A history as lines: one paragraph after another, one line a version in which something happened to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from travaux import messages
from travaux.text.compare.history import Event, History, Step, Thread
from travaux.text.compare.visible import visible

_WORDS = 9
_TOLD: dict[Event, Callable[[], str]] = {
    Event.BORN: lambda: messages.say("compare.event_born"),
    Event.EDITED: lambda: messages.say("compare.event_edited"),
    Event.FORMAL: lambda: messages.say("compare.event_formal"),
    Event.RENUMBERED: lambda: messages.say("compare.event_renumbered"),
    Event.MOVED: lambda: messages.say("compare.event_moved"),
    Event.SPLIT: lambda: messages.say("compare.event_split"),
    Event.MERGED: lambda: messages.say("compare.event_merged"),
    Event.GONE: lambda: messages.say("compare.event_gone"),
    Event.RETURNED: lambda: messages.say("compare.event_returned"),
}


def rows(made: History) -> Iterator[str]:
    """Lines for a terminal."""
    values = {"paragraphs": len(made.threads), "versions": len(made.versions)}
    yield messages.say("compare.history", values)
    for thread in made.threads:
        yield ""
        yield f"{thread.number}. {_opening(thread)}"
        for step in thread.steps:
            if step.events:
                yield f"   {_told(thread, step)}"


def _opening(thread: Thread) -> str:
    words = visible(" ".join(thread.words.split()[:_WORDS]))
    return f"{words} …" if len(thread.words.split()) > _WORDS else words


def _told(thread: Thread, step: Step) -> str:
    events = ", ".join(_TOLD[event]() for event in step.events)
    where = f" {visible(step.label)}" if step.label else ""
    counts = f" (−{step.deleted_words} +{step.inserted_words})" if Event.EDITED in step.events else ""
    kin = ""
    if Event.SPLIT in step.events and thread.parent:
        kin = f" ← {thread.parent}"
    elif Event.MERGED in step.events and thread.heir:
        kin = f" → {thread.heir}"
    acts = f" [{', '.join(step.acts)}]" if step.acts else ""
    return f"{visible(step.version)}:{where} {events}{counts}{kin}{acts}"
