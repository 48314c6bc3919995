"""Every kind of act on one page: what can be said, and nothing else.

A kind is a frozen struct; its docstring is its public documentation, its fields are its schema. Fields that
all deeds share (`on`, `actor`, `subject`, `basis`, `also`, `note`) stand in `travaux.acts.base`. Ids in
angle brackets below are the tags used on the record.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import (
    Act,
    ActId,
    Claim,
    Deed,
    Document,
    Evidence,
    Filled,
    Founder,
    Key,
    Lang,
    Names,
    NewId,
    Office,
    Point,
    Ref,
)
from travaux.acts.basis import Hash
from travaux.acts.when import When

# --- constitution ---------------------------------------------------------------------------------------


class Found(Act, tag="found", frozen=True):
    """The founding act, entry 0: who the parties are, who hosts the record, which rules hold.

    `quorum` is the number of parties whose cosignature makes a checkpoint certain. `rules` is the hash of
    the rules of procedure, a blob. In an observed register `keeper` names the office that compiles it.
    """

    name: Filled
    kind: Annotated[str, Meta(pattern=r"^(working|observed)$")]
    origin: Filled
    host: Filled
    parties: tuple[Founder, ...]
    quorum: Annotated[int, Meta(ge=1)]
    rules: Hash
    languages: tuple[Lang, ...] = ()
    keeper: str = ""


class Admit(Act, tag="admit", frozen=True):
    """A further party joins the register, with the roots it will sign by."""

    party: Founder


class Accredit(Act, tag="accredit", frozen=True):
    """A party puts keys of its delegation, keeper or witness in force; by its root threshold."""

    keys: Annotated[tuple[Key, ...], Meta(min_length=1)]


class Recall(Act, tag="recall", frozen=True):
    """Keys (``name+id``) are taken out of force; acts from log index `since` on are contested."""

    keys: Annotated[tuple[Filled, ...], Meta(min_length=1)]
    since: Annotated[int, Meta(ge=0)] | None = None
    why: str = ""


class Roots(Act, tag="roots", frozen=True):
    """A party replaces its root keys; signed by the old and by the new threshold."""

    roots: Annotated[tuple[Filled, ...], Meta(min_length=1)]
    threshold: Annotated[int, Meta(ge=1)]


class AmendRules(Deed, tag="amend_rules", frozen=True):
    """The parties replace the rules of procedure; `rules` is the hash of the new text, a blob."""

    rules: Hash
    why: str = ""


class Introduce(Deed, tag="introduce", frozen=True):
    """A person, body or subject gets an id and its names, which hold from `on`; or an update of them.

    A body may name its `members` (parties) and whether it stands `within` another; a renamed or replaced
    one names its `successor`. A person holds `offices`.
    """

    what: Annotated[str, Meta(pattern=r"^(person|body|party|subject)$")]
    id: NewId
    names: Names
    aliases: tuple[Filled, ...] = ()
    offices: tuple[Office, ...] = ()
    members: tuple[Ref, ...] = ()
    within: str = ""
    successor: str = ""


# --- meetings -------------------------------------------------------------------------------------------


class Convene(Deed, tag="convene", frozen=True):
    """A meeting is planned: for when (`planned`), where, with whom, on what."""

    meeting: NewId
    title: Filled
    planned: When
    body: str = ""
    where: str = ""
    who: tuple[Ref, ...] = ()
    agenda: tuple[str, ...] = ()


class Meet(Deed, tag="meet", frozen=True):
    """A meeting was held: who was there, where, its agenda and outcome in words."""

    meeting: NewId
    title: str = ""
    body: str = ""
    where: str = ""
    who: tuple[Ref, ...] = ()
    agenda: tuple[str, ...] = ()
    outcome: str = ""


class Postpone(Deed, tag="postpone", frozen=True):
    """A planned meeting moves to another date, or to an open one."""

    meeting: Ref
    to: When | None = None
    why: str = ""


class Cancel(Deed, tag="cancel", frozen=True):
    """A planned meeting will not be held."""

    meeting: Ref
    why: str = ""


# --- instruments ----------------------------------------------------------------------------------------


class Table(Deed, tag="table", frozen=True):
    """An instrument is put on the table: roadmap, programme, agreement, decree, treaty …

    `count` says how many it stands for where only the number is known (28 programmes). `derived` names the
    instruments it was worked out from, `within` the one it is part of, `document` the hash of its text.
    """

    instrument: NewId
    type: Filled
    titles: Names
    number: str = ""
    count: Annotated[int, Meta(ge=1)] | None = None
    derived: tuple[Ref, ...] = ()
    within: str = ""
    parties: tuple[Ref, ...] = ()
    document: Hash | None = None


class Withdraw(Deed, tag="withdraw", frozen=True):
    """An instrument is taken off the table by those who put it there."""

    instrument: Ref
    why: str = ""


class Classify(Deed, tag="classify", frozen=True):
    """An instrument is put in a class that the rules know (sensitive, budgetary, procedural …)."""

    instrument: Ref
    category: Filled
    why: str = ""


# --- text: reservations (wordings and brackets join with the rolling text) --------------------------------


class Reserve(Deed, tag="reserve", frozen=True):
    """A party reserves its position on an instrument, package or subject.

    `sort` is scrutiny, parliamentary, linguistic or substantive; `until` and `condition` say what would
    lift it. Whether it blocks is for the rules to say.
    """

    subject: Ref
    sort: Annotated[str, Meta(pattern=r"^(scrutiny|parliamentary|linguistic|substantive)$")]
    condition: str = ""
    until: When | None = None
    why: str = ""


class Lift(Deed, tag="lift", frozen=True):
    """A party lifts its reservation on `subject` (of one `sort`, or all of them)."""

    subject: Ref
    sort: str = ""


# --- ladder ---------------------------------------------------------------------------------------------


class Refer(Deed, tag="refer", frozen=True):
    """An instrument or package goes to another level, up or back, with the points that are still open."""

    subject: Ref
    to: Ref
    points: tuple[Point, ...] = ()
    why: str = ""


class Approve(Deed, tag="approve", frozen=True):
    """A member says yes at a level.

    `conditions` name what the yes waits for (ids of instruments or subjects, approved or settled first).
    `ad_referendum` makes it provisional until the capital confirms, at the latest by that date.
    """

    subject: Ref
    at: Ref
    conditions: tuple[Ref, ...] = ()
    ad_referendum: When | None = None
    meeting: str = ""


class Object(Deed, tag="object", frozen=True):
    """A member says no at a level, and why."""

    subject: Ref
    at: Ref
    why: str = ""
    meeting: str = ""


class Abstain(Deed, tag="abstain", frozen=True):
    """A member says neither yes nor no at a level; what that means is for the rule to say."""

    subject: Ref
    at: Ref
    why: str = ""
    meeting: str = ""


class OpenSilence(Deed, tag="open_silence", frozen=True):
    """A silence procedure starts at a level: without an objection by `until` the subject is agreed."""

    subject: Ref
    at: Ref
    until: When


class Adopt(Deed, tag="adopt", frozen=True):
    """The result at a level is recorded: the subject is approved or adopted there, by the level's rule.

    `form` is what it became (decree, resolution …), `legal_review` says that only formal changes follow.
    """

    subject: Ref
    at: Ref
    form: str = ""
    meeting: str = ""
    legal_review: bool = False


class Sign(Deed, tag="sign", frozen=True):
    """A party signs an instrument, perhaps ad referendum; not the same as approving it."""

    subject: Ref
    by: str = ""
    ad_referendum: bool = False


class Ratify(Deed, tag="ratify", frozen=True):
    """A party ratifies an instrument, or deposits its ratification."""

    subject: Ref
    deposited: bool = False


class Publish(Deed, tag="publish", frozen=True):
    """The text of an instrument is made public."""

    subject: Ref
    where: str = ""
    langs: tuple[Lang, ...] = ()
    document: Hash | None = None


class EnterIntoForce(Deed, tag="enter_into_force", frozen=True):
    """An instrument takes effect, or is applied provisionally."""

    subject: Ref
    provisionally: bool = False


# --- package --------------------------------------------------------------------------------------------


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


# --- delivery -------------------------------------------------------------------------------------------


class Undertake(Deed, tag="undertake", frozen=True):
    """Parties bind themselves to a measure: what, by when (`due`), on what condition.

    `under` names the instrument that holds it. Reported, it is what a source says was agreed.
    """

    measure: NewId
    parties: Annotated[tuple[Ref, ...], Meta(min_length=1)]
    what: Filled
    due: When | None = None
    condition: str = ""
    under: str = ""
    number: str = ""


class Report(Deed, tag="report", frozen=True):
    """A party says where it stands with a measure it owes. A claim: the other parties may answer it."""

    measure: Ref
    claim: Annotated[
        str, Meta(pattern=r"^(not_started|under_way|done|done_in_part|will_not_be_done|not_ours)$")
    ]
    words: str = ""
    evidence: tuple[Evidence, ...] = ()


# --- sources --------------------------------------------------------------------------------------------


class Cite(Deed, tag="cite", frozen=True):
    """A document becomes a source of this register, by its hash or only by its description."""

    id: NewId
    document: Document


class State(Deed, tag="state", frozen=True):
    """A person's (or body's) words: quoted, or reported in other words.

    `words` are ours where the source is only cited; where it is anchored, the words are the slice itself.
    `announces` marks a promise nobody else is on record as sharing; `due` is its date. `claim` holds a
    figure of fulfilment.
    """

    person: str = ""
    words: str = ""
    direct: bool = False
    announces: bool = False
    due: When | None = None
    claim: Claim | None = None


class TakePosition(Deed, tag="take_position", frozen=True):
    """A party's position on a subject, in plain words, through a speaker where one is known."""

    subject: Ref
    stance: Filled
    person: str = ""
    why: str = ""


