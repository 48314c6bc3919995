"""Mappings kept with a register: found again for the next edition by their publisher, or by the headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from travaux.acts.fault import Place, Refused, refused
from travaux.acts.kinds import Cite
from travaux.formats.plans import PlanFile
from travaux.formats.plans.bodies import alike
from travaux.register.fold import Entered
from travaux.secretariat.door import Secretariat
from travaux.secretariat.plans.headings import lay
from travaux.secretariat.plans.mapping import Mapping, read_mapping
from travaux.secretariat.plans.proposals import MAPPING


@dataclass(frozen=True, slots=True)
class Kept:
    """A mapping on the record: the bytes it was kept as, and the act that made it a source."""

    mapping: Mapping
    data: bytes
    act: str


def kept_mapping(office: Secretariat, file: PlanFile, source: str = "") -> Kept | Refused | None:
    """The mapping kept for this file: the last one of the publisher `source`, else one whose headings it has.

    None where there is none. Refused: mappings of several publishers fit, and none was named.
    """
    found = {
        alike(k.mapping.source): k
        for k in _kept(office)
        if not source or alike(k.mapping.source) == alike(source)
    }
    if source:
        return next(iter(found.values()), None)
    fitting = [k for k in found.values() if not isinstance(lay(file, k.mapping), Refused)]
    if len(fitting) > 1:
        names = ", ".join(k.mapping.source or "-" for k in fitting)
        return refused("import_plan.which_mapping", Place(file.name), names=names)
    return fitting[0] if fitting else None


def _kept(office: Secretariat) -> Iterator[Kept]:
    """All mappings on the record that are held, the later ones last."""
    for entered in _cited(office):
        data = office.log.blob(entered.act.document.sha256 or "")
        made = None if data is None else read_mapping(data, entered.act.id)
        if data is not None and isinstance(made, Mapping):
            yield Kept(made, data, entered.id)


def _cited(office: Secretariat) -> Iterator[Entered[Cite]]:
    return (
        e
        for e in office.as_of(for_="parties").acts(Cite)
        if e.act.id.startswith(MAPPING) and e.act.document.sha256
    )
