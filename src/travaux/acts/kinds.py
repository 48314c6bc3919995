"""Every kind of act on one page: what can be said, and nothing else.

A kind is a frozen struct in the module of its family (`travaux.acts.families`); its docstring is its public
documentation, its fields are its schema. Fields that all deeds share (`on`, `actor`, `subject`, `basis`,
`also`, `note`) stand in `travaux.acts.base`. `FAMILIES` is the list, in the order of `docs/acts.md`.
"""

from __future__ import annotations

from travaux.acts.base import Act, ActId, Filled
from travaux.acts.families.constitution import Accredit, Admit, AmendRules, Found, Introduce, Recall, Roots
from travaux.acts.families.delivery import (
    AmendMeasure,
    Answer,
    Assess,
    DecideExtension,
    Find,
    Report,
    RequestExtension,
    SuspendMeasure,
    Undertake,
    WithdrawMeasure,
)
from travaux.acts.families.instruments import Classify, Table, Withdraw
from travaux.acts.families.ladder import (
    Abstain,
    Adopt,
    Approve,
    EnterIntoForce,
    Object,
    OpenSilence,
    Publish,
    Ratify,
    Refer,
    Sign,
)
from travaux.acts.families.meetings import Cancel, Convene, Meet, Postpone
from travaux.acts.families.package import Bundle, Detach
from travaux.acts.families.record import Disclose, Erase, MoveHost, Seal, Sealed
from travaux.acts.families.sources import Cite, Deny, Refuse, State, TakePosition
from travaux.acts.families.text import (
    Couple,
    Lift,
    Oppose,
    Propose,
    Rectify,
    Reserve,
    Settle,
    Streamline,
    Support,
)


class Correct(Act, tag="correct", frozen=True):
    """An earlier act of the same author was wrong: why, and the act that stands in its place.

    Without `instead` the earlier act is struck. Nothing is deleted: the first version stays on the record.
    `instead` holds the body of the new act, its kind under ``act``; it is of the same kind.
    """

    corrects: ActId
    why: Filled
    instead: Kind | None = None


Kind = (
    Found | Admit | Accredit | Recall | Roots | AmendRules | Introduce
    | Convene | Meet | Postpone | Cancel
    | Table | Withdraw | Classify
    | Propose | Support | Oppose | Reserve | Lift | Settle | Couple | Streamline | Rectify
    | Refer | Approve | Object | Abstain | OpenSilence | Adopt | Sign | Ratify | Publish | EnterIntoForce
    | Bundle | Detach
    | Undertake | Report | Answer | Find | Assess | RequestExtension | DecideExtension
    | AmendMeasure | SuspendMeasure | WithdrawMeasure
    | Cite | State | TakePosition | Refuse | Deny
    | Disclose | Seal | Sealed | Erase | MoveHost
)  # fmt: skip
AnyAct = Kind | Correct

FAMILIES: dict[str, tuple[type[Act], ...]] = {
    "constitution": (Found, Admit, Accredit, Recall, Roots, AmendRules, Introduce),
    "meetings": (Convene, Meet, Postpone, Cancel),
    "instruments": (Table, Withdraw, Classify),
    "text": (Propose, Support, Oppose, Reserve, Lift, Settle, Couple, Streamline, Rectify),
    "ladder": (
        Refer, Approve, Object, Abstain, OpenSilence, Adopt, Sign, Ratify, Publish, EnterIntoForce,
    ),
    "package": (Bundle, Detach),
    "delivery": (
        Undertake, Report, Answer, Find, Assess, RequestExtension, DecideExtension,
        AmendMeasure, SuspendMeasure, WithdrawMeasure,
    ),
    "sources": (Cite, State, TakePosition, Refuse, Deny),
    "record": (Correct, Sealed, Disclose, Seal, Erase, MoveHost),
}  # fmt: skip

__all__ = [
    "FAMILIES",
    "Abstain",
    "Accredit",
    "Admit",
    "Adopt",
    "AmendMeasure",
    "AmendRules",
    "Answer",
    "AnyAct",
    "Approve",
    "Assess",
    "Bundle",
    "Cancel",
    "Cite",
    "Classify",
    "Convene",
    "Correct",
    "Couple",
    "DecideExtension",
    "Deny",
    "Detach",
    "Disclose",
    "EnterIntoForce",
    "Erase",
    "Find",
    "Found",
    "Introduce",
    "Kind",
    "Lift",
    "Meet",
    "MoveHost",
    "Object",
    "OpenSilence",
    "Oppose",
    "Postpone",
    "Propose",
    "Publish",
    "Ratify",
    "Recall",
    "Rectify",
    "Refer",
    "Refuse",
    "Report",
    "RequestExtension",
    "Reserve",
    "Roots",
    "Seal",
    "Sealed",
    "Settle",
    "Sign",
    "State",
    "Streamline",
    "Support",
    "SuspendMeasure",
    "Table",
    "TakePosition",
    "Undertake",
    "Withdraw",
    "WithdrawMeasure",
]
