"""Text: wordings proposed, stances on what stands in brackets, and what settles them.

A **unit** is a provision of an instrument; its id is permanent, its number a label that follows from its
place. A **bracket** is a place of a unit, in one language, where wordings differ; its id is given by the
register when it opens, is shown in every rendering, and stays while other wordings come and go. An
**option** of a bracket is named by its words as they stand there (brackets inside it included), by the empty
text where the option is that nothing stands, or by its mark: ``#`` and six hexadecimal digits.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from travaux.acts.base import Deed, Filled, Lang, NewId, Ref, Value
from travaux.acts.basis import Hash
from travaux.acts.when import When


class Placement(Value, frozen=True):
    """A place in the order of units: `under` a unit ("": at the top), `after` its sister unit ("": first)."""

    under: str = ""
    after: str = ""


class Propose(Deed, tag="propose", frozen=True):
    """A wording of a unit of an instrument, in one language; the party's own last wording is replaced by it.

    `operation` is ``wording`` (the whole unit reads like this), ``insertion`` (a unit that was not there),
    ``deletion`` (nothing stands here) or ``move`` (the unit stands elsewhere: `place`). `words` is the text,
    to the character; one that is too long for an entry is a document, UTF-8, and `document` its hash. With a
    `bracket`, `words` are one more option there and the rest of the unit stays as the party has it. The first
    proposal of a unit gives it its id and, by `place`, where it stands (left out: at the end). Proposed by
    the keeper or a body, it is a text on the table that is nobody's position.
    """

    instrument: Ref
    unit: NewId
    lang: Lang
    operation: Annotated[str, Meta(pattern=r"^(wording|insertion|deletion|move)$")] = "wording"
    words: str = ""
    document: Hash | None = None
    bracket: str = ""
    place: Placement | None = None


class Support(Deed, tag="support", frozen=True):
    """A party says yes, or nearly, to one option of a bracket, or to another party's wording of a unit.

    `stance` is ``supports`` (its own wording now reads so), ``no_objection``, ``flexible_if`` (`condition`
    says what it wants for it) or ``considering``. Either `bracket` and `option`, or `unit`, `lang` and
    `like`, the party whose wording it joins.
    """

    instrument: Ref
    bracket: str = ""
    option: str = ""
    unit: str = ""
    lang: str = ""
    like: str = ""
    stance: Annotated[str, Meta(pattern=r"^(supports|no_objection|flexible_if|considering)$")] = "supports"
    condition: str = ""
    why: str = ""


class Oppose(Deed, tag="oppose", frozen=True):
    """A party is against one option of a bracket. It says nothing of the other options."""

    instrument: Ref
    bracket: Ref
    option: str = ""
    why: str = ""


class Reserve(Deed, tag="reserve", frozen=True):
    """A party reserves its position on an instrument, package or subject, or on a part of an instrument.

    `sort` is scrutiny, parliamentary, linguistic or substantive; `until` and `condition` say what would
    lift it. Whether it blocks is for the rules to say. `unit` or `bracket` names the part of the instrument
    `subject` that it is about; without either it is about the whole.
    """

    subject: Ref
    sort: Annotated[str, Meta(pattern=r"^(scrutiny|parliamentary|linguistic|substantive)$")]
    unit: str = ""
    bracket: str = ""
    condition: str = ""
    until: When | None = None
    why: str = ""


class Lift(Deed, tag="lift", frozen=True):
    """A party lifts its reservation on `subject` (of one `sort`, or all of them).

    With a `unit` or `bracket` it lifts what it reserved on exactly that part; without, everything it reserved
    on `subject` and its parts.
    """

    subject: Ref
    sort: str = ""
    unit: str = ""
    bracket: str = ""


class Settle(Deed, tag="settle", frozen=True):
    """The parties agree, at a level: on one option of a bracket, on a unit's words, or on its place.

    `degree` is ``discussed``, ``aim_agreed`` (drafting open), ``words_agreed`` or ``ad_ref`` (closed in the
    room, capitals to confirm); `condition` says what the agreement waits for. With a `bracket` and an
    `option` the bracket goes and the option's words stand as agreed at that degree. With a `bracket` alone
    it stays open, at that level and degree (agreed in substance and parked, for instance). With a `unit` and
    `lang` the words outside its brackets stand as agreed; with a `place` the unit stands there.
    """

    instrument: Ref
    at: Ref
    bracket: str = ""
    option: str | None = None
    unit: str = ""
    lang: str = ""
    place: Placement | None = None
    degree: Annotated[str, Meta(pattern=r"^(discussed|aim_agreed|words_agreed|ad_ref)$")] = "words_agreed"
    condition: str = ""
    meeting: str = ""


class Couple(Deed, tag="couple", frozen=True):
    """Brackets of an instrument belong together.

    `sort` is ``together`` (none is agreed for good before all are), ``exclusive`` (words can stay in one of
    them at most) or ``same`` (one decision that stands in several places or languages: settling one settles
    all).
    """

    instrument: Ref
    brackets: Annotated[tuple[Ref, ...], Meta(min_length=2)]
    sort: Annotated[str, Meta(pattern=r"^(together|exclusive|same)$")] = "together"
    why: str = ""


class Streamline(Deed, tag="streamline", frozen=True):
    """The chair merges options of a bracket into one wording, for the parties to take up or not.

    It changes nobody's position: `options` are kept as its parents, and every rendering can show each
    proponent where its words went. A proponent that speaks on the bracket again stands by its own words.
    """

    instrument: Ref
    bracket: Ref
    options: Annotated[tuple[str, ...], Meta(min_length=1)]
    words: Filled
    why: str = ""


class Rectify(Deed, tag="rectify", frozen=True):
    """A formal correction of a unit's text: `was` becomes `now` in every wording that holds it.

    Formal means numbering, punctuation, capitals, spacing and typography; what changes a word is a proposal.
    Cf. Vienna Convention on the Law of Treaties, article 79.
    """

    instrument: Ref
    unit: Ref
    lang: Lang
    was: Filled
    now: str
    why: str = ""
