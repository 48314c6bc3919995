"""A language without data: the reader says so and still gives the dates that say their year."""

from __future__ import annotations

import pytest

from travaux.acts.fault import Refused
from travaux.formats.intake import take_in
from travaux.reader import read
from travaux.reader.items import Reading

FRENCH = """Les deux pays ont signé un accord le 3 mars 2031 à Paris. Le texte entre en vigueur le 2031-06-01
et les ministres se réuniront le 15.04.2031 pour en parler avec les autres pays de la région. Ils ont dit que
les travaux vont bien et que les experts doivent finir leur rapport en juin 2031,
qui a parlé à la presse le 03/04/2031.
"""


def reading(text: str) -> Reading:
    document = take_in("x.txt", text.encode())
    assert not isinstance(document, Refused)
    made = read(document)
    assert not isinstance(made, Refused)
    return made


def test_dates_are_read_and_nothing_else() -> None:
    made = reading(FRENCH)
    assert made.doc.lang == "und"
    assert [d.value for d in made.dates] == ["2031-03-03", "2031-06-01", "2031-04-15", "2031-06", None]
    assert all(d.text == FRENCH[d.start : d.end] for d in made.dates)
    assert not (made.quotes or made.statements or made.commitments or made.positions or made.persons)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Das Abkommen tritt am 1. Oktober 2031 in Kraft, und die Minister kommen wieder.", "2031-10-01"),
        ("El acuerdo entra en vigor el 3 de marzo de 2031 y los ministros se verán.", "2031-03-03"),
        ("両国は2031年3月3日に協定に署名した。", "2031-03-03"),
        ("سيجتمع الوزراء في المدينة يوم 3 مارس 2031", "2031-03-03"),
        ("Угода набуде чинності 3 березня 2031 року, а міністри її підпишуть її.", "2031-03-03"),
        ("Am 31.02.2031 und sonst der die das und in zu den von mit.", None),
    ],
)
def test_months_of_many_languages(text: str, value: str | None) -> None:
    padded = text + " …" * 3
    assert value in [d.value for d in reading(padded).dates]
