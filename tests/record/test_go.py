"""The same bytes before our parsers and proofs and before those of the Go checksum database.

What we accept Go accepts, with the same meaning. What Go accepts beyond that is known, and counted: base64 in
another than its one form, a second line of one key that does not fit, names that we keep for strangers.
"""

from __future__ import annotations

import os
import random
import subprocess
from base64 import b64encode
from collections import Counter
from pathlib import Path

import pytest

from tests.record.fuzzing import corpus, mutants
from tests.record.test_foreign import built
from tests.record.test_fuzz import NOTE, SEEDS
from tests.record.test_tree import LEAVES, naive
from tests.record.world import DELEGATES, HOST
from travaux.acts.fault import Refused
from travaux.record.keys import parse_vkey
from travaux.record.note import Note, open_note, sign_line
from travaux.record.tree import consistency_proof, consistent, included, inclusion_proof, nodes

KNOWN = {(v.name, v.id): v for v in (HOST.vkey, DELEGATES["arvia"].vkey)}
MANY = int(os.environ.get("TRAVAUX_FUZZED", "40000"))
LANES = [600, pytest.param(MANY, marks=pytest.mark.slow)]
TEXT = "arvia.example/paper\n\nTwo paragraphs, “signed”.\n"
SIGNED = [
    str(NOTE).encode(),
    str(Note(TEXT, (sign_line(TEXT, HOST), sign_line(TEXT, DELEGATES["arvia"])))).encode(),
    str(Note(TEXT, (sign_line(TEXT, DELEGATES["tolia"]), sign_line(TEXT, HOST)))).encode(),
    str(Note(TEXT, (sign_line(TEXT, HOST), sign_line(TEXT, HOST)))).encode(),
]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(Path(__file__).parent / "go" / "judge.go", tmp_path_factory.mktemp("judge"))


def asked(judge: Path, questions: list[str]) -> list[list[str]]:
    """Go's answer to each question, in words."""
    given = "".join(f"{q}\n" for q in questions)
    command = [str(judge), *map(str, KNOWN.values())]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    answers = [row.split(" ") for row in done.stdout.split("\n")[:-1]]
    assert len(answers) == len(questions)
    return answers


def chance() -> tuple[int, random.Random]:
    seed = random.SystemRandom().randrange(1 << 30)
    return seed, random.Random(seed)


@pytest.mark.parametrize("many", LANES)
def test_a_note_that_we_open_go_opens(judge: Path, many: int) -> None:
    seed, random_ = chance()
    seeds = [*SIGNED, *corpus("note"), *(s for s in SEEDS if len(s) < 4_000)]
    notes = [*seeds, *mutants(SIGNED, many, random_), *mutants(seeds, many // 4, random_)]
    answers, count = asked(judge, [f"note {b64encode(n).decode()}" for n in notes]), Counter[str]()
    for data, (verdict, *rest) in zip(notes, answers, strict=True):
        ours = open_note(data, KNOWN)
        if isinstance(ours, Refused):
            code = ours.faults[0].code
            count[f"{verdict}, ours {code}"] += 1
            allowed = verdict == "no" or code in ("record.signature_line", "record.signature")
            assert allowed, (seed, data, ours.faults[0])
            continue
        text, keys = ours
        count["both"] += 1
        assert verdict == "ok", (seed, data, rest)
        assert rest[0] == b64encode(text.encode()).decode(), (seed, data)
        assert set(rest[1:]) == {key.name for key in keys}, (seed, data)
    assert count["both"] > 3
    print(count)  # noqa: T201 - shown with -s


def test_what_go_opens_and_we_do_not_is_what_we_say(judge: Path) -> None:
    good = SIGNED[1]
    spare = good.replace(b"=\n", b"\n", 1)
    for data in (good[:-4] + bytes([good[-4] + 1]) + good[-3:], spare):
        assert isinstance(open_note(data, KNOWN), Refused)
    bent = SIGNED[3][:-10] + b"A" + SIGNED[3][-9:]
    ((verdict, *_),) = asked(judge, [f"note {b64encode(bent).decode()}"])
    assert verdict == "ok"
    assert isinstance(open_note(bent, KNOWN), Refused)


@pytest.mark.parametrize("many", LANES)
def test_a_key_that_we_take_go_takes(judge: Path, many: int) -> None:
    seed, random_ = chance()
    seeds = [*(str(v).encode() for v in KNOWN.values()), *corpus("foreign vkey"), *corpus("vkey")]
    texts = [t for t in (*seeds, *mutants(seeds, many, random_)) if t]
    answers = asked(judge, [f"vkey {b64encode(t).decode()}" for t in texts])
    taken = 0
    for data, (verdict, *rest) in zip(texts, answers, strict=True):
        ours = parse_vkey(data.decode("utf-8", "surrogateescape"), True)
        if not isinstance(ours, Refused) and ours.kind == 1:
            taken += 1
            assert (verdict, rest) == ("ok", [ours.name]), (seed, data)
    assert taken >= len(KNOWN)


@pytest.mark.parametrize("many", LANES)
def test_a_proof_holds_for_both_or_for_neither(judge: Path, many: int) -> None:
    seed, random_ = chance()
    questions, ours = [], []
    for _ in range(many // 4):
        size = random_.choice((1, 2, 3, random_.randint(1, 70), random_.randint(1, 700)))
        other = random_.randint(1, size)
        root, node = naive(LEAVES[:size]), nodes(LEAVES.__getitem__)
        if random_.random() < 0.5:
            index = other - 1
            proof = bent(inclusion_proof(index, size, node), random_)
            size, index = nudged(size, random_), nudged(index, random_)
            ours.append(included(index, size, LEAVES[other - 1], proof, root))
            questions.append(question("record", size, index, [root, LEAVES[other - 1], *proof]))
        else:
            before = naive(LEAVES[:other])
            proof = bent(consistency_proof(other, size, node), random_)
            size, old = nudged(size, random_), nudged(other, random_)
            if size < 1 or not 0 < old <= size:
                continue
            ours.append(consistent(old, size, before, root, proof))
            questions.append(question("tree", size, old, [root, before, *proof]))
    answers = [verdict == "ok" for verdict, *_ in asked(judge, questions)]
    odd = [q for q, go, own in zip(questions, answers, ours, strict=True) if go != own]
    assert not odd, (seed, odd[0])
    assert {True, False} <= set(ours)


def question(kind: str, size: int, at: int, hashes: list[bytes]) -> str:
    return " ".join([kind, str(size), str(at), *(h.hex() for h in hashes)])


def nudged(number: int, chance: random.Random) -> int:
    return max(0, number + (chance.choice((-2, -1, 1, 2)) if chance.random() < 0.2 else 0))


def bent(proof: list[bytes], chance: random.Random) -> list[bytes]:
    """The proof, or one with a hash changed, dropped, doubled or moved."""
    found, kind = list(proof), chance.randrange(8)
    at = chance.randrange(len(found)) if found else 0
    if kind == 0 and found:
        found[at] = bytes([found[at][0] ^ 1]) + found[at][1:]
    elif kind == 1 and found:
        del found[at]
    elif kind == 2:
        found.insert(at, chance.choice(LEAVES))
    elif kind == 3 and len(found) > 1:
        found[at], found[at - 1] = found[at - 1], found[at]
    return found