class Refuse(Deed, tag="refuse", frozen=True):
    """A party says it will not do something."""

    what: Filled
    person: str = ""
    why: str = ""


class Deny(Deed, tag="deny", frozen=True):
    """A party or person says that something said of them is not so."""

    what: Filled
    person: str = ""
    why: str = ""


# --- record ---------------------------------------------------------------------------------------------


class Correct(Act, tag="correct", frozen=True):
    """An earlier act of the same author was wrong: why, and the act that stands in its place.

    Without `instead` the earlier act is struck. Nothing is deleted: the first version stays on the record.
    `instead` holds the body of the new act, its kind under ``act``; it is of the same kind.
    """

    corrects: ActId
    why: Filled
    instead: Kind | None = None


class Seal(Act, tag="seal", frozen=True):
    """A cosigned checkpoint, whole, in `note`: from now on the size it names has a certified time."""

    note: Filled


Kind = (
    Found | Admit | Accredit | Recall | Roots | AmendRules | Introduce
    | Convene | Meet | Postpone | Cancel
    | Table | Withdraw | Classify
    | Reserve | Lift
    | Refer | Approve | Object | Abstain | OpenSilence | Adopt | Sign | Ratify | Publish | EnterIntoForce
    | Bundle | Detach
    | Undertake | Report
    | Cite | State | TakePosition | Refuse | Deny
    | Seal
)  # fmt: skip
AnyAct = Kind | Correct

FAMILIES: dict[str, tuple[type[Act], ...]] = {
    "constitution": (Found, Admit, Accredit, Recall, Roots, AmendRules, Introduce),
    "meetings": (Convene, Meet, Postpone, Cancel),
    "instruments": (Table, Withdraw, Classify),
    "text": (Reserve, Lift),
    "ladder": (
        Refer, Approve, Object, Abstain, OpenSilence, Adopt, Sign, Ratify, Publish, EnterIntoForce,
    ),
    "package": (Bundle, Detach),
    "delivery": (Undertake, Report),
    "sources": (Cite, State, TakePosition, Refuse, Deny),
    "record": (Correct, Seal),
}  # fmt: skip
