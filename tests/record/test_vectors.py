"""Values made and checked by other programs: Go, OpenSSL, libsodium, Node, public test suites."""

from __future__ import annotations

import base64
import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cases import case
from travaux.acts.fault import Refused
from travaux.record import ed25519, tree
from travaux.record.admission import Admission
from travaux.record.canonical import encode, parse
from travaux.record.checkpoint import cosigned, parse_checkpoint, read_cosignature
from travaux.record.entry import Entry, parse_entry
from travaux.record.keys import VKey, parse_vkey
from travaux.record.note import open_note, parse_note
from travaux.record.receipt import parse_receipt
from travaux.record.sealing import Seal, sealed_size, weigh
from travaux.record.tiles import Tile, decode_bundle, decode_tile, hash_tiles, number_path, parents
from travaux.record.verify import Report, verify


def load(name: str) -> Any:
    return json.loads(case(f"record/{name}").read_text(encoding="utf-8"))


def vkey(text: str, foreign: bool = False) -> VKey:
    found = parse_vkey(text, foreign)
    assert isinstance(found, VKey)
    return found


def stops(raws: list[bytes]) -> tuple[int | None, list[str], Admission]:
    """Where admission stops in a list of entries, with the codes, and the state there."""
    state = Admission()
    for index, raw in enumerate(raws):
        entry = parse_entry(raw)
        if isinstance(entry, Refused):
            return index, [f.code for f in entry.faults], state
        ruling = state.judge(entry)
        codes = [f.code for f in ruling.faults]
        if codes or entry.signed_by(ruling.keys):
            return index, codes or ["record.signature"], state
        state.add(entry, tree.leaf_hash(raw))
    return None, [], state


def test_every_worked_value() -> None:
    worked = load("worked.json")
    for key in worked["keys"]:
        found = vkey(key["vkey"])
        assert (found.id.hex(), found.public.hex(), found.kind) == (key["key_id"], key["pub"], key["type"])
        assert str(VKey.of(key["name"], key["type"], bytes.fromhex(key["pub"]))) == key["vkey"]
    grown, leaves = tree.Range(), []
    for row in worked["entries"]:
        raw = case(f"record/register/act/{row['index']}.act").read_bytes()
        entry = parse_entry(raw)
        assert isinstance(entry, Entry)
        assert (entry.id, len(entry.text), len(raw)) == (row["id"], row["text_len"], row["entry_len"])
        leaves.append(tree.leaf_hash(raw))
        grown.append(leaves[-1])
        assert (leaves[-1].hex(), grown.root().hex()) == (row["leaf"], row["root_after"])
    node = tree.nodes(leaves.__getitem__)
    for index, proof in worked["inclusion"].items():
        made = tree.inclusion_proof(int(index), len(leaves), node)
        assert [p.hex() for p in made] == proof
    for sizes, proof in worked["consistency"].items():
        old, size = map(int, sizes.split("-"))
        assert [p.hex() for p in tree.consistency_proof(old, size, node)] == proof


def test_the_cosigned_message() -> None:
    note = parse_note(case("record/register/checkpoint").read_bytes())
    assert not isinstance(note, Refused)
    at = parse_checkpoint(note.text)
    assert not isinstance(at, Refused)
    assert cosigned(at, 1_795_546_800).decode() == load("worked.json")["cosigned_message"]


def test_every_form_of_an_entry() -> None:
    cases = load("entries.json")
    keys = [vkey(v) for v in cases["vkeys"]]
    wrong = []
    for form in cases["cases"]:
        entry = parse_entry(base64.b64decode(form["entry"]))
        good = isinstance(entry, Entry) and entry.signed_by(keys) == ""
        if good != form["entry_ok"]:
            wrong.append(form["name"])
    assert wrong == []


def test_good_entries_are_their_own_canonical_form() -> None:
    for form in load("entries.json")["cases"]:
        if form["entry_ok"]:
            payload = base64.b64decode(form["entry"]).split(b"\n")[1]
            value = parse(payload)
            assert not isinstance(value, Refused)
            assert encode(value) == payload


@pytest.mark.parametrize("name", ["bad-registers.json", "key-changes.json"])
def test_admission_stops_at_the_fault(name: str) -> None:
    cases = load(name)
    pool = [base64.b64decode(p) for p in cases["pool"]]
    for register in cases["cases"]:
        at, codes, _ = stops([pool[i] for i in register["entries"]])
        wanted = None if register["at"] == "checkpoint" else register["at"]
        assert at == wanted, (register["name"], at, codes)


