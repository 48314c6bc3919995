"""Packages: instruments approved all together or not at all."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Deed, Names, NewId, Ref


class Bundle(Deed, tag="bundle", frozen=True):
    """Instruments become one package: approved all together or not at all."""

    package: NewId
    names: Names
    elements: Annotated[tuple[Ref, ...], Meta(min_length=1)]


class Detach(Deed, tag="detach", frozen=True):
    """One element leaves a package; approvals of the package so far no longer count."""

    package: Ref
    element: Ref
    why: str = ""
