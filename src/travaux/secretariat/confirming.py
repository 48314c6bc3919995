"""From a document and a register to proposals, and from what a person accepted to acts on the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from travaux.acts.base import Act, Document
from travaux.acts.fault import Fault, Refused
from travaux.acts.kinds import Cite
from travaux.acts.when import When
from travaux.record.receipt import Receipt
from travaux.register.fold import AsOf
from travaux.secretariat.attaching import keep_text
from travaux.secretariat.door import Secretariat
from travaux.secretariat.editions import Edition, Texts, earlier_edition
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.naming import ids_made, slug
from travaux.secretariat.proposals import Proposal, propose
from travaux.secretariat.reading import Taken
from travaux.secretariat.submitting import Submission, submit


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one document would add to a register: `proposals` that are new, and the `edition` it corrects.

    `repeated` proposals were left out, since the earlier edition put the same words on the record.
    """

    proposals: list[Proposal]
    edition: Edition | None
    repeated: int = 0


def prospect(
    register: AsOf,
    taken: Taken,
    reading: Mapping[str, Any],
    texts: Texts,
    *,
    keep_words: bool = True,
    on: When | None = None,
) -> Prospect | Refused:
    """The proposals of a document for a register; refused as `propose` refuses."""
    found = propose(register, reading, taken.held, keep_words=keep_words, on=on)
    if isinstance(found, Refused):
        return found
    edition = earlier_edition(register, taken.held, texts, on or day_of(reading))
    new = [p for p in found if edition is None or not edition.repeats(p.text)]
    return Prospect(new, edition, len(found) - len(new))


def day_of(reading: Mapping[str, Any]) -> When | None:
    """The document's own day, as far as the reader found one."""
    day = When.parse(reading["doc"]["date"]) if reading["doc"]["date"] else None
    return None if isinstance(day, Refused) else day


@dataclass(frozen=True, slots=True)
class Described:
    """How the document is called as a source: its publisher, title, date and language."""

    publisher: str
    title: str
    on: When | None
    lang: str


def described(taken: Taken, reading: Mapping[str, Any], publisher: str = "", title: str = "") -> Described:
    """The description of a document: what the user says, else what it or its carrier says, else its name."""
    doc, site = reading["doc"], taken.document.site
    name = taken.held.name.replace("\\", "/").rsplit("/", 1)[-1]
    return Described(
        publisher or (site.value if site else "") or name,
        title or " ".join(str(doc["title"] or name).split())[:300],
        day_of(reading),
        doc["lang"],
    )


def source_of(register: AsOf, taken: Taken, how: Described, acts: Sequence[Act], on: When) -> Cite | None:
    """The act that makes the document a source, by its hashes; None where the register has it already."""
    held = taken.held
    if any(e.act.document.sha256 == held.sha256 for e in register.acts(Cite)):
        return None
    used = {i for e in register.every() for i in ids_made(e.act)} | {i for a in acts for i in ids_made(a)}
    stem, n = slug(how.title), 1
    new = f"source-{stem}"
    while new in used:
        n += 1
        new = f"source-{stem}-{n}"
    document = Document(
        publisher=how.publisher, title=how.title, on=how.on, lang=how.lang, sha256=held.sha256,
        text=held.text_sha256,
    )  # fmt: skip
    return Cite(on=how.on or on, id=new, document=document)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The receipts of the acts, in their order; `notes`: what was odd about a document kept with them."""

    receipts: list[Receipt]
    notes: tuple[Fault, ...] = ()


def record(
    office: Secretariat, taken: Taken, acts: Iterable[Act], signer: str, keyring: Keyring, *, attach: bool
) -> Recorded | Refused:
    """Put confirmed acts on the record, all of them or none; with `attach` the document is kept first.

    They are what a source says: reported, whoever signs, and never anybody's consent.
    """
    notes: tuple[Fault, ...] = ()
    if attach:
        kept = office.keep(taken.held.data, taken.held.name)
        said = kept if isinstance(kept, Refused) else keep_text(office, taken.held.name, taken.held.data)
        if isinstance(said, Refused):
            return said
        notes = said
    done = submit(office, [Submission(act, signer) for act in acts], keyring)
    return done if isinstance(done, Refused) else Recorded(done, notes)
