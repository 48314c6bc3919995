"""A document made a source: kept first, so that the act cites it openly and every copy carries it."""

from __future__ import annotations

from travaux.acts.fault import Refused
from travaux.acts.kinds import Cite
from travaux.record.receipt import Receipt
from travaux.secretariat.door import Secretariat
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.submitting import Submission, submit


def cite(office: Secretariat, act: Cite, data: bytes, signer: str, keyring: Keyring) -> Receipt | Refused:
    """Keep `data` and record the act that makes it a source; where that is refused nothing is kept."""
    before = office.holds(act.document.sha256 or "")
    kept = office.log.put_blob(data)
    if isinstance(kept, Refused):
        return kept
    done = submit(office, [Submission(act, signer)], keyring)
    if isinstance(done, Refused):
        if not before:
            office.log.erase_blob(kept)
        return done
    return done[0]
