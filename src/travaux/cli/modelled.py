"""``--model``: what a language model adds to a reading, and what was refused of it."""

from __future__ import annotations

import os
from typing import Any

import msgspec

from travaux.acts.fault import Refused
from travaux.cli.console import err, must, notice
from travaux.messages import say
from travaux.secretariat.gates import sift
from travaux.secretariat.home import Home
from travaux.secretariat.model import Endpoint, suggestions
from travaux.secretariat.reading import Taken


def with_model(reading: dict[str, Any], taken: Taken, *, restricted: bool) -> tuple[dict[str, Any], bytes]:
    """The reading with what passed the gates, and its JSON line; the rules' own where the model gave nothing.

    A restricted document, a lost connection or a broken answer is told and leaves the rules' reading.
    """
    endpoint = must(Endpoint.of(os.environ))
    text = taken.document.text
    with err().status(endpoint.name):
        found = suggestions(endpoint, text, Home.of().path / "model", restricted=restricted)
    answered = () if isinstance(found, Refused) else found.suggestions
    for fault in found.faults:
        notice(fault.at(taken.held.name).line())
    done = sift(reading, text, answered, endpoint.name)
    if not isinstance(found, Refused):
        counts = {gate: done.refused.get(gate, 0) for gate in ("anchor", "evidence", "form")}
        told = {"admitted": done.admitted, "seen": done.seen, "refused": sum(counts.values()), **counts}
        notice(say("model.sifted", {"name": endpoint.name, "share": done.refused_share, **told}))
    return done.reading, msgspec.json.encode(done.reading) + b"\n"
