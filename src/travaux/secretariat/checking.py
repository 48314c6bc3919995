"""Verification with all that a register has: bytes, tree, signatures, authority, the rules judged again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from travaux.acts.fault import Refused
from travaux.record.address import is_address
from travaux.record.directory import import_directory
from travaux.record.findings import Report
from travaux.record.keys import Signer
from travaux.record.log import Log
from travaux.record.store import StoreError
from travaux.record.verify import Progress, verify
from travaux.secretariat.attaching import documents_at
from travaux.secretariat.home import Home
from travaux.secretariat.procedure import Procedure

FIRST, KNOWN, TOLD = "first", "known", "told"


@dataclass(frozen=True, slots=True)
class Checked:
    """A report, and where the founding id that it was held against comes from.

    `trust` is "told" (the caller gave it), "known" (from an earlier meeting with this register) or "first"
    (nothing to compare with yet; it is remembered from now on). `expected` is that id, "" at a first meeting.
    """

    report: Report
    trust: str
    expected: str = ""


def check(
    path: Path | str,
    home: Home,
    *,
    founding: str = "",
    quorum: bool = False,
    rules: bool = True,
    progress: Progress | None = None,
    workers: int = 1,
) -> Checked | Refused:
    """Verify a register or an exported directory, in all layers (without `rules`: all but the last)."""
    known = home.met()
    if isinstance(known, Refused):
        return known
    documents, close = _documents(path)
    procedure = Procedure(documents) if rules else None
    try:
        origin = origin_of(path)
        expected = founding or known.get(origin, "")
        report = verify(
            path, founding=expected, quorum=quorum, rules=procedure, progress=progress, workers=workers
        )
    finally:
        close()
    if isinstance(report, Refused):
        return report
    trust = TOLD if founding else KNOWN if expected else FIRST
    if trust == FIRST and report.register and report.unaltered:
        home.meet(report.origin, report.register)
    return Checked(report, trust, expected)


def take_over(
    directory: Path | str,
    file: Path | str,
    home: Home,
    *,
    founding: str,
    host: Signer | None,
    progress: Progress,
) -> Checked | Refused:
    """Make a register of an exported directory or another register, after the same checks.

    With `host` it takes acts.
    """
    known = home.met()
    if isinstance(known, Refused):
        return known
    expected = founding or known.get(origin_of(directory), "")
    documents, close = _documents(directory)
    try:
        report = import_directory(
            directory, file, founding=expected, host=host, rules=Procedure(documents), progress=progress
        )
    finally:
        close()
    if isinstance(report, Refused):
        return report
    if not expected:
        home.meet(report.origin, report.register)
    return Checked(report, TOLD if founding else KNOWN if expected else FIRST)


def _documents(path: Path | str) -> tuple[Callable[[str], bytes | None], Callable[[], None]]:
    """The documents beside the record at `path`, and how to let go of them."""
    if not is_address(path) and Path(path).is_dir():
        return documents_at(Path(path)), lambda: None
    log = Log.open(path)
    if isinstance(log, Refused):
        return lambda _: None, lambda: None
    return log.blob, log.close


def origin_of(path: Path | str) -> str:
    """The origin that the record at `path` names for itself, "" where it cannot be read."""
    if not is_address(path) and Path(path).is_dir():
        try:
            return (Path(path) / "checkpoint").read_text(encoding="utf-8").split("\n")[0]
        except (OSError, UnicodeDecodeError):
            return ""
    log = Log.open(path)
    if isinstance(log, Refused):
        return ""
    with log:
        try:
            return log.origin
        except StoreError:
            return ""
