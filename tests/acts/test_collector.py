"""The collector of garbage rests while asked to, and is on again after the last who asked."""

from __future__ import annotations

import gc
from threading import Event, Thread

import pytest

from travaux.acts.collector import collector_resting


def test_it_rests_inside_and_is_on_again_after() -> None:
    with collector_resting():
        assert not gc.isenabled()
        with collector_resting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_failure_wakes_it_too() -> None:
    with pytest.raises(ValueError, match="x"), collector_resting():
        raise ValueError("x")
    assert gc.isenabled()


def test_who_found_it_off_leaves_it_off() -> None:
    gc.disable()
    try:
        with collector_resting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_of_two_at_work_in_threads_the_last_wakes_it() -> None:
    began, finish = Event(), Event()

    def other() -> None:
        with collector_resting():
            began.set()
            finish.wait(10)

    thread = Thread(target=other)
    with collector_resting():
        thread.start()
        assert began.wait(10)
    assert not gc.isenabled()
    finish.set()
    thread.join(10)
    assert gc.isenabled()
