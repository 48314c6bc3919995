"""The words that dates are written with, in the languages that plans come in."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from babel import Locale

LANGUAGES: Final = ("en", "ru", "be", "uk", "fr", "de", "es", "pt", "it", "pl")
_MORE_MONTHS: Final = {
    "sept": 9, "декабрем": 12, "янв": 1, "фев": 2, "мар": 3, "апр": 4, "июн": 6, "июл": 7, "авг": 8, "сен": 9,
    "сент": 9, "окт": 10, "ноя": 11, "нояб": 11, "дек": 12, "студзень": 1, "janv": 1, "fevr": 2, "juil": 7,
}  # fmt: skip
_RU_STEMS: Final = (
    ("январ", 1), ("феврал", 2), ("март", 3), ("апрел", 4), ("июн", 6), ("июл", 7), ("август", 8),
    ("сентябр", 9), ("октябр", 10), ("ноябр", 11), ("декабр", 12),
)  # fmt: skip
_ENDINGS: Final = ("", "а", "е", "у", "ь", "я", "ю", "ем", "ом")

NUMBERS: Final[dict[str, int]] = {
    word: n
    for n, words in {
        1: "one a an один одного одном одну одной un une ein eine einem eines einen uno una першага аднаго",
        2: "two два двух две deux zwei dos двух",
        3: "three три трех trois drei tres",
        4: "four четыре четырех quatre vier cuatro",
        5: "five пять пяти cinq fünf cinco",
        6: "six шесть шести sechs seis шасці",
        7: "seven семь семи sept sieben siete",
        8: "eight восемь восьми huit acht ocho",
        9: "nine девять девяти neuf neun nueve",
        10: "ten десять десяти dix zehn diez",
        12: "twelve двенадцать двенадцати douze zwölf doce",
        15: "fifteen пятнадцать пятнадцати quinze fünfzehn quince",
        18: "eighteen восемнадцать восемнадцати dix-huit achtzehn",
        20: "twenty двадцать двадцати vingt zwanzig veinte",
        24: "twenty-four двадцати-четырех vingt-quatre",
        30: "thirty тридцать тридцати trente dreißig treinta",
        45: "forty-five сорока-пяти",
        60: "sixty шестьдесят шестидесяти soixante sechzig sesenta",
        90: "ninety девяносто девяноста quatre-vingt-dix neunzig noventa",
        100: "hundred ста cent hundert cien",
    }.items()
    for word in words.split()
}
UNITS: Final[dict[str, str]] = {
    word: unit
    for unit, words in {
        "D": "day days день дня дней дн jour jours tag tage tagen día días dia dias дзен дзён",
        "W": "week weeks неделя недели неделю недель semaine semaines woche wochen semana semanas тыдня",
        "M": "month months месяц месяца месяцев мес mois monat monate monaten monats mes meses месяцаў",
        "Y": "year years год года лет an ans année années jahr jahre jahren año años ano anos гады",
    }.items()
    for word in words.split()
}
ORDINALS: Final[dict[str, int]] = {
    word: n
    for n, words in {
        1: (
            "i 1 first 1st первый первого первом первое premier premiere première 1er erstes ersten 1. "
            "primer primero перши першае"
        ),
        2: "ii 2 second 2nd второй второго втором второе deuxième deuxieme second zweites zweiten segundo",
        3: "iii 3 third 3rd третий третьего третьем troisième troisieme drittes dritten tercer tercero",
        4: "iv 4 fourth 4th last четвертый четвертого четвертом quatrième quatrieme viertes vierten cuarto",
    }.items()
    for word in words.split()
}  # fmt: skip
NONE: Final = frozenset({
    "", "-", "--", "---", "n/a", "na", "none", "nil", "no deadline", "not applicable", "нет", "не указан",
    "не установлен", "без срока", "sans objet", "néant", "keine", "entfällt", "no aplica", "not specified",
    "s.o", "s/o", "не предусмотрено", "няма",
})  # fmt: skip
UNDETERMINED: Final = re.compile(
    r"(?:tbd|tbc|tba|t\.b\.[dca]|to be (?:determined|confirmed|agreed|defined|decided|announced|specified).*"
    r"|\?+|xx+|pending|not yet (?:known|set|determined|agreed)|уточня\w+|подлежит уточнению|"
    r"будет определен\w*.*"
    r"|по согласованию.*|не определен\w*|à (?:déterminer|définir|préciser|confirmer).*|noch offen|offen"
    r"|wird noch \w+|por (?:determinar|definir|confirmar)|будзе вызначан\w*)\Z"
)
VAGUE: Final = re.compile(
    r"(?:\b(?:bi-?annual(?:ly)?|mid|middle|early|late|beginning|start|around|about|approx\w*|circa|spring|"
    r"summer|autumn|fall|winter"
    r"|середин\w+|начал\w+|примерно|ориентировочно|около|весн\w+|лет(?:о|ом|а)|осен\w+|зим\w+|сярэдзін\w+|"
    r"пачат\w+"
    r"|mi|milieu|début|vers|printemps|été|automne|hiver|mitte|anfang|etwa|frühjahr|sommer|herbst"
    r"|mediados|principios|inicios|as soon as possible|asap|soon|short term|medium term|long term|short-term"
    r"|medium-term|long-term|as needed|as required|when needed|где необходимо|по мере необходимости"
    r"|краткосрочн\w+|среднесрочн\w+|долгосрочн\w+|незамедлительно|в кратчайшие сроки|court terme|moyen terme"
    r"|long terme|kurzfristig|mittelfristig|langfristig|corto plazo|mediano plazo|largo plazo)\b|~)"
)
CONTINUOUS: Final = re.compile(
    r"(?:on an? (?:ongoing|continuous|permanent|regular) basis|on-going|ongoing|continuous(?:ly)?|"
    r"continual(?:ly)?"
    r"|permanent(?:ly)?|rolling|throughout(?: the (?:period|plan|year|project|implementation period))?"
    r"|at all times|постоянн(?:о|ый|ая|ое)|на (?:постоянной|регулярной|системной) основе|регулярно|"
    r"систематически"
    r"|непрерывно|бессрочно|в течение всего (?:периода|срока)(?: (?:реализации|действия)(?: \w+)?)?|"
    r"весь период"
    r"|пастаянна|на пастаяннай аснове|en continu|en permanence|de (?:façon|manière) continue|continue?|"
    r"permanente?"
    r"|laufend|dauerhaft|ständig|fortlaufend|kontinuierlich|daueraufgabe|continuo|permanentemente|"
    r"de forma continua"
    r"|на весь период)"
)
CADENCES: Final = tuple(
    (re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"), every)
    for words, every in (
        (r"every (?:two|2) years|biennial(?:ly)?|once every two years|раз в (?:два|2) года|tous les deux ans"
         r"|alle zwei jahre|cada dos años", "P2Y"),
        (r"semi-?annual(?:ly)?|half-?yearly|twice (?:a|per) year|every (?:six|6) months"
         r"|(?:два|2) раза в год|раз в полгода|(?:один|1) раз в полугодие|каждое полугодие|ежеполугодно|"
         r"полугодно"
         r"|semestriel(?:lement)?|halbjährlich|semestral(?:mente)?|deux fois par an|dos veces al año", "P6M"),
        (r"quarterly|every quarter|each quarter|every (?:three|3) months|once (?:a|per) quarter|ежеквартально"
         r"|каждый квартал|(?:один |1 )?раз в квартал|поквартально|штоквартальна|trimestriel(?:lement)?"
         r"|vierteljährlich|quartalsweise|trimestral(?:mente)?|chaque trimestre", "P3M"),
        (
            r"monthly|every month|each month|once (?:a|per) month|ежемесячно|каждый месяц|(?:один |"
            r"1 )?раз в месяц"
         r"|штомесяц|mensuel(?:lement)?|monatlich|mensual(?:mente)?|chaque mois", "P1M"),
        (r"weekly|every week|еженедельно|hebdomadaire|wöchentlich|semanal(?:mente)?", "P1W"),
        (r"annual(?:ly)?|yearly|every year|each year|once (?:a|per) year|per annum|p\.a|ежегодно|каждый год"
         r"|(?:один |1 )?раз в год|штогод|annuel(?:lement)?|chaque année|tous les ans|jährlich|jedes jahr"
         r"|anual(?:mente)?|cada año", "P1Y"),
    )
)  # fmt: skip
_DASHES: Final = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-") | {"\xa0": " ", "\u202f": " ", "\u2009": " ", "’": "'"}
)
_ROMAN: Final = str.maketrans({"і": "i", "ї": "i", "х": "x", "ѵ": "v"})
_FOOTNOTE: Final = re.compile(r"(?:\*+|[¹²³⁴-⁹⁰]+|\[\d{1,2}\])\s*\Z")
_YEAR_WORD: Final = re.compile(
    r"(?<=\d{4})\s*-?(?:й|го|м|ом)?\s*(?:календарн\w+ )?(?:года|годы|году|годов|годах|годам|год|годзе|"
    r"гадах|гады|гг|г|рр|р|roku|r)(?![\w])\.?"
)


@cache
def months() -> dict[str, int]:
    """Names of months, full and short, in every language, in lower case."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        names = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for n, name in names[context][width].items():
                    plain = plainly(str(name)).rstrip(".")
                    if plain and not plain.isdigit():
                        found.setdefault(plain, n)
    found.update(_MORE_MONTHS)
    found.update({stem + ending: n for stem, n in _RU_STEMS for ending in _ENDINGS})
    found.update({"май": 5, "мая": 5, "мае": 5, "маю": 5})
    return found


