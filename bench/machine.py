"""How quick this machine is, beside the one that the limits in seconds were set on."""

from __future__ import annotations

import time

from bench.record import bare_verifications
from bench.row import Row

LIMITS_SET_ON = 15_000  # single Ed25519 verifications a second of one core


def rows() -> list[Row]:
    """One row: what a limit in seconds may be multiplied by here is one through its ratio."""
    rate = bare_verifications(30_000, time.process_time)
    name = "this machine: bare Ed25519 verifications, one core / where the limits were set"
    return [Row(name, rate, LIMITS_SET_ON, rate / LIMITS_SET_ON, "-", "1/s", True)]
