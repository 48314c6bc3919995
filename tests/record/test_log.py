"""The door: append, receipts, drafts, two writers, batches, the rules' veto."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.record.world import (
    DELEGATES,
    HOST,
    ROOTS,
    RULES,
    WITNESSES,
    Veto,
    accredit,
    add,
    batch,
    body_of_founding,
    cosigned,
    founded,
    key,
    must,
    propose,
)
from travaux.acts.fault import Refused
from travaux.record.entry import attach, parse_draft, sign
from travaux.record.keys import to_base64
from travaux.record.log import Log
from travaux.record.note import Line, sign_line
from travaux.record.receipt import parse_receipt
from travaux.record.verify import verify


@pytest.fixture
def log(where: Path | str) -> Log:
    return founded(where, 5)


def code(found: object) -> str:
    assert isinstance(found, Refused)
    return found.faults[0].code


def test_every_receipt_proves_its_act_and_no_other(log: Log) -> None:
    for entry in log.entries():
        receipt = must(log.receipt(entry.id))
        assert receipt == must(log.receipt(entry.index))
        assert must(parse_receipt(receipt.text.encode())).proves(entry.raw, HOST.vkey)
        assert not receipt.proves(must(log.entry((entry.index + 1) % log.size)).raw, HOST.vkey)
        assert not receipt.proves(entry.raw, DELEGATES["arvia"].vkey)


def test_the_same_act_again_gets_its_receipt(log: Log) -> None:
    size, entry = log.size, must(log.entry(5))
    assert must(log.append(entry.raw, HOST)).index == 5
    assert log.size == size


def test_a_receipt_given_at_append_proves_in_that_tree(log: Log) -> None:
    receipt = must(propose(log, "arvia", "new"))
    assert receipt.checkpoint.size == receipt.index + 1 == log.size
    assert receipt.proves(must(log.entry(receipt.index)).raw, HOST.vkey)


def test_a_batch_shares_one_checkpoint(log: Log) -> None:
    before = log.size
    receipts = must(log.append_all(batch(log, [f"text {i}" for i in range(300)]), HOST))
    assert [r.index for r in receipts] == list(range(before, before + 300))
    assert {r.checkpoint.size for r in receipts} == {before + 300}
    assert all(r.proves(must(log.entry(r.index)).raw, HOST.vkey) for r in receipts)


def test_of_a_batch_with_a_fault_nothing_is_kept(log: Log) -> None:
    before, entries = log.size, batch(log, ["a", "b", "c"])
    refused = log.append_all([entries[0], entries[2], entries[1]], HOST)
    assert code(refused) == "record.number"
    assert log.size == before
    assert code(log.append(entries[0], HOST)) == "record.reopen"
    log.close()
    with must(Log.open(log.where, write=True)) as again:
        assert len(must(again.append_all(entries, HOST))) == 3


def test_the_forms_of_a_whole_batch_are_judged_at_once(log: Log) -> None:
    refused = log.append_all([b"x", *batch(log, ["a"]), b"y"], HOST)
    assert isinstance(refused, Refused)
    assert [f.place.where for f in refused.faults] == ["act 1", "act 3"]
    assert must(propose(log, "arvia", "still open")).index == log.size - 1


def test_two_writers_take_turns(log: Log) -> None:
    with must(Log.open(log.where, write=True)) as other:
        for nth in range(3):
            must(propose(log, "arvia", f"here {nth}"))
            must(propose(other, "tolia", f"there {nth}"))
        assert log.root == other.root
    assert must(verify(log.where)).unaltered


def test_a_draft_on_an_old_state_is_refused_not_lost(log: Log) -> None:
    late = must(
        sign(must(log.draft("propose", {"text": "late"}, DELEGATES["arvia"].vkey.name)), [DELEGATES["arvia"]])
    )
    must(propose(log, "arvia", "first"))
    assert code(log.append(late, HOST)) == "record.number"
    assert must(propose(log, "arvia", "late, again")).index == log.size - 1


def test_the_busy_register_says_so(log: Log) -> None:
    with must(Log.open(log.where, write=True, wait=0.05)) as other, log.store.writing():
        assert code(propose(other, "arvia", "x")) == "record.busy"
    with must(Log.open(log.where, write=True)) as other:
        must(propose(other, "arvia", "x"))


def test_rules_veto_before_anything_is_written(where: Path | str) -> None:
    founded(where, 2).close()
    layer = Veto(lambda entry: b"forbidden" in entry.body)
    with must(Log.open(where, write=True, rules=layer)) as log:
        size = log.size
        assert layer.seen == list(range(size))
        assert code(propose(log, "arvia", "forbidden")) == "test.veto"
        assert log.size == size
        must(propose(log, "arvia", "allowed"))
        with must(Log.open(log.where, write=True)) as other:
            must(propose(other, "tolia", "from elsewhere"))
        must(propose(log, "arvia", "after"))
        assert layer.seen == list(range(size + 3))


def test_only_the_register_s_host_signs(log: Log) -> None:
    draft = must(log.draft("propose", {"text": "x"}, DELEGATES["arvia"].vkey.name))
    data, wrong = must(sign(draft, [DELEGATES["arvia"]])), key("record.example/commission", nth="2")
    assert code(log.append(data, wrong)) == "record.wrong_host"
    assert must(log.append(data, HOST)).index == log.size - 1


def test_the_founding_comes_first_and_once(where: Path | str) -> None:
    with must(Log.create(where)) as log:
        assert log.register is None
        founders = [ROOTS["arvia"], ROOTS["tolia"]]
        assert code(add(log, "propose", {}, [DELEGATES["arvia"]])) == "record.founding_place"
        assert code(add(log, "found", body_of_founding(), founders[:1])) == "record.threshold"
        assert code(add(log, "found", body_of_founding(3), founders)) == "record.quorum_size"
        receipt = must(add(log, "found", body_of_founding(), founders))
        assert (log.register, log.origin) == (receipt.id, HOST.vkey.name)
        assert code(add(log, "found", body_of_founding(), founders)) == "record.founding_place"


def test_an_observed_register_has_one_office(where: Path | str) -> None:
    office, keeper = key("office.example/root-1"), key("office.example/keeper")
    parties = [
        {"id": "nuria", "name": "Nuria"},
        {"id": "office.example", "name": "Office", "roots": [str(office.vkey)], "threshold": 1},
    ]
    body = body_of_founding(1) | {"kind": "observed", "parties": parties, "keeper": "office.example"}
    with must(Log.create(where)) as log:
        must(add(log, "found", body, [office]))
        keys = [{"vkey": str(keeper.vkey), "role": "keeper", "kinds": ["*"]}]
        must(add(log, "accredit", {"keys": keys}, [office, keeper]))
        must(add(log, "cite", {"title": "A communiqué"}, [keeper]))
        assert code(add(log, "cite", {"title": "x"}, [office])) == "record.root_scope"


def test_a_further_party_is_admitted_by_its_own_signature(log: Log) -> None:
    root = key("nuria.example/root-1")
    party = {"id": "nuria.example", "name": "Nuria", "roots": [str(root.vkey)], "threshold": 1}
    assert code(add(log, "admit", {"party": party}, [ROOTS["arvia"]])) == "record.threshold"
    assert code(add(log, "admit", {"party": party}, [DELEGATES["arvia"], root])) == "record.admit_by"
    must(add(log, "admit", {"party": party}, [ROOTS["arvia"], root]))
    assert code(add(log, "admit", {"party": party}, [ROOTS["tolia"], root])) == "record.key_used"
    delegate = key("nuria.example/delegation")
    keys = [{"vkey": str(delegate.vkey), "role": "delegation", "kinds": ["propose"]}]
    must(add(log, "accredit", {"keys": keys}, [root, delegate]))
    must(add(log, "propose", {"text": "hello"}, [delegate]))
    assert code(add(log, "approve", {}, [delegate])) == "record.scope"


def test_a_recalled_key_is_out_and_its_acts_contested(log: Log) -> None:
    short = DELEGATES["tolia"].vkey.short
    assert code(add(log, "recall", {"keys": [short]}, [DELEGATES["arvia"]])) == "record.recall_key"
    must(add(log, "recall", {"keys": [short], "since": 4, "why": "lost"}, [ROOTS["tolia"]]))
    assert code(propose(log, "tolia", "x")) == "record.no_authority"
    contested = [e.index for e in log.entries() if log.authority.contested(e)]
    assert contested == [e.index for e in log.entries() if e.by.startswith("tolia") and 4 <= e.index < 8]
    assert contested


def test_a_key_recalls_itself(log: Log) -> None:
    must(add(log, "recall", {"keys": [DELEGATES["tolia"].vkey.short]}, [DELEGATES["tolia"]]))
    assert code(propose(log, "tolia", "x")) == "record.no_authority"


def test_an_act_signed_elsewhere(log: Log) -> None:
    names = [DELEGATES["arvia"].vkey.name, DELEGATES["tolia"].vkey.name]
    draft = must(log.draft("settle", {"text": "joint"}, names[0], with_=names[1:]))
    elsewhere = must(parse_draft(draft.text.encode()))
    assert elsewhere.signers == tuple(names)
    lines = [sign_line(elsewhere.text, DELEGATES[p]) for p in ("tolia", "arvia")]
    assert code(attach(draft, lines[:1])) == "record.signers"
    entry = must(log.entry(must(log.append(must(attach(draft, lines)), HOST)).index))
    assert (entry.signers, entry.cosigners, entry.party) == (tuple(names), (names[1],), "arvia.example")


def test_a_restricted_act_is_salted(log: Log) -> None:
    first = must(log.draft("propose", {"text": "x"}, DELEGATES["arvia"].vkey.name, audience="parties"))
    second = must(log.draft("propose", {"text": "x"}, DELEGATES["arvia"].vkey.name, audience="parties"))
    assert first.id != second.id
    assert (
        code(log.draft("propose", {"text": "x"}, "arvia.example/delegation", audience=("Ä",)))
        == "record.envelope"
    )


def test_documents_are_kept_by_hash(log: Log) -> None:
    digest = must(log.put_blob(b"a text"))
    assert (log.blob(digest), must(log.put_blob(b"a text"))) == (b"a text", digest)
    assert log.blob("0" * 64) is None
    assert log.blob("no hash") is None
    assert len(list(log.blobs())) == 2
    must(propose(log, "arvia", "see the document", blobs=[digest]))
    assert code(log.draft("propose", {}, "arvia.example/delegation", blobs=["0" * 64])) == "record.no_blob"
    assert must(log.entry(log.size - 1)).envelope.cited[0].size == 6


def test_cosign_seal_and_the_size_on_a_day(log: Log) -> None:
    day, noon = date(2026, 11, 24), 1_795_521_600
    assert code(log.seal_body()) == "record.nothing_to_seal"
    assert code(log.cosign(DELEGATES["arvia"], noon)) == "record.not_a_witness"
    must(log.cosign(WITNESSES["arvia"], noon))
    assert code(log.seal_body()) == "record.nothing_to_seal"
    must(log.cosign(WITNESSES["tolia"], noon + 5))
    sealed = log.size
    must(add(log, "seal", must(log.seal_body()), [DELEGATES["arvia"]]))
    found = log.sealed_size(day)
    assert (found.size, found.final, found.seal.time if found.seal else 0) == (sealed, False, noon + 5)
    assert log.sealed_size(date(2026, 11, 23)).size == 0
    assert code(log.seal_body()) == "record.nothing_to_seal"
    cosigned(log, noon + 86_400)
    must(add(log, "seal", must(log.seal_body()), [DELEGATES["tolia"]]))
    found = log.sealed_size(day)
    assert (found.size, found.final) == (sealed, True)


def test_a_cosignature_from_elsewhere_is_checked(log: Log) -> None:
    made = must(log.cosign(WITNESSES["arvia"], 5))
    assert must(log.add_cosignature(str(made.line), log.size)) == made
    size = log.size
    must(propose(log, "arvia", "x"))
    assert code(log.add_cosignature(str(made.line), log.size)) == "record.cosignature"
    assert must(log.add_cosignature(str(made.line), size)) == made


def test_readers_see_what_writers_do(log: Log) -> None:
    with must(Log.open(log.where)) as reader:
        assert code(propose(reader, "arvia", "x")) == "record.not_writing"
        before = reader.authority
        must(propose(log, "arvia", "x"))
        assert reader.size == log.size
        assert reader.root == log.root
        accredited = key("arvia.example/second")
        keys = [{"vkey": str(accredited.vkey), "role": "delegation", "kinds": ["*"]}]
        must(add(log, "accredit", {"keys": keys}, [ROOTS["arvia"], accredited]))
        assert "arvia.example/second" not in before.holders.grants
        assert "arvia.example/second" in reader.authority.holders.grants


def test_a_backup_of_a_live_register_is_whole(log: Log, tmp_path: Path) -> None:
    must(log.backup(tmp_path / "copy.travaux"))
    must(propose(log, "arvia", "after"))
    assert code(log.backup(tmp_path / "copy.travaux")) == "record.exists_backup"
    with must(Log.open(tmp_path / "copy.travaux", write=True)) as copy:
        assert copy.size == log.size - 1
        assert copy.blob(must(log.put_blob(RULES))) == RULES
    assert sorted(p.name for p in tmp_path.iterdir() if "copy" in p.name) == ["copy.travaux"]


def test_accreditation_is_once(log: Log) -> None:
    with pytest.raises(AssertionError, match="was used in this register before"):
        accredit(log, "arvia")


def test_a_signature_by_another_key_under_the_name_is_refused(log: Log) -> None:
    draft = must(log.draft("propose", {"text": "x"}, DELEGATES["arvia"].vkey.name))
    good = must(sign(draft, [DELEGATES["arvia"]]))
    forged = sign_line(draft.text, DELEGATES["tolia"]).signature
    line = Line(DELEGATES["arvia"].vkey.name, DELEGATES["arvia"].vkey.id, forged)
    assert code(log.append(must(attach(draft, [line])), HOST)) == "record.signature"
    other = sign_line(draft.text, key("arvia.example/delegation", nth="2"))
    assert code(log.append(must(attach(draft, [other])), HOST)) == "record.no_authority"
    assert must(log.append(good, HOST)).index == log.size - 1


def test_the_host_moves_with_the_parties_consent(log: Log) -> None:
    moved = key("record.example/commission", nth="2")
    body = {"base": {"root": to_base64(log.root), "size": log.size}, "host": str(moved.vkey)}
    signers = [ROOTS["arvia"], moved, ROOTS["tolia"]]
    draft = must(
        log.draft("move_host", body, ROOTS["arvia"].vkey.name, with_=[s.vkey.name for s in signers[1:]])
    )
    data = must(sign(draft, signers))
    must(log.append(data, moved))
    assert code(propose(log, "arvia", "at the old host")) == "record.wrong_host"
    later = must(sign(must(log.draft("propose", {}, DELEGATES["arvia"].vkey.name)), [DELEGATES["arvia"]]))
    assert must(log.append(later, moved)).proves(later, moved.vkey)
    assert must(verify(log.where)).unaltered


def test_a_register_that_grows_while_it_is_opened_or_verified_is_in_order(where: Path | str) -> None:
    with founded(where) as log:
        size = log.size

        class Growing(Veto):
            """Lets another process append while this one reads."""

            def follow(self, entry: Any, index: int) -> None:
                super().follow(entry, index)
                if index == 0:
                    must(propose(log, "arvia", "meanwhile"))

            def admit(self, entry: Any, index: int) -> tuple[Any, ...]:
                if index == 0:
                    must(propose(log, "arvia", "again"))
                return super().admit(entry, index)

        with must(Log.open(where, write=True, rules=Growing(lambda _: False))) as other:
            assert other.size == size + 1
            must(propose(other, "tolia", "after"))
        report = must(verify(where, rules=Growing(lambda _: False)))
        assert report.unaltered
        assert report.size == size + 2
        assert log.size == size + 3
