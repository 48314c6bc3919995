"""The fields that the record itself reads in the acts which change keys, hosts or certified times.

Other fields may stand beside them: the vocabulary of acts knows those.
"""

from __future__ import annotations

from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta

from travaux.acts.fault import Refused, refused
from travaux.record.envelope import Count, Hex, explain

Text = Annotated[str, Meta(min_length=1)]


class PartyBody(msgspec.Struct, frozen=True):
    """A party with its root keys and how many of them must sign; one without roots never signs."""

    id: Text
    name: Text
    roots: tuple[str, ...] = ()
    threshold: Count = 0


class FoundBody(msgspec.Struct, frozen=True):
    """Entry 0: the parties, the host, the quorum of cosigning parties, the hash of the rules.

    `keeper` names the office among `parties` that serves a working register; it counts in no quorum.
    """

    name: Text
    kind: Annotated[str, Meta(pattern=r"^(working|observed)\Z")]
    origin: str
    host: str
    parties: Annotated[tuple[PartyBody, ...], Meta(min_length=1)]
    quorum: Annotated[int, Meta(ge=1)]
    rules: Hex
    keeper: str = ""


class AdmitBody(msgspec.Struct, frozen=True):
    """A further party."""

    party: PartyBody


class KeyBody(msgspec.Struct, frozen=True):
    """A key put in force: its role, and the kinds of act it may sign ("*" for all)."""

    vkey: str
    role: Annotated[str, Meta(pattern=r"^(delegation|keeper|witness)\Z")]
    kinds: tuple[Text, ...] = ()


class AccreditBody(msgspec.Struct, frozen=True):
    """Keys that a party puts in force."""

    keys: Annotated[tuple[KeyBody, ...], Meta(min_length=1)]


class RecallBody(msgspec.Struct, frozen=True):
    """Keys (``name+id``) taken out of force; acts from index `since` on are contested."""

    keys: Annotated[tuple[str, ...], Meta(min_length=1)]
    since: Count | None = None


class RootsBody(msgspec.Struct, frozen=True):
    """A party's new root keys and threshold."""

    roots: Annotated[tuple[str, ...], Meta(min_length=1)]
    threshold: Annotated[int, Meta(ge=1)]


class SealBody(msgspec.Struct, frozen=True):
    """A cosigned checkpoint, whole."""

    note: str


class EraseBody(msgspec.Struct, frozen=True):
    """A document, by its hash, whose bytes are gone."""

    sha256: Hex


class DiscloseBody(msgspec.Struct, frozen=True):
    """A disclosure: the hash of the document that opens the part."""

    opening: Hex


class Base(msgspec.Struct, frozen=True):
    """A tree: size and base64 root."""

    size: Count
    root: str


class MoveBody(msgspec.Struct, frozen=True):
    """A new host key for the same origin, and the tree it starts from."""

    host: str
    base: Base


Body = FoundBody | AdmitBody | AccreditBody | RecallBody | RootsBody | SealBody | MoveBody
READ: Final[dict[str, type[Body]]] = {
    "found": FoundBody, "admit": AdmitBody, "accredit": AccreditBody, "recall": RecallBody,
    "roots": RootsBody, "seal": SealBody, "move_host": MoveBody,
}  # fmt: skip
KEY_ACTS: Final = frozenset(READ) - {"seal"}
B = TypeVar("B", bound=Body | EraseBody | DiscloseBody)


def read_body(kind: type[B], data: bytes | msgspec.Raw) -> B | Refused:
    """The fields of one such act; a missing one or a wrong type is refused (``record.body``)."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        return refused("record.body", detail=explain(error))
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        return refused("record.json", detail=str(error))
