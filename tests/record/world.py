"""Two invented parties with fixed keys, and registers of theirs to test on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from travaux.acts.fault import Refused
from travaux.record.entry import Draft, sign
from travaux.record.founding import Founding, founding_body
from travaux.record.keys import COSIGNATURE, ED25519, KeyPair, Signer
from travaux.record.log import Log
from travaux.record.receipt import Receipt

RULES = b"[rules]\nladder = 'commission'\n"


def key(name: str, kind: int = ED25519, nth: str = "") -> KeyPair:
    """The same key for the same name in every run."""
    seed = sha256(f"test key {name} {nth}".encode()).digest()
    return KeyPair.of(name, Ed25519PrivateKey.from_private_bytes(seed), kind)


HOST = key("record.example/commission")
ROOTS = {p: key(f"{p}.example/root-1") for p in ("arvia", "tolia")}
DELEGATES = {p: key(f"{p}.example/delegation") for p in ("arvia", "tolia")}
WITNESSES = {p: key(f"{p}.example/witness", COSIGNATURE) for p in ("arvia", "tolia")}


def must(value: Any) -> Any:
    """The value, or a failure that shows why it was refused."""
    assert not isinstance(value, Refused), [f.line() for f in value.faults]
    return value


def body_of_founding(quorum: int = 2) -> dict[str, Any]:
    parties = [Founding(f"{p}.example", p.title(), [ROOTS[p].vkey], 1) for p in ROOTS]
    return founding_body(
        name="Joint commission", kind="working", host=HOST.vkey, parties=parties, quorum=quorum,
        rules=sha256(RULES).hexdigest(), more={"languages": ["en", "fr"]},
    )  # fmt: skip


def add(
    log: Log, kind: str, body: dict[str, Any], signers: Sequence[Signer], **more: Any
) -> Receipt | Refused:
    """Draft, sign and append one act; the first signer is its author."""
    names = [s.vkey.name for s in signers]
    draft = must(log.draft(kind, body, names[0], with_=names[1:], **more))
    return log.append(must(sign(draft, signers)), HOST)


def accredit(log: Log, party: str) -> None:
    keys = [
        {"vkey": str(DELEGATES[party].vkey), "role": "delegation", "kinds": ["*"]},
        {"vkey": str(WITNESSES[party].vkey), "role": "witness"},
    ]
    must(add(log, "accredit", {"keys": keys}, [ROOTS[party], DELEGATES[party]]))


def founded(path: Path | str, acts: int = 0, quorum: int = 2) -> Log:
    """A register with both parties' keys in force and `acts` public proposals, open for writing."""
    log = must(Log.create(path))
    must(log.put_blob(RULES))
    cited = [sha256(RULES).hexdigest()]
    must(add(log, "found", body_of_founding(quorum), [ROOTS["arvia"], ROOTS["tolia"]], blobs=cited))
    for party in ROOTS:
        accredit(log, party)
    for i in range(acts):
        must(propose(log, "arvia" if i % 2 else "tolia", f"wording {i}"))
    return log


def propose(log: Log, party: str, text: str, **more: Any) -> Receipt | Refused:
    return add(log, "propose", {"text": text, "on": "2026-11-23"}, [DELEGATES[party]], **more)


def batch(log: Log, texts: Sequence[str], party: str = "arvia") -> list[bytes]:
    """Entries of one author, each behind the one before, all on the same checkpoint."""
    entries: list[bytes] = []
    before: Draft | None = None
    for text in texts:
        before = must(log.draft("propose", {"text": text}, DELEGATES[party].vkey.name, after=before))
        entries.append(must(sign(before, [DELEGATES[party]])))
    return entries


def cosigned(log: Log, time: int = 1_795_546_800) -> None:
    for nth, party in enumerate(WITNESSES):
        must(log.cosign(WITNESSES[party], time + nth))


@dataclass
class Veto:
    """A layer of rules that refuses whatever `wrong` says, and remembers what it saw."""

    wrong: Callable[[Any], bool] = lambda entry: False
    seen: list[int] = field(default_factory=list)

    def admit(self, entry: Any, index: int) -> tuple[Any, ...]:
        from travaux.acts.fault import Fault, Place

        if self.wrong(entry):
            return (Fault("test.veto", Place(f"entry {index}")),)
        self.seen.append(index)
        return ()

    def follow(self, entry: Any, index: int) -> None:
        self.seen.append(index)


def must_not(value: Any) -> str:
    """Why a value was refused, in words, or a failure."""
    assert isinstance(value, Refused), value
    return " ".join(f.line() for f in value.faults)
