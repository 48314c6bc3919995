"""From the rows of a plan to proposed acts: what a source says was undertaken, and what it says was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

import msgspec

from travaux.acts.base import Act, Document, Evidence
from travaux.acts.basis import Anchored, Basis, Cited
from travaux.acts.deadline import AfterEvent
from travaux.acts.families.delivery import Acceptance, Lead
from travaux.acts.fault import Fault, Place
from travaux.acts.kinds import Admit, Cite, Found, Introduce, Report, Undertake
from travaux.acts.kinds import Table as Tabled
from travaux.acts.when import When
from travaux.formats.plans import PlanFile
from travaux.formats.plans.bodies import alike
from travaux.register.fold import AsOf
from travaux.secretariat.documents import digest
from travaux.secretariat.naming import Named, Naming, ids_made, latin, slug
from travaux.secretariat.plans.mapping import Mapping
from travaux.secretariat.plans.planned import Led, Planned

LONGEST: Final = 6000  # bytes of one text: an act has 16 KiB


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a plan: its file, the day it is of, and its name ("second edition")."""

    file: PlanFile
    on: When
    name: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row with the id of its measure and the acts it comes to; `faults` and `questions` are all of them."""

    row: Planned
    measure: str
    acts: tuple[Act, ...] = ()
    faults: tuple[Fault, ...] = ()
    questions: tuple[Fault, ...] = ()

    @property
    def ready(self) -> bool:
        """True where nothing is refused or open."""
        return not self.faults and not self.questions


@dataclass(slots=True)
class Proposing:
    """Makes the acts of one edition for a register. `known` gives the measure of a row that has one already.

    Acts are reported, from the file's own characters, or only cited (`cite`); with `performed` the
    undertakings are the signers' own acts.
    """

    register: AsOf
    edition: Edition
    mapping: Mapping
    known: Table[str, str] = field(default_factory=dict)
    cite: bool = False
    performed: bool = False
    naming: Naming = field(init=False)
    _parties: set[str] = field(init=False)
    _ids: dict[str, str] = field(init=False)
    _hashes: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        founding, file = self.register.founding, self.edition.file
        self._hashes = (_hash(file.data), _hash(file.text.encode("utf-8", "surrogatepass")))
        self.naming = Naming(
            self.register, self.mapping.plan.lang or next(iter(founding.languages), "en"), self.edition.on
        )
        founders = [f.id for e in self.register.acts(Found) for f in e.act.parties if f.id != founding.keeper]
        admitted = [e.act.party.id for e in self.register.acts(Admit)]
        introduced = [e.act.id for e in self.register.acts(Introduce) if e.act.what == "party"]
        self._parties = {*founders, *admitted, *introduced}
        self._ids = {i: "" for e in self.register.every() for i in ids_made(e.act)}

    def propose(self, rows: Iterable[Planned]) -> tuple[Proposed, ...]:
        """One `Proposed` a row, in their order; every thing is introduced by the first row that names it."""
        said: set[str] = set()
        return tuple(_first_said(self._row(row), said) for row in rows)

    def basis(self, row: Planned) -> Basis:
        """What the acts of a row stand on: its characters in the file, or only what the file is called."""
        file = self.edition.file
        if self.cite:
            title = " — ".join(
                filter(None, (self.mapping.plan.title or file.name, self.edition.name, row.place))
            )
            return Cited(publisher=self.mapping.source or file.name, on=self.edition.on, title=title[:300])
        source, text = self._hashes
        return Anchored(
            source=source,
            text=text,
            start=row.start,
            end=row.end,
            slice=digest(file.text[row.start : row.end]),
        )

    def _row(self, row: Planned) -> Proposed:
        faults, questions = list(row.faults), list(row.questions)
        place = Place(row.place)
        if len(row.what.encode()) > LONGEST:
            faults.append(
                Fault("import_plan.long_text", place, {"size": len(row.what.encode()), "most": LONGEST})
            )
        basis = self.basis(row)
        parties = self._owing(row, basis)
        unknown = [p.id for p in parties if p.id not in self._parties and not p.introduction]
        faults += [Fault("import_plan.unknown_party", place, {"party": p}) for p in unknown]
        if not parties:
            whole = not (row.party or self.mapping.columns.party)
            questions.append(Fault("import_plan.no_party", Place(self.edition.file.name) if whole else place))
        measure = self.known.get(row.place) or self._fresh(row)
        if len(parties) > 1 and any(not p for p, _, _ in row.claims):
            questions.append(Fault("import_plan.status_of_whom", place, {"n": len(parties)}))
        if faults or questions:
            return Proposed(row, measure, (), tuple(faults), tuple(questions))
        return Proposed(row, measure, tuple(self._acts(row, measure, parties, basis)))

    def _owing(self, row: Planned, basis: Basis) -> list[Named]:
        """Who owes the row: by its own column, else the mapping's parties and those with columns."""
        names = {alike(k): v for k, v in self.mapping.party.names.items()}
        found: dict[str, Named] = {}
        for words in re.split(r"\s*[;\n,/]\s*", row.party):
            if not words.strip(" -–—"):
                continue
            known = names.get(alike(words)) or (words if words in self._parties else "")
            named = Named(known) if known else self.naming.party(" ".join(words.split()), basis)
            found.setdefault(named.id, named)
        sides = [led.party for led in row.led if led.party]
        for party in () if found else (*self.mapping.party.fixed, *sides):
            found.setdefault(party, Named(party))
        return list(found.values())

    def _acts(self, row: Planned, measure: str, parties: Sequence[Named], basis: Basis) -> Iterator[Act]:
        plan, on = self.mapping.plan, self.edition.on
        for named in parties:
            yield from named.introduction
        if plan.id and plan.id not in self._ids:
            titles = {self.naming.lang: plan.title or plan.id}
            yield Tabled(instrument=plan.id, type=plan.type, titles=titles, on=on, basis=self._whole())
        leads: list[Lead] = []
        for led in row.led:
            yield from self._led(led, parties, basis, leads)
        deadline = row.due.deadline
        if row.due.event:
            event = self._event(row.due.event, basis)
            yield from event.introduction
            deadline = AfterEvent(event=event.id, offset=row.due.offset or "P0D")
        yield Undertake(
            measure=measure, parties=tuple(p.id for p in parties), what=row.what, due=row.due.when,
            deadline=deadline,
            condition=row.condition, under=plan.id, number=row.number[:80], leads=tuple(leads),
            acceptance=_acceptance(row), note=_note(row), on=on, basis=None if self.performed else basis,
        )  # fmt: skip
        yield from self._reports(row, measure, parties, basis)

    def _whole(self) -> Basis:
        return Cited(
            publisher=self.mapping.source or self.edition.file.name, on=self.edition.on,
            title=" — ".join(filter(None, (self.mapping.plan.title, self.edition.name)))[:300],
        )  # fmt: skip

    def _led(self, led: Led, parties: Sequence[Named], basis: Basis, leads: list[Lead]) -> Iterator[Act]:
        """The bodies of a row, introduced where new; a column for several parties leads for the first."""
        named = [self._body(name, basis) for name in led.bodies.every]
        for body in named:
            yield from body.introduction
        if named:
            ids = list(dict.fromkeys(b.id for b in named))
            leads.append(Lead(party=led.party or parties[0].id, body=ids[0], also=tuple(ids[1:])))

    def _body(self, name: str, basis: Basis) -> Named:
        found = self.naming.body(name, basis)
        short = [
            k
            for k, v in self.mapping.bodies.legend.items()
            if alike(v) == alike(name) and alike(k) != alike(name)
        ]
        acts = tuple(
            msgspec.structs.replace(a, aliases=tuple(short)) if short and isinstance(a, Introduce) else a
            for a in found.introduction
        )
        return Named(found.id, acts)

    def _event(self, words: str, basis: Basis) -> Named:
        """What a deadline waits for: as the mapping says, else a subject of that name."""
        known = {alike(k): v for k, v in self.mapping.events.items() if v}.get(alike(words))
        return Named(known) if known else self.naming.subject(words, basis)

    def _reports(self, row: Planned, measure: str, parties: Sequence[Named], basis: Basis) -> Iterator[Act]:
        proofs = tuple(Evidence(what=what[:1000], address=address[:500]) for what, address in row.evidence)
        for party, claim, words in row.claims:
            said = "" if alike(words) == claim else words[:1500]
            yield Report(
                measure=measure, claim=claim, words=said, actor=party or parties[0].id, on=self.edition.on,
                basis=basis, evidence=proofs if claim.startswith("done") else (),
            )  # fmt: skip

    def _fresh(self, row: Planned) -> str:
        """The id of a new measure: prefix and number, or words of its text; never one that is taken."""
        ids = self.mapping.ids
        number = re.sub(r"[^a-z0-9.]+", "-", latin_dotted(row.number)).strip("-.") if ids.by != "text" else ""
        stem = (
            "-".join(filter(None, (ids.prefix, number)))
            if number
            else "-".join(filter(None, (ids.prefix, slug(row.what)[:40].strip("-"))))
        )
        if ids.by == "number_text":
            stem = f"{stem}-{digest(alike(row.what))[:6]}"
        stem = (stem or "measure")[:70].strip("-.") or "measure"
        new, n = stem, 1
        while new in self._ids and self._ids[new] != row.place:
            n += 1
            new = f"{stem}-{n}"
        self._ids[new] = row.place
        return new


