"""Parsers of hostile bytes: a fault or a value, never an exception; what is accepted is written back."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record.fuzzing import LONGEST, corpus, grown, mutants, tried
from tests.record.world import DELEGATES, HOST, WITNESSES, must
from travaux.acts.fault import Refused
from travaux.record.canonical import encode, parse
from travaux.record.checkpoint import Checkpoint, cosign, parse_checkpoint, read_cosignature, sign_checkpoint
from travaux.record.entry import Entry, build, parse_draft, parse_entry, sign
from travaux.record.evidence import Evidence, judge_evidence, read_evidence
from travaux.record.keys import parse_vkey
from travaux.record.note import Note, parse_line, parse_note
from travaux.record.policy import parse_policy
from travaux.record.prepared import read_prepared
from travaux.record.receipt import Receipt, parse_receipt
from travaux.record.tiles import Tile, decode_bundle, decode_tile, encode_bundle, parse_path
from travaux.record.tree import leaf_hash

FUZZED = int(os.environ.get("TRAVAUX_FUZZED", "40000"))
MANY = settings(max_examples=int(os.environ.get("TRAVAUX_FUZZ", "150")), deadline=None)
AT = Checkpoint("record.example/commission", 8, bytes(range(32)))
DRAFT = must(
    build("propose", {"text": "Wörter [30]\n", "list": [1, {"a": None}]}, by=DELEGATES["arvia"].vkey.name,
          n=1, prev="ab" * 32, register="cd" * 32, seen=(8, "A" * 43 + "="), audience=["arvia.example"],
          salt="A" * 43 + "=", blobs=[("ef" * 32, 5)], with_=[DELEGATES["tolia"].vkey.name])
)  # fmt: skip
ENTRY: bytes = must(sign(DRAFT, list(DELEGATES.values())))
COSIGNED = must(cosign(AT, WITNESSES["arvia"], 1_795_546_800))
NOTE = Note(AT.text, (*sign_checkpoint(AT, HOST).lines, COSIGNED.line))
RECEIPT = Receipt(3, (bytes(32), leaf_hash(b"")), NOTE, AT, extra=b"beside").text.encode()
EVIDENCE = Evidence(HOST.vkey, NOTE, NOTE, AT.root, (bytes(32),), (WITNESSES["arvia"].vkey,), ENTRY).data
POLICY = f"log {HOST.vkey}\nwitness a {WITNESSES['arvia'].vkey}\ngroup g 1 a\nquorum g\n".encode()
SEEDS = [
    EVIDENCE, POLICY, str(COSIGNED.line)[:-1].encode(),
    ENTRY, str(NOTE).encode(), RECEIPT, str(HOST.vkey).encode(), str(NOTE.lines[0])[:-1].encode(),
    AT.text.encode(), DRAFT.text.encode(), encode_bundle([ENTRY, b"", b"x"]), bytes(96),
    b"tile/entries/x001/234.p/8", b"", b'{"a":' * 40_000, b"\n\n" * 300, "— \u2028 \ufeff".encode(),
    b"\xed\xa0\x80\n",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good form with bytes changed, dropped, doubled or put in; or any bytes at all."""
    data = draw(st.sampled_from(SEEDS) | st.binary(max_size=300))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 12)))
        put = draw(
            st.binary(max_size=4)
            | st.sampled_from(
                [b"\n", b"\n\n", b"=", b"+", b"0", b"\xe2\x80\x94 ", b"\0", data[start:end] * 2]
            )
        )
        data = data[:start] + put + data[end:]
    return data


def text(parser: Callable[[str], Any]) -> Callable[[bytes], Any]:
    return lambda data: parser(data.decode("utf-8", "surrogateescape"))


def cosignature(row: str) -> Any:
    line = parse_line(row)
    return line if isinstance(line, Refused) else read_cosignature(line)


PARSERS: dict[str, Callable[[bytes], Any]] = {
    "json": parse,
    "note": parse_note,
    "entry": parse_entry,
    "draft": parse_draft,
    "receipt": parse_receipt,
    "vkey": text(parse_vkey),
    "foreign vkey": text(lambda t: parse_vkey(t, True)),
    "line": text(parse_line),
    "checkpoint": text(parse_checkpoint),
    "path": text(parse_path),
    "bundle": lambda data: decode_bundle(data, 3),
    "tile": lambda data: decode_tile(data, 3),
    "cosignature": text(cosignature),
    "evidence": read_evidence,
    "judged evidence": judge_evidence,
    "prepared": read_prepared,
    "policy": text(parse_policy),
}


