"""A document made a source: kept with the act that cites it openly, so that every copy carries it."""

from __future__ import annotations

from travaux.acts.fault import Refused
from travaux.acts.kinds import Cite
from travaux.record.receipt import Receipt
from travaux.secretariat.door import Secretariat
from travaux.secretariat.keyring import Keyring
from travaux.secretariat.submitting import Submission, submit


def cite(office: Secretariat, act: Cite, data: bytes, signer: str, keyring: Keyring) -> Receipt | Refused:
    """Keep `data` with the act that makes it a source; where that is refused nothing is kept.

    Refused besides: a document that was erased (``source.erased``).
    """
    done = submit(office, [Submission(act, signer, brings=(data,))], keyring)
    return done if isinstance(done, Refused) else done[0]
