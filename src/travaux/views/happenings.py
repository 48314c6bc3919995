"""Meetings held and planned, who said what, and the sources everything stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec.structs import replace

from travaux.acts.kinds import Meet, State
from travaux.register.dated import chronological
from travaux.register.fold import Entered
from travaux.register.meetings import Held, Meeting
from travaux.register.sources import Source, sources
from travaux.views.line import line
from travaux.views.page import Line, Mark
from travaux.views.sentence import spoken_words
from travaux.views.wording import Wording, clipped

_LONG = 400  # characters
_ORDER: Final = (Held.PLANNED, Held.POSTPONED, Held.PERHAPS, Held.UNREPORTED, Held.HELD, Held.CANCELLED)


def meeting_lines(w: Wording, meetings: Iterable[Meeting]) -> tuple[Line, ...]:
    """What is planned first, by date; then what was held and what became of plans, the latest first."""
    found = list(meetings)
    ahead = [m for m in found if m.status in _ORDER[:3]]
    behind = [m for m in reversed(found) if m.status not in _ORDER[:3]]
    behind.sort(key=lambda m: _ORDER.index(m.status))
    return tuple(_meeting(w, m) for m in (*ahead, *behind))


def statement_lines(
    w: Wording, said: Iterable[Entered[State]], shown: Callable[[str], bool]
) -> tuple[Line, ...]:
    """Who said what, the latest first; without figures, announcements and subjects `shown` elsewhere."""
    left = [e for e in said if not e.act.claim and not e.act.announces and not shown(e.act.subject)]
    return tuple(_statement(w, e) for e in reversed(chronological(left)))


def source_lines(w: Wording, holds: Callable[[str], bool]) -> tuple[Line, ...]:
    """Every publication, whether its document is held here, and the acts that stand on it."""
    by_id = {e.id: e for e in w.asof.every()}
    return tuple(_source(w, s, [by_id[a] for a in s.acts]) for s in sources(w.asof, holds))


def _meeting(w: Wording, meeting: Meeting) -> Line:
    held = meeting.held[-1].act if meeting.held else None
    outcome = clipped(held.outcome, _LONG) if held and held.outcome else ""
    agenda: tuple[str, ...] = next((a for e in reversed(meeting.acts) if (a := _agenda(e))), ())
    plain = f"meeting_{meeting.status.value}"
    return line(
        w, plain, meeting.acts, when=meeting.when, group=w.say(f"group_{meeting.status.value}"),
        marks=_meeting_marks(meeting), meeting=_title(w, meeting),
        where=_clause(w, "where", next((_where(e) for e in reversed(meeting.acts) if _where(e)), "")),
        who=_clause(w, "present", w.listed(meeting.who) if meeting.who else ""),
        agenda=_clause(w, "agenda", clipped("; ".join(agenda), _LONG)),
        outcome=_clause(w, "outcome", outcome),
        dates=_dates(w, meeting),
    )  # fmt: skip


def _clause(w: Wording, name: str, text: str) -> str:
    return w.say(f"clause_{name}", text=text) if text else ""


def _agenda(entered: Entered[Any]) -> tuple[str, ...]:
    return tuple(getattr(entered.act, "agenda", ()))


def _where(entered: Entered[Any]) -> str:
    return str(getattr(entered.act, "where", ""))


def _title(w: Wording, meeting: Meeting) -> str:
    """Its name, else the words of the source, else the body that meets."""
    named = w.name(meeting.id)
    if named != meeting.id:
        return named
    own = next((q for e in meeting.acts if (q := w.quoted(e.act.basis))), None)
    return clipped(own, _LONG) if own else w.name(meeting.body) if meeting.body else w.say("unnamed_meeting")


def _meeting_marks(meeting: Meeting) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    if meeting.differs:
        marks.append("differs")
    if meeting.status is Held.UNREPORTED:
        marks.append("unreported")
    if meeting.moves:
        marks.append("moved")
    return tuple(marks)


def _dates(w: Wording, meeting: Meeting) -> str:
    """Where the sources differ about the day: every day with who gives it."""
    days = {w.when(e.act.on): w.sources(e.act) for e in meeting.held if isinstance(e.act, Meet)}
    if len(days) < 2:
        return ""
    return w.say("dates_differ", dates="; ".join(f"{d} ({s})" if s else d for d, s in days.items()))


def _statement(w: Wording, entered: Entered[State]) -> Line:
    act = entered.act
    about = w.say("about", subject=w.name(act.subject)) if act.subject else ""
    words = clipped(spoken_words(act, w), 3 * _LONG)
    return line(w, "statement", [entered], when=act.on, who=w.who(entered), about=about, words=words)


def _source(w: Wording, source: Source, standing: list[Entered[Any]]) -> Line:
    parts = (source.publisher, source.title, w.when(source.on) if source.on else "")
    named = ", ".join(p for p in parts if p) or w.say("document", hash=source.sha256[:8])
    state = "source_held" if source.held else "source_not_held" if source.sha256 else "source_cited"
    found = line(w, "source", [*source.cited, *standing], source=named, state=w.say(state))
    return replace(found, sources="", marks=())
