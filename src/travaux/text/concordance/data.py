"""A concordance as plain data; ``docs/schema/concordance.schema.json`` describes it."""

from __future__ import annotations

from typing import Any

from travaux.text.concordance import Concordance, Place


def concorded(made: Concordance) -> dict[str, Any]:
    """Figures per language and every difference with both places."""
    return {
        "languages": [
            {
                "lang": one.lang,
                "units": one.units,
                "headings": one.headings,
                "items": one.items,
                "numbers": one.numbers,
                "dates": one.dates,
                "terms": one.terms,
                "brackets": one.brackets,
                "names": list(one.names),
            }
            for one in made.figures
        ],
        "differences": [
            {
                "kind": found.sort.value,
                "places": [_place(found.first), _place(found.second)],
                "says": [found.says, found.against],
            }
            for found in made.differences
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"lang": place.lang, "line": place.line, "col": place.col, "label": place.label}
