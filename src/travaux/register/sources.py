"""Sources: the publications and documents that reported acts stand on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from travaux.acts.base import Act, Deed, Document, Evidence
from travaux.acts.basis import Anchored, Basis, Cited
from travaux.acts.kinds import AmendRules, Cite, Correct, Disclose, Propose, Publish, Table
from travaux.acts.when import When
from travaux.register.fold import AsOf, Entered


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that reported acts stand on. `sha256` is "" where it is only described.

    `cited` are the acts that made it a source, `acts` the ids of the acts that stand on it.
    """

    publisher: str
    title: str
    on: When | None
    sha256: str
    text: str
    cited: tuple[Entered[Cite], ...]
    acts: tuple[str, ...]
    held: bool


def sources(asof: AsOf, holds: Callable[[str], bool] = lambda _: False) -> tuple[Source, ...]:
    """All publications that acts stand on or that were made sources, by publisher and date.

    `holds` says whether the document of a hash is kept. A document without a `cite` act has no publisher.
    """
    standing: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    described: dict[tuple[str, ...], tuple[Document, list[Entered[Cite]]]] = {}
    for cite in asof.acts(Cite):
        document = cite.act.document
        described.setdefault(_key(document), (document, []))[1].append(cite)
    seen: dict[tuple[str, ...], Basis] = {}
    for entered in asof.every():
        for basis in bases(entered.act):
            seen.setdefault(_key(basis), basis)
            standing[_key(basis)].append(entered.id)
    keys = dict.fromkeys((*described, *seen))
    made = [_source(described.get(k), seen.get(k), tuple(standing[k]), holds) for k in keys]
    return tuple(sorted(made, key=lambda s: (s.publisher, str(s.on or ""), s.title, s.sha256)))


def bases(act: Act) -> tuple[Basis, ...]:
    """Everything a reported act stands on: its basis, then its further sources."""
    if not isinstance(act, Deed):
        return ()
    return (act.basis, *act.also) if act.basis else act.also


def documents_of(act: Act) -> list[str]:
    """The hashes of the documents that an act stands on or names, sorted."""
    return sorted(set(_documents(act)))


def _documents(act: Act) -> Iterator[str]:
    for basis in (getattr(act, "basis", None), *getattr(act, "also", ())):
        if isinstance(basis, Anchored):
            yield from (basis.source, basis.text)
    for proof in getattr(act, "evidence", ()):
        if isinstance(proof, Evidence) and proof.sha256:
            yield proof.sha256
    match act:
        case AmendRules():
            yield act.rules
        case Table() | Publish() | Propose() if act.document:
            yield act.document
        case Cite():
            yield from (h for h in (act.document.sha256, act.document.text) if h)
        case Disclose():
            yield act.opening
        case Correct() if act.instead is not None:
            yield from _documents(act.instead)


def _key(basis: Basis | Document) -> tuple[str, ...]:
    match basis:
        case Anchored():
            return ("hash", basis.source)
        case Document() if basis.sha256:
            return ("hash", basis.sha256)
        case Cited() | Document():
            return ("cited", basis.publisher, str(basis.on or ""), basis.title)


def _source(
    described: tuple[Document, list[Entered[Cite]]] | None,
    basis: Basis | None,
    acts: tuple[str, ...],
    holds: Callable[[str], bool],
) -> Source:
    if described:
        document, cites = described
        sha, text = document.sha256 or "", document.text or ""
        return Source(
            document.publisher, document.title, document.on, sha, text, tuple(cites), acts, holds(sha)
        )
    if isinstance(basis, Cited):
        return Source(basis.publisher, basis.title, basis.on, "", "", (), acts, held=False)
    assert basis is not None
    return Source("", "", None, basis.source, basis.text, (), acts, holds(basis.source))