@cache
def month_pattern() -> str:
    """An alternation of all names of months, the longest first."""
    return "|".join(re.escape(m) for m in sorted(months(), key=len, reverse=True))


def plainly(text: str) -> str:
    """Lower case, ё as е, one sort of dash and space."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е").translate(_DASHES)
    return " ".join(folded.split())


def settled(text: str) -> str:
    """A deadline's text for reading: plainly, without footnote marks, words for “year” and a final stop."""
    plain = plainly(_FOOTNOTE.sub("", text.strip()))
    plain = re.sub(r"(?<![а-яіў])[ivxіх]{1,3}(?=[- ]|$)", lambda m: m[0].translate(_ROMAN), plain)
    bare = re.sub(r",? ?\(?(?:включительно|inclusive|inclus|einschließlich)\)?$", "", plain)
    if bare != plain:
        plain = re.sub(r"^(?:до|before|avant|vor)\b", "by", bare)
    plain = _YEAR_WORD.sub("", plain)
    plain = re.sub(r"(?<=\d{4}) (?:calendar|кал)\b\.?", "", plain)
    return plain.strip(" .;,:") if plain not in NONE else plain


def number(word: str) -> int | None:
    """A whole number in figures or words."""
    return int(word) if word.isascii() and word.isdigit() else NUMBERS.get(word)
