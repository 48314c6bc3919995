"""The outlook for a party: chances of measures ahead, where the back test has skill. Never for the public."""

from __future__ import annotations

import msgspec

from travaux.acts.when import OPEN_END
from travaux.delivery.forecast import LEAST, Backtest, backtest, chance, earned
from travaux.delivery.runs import finishes
from travaux.register.delivered import Delivery, done_on
from travaux.register.outcomes import coming, delays, outcomes, plans
from travaux.views.wording import Wording

FORMAT = "travaux-outlook/1"


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    pass


class Chance(_Part, frozen=True):
    """A measure ahead: its date, the chance that it is kept, and when half and 80 % of the runs end."""

    measure: str
    what: str
    due: str
    on_time: float
    half: str = ""
    four_fifths: str = ""


class Calibration(_Part, frozen=True):
    """Of `n` forecasts around `said`, the share `came` came true."""

    said: float
    came: float
    n: int


class Outlook(_Part, frozen=True):
    """The forecast of a register. `shown` is false, and `measures` empty, where it has no skill."""

    format: str
    register: str
    as_of: str
    shown: bool
    why: str
    outcomes: int
    brier: float
    plain: float
    skill: float
    calibration: tuple[Calibration, ...]
    schedule: str
    measures: tuple[Chance, ...] = ()


def outlook(w: Wording, state: Delivery, runs: int = 10_000) -> Outlook:
    """The outlook as of a state of delivery."""
    past = outcomes(state)
    tested = backtest(past)
    return Outlook(
        format=FORMAT,
        register=w.asof.founding.name,
        as_of=state.on.isoformat(),
        shown=tested.shown,
        why=_why(w, tested),
        outcomes=tested.n,
        brier=round(tested.brier, 3),
        plain=round(tested.plain, 3),
        skill=round(tested.skill, 3),
        calibration=tuple(
            Calibration(said=round(b.said, 2), came=round(b.came, 2), n=b.n) for b in tested.bins
        ),
        schedule=_schedule(w, state),
        measures=_chances(w, state, runs) if tested.shown else (),
    )


def _chances(w: Wording, state: Delivery, runs: int) -> tuple[Chance, ...]:
    past = outcomes(state)
    ends = {f.measure: f for f in finishes(plans(state), delays(state), runs)}
    found = []
    for one in sorted(coming(state), key=lambda c: (c.due, c.measure)):
        run = ends.get(one.measure)
        found.append(
            Chance(
                measure=one.measure,
                what=w.name(one.measure),
                due=one.due.isoformat(),
                on_time=round(chance(one, past), 2),
                half=run.half.isoformat() if run else "",
                four_fifths=run.four_fifths.isoformat() if run else "",
            )
        )
    return tuple(found)


def _why(w: Wording, tested: Backtest) -> str:
    code = "outlook_few" if tested.n < LEAST else "outlook_shown" if tested.shown else "outlook_no_skill"
    return w.say(code, n=tested.n, brier=f"{tested.brier:.3f}", plain=f"{tested.plain:.3f}")


def _schedule(w: Wording, state: Delivery) -> str:
    first = [d.measure.dues[0].when for d in state.measures]
    dues = [x.last for x in first if x is not None and x.last != OPEN_END]
    done = sum(done_on(d.measure, state.parties) is not None for d in state.measures)
    day = earned(dues, done)
    expected = sum(d <= state.on for d in dues)
    if day is None:
        return w.say("schedule_nothing", expected=expected) if dues else w.say("schedule_none")
    return w.say("schedule", done=done, day=w.day(day), behind=(state.on - day).days, expected=expected)
