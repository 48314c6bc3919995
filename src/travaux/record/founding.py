"""The body of a founding act from a typed description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from travaux.record.keys import VKey


@dataclass(frozen=True, slots=True)
class Founding:
    """A party as it stands at the founding: its roots and how many of them sign for it.

    `more` are further fields of the party that the record does not read, such as its names by language.
    """

    id: str
    name: str
    roots: Sequence[VKey] = ()
    threshold: int = 0
    more: Mapping[str, Any] = field(default_factory=dict)


def founding_body(
    *,
    name: str,
    kind: str,
    host: VKey,
    parties: Sequence[Founding],
    quorum: int,
    rules: str,
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The body of `found`. `kind` is working or observed; the origin is the name of the `host` key.

    `quorum` is a number of parties, `rules` the hash of a blob, `more` what the vocabulary adds (languages,
    keeper). Whether all this may found a register is judged when the act is appended.
    """
    return {
        **(more or {}), "name": name, "kind": kind, "origin": host.name, "host": str(host),
        "parties": [_party(p) for p in parties], "quorum": quorum, "rules": rules,
    }  # fmt: skip


def founders(parties: Sequence[Founding]) -> tuple[str, ...]:
    """The names that must at least sign: of each party the first roots up to its threshold, sorted."""
    return tuple(sorted(root.name for p in parties for root in list(p.roots)[: p.threshold]))


def _party(party: Founding) -> dict[str, Any]:
    signing = {"roots": [str(r) for r in party.roots], "threshold": party.threshold} if party.roots else {}
    return {**party.more, "id": party.id, "name": party.name, **signing}