def _first_said(one: Proposed, said: set[str]) -> Proposed:
    """The row without introductions that a row before it makes already."""
    kept = []
    for act in one.acts if one.ready else ():
        new = act.id if isinstance(act, Introduce) else act.instrument if isinstance(act, Tabled) else ""
        if not new or new not in said:
            kept.append(act)
        said.add(new)
    return replace(one, acts=tuple(kept))


def latin_dotted(number: str) -> str:
    """A number in Latin letters, its points kept."""
    return ".".join(latin(part).replace(" ", "-") for part in number.split("."))


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


def _acceptance(row: Planned) -> Acceptance | None:
    """What counts as done: the indicator with its figures, and what is to prove it."""
    source = row.source or ("" if row.claims else "; ".join(what for what, _ in row.evidence))
    made = Acceptance(
        words=row.indicator[:2000], baseline=row.baseline[:500], target=row.target[:500], source=source[:2000]
    )
    return None if made == Acceptance() else made


def _note(row: Planned) -> str:
    parts = [*row.section, row.programme, *row.notes]
    return " | ".join(dict.fromkeys(" ".join(p.split()) for p in parts if p))[:1500]


def source_acts(
    register: AsOf, edition: Edition, mapping: Mapping, kept: bytes, acts: Sequence[Act]
) -> tuple[Cite, ...]:
    """The acts that make the file and its mapping sources of the register, where it has them not yet."""
    known = {e.act.document.sha256 for e in register.acts(Cite)}
    used = {i for e in register.every() for i in ids_made(e.act)} | {i for a in acts for i in ids_made(a)}
    file = edition.file
    publisher = mapping.source or file.name
    title = " — ".join(filter(None, (mapping.plan.title or file.name, edition.name)))[:300]
    told = (
        (f"source-{slug(title)}", title, _hash(file.data), _hash(file.text.encode("utf-8", "surrogatepass"))),
        (
            f"{MAPPING}{slug(publisher)}",
            f"{MAPPING_TITLE}: {mapping.plan.id or publisher}",
            _hash(kept),
            None,
        ),
    )
    made = []
    for stem, name, data, text in told:
        if data in known:
            continue
        new = next(i for n in range(1, 10_000) if (i := stem if n == 1 else f"{stem}-{n}") not in used)
        used.add(new)
        document = Document(
            publisher=publisher, title=name, on=edition.on, lang=mapping.plan.lang, sha256=data, text=text
        )
        made.append(Cite(id=new, on=edition.on, document=document))
    return tuple(made)


MAPPING: Final = "mapping-"
MAPPING_TITLE: Final = "Mapping"
