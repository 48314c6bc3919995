"""Delivery: measures undertaken, what each side says of them, and how their dates and words may change."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import ActId, Deed, Evidence, Filled, Lang, Names, NewId, Ref, Value
from travaux.acts.basis import Hash
from travaux.acts.deadline import Deadline
from travaux.acts.when import When

Claimed = Annotated[
    str,
    Meta(
        pattern=r"^(not_started|under_way|done|done_in_part|will_not_be_done|not_ours)$",
        description="not_started, under_way, done, done_in_part, will_not_be_done or not_ours",
    ),
]


class Lead(Value, frozen=True):
    """Who answers for a party: one `body` that leads, and those that carry out with it."""

    party: Ref
    body: Ref
    also: tuple[Ref, ...] = ()


class Acceptance(Value, frozen=True):
    """What counts as done, fixed when the measure is adopted.

    `words` is a sentence one can check, `test` what anybody can repeat, `source` where the proof is found. An
    indicator has a `unit`, a `baseline`, a `target` and a `direction` (up or down); `version` counts its
    definitions.
    """

    words: str = ""
    test: str = ""
    source: str = ""
    unit: str = ""
    baseline: str = ""
    target: str = ""
    direction: Annotated[str, Meta(pattern=r"^(up|down)?$")] = ""
    version: Annotated[int, Meta(ge=1)] = 1


class Pinpoint(Value, frozen=True):
    """Where the measure stands in the adopted text: the document's hash, article and paragraph."""

    document: Hash | None = None
    article: str = ""
    paragraph: str = ""


class Link(Value, frozen=True):
    """What the measure has to do with another thing.

    `sort` is requires (that must be done first, `lag` later at the earliest), condition (an event, whose
    happening `certified_by` establishes), reciprocal, part_of, supersedes or financed_by.
    """

    sort: Annotated[str, Meta(pattern=r"^(requires|condition|reciprocal|part_of|supersedes|financed_by)$")]
    to: Ref
    lag: Annotated[int, Meta(ge=0, description="Days")] = 0
    certified_by: str = ""


class Undertake(Deed, tag="undertake", frozen=True):
    """Parties bind themselves to a measure: what, by when, on what condition.

    `due` is a date or period; any other sort of `deadline` stands in its place. `under` names the instrument
    that holds it, `pinpoint` the place there, `words` the text as adopted in each of the `authentic`
    languages. `shape` says how it is owed: joint (one result), each (every party its own), one_sided, or
    reciprocal (each for the other). Reported, it is what a source says was agreed.
    """

    measure: NewId
    parties: Annotated[tuple[Ref, ...], Meta(min_length=1)]
    what: Filled
    due: When | None = None
    deadline: Deadline | None = None
    condition: str = ""
    under: str = ""
    number: str = ""
    shape: Annotated[str, Meta(pattern=r"^(joint|each|one_sided|reciprocal)?$")] = ""
    leads: tuple[Lead, ...] = ()
    acceptance: Acceptance | None = None
    pinpoint: Pinpoint | None = None
    words: Names = {}  # noqa: RUF012 - msgspec copies it for each value
    authentic: tuple[Lang, ...] = ()
    links: tuple[Link, ...] = ()


class Report(Deed, tag="report", frozen=True):
    """A party says where it stands with a measure it owes. A claim: the other parties may answer it.

    `as_of` is the day it describes, where that is not the day it was made. `occurrence` names which time of a
    recurring measure it is about, by its due day. A later report of the same party takes its place.
    """

    measure: Ref
    claim: Claimed
    words: str = ""
    evidence: tuple[Evidence, ...] = ()
    as_of: When | None = None
    occurrence: When | None = None


class Answer(Deed, tag="answer", frozen=True):
    """A party answers what another one reports: accepts, disputes, or needs_evidence.

    `report` is the act answered; an answer to one that was superseded says nothing of the new one. `reason`
    says why it is disputed: not_in_force, not_shown, other_measure, in_part or other.
    """

    measure: Ref
    report: ActId
    says: Annotated[str, Meta(pattern=r"^(accepts|disputes|needs_evidence)$")]
    reason: Annotated[str, Meta(pattern=r"^(not_in_force|not_shown|other_measure|in_part|other)?$")] = ""
    words: str = ""


class Find(Deed, tag="find", frozen=True):
    """A joint body establishes where a measure stands; it may take that back (reopened).

    `body` is the joint body. Parties sign it together.
    """

    measure: Ref
    finding: Annotated[
        str, Meta(pattern=r"^(fulfilled|fulfilled_late|fulfilled_in_part|not_fulfilled|reopened)$")
    ]
    body: str = ""
    words: str = ""
    evidence: tuple[Evidence, ...] = ()
    occurrence: When | None = None


class Assess(Deed, tag="assess", frozen=True):
    """An assessor outside rates a measure on a scale of its own; it is never turned into a claim or finding.

    `value` is the assessor's word, `scale` names the scale, `rubric` its version.
    """

    measure: Ref
    value: Filled
    scale: Filled
    rubric: str = ""
    words: str = ""
    evidence: tuple[Evidence, ...] = ()


class RequestExtension(Deed, tag="request_extension", frozen=True):
    """A party that owes a measure asks for another date, or another sort of deadline, and says why.

    `notice` says that it moves the date by notice, where the rules allow that once.
    """

    measure: Ref
    why: Filled
    to: When | None = None
    deadline: Deadline | None = None
    notice: bool = False
    depends: str = ""


class DecideExtension(Deed, tag="decide_extension", frozen=True):
    """The answer to a request: granted as asked, granted otherwise (`to` or `deadline`), or refused.

    A party's own agreement counts for that party; a joint `body` decides where the rules ask for it. The
    first promise stays visible.
    """

    measure: Ref
    request: ActId
    decision: Annotated[str, Meta(pattern=r"^(granted|otherwise|refused)$")]
    to: When | None = None
    deadline: Deadline | None = None
    body: str = ""
    why: str = ""


class AmendMeasure(Deed, tag="amend_measure", frozen=True):
    """The words, leads, acceptance or links of a measure change, by the instrument `under` or jointly.

    What is left out stays as it was. A date is not amended: it is extended.
    """

    measure: Ref
    why: Filled
    under: str = ""
    what: str = ""
    words: Names = {}  # noqa: RUF012 - msgspec copies it for each value
    leads: tuple[Lead, ...] = ()
    acceptance: Acceptance | None = None
    links: tuple[Link, ...] = ()
    number: str = ""


class SuspendMeasure(Deed, tag="suspend_measure", frozen=True):
    """A measure rests, `until` a date or further notice; with `resumes` it is in force again."""

    measure: Ref
    why: str = ""
    under: str = ""
    until: When | None = None
    resumes: bool = False


class WithdrawMeasure(Deed, tag="withdraw_measure", frozen=True):
    """A measure is no longer owed. It stays in the base it was adopted in, and keeps its page."""

    measure: Ref
    why: str = ""
    under: str = ""
