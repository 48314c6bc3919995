"""Another edition of a document the register already stands on: what changed, and what lost its anchor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from travaux.acts.base import Act
from travaux.acts.basis import Anchored
from travaux.acts.kinds import Cite, State, TakePosition, Undertake
from travaux.acts.when import When
from travaux.reader import find_anchors
from travaux.register.fold import AsOf, Entered
from travaux.register.sources import bases
from travaux.secretariat.documents import Held, digest

Texts = Callable[[str], str | None]
_LIKE = 0.5  # share of anchored words that must stand in the new text too
_GLANCE = 24  # anchors of a source that are looked at first
_FEW = 3  # anchors below which nothing can be said


@dataclass(frozen=True, slots=True)
class Change:
    """A passage of the earlier edition and what stands in its place; one of the two may be empty."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The document is another edition of the source with the hash `earlier`.

    `kept` acts have their words in the new text too; `lost` no longer have. `changes` are known only where
    the earlier text is held (`compared`).
    """

    earlier: str
    kept: tuple[Entered[Act], ...]
    lost: tuple[Entered[Act], ...]
    changes: tuple[Change, ...]
    compared: bool

    def repeats(self, words: str) -> bool:
        """Whether exactly these words are already on the record from the earlier edition."""
        hashed = digest(words)
        return any(
            b.slice == hashed
            for e in self.kept
            for b in bases(e.act)
            if isinstance(b, Anchored) and b.source == self.earlier
        )


def earlier_edition(register: AsOf, held: Held, texts: Texts, day: When | None = None) -> Edition | None:
    """The source of which `held` is another edition, or None. `texts` gives a held text by its hash.

    A source counts when at least half of the words that acts are anchored to stand in the new text, and it is
    of the same `day`: a later document that repeats the words of an earlier one is news, not a correction.
    """
    best: tuple[float, Edition] | None = None
    for source, anchored in _sources(register, held).items():
        if not _of_one_day(register, source, anchored, day) or not _promising(anchored, held, texts):
            continue
        edition = _edition(source, anchored, held, texts)
        judged = len(edition.kept) + len(edition.lost)
        if judged < _FEW:
            continue
        share = len(edition.kept) / judged
        if share >= _LIKE and (best is None or share > best[0]):
            best = share, edition
    return best[1] if best else None


def _sources(register: AsOf, held: Held) -> dict[str, list[tuple[Entered[Act], Anchored]]]:
    found: dict[str, list[tuple[Entered[Act], Anchored]]] = {}
    for entered in register.every():
        for basis in bases(entered.act):
            if isinstance(basis, Anchored) and basis.source != held.sha256:
                found.setdefault(basis.source, []).append((entered, basis))
    return found


def _of_one_day(
    register: AsOf, source: str, anchored: list[tuple[Entered[Act], Anchored]], day: When | None
) -> bool:
    """False where the source is known to be of another day than `day`."""
    cited = [e.act.document.on for e in register.acts(Cite) if e.act.document.sha256 == source]
    told = Counter(e.act.on for e, _ in anchored if isinstance(e.act, State | TakePosition | Undertake))
    earlier = next((on for on in cited if on), None) or next((on for on, _ in told.most_common(1)), None)
    return day is None or earlier is None or (day.first <= earlier.last and earlier.first <= day.last)


def _promising(anchored: list[tuple[Entered[Act], Anchored]], held: Held, texts: Texts) -> bool:
    """Whether some of a source's words stand in the text letter for letter: a glance that spares a search."""
    sample = anchored[:: max(1, len(anchored) // _GLANCE)]
    words = [w for _, basis in sample if (w := _words(basis, texts))]
    return sum(w in held.text for w in words) * 4 >= len(words) > 0


def _edition(source: str, anchored: list[tuple[Entered[Act], Anchored]], held: Held, texts: Texts) -> Edition:
    """Each act whose words are known, by whether they stand in the new text."""
    kept: dict[str, Entered[Act]] = {}
    lost: dict[str, Entered[Act]] = {}
    stands: dict[str, bool] = {}
    for entered, basis in anchored:
        words = _words(basis, texts)
        if words is None:
            continue
        if basis.slice not in stands:
            stands[basis.slice] = words in held.text or bool(find_anchors(held.text, words))
        (kept if stands[basis.slice] else lost)[entered.id] = entered
    earlier = texts(anchored[0][1].text)
    changes = tuple(compared(earlier, held.text)) if earlier is not None else ()
    return Edition(source, tuple(kept.values()), tuple(lost.values()), changes, earlier is not None)


def _words(basis: Anchored, texts: Texts) -> str | None:
    if basis.words:
        return basis.words
    text = texts(basis.text)
    return None if text is None else text[basis.start : basis.end]


def compared(before: str, after: str) -> Iterator[Change]:
    """The passages that differ, line by line; nothing where the texts are the same."""
    old, new = before.splitlines(), after.splitlines()
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = ("\n".join(part).strip() for part in (old[i:j], new[k:m]))
        if gone != come:
            yield Change(gone, come)
