"""Reviews that were left: what a person decided on a document so far, kept in the user's folder.

One file for each register and document, ``reviews/<origin>/<hash of the document>.json``. Decisions are filed
by the kind and place of a proposal, so that they outlive a new version of the reader. Rejections stay, with
their reasons, after everything else was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from travaux.acts.base import Act
from travaux.acts.fault import Place, Refused, refused
from travaux.acts.vocabulary import decode_body, kind_of, to_body
from travaux.secretariat.home import Home, plain


class Note(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One decision: on which proposal (`kind`, `start`, `end`), which `choice`, `why`, the acts as edited.

    `matched` pairs a thing of the document with the one it is in the register. `joined` is the place of the
    proposal that was put together with this one. `recorded` is true once its acts are on the record.
    """

    kind: str
    start: int
    end: int
    choice: str
    why: str = ""
    acts: tuple[tuple[str, dict[str, Any]], ...] | None = None
    matched: tuple[str, str] | None = None
    joined: tuple[str, int, int] | None = None
    recorded: bool = False


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The file of one review."""

    document: str
    text: str
    name: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawer:
    """Where the reviews of one register lie in the user's folder."""

    home: Home
    origin: str

    def file(self, document: str) -> Path:
        """The file of the review of the document with that hash."""
        return self.home.path / "reviews" / plain(self.origin) / f"{document}.json"

    def load(self, document: str) -> Kept | Refused | None:
        """The review as it was left, None where there is none. Refused: a file that cannot be read."""
        file = self.file(document)
        try:
            return msgspec.json.decode(file.read_bytes(), type=Kept) if file.exists() else None
        except (OSError, msgspec.DecodeError) as error:
            return refused("confirm.kept", Place(str(file)), detail=str(error))

    def save(self, kept: Kept) -> Path | Refused:
        """Write the review; the file is whole at every moment."""
        file = self.file(kept.document)
        new = file.with_suffix(".new")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            new.touch(mode=0o600)
            new.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")
            new.replace(file)
        except OSError as error:
            return refused("file.not_written", Place(str(file)), detail=error.strerror or str(error))
        return file


def put(acts: tuple[Act, ...]) -> tuple[tuple[str, dict[str, Any]], ...]:
    """Acts as they are kept."""
    return tuple((kind_of(a), to_body(a)) for a in acts)


def taken(acts: tuple[tuple[str, dict[str, Any]], ...]) -> tuple[Act, ...] | Refused:
    """Acts as they were kept; refused where one is none any more (a file of an older version)."""
    found = [decode_body(kind, msgspec.json.encode(body)) for kind, body in acts]
    wrong = [f for act in found if isinstance(act, Refused) for f in act.faults]
    return Refused(tuple(wrong)) if wrong else tuple(a for a in found if isinstance(a, Act))