def test_key_changes_done_rightly_are_admitted() -> None:
    cases = load("key-changes.json")
    at, codes, state = stops([base64.b64decode(cases["pool"][i]) for i in cases["good"]])
    assert (at, codes) == (None, [])
    for form in cases["checkpoints"]:
        note = parse_note(form["note"].encode())
        assert not isinstance(note, Refused)
        checkpoint = parse_checkpoint(note.text)
        assert not isinstance(checkpoint, Refused)
        weighed = weigh(note, checkpoint, state.authority)
        assert weighed.hosted == form["ok"], (form["size"], form["key"])
        assert set(weighed.times) == {"arvia.example", "tolia.example"}


def test_verify_finds_what_is_wrong_in_each_register(tmp_path: Path) -> None:
    cases = load("bad-registers.json")
    pool = [base64.b64decode(p) for p in cases["pool"]]
    for nth, register in enumerate(cases["cases"]):
        folder = tmp_path / str(nth)
        raws = [pool[i] for i in register["entries"]]
        lay_out(folder, raws, base64.b64decode(register["checkpoint"]))
        report = verify(folder, founding=cases["genesis"], quorum=True)
        assert isinstance(report, Report)
        if register["at"] is None:
            assert (report.faults, report.unforked, report.complete) == ((), 8, 8)
            continue
        first = report.faults[0]
        assert (first.index if first.index is not None else "checkpoint") == register["at"], register["name"]


def lay_out(folder: Path, raws: list[bytes], checkpoint: bytes) -> None:
    """A directory of fewer than 256 entries."""
    width = len(raws)
    leaves = b"".join(tree.leaf_hash(r) for r in raws)
    bundle = b"".join(len(r).to_bytes(2, "big") + r for r in raws)
    for name, data in ((f"tile/0/000.p/{width}", leaves), (f"tile/entries/000.p/{width}", bundle)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "checkpoint").write_bytes(checkpoint)


def test_the_example_register_verifies_whole() -> None:
    founding = case("record/register/genesis.txt").read_text().strip()
    report = verify(case("record/register"), founding=founding, quorum=True)
    assert isinstance(report, Report)
    assert (report.faults, report.size, report.unforked, report.complete) == ((), 8, 8, 8)
    assert {n.where for n in report.notices} == {"act", "genesis.txt", "keys.txt"}


def test_the_receipts_of_the_example() -> None:
    host = vkey(case("record/register/keys.txt").read_text().split("\n")[0])
    for index in (3, 4):
        receipt = parse_receipt(case(f"record/register/act/{index}.tlog-proof").read_bytes())
        assert not isinstance(receipt, Refused)
        entry = case(f"record/register/act/{index}.act").read_bytes()
        assert receipt.proves(entry, host)
        assert not receipt.proves(case("record/register/act/5.act").read_bytes(), host)
        assert receipt.text.encode() == case(f"record/register/act/{index}.tlog-proof").read_bytes()


def test_signatures_on_which_libraries_differ() -> None:
    for vector in load("ed25519.json")["cases"]:
        key, good = bytes.fromhex(vector["key"]), ed25519.key_ok(bytes.fromhex(vector["key"]))
        signed = ed25519.verify(key, bytes.fromhex(vector["sig"]), bytes.fromhex(vector["msg"]))
        assert (good, good and signed) == (vector["key_ok"], vector["accept"]), vector["name"]


def test_public_edge_cases_of_ed25519() -> None:
    cases = load("third-party/ed25519-cctv.json")
    said = []
    for vector in cases["vectors"]:
        key = bytes.fromhex(vector["key"])
        good = ed25519.key_ok(key)
        said.append(
            (good, good and ed25519.verify(key, bytes.fromhex(vector["sig"]), vector["msg"].encode()))
        )
    verdicts = cases["verdicts"]
    assert "".join(str(int(k)) for k, _ in said) == verdicts["key_ok"]
    assert "".join(str(int(a)) for _, a in said) == verdicts["accept"]


@pytest.fixture(scope="module")
def big() -> list[bytes]:
    return [tree.leaf_hash(f"entry {i}".encode()) for i in range(70_000)]


