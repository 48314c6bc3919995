"""The nightly check: a register verified, its mirrors verified, and each mirror held against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from travaux.acts.fault import Fault, Refused
from travaux.record.copies import Compared, Leaves, compared, leaves_of
from travaux.record.verify import Progress
from travaux.secretariat.checking import Checked, check
from travaux.secretariat.home import Home


@dataclass(frozen=True, slots=True)
class Mirror:
    """A copy that was asked about: its own verification, and how it stands beside the register.

    `refused` holds why it could not be read at all; then the other two are None.
    """

    where: str
    checked: Checked | None = None
    compared: Compared | None = None
    refused: tuple[Fault, ...] = ()

    @property
    def good(self) -> bool:
        """True where the mirror stands, and shows the same history as the register."""
        told = self.checked is not None and not self.checked.report.faults
        return told and self.compared is not None and not self.compared.faults


def check_mirrors(
    register: Path | str,
    founding: str,
    mirrors: Sequence[Path | str],
    home: Home,
    *,
    rules: bool = True,
    progress: Progress | None = None,
    workers: int = 1,
) -> list[Mirror]:
    """Verify each mirror against the `founding` id of the register, then hold it against the register.

    The register is read last: what is recorded meanwhile makes no mirror look ahead of it.
    """
    found = []
    for path in mirrors:
        checked = check(path, home, founding=founding, rules=rules, progress=progress, workers=workers)
        leaves = leaves_of(path)
        found.append((str(path), checked, leaves))
    own = leaves_of(register)
    return [_held_against(own, *each) for each in found]


def _held_against(
    own: Leaves | Refused, where: str, checked: Checked | Refused, leaves: Leaves | Refused
) -> Mirror:
    bad = next((r for r in (checked, leaves, own) if isinstance(r, Refused)), None)
    if bad is not None or isinstance(checked, Refused) or isinstance(leaves, Refused):
        return Mirror(where, refused=bad.faults if bad else ())
    assert isinstance(own, Leaves)
    return Mirror(where, checked, compared(own, leaves))