def written(name: str, value: Any) -> bytes | None:
    """The bytes of what a parser accepted, where it has one form only."""
    match value:
        case Note() | Receipt():
            return (value.text if isinstance(value, Receipt) else str(value)).encode()
        case Entry():
            return value.raw
        case Tile():
            return value.path.encode()
        case Checkpoint():
            return value.text.encode()
        case dict():
            return must(encode(value))
        case list() if name == "bundle":
            return encode_bundle(raw for _, raw in value)
        case list():
            return b"".join(value)
    return str(value).encode() if "vkey" in name else None


@pytest.mark.parametrize("name", PARSERS)
@MANY
@given(data=mutated())
def test_a_parser_gives_a_value_or_a_fault(name: str, data: bytes) -> None:
    found = PARSERS[name](data)
    if isinstance(found, Refused):
        assert all(f.line() for f in found.faults)
        return
    form = written(name, found)
    assert form is None or form == data


@pytest.mark.parametrize("name", PARSERS)
def test_what_fuzzing_kept_gives_a_value_or_a_fault(name: str) -> None:
    assert len(corpus(name)) > 1
    for data in corpus(name):
        for other, parser in PARSERS.items():
            found = parser(data)
            form = None if isinstance(found, Refused) else written(other, found)
            assert form is None or form == data
            assert not isinstance(found, Refused) or all(f.line() for f in found.faults)


@pytest.mark.parametrize("many", [300, pytest.param(FUZZED, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", PARSERS)
def test_no_change_of_what_was_kept_raises(name: str, many: int) -> None:
    seed = random.SystemRandom().randrange(1 << 30)
    seeds = [*corpus(name), *(s for s in SEEDS if len(s) <= LONGEST)]
    found = tried(PARSERS[name], mutants(seeds, many, random.Random(seed)))
    assert found is None, f"seed {seed}: {found}"


def test_fuzzing_finds_and_keeps_what_reaches_further() -> None:
    """A parser with a fault deep inside: the fuzzer comes to it in steps, by what it kept on the way."""

    def fragile(data: bytes) -> Any:
        found = parse_vkey(data.decode("utf-8", "surrogateescape"))
        assert isinstance(found, Refused)
        return found.faults[0].values["vkey"].encode("ascii") if b"+" in data else None

    found = tried(fragile, mutants([b"a/b+00000000+AAAA"], 5_000, random.Random(1)))
    assert found is not None
    assert isinstance(found[1], UnicodeError)
    kept = grown(parse_receipt, [b"x"], 1.0, random.Random(2))
    assert len(kept) > 1


@MANY
@given(data=mutated())
def test_a_cosignature_that_is_read_is_the_line(data: bytes) -> None:
    line = parse_line(data.decode("utf-8", "replace"))
    if not isinstance(line, Refused):
        read = read_cosignature(line)
        assert isinstance(read, Refused) or read.line == line


@pytest.mark.parametrize("name", PARSERS)
def test_the_seeds_themselves_are_accepted_by_their_parser(name: str) -> None:
    assert any(not isinstance(PARSERS[name](seed), Refused) for seed in SEEDS) or name in (
        "json", "judged evidence",
    )  # fmt: skip


def test_every_part_of_a_vkey_and_every_neighbour_is_refused() -> None:
    whole = str(HOST.vkey)
    parts = {whole[a:b] for a in range(len(whole)) for b in range(a, len(whole) + 1)} - {whole}
    neighbours = {whole[:i] + chr(ord(c) + 1) + whole[i + 1 :] for i, c in enumerate(whole)}
    assert not [p for p in parts | neighbours if not isinstance(parse_vkey(p), Refused)]


def test_a_note_with_any_byte_changed_no_longer_opens() -> None:
    from travaux.record.note import open_note

    data, keys = str(sign_checkpoint(AT, HOST)).encode(), {(HOST.vkey.name, HOST.vkey.id): HOST.vkey}
    assert open_note(data, keys) == (AT.text, (HOST.vkey,))
    for at in range(len(data)):
        for mask in (1, 0x20, 0x80):
            changed = data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]
            assert isinstance(open_note(changed, keys), Refused), (at, mask)


def test_lines_of_strangers_are_ignored_in_a_checkpoint() -> None:
    from travaux.record.note import open_note

    keys = {(HOST.vkey.name, HOST.vkey.id): HOST.vkey}
    many = Note(AT.text, (*NOTE.lines, *[COSIGNED.line] * 14))
    assert open_note(str(many).encode(), keys) == (AT.text, (HOST.vkey,))
    assert isinstance(open_note(str(Note(AT.text, NOTE.lines[1:])).encode(), keys), Refused)
    too_many = Note(AT.text, (*NOTE.lines, *[COSIGNED.line] * 99))
    assert isinstance(open_note(str(too_many).encode(), keys), Refused)