def test_roots_and_proofs_of_large_trees(big: list[bytes]) -> None:
    cases, grown, roots = load("tree.json"), tree.Range(), {0: tree.EMPTY_ROOT}
    wanted = {int(size): root for size, root in cases["roots"].items()}
    for leaf in big:
        grown.append(leaf)
        if grown.size in wanted:
            roots[grown.size] = grown.root()
    assert {s: r.hex() for s, r in roots.items()} == wanted
    for p in cases["inclusion"]:
        proof = [bytes.fromhex(h) for h in p["Proof"]]
        assert tree.included(p["Index"], p["Size"], big[p["Index"]], proof, roots[p["Size"]])
        if p["Size"] < 1000:
            assert tree.inclusion_proof(p["Index"], p["Size"], tree.nodes(big.__getitem__)) == proof
    for p in cases["consistency"]:
        proof = [bytes.fromhex(h) for h in p["Proof"]]
        if p["Old"] in roots and p["New"] in roots:
            assert tree.consistent(p["Old"], p["New"], roots[p["Old"]], roots[p["New"]], proof)
        if p["New"] < 1000:
            assert tree.consistency_proof(p["Old"], p["New"], tree.nodes(big.__getitem__)) == proof


def test_tiles_of_a_large_tree(big: list[bytes]) -> None:
    cases, level, hashes = load("tree.json"), 0, big
    found = {}
    for tile in hash_tiles(len(big)):
        if int(tile.level) != level:
            level, hashes = level + 1, parents(hashes)
        start = tile.number * 256
        found[tile.path] = sha256(b"".join(hashes[start : start + tile.width])).hexdigest()
    assert {p: found[p] for p in cases["tile_sha256_at_70000"]} == cases["tile_sha256_at_70000"]
    assert list(found)[-len(cases["tile_paths_last_at_70000"]) :] == cases["tile_paths_last_at_70000"]
    for size, paths in cases["tile_paths"].items():
        assert [t.path for t in hash_tiles(int(size))] == paths
    for number, path in cases["tile_number_paths"].items():
        assert number_path(int(number)) == path


def test_public_merkle_proofs() -> None:
    for p in load("third-party/merkle-proofs.json")["cases"]:
        proof = [base64.b64decode(h) for h in p["proof"] or []]
        if p["kind"] == "inclusion":
            leaf, root = base64.b64decode(p["leafHash"] or ""), base64.b64decode(p["root"] or "")
            good = tree.included(p["leafIdx"], p["treeSize"], leaf, proof, root)
        else:
            old, new = base64.b64decode(p["root1"] or ""), base64.b64decode(p["root2"] or "")
            good = tree.consistent(p["size1"], p["size2"], old, new, proof)
        narrow = "sizes-are-equal-one-and-proof-is-empty" in p["file"]
        assert good == (not p["wantErr"] and not narrow), p["file"]


def test_a_log_of_another_program() -> None:
    log = load("third-party/tessera-log.json")
    key = vkey(log["vkey"], foreign=True)
    for size, encoded in enumerate(log["checkpoints"]):
        opened = open_note(base64.b64decode(encoded), {(key.name, key.id): key})
        assert not isinstance(opened, Refused)
        at = parse_checkpoint(opened[0])
        assert not isinstance(at, Refused)
        assert at.size == size
        if not size:
            continue
        leaves = decode_tile(base64.b64decode(log["files"][Tile("0", 0, size).path]), size)
        bundle = decode_bundle(base64.b64decode(log["files"][Tile("entries", 0, size).path]), size)
        assert not isinstance(leaves, Refused)
        assert not isinstance(bundle, Refused)
        grown = tree.Range()
        for leaf, (_, raw) in zip(leaves, bundle, strict=True):
            assert leaf == tree.leaf_hash(raw)
            grown.append(leaf)
        assert grown.root() == at.root


def test_cosignatures_and_notes_of_others() -> None:
    for form in load("third-party/cosignatures.json")["cases"]:
        key, note = vkey(form["vkey"], foreign=True), parse_note(form["checkpoint"].encode())
        assert not isinstance(note, Refused)
        at = parse_checkpoint(note.text)
        assert not isinstance(at, Refused)
        (line,) = [li for li in note.lines if li.name == key.name]
        cosignature = read_cosignature(line)
        assert not isinstance(cosignature, Refused)
        assert cosignature.verifies(key, at)
        assert cosignature.time == 1_767_139_200
    form = load("third-party/signed-note.json")
    key = vkey(form["vkey"], foreign=True)
    opened = open_note(form["note"].encode(), {(key.name, key.id): key})
    assert opened == ("This is an example message.\n", (key,))


def test_sizes_certified_on_a_day() -> None:
    cases = load("asof.json")
    seals = [
        Seal(row["index"], row["seal"]["size"], row["seal"]["time"]) for row in cases["log"] if "seal" in row
    ]
    for question in cases["questions"]:
        found = sealed_size(seals, date.fromisoformat(question["recorded_by"]))
        assert (found.size, found.final) == (question["size"], question["final"])
