"""A witness at the door of a log: every answer of add-checkpoint."""

from __future__ import annotations

from pathlib import Path

from tests.record import world
from travaux.record.checkpoint import Checkpoint, parse_checkpoint, read_cosignature, sign_checkpoint
from travaux.record.history import History
from travaux.record.keys import to_base64
from travaux.record.note import Line, Note, parse_line
from travaux.record.tree import consistency_proof
from travaux.record.witnessing import Answer, Seen, add_checkpoint

WITNESS = world.WITNESSES["arvia"]
HOSTS = {world.HOST.vkey.name: world.HOST.vkey}
NOW = 1_795_546_800


def tree(size: int, fork: int = -1) -> History:
    history = History()
    history.extend([bytes([i, i == fork]) * 16 for i in range(size)])
    return history


def note(history: History, origin: str = world.HOST.vkey.name) -> Note:
    return sign_checkpoint(Checkpoint(origin, history.size, history.range.root()), world.HOST)


def asked(old: int, history: History, signed: Note | None = None, seen: Seen | None = None) -> Answer:
    proof = consistency_proof(min(old, history.size), history.size, history.node())
    rows = [f"old {old}", *map(to_base64, proof)]
    data = ("\n".join(rows) + "\n\n" + str(signed or note(history))).encode()
    return add_checkpoint(data, HOSTS, {world.HOST.vkey.name: seen} if seen else {}, WITNESS, NOW)


def test_a_log_that_grows_is_cosigned_and_remembered() -> None:
    seen = None
    for old, new in ((0, 1), (1, 5), (5, 5), (5, 64), (64, 200)):
        history = tree(new)
        answer = asked(old, history, seen=seen)
        assert answer.status == 200
        made = world.must(read_cosignature(world.must(parse_line(answer.body[:-1]))))
        assert made.verifies(WITNESS.vkey, world.must(parse_checkpoint(note(history).text)))
        assert answer.seen == Seen(new, history.range.root())
        seen = answer.seen


def test_what_is_not_cosigned() -> None:
    seen = Seen(5, tree(5).range.root())
    assert asked(4, tree(9), seen=seen) == Answer(409, "5\n", "text/x.tlog.size")
    assert asked(0, tree(4), seen=seen).status == 409
    assert asked(5, tree(5, fork=3), seen=seen).status == 409
    assert asked(5, tree(9, fork=3), seen=seen).status == 422
    assert asked(6, tree(5), seen=seen).status == 400
    assert asked(5, tree(9), note(tree(9), "other.example/log"), seen).status == 404
    good = note(tree(9))
    bad = Note(good.text.replace("\n9\n", "\n8\n"), good.lines)
    assert asked(5, tree(9), bad, seen).status == 403
    assert (
        asked(5, tree(9), Note(good.text, (Line("somebody.example/else", b"abcd", b"x" * 64),)), seen).status
        == 403
    )


def test_other_forms_are_bad_requests() -> None:
    good = f"old 0\n\n{note(tree(3))}"
    assert add_checkpoint(good.encode(), HOSTS, {}, WITNESS, NOW).status == 200
    for text in (
        "", "old 0", good[1:], good.replace("old 0", "old 00"), good.replace("old 0", "old -1"),
        good.replace("old 0", "old 0\nAAAA"), good[:-1], good.replace("\n3\n", "\n03\n"),
        good.replace("old 0", "old 0" + f"\n{to_base64(bytes(32))}" * 64), good + "x" * 70_000,
    ):  # fmt: skip
        assert add_checkpoint(text.encode(), HOSTS, {}, WITNESS, NOW).status == 400, text[:40]
    for at in range(len(good)):
        data = bytearray(good.encode())
        data[min(at, len(data) - 1)] ^= 1
        assert add_checkpoint(bytes(data), HOSTS, {}, WITNESS, NOW).status in (400, 403, 404, 409)


def test_the_door_of_a_real_log(tmp_path: Path) -> None:
    with world.founded(tmp_path / "r.travaux", acts=4) as log:
        data = f"old 0\n\n{world.must(log.checkpoint())}".encode()
        answer = add_checkpoint(data, HOSTS, {}, WITNESS, NOW)
        assert answer.status == 200
        assert world.must(log.add_cosignature(answer.body, log.size)).name == WITNESS.vkey.name
