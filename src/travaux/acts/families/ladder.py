"""Ladder: referral, consent, results, and the dated facts that follow them."""

from __future__ import annotations

from travaux.acts.base import Deed, Lang, Point, Ref
from travaux.acts.basis import Hash
from travaux.acts.when import When


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
