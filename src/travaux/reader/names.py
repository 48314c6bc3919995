"""Personal names: whether two are one person's, their nominative, and what a surname tells of the sex.

All of it comes from the table ``[names]`` of a language's data; a language without cases has none.
"""

from __future__ import annotations

from collections.abc import Mapping

from travaux.reader.language import Language


class Names:
    """Compares and inflects the names of one language."""

    def __init__(self, lang: Language) -> None:
        self._table = lang.table("names")
        self._bases: dict[str, str] = {}
        self._particles = lang.words("particles")

    def settled(self, variants: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
        """The fullest form of a name, in the nominative: as it stands there, else with the surname of a
        mention that is surely nominative and the other words inflected."""
        variants = self._sifted(variants)
        most = max(sum("." not in w for w in name) for name in variants)
        sure, fullest = max(
            ((sure, name) for name, sure in variants.items() if sum("." not in w for w in name) == most),
            key=lambda v: (v[0], len(v[1])),
        )
        if sure:
            return fullest
        last = fullest[-1]
        if any(sure and name[-1] == last for name, sure in variants.items()) and not last.lower().endswith(
            tuple(self._table.get("soft", ""))
        ):
            return (*self._inflected(fullest[:-1], "feminine_nominative"), last)  # hers does not decline
        found = self._inflected(fullest)
        others = [(s, name[-1]) for name, s in variants.items() if s]
        return (*found[:-1], max(others, key=lambda o: o[0])[1]) if others else found

    def _sifted(self, variants: Mapping[tuple[str, ...], int]) -> Mapping[tuple[str, ...], int]:
        """The variants, those unsure that look like a woman's nominative held for oblique where another shows
        that a man's name declines: «Дмитрия N-ева» beside «Дмитрием N-евым»."""
        cases = self._table.get("not_nominative", ())
        man = any(
            all(w.lower().endswith(tuple(case)) for w in (v[0], v[-1])) for v in variants for case in cases
        )
        if not man:
            return variants
        return {v: 0 if s == 1 and v[-1].endswith(("а", "я")) else s for v, s in variants.items()}

    def _inflected(self, name: tuple[str, ...], endings: str = "nominative") -> tuple[str, ...]:
        """A name never met in the nominative, put there by the table of endings; others are left alone."""
        names = self._table
        fixed = tuple(names.get("fixed", ()))
        found: list[str] = []
        dative = tuple(names.get("dative", ()))
        declined = name[-1].lower().endswith(dative)
        for word in name:  # the cases of one name agree: in «Арне Вика» the first does not decline
            if dative and not declined and word.lower().endswith(dative[0]):
                found.append(word)
                continue
            table = names.get(endings, ()) if not word.endswith(fixed) or not fixed else ()
            ending = next(
                ((o, n) for o, n in table if word.endswith(o) and len(word) - len(o) >= 3), ("", "")
            )
            plain = word[: len(word) - len(ending[0])] + ending[1] if ending[0] else word
            found.append(names.get("irregular_nominative", {}).get(plain, plain))
        return tuple(found)

    def sex_of(self, name: tuple[str, ...]) -> str:
        """What the ending of a surname tells in a language where it tells."""
        names, low = self._table, name[-1].lower()
        if low.endswith(tuple(names.get("feminine", ()))) and names.get("feminine"):
            return "f"
        return "m" if names.get("masculine") and low.endswith(tuple(names["masculine"])) else ""

    def same(self, one: tuple[str, ...], other: tuple[str, ...]) -> bool:
        """Whether two names can be one person's: equal last words, and earlier words that do not disagree."""
        if not one or not other:
            return False
        if not self._alike(one[-1], other[-1]):
            return False
        one, other = self._bare(one), self._bare(other)
        pairs = zip(one[:-1], other[:-1], strict=False)
        return len(one) == 1 or len(other) == 1 or any(self._alike(a, b) or _initial(a, b) for a, b in pairs)

    def called(self, full: tuple[str, ...], word: tuple[str, ...]) -> bool:
        """Whether one word is the first of a fuller name: the family name stands first, or is none."""
        return len(word) == 1 and len(full) > 1 and self._alike(full[0], word[0])

    def _bare(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """A name without the particles of its surname: "Ms van der Poel" is "Ada van der Poel"."""
        return tuple(w for w in name[:-1] if w.lower() not in self._particles) + name[-1:]

    def _alike(self, a: str, b: str) -> bool:
        return a.lower() == b.lower() or self._base(a) == self._base(b)

    def _base(self, word: str) -> str:
        """A name's word without its case ending, for comparing only; each word is worked out once."""
        known = self._bases.get(word)
        if known is None:
            known = self._bases[word] = self._stripped(word.lower())
        return known

    def _stripped(self, low: str) -> str:
        names = self._table
        if low in names.get("irregular", {}):
            return str(names["irregular"][low])
        for ending in names.get("oblique", ()):
            if low.endswith(ending) and len(low) - len(ending) >= 3:
                low = low[: len(low) - len(ending)]
                break
        return low.rstrip(names.get("soft", "")) or low


def _initial(a: str, b: str) -> bool:
    """Whether one of two words is the initial of the other."""
    short, long = sorted((a, b), key=lambda w: ("." not in w, len(w)))
    return len(short.split(".")[0]) == 1 and short[:1].lower() == long[:1].lower()
