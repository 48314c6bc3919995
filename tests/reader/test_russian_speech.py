"""The grammar of Russian quotations, one form a test: who speaks, and what is no quotation."""

from __future__ import annotations

import pytest

from tests.reader.scoring import reading

HEAD = "Глава минтранса Арвии Пелл Остин встретился с министром экономики Толии Мирой Венн.\n\n"

# form: (what follows the head, [(words of a quotation, speaker)])
FORMS = {
    "a long title": ("«Мост построим», – сообщил Пелл Остин.", [("Мост построим", "Пелл Остин")]),
    "words relayed": (
        "«Мост нужен обеим странам», – приводит пресс-служба слова Остина.",
        [("Мост нужен обеим странам", "Пелл Остин")],
    ),
    "a person quoted by a paper": (
        "«Мост нужен обеим странам», – цитирует Остина издание «Голос Арвии».",
        [("Мост нужен обеим странам", "Пелл Остин")],
    ),
    "a tag inside the marks, whatever its verb": (
        "«Мост нужен, – улыбнулась Мира Венн. – И дорога тоже».",
        [("Мост нужен", "Мира Венн"), ("И дорога тоже", "Мира Венн")],
    ),
    "a tag inside a paragraph of dashes": (
        "— Мост нужен, — сказал Пелл Остин. — И дорога тоже нужна.",
        [("Мост нужен", "Пелл Остин"), ("И дорога тоже нужна.", "Пелл Остин")],
    ),
    "one speech over three paragraphs": (
        "«Мост давно нужен обеим нашим странам.\n\n«Дорога нужна нам не меньше моста.\n\n"
        "«Начнем весной», – сказала Мира Венн.",
        [
            ("Мост давно нужен обеим нашим странам.", "Мира Венн"),
            ("Дорога нужна нам не меньше моста.", "Мира Венн"),
            ("Начнем весной", "Мира Венн"),
        ],
    ),
    "a paragraph closed by the next one": (
        "«Мост давно нужен обеим нашим странам.\n\nДорога нужна не меньше моста», – сказала Мира Венн.",
        [
            ("Мост давно нужен обеим нашим странам.", "Мира Венн"),
            ("Дорога нужна не меньше моста", "Мира Венн"),
        ],
    ),
    "a verb without a subject": (
        "Мира Венн спросила, когда начнется стройка. И сама же ответила: «Весной».",
        [("Весной", "Мира Венн")],
    ),
    "a source without a name": (
        "Источник в делегации сообщил, что мост подорожал. «Денег пока нет», – признал он.",
        [("Денег пока нет", None)],
    ),
    "adverbs of several words": (
        "Мира Венн в свою очередь отметила: «Дорога нужна».",
        [("Дорога нужна", "Мира Венн")],
    ),
    "a name behind its noun": ("Мира Венн сообщила, что форум «Степь и море» пройдет в мае.", []),
    "a title of a law": ("Пелл Остин сообщил о законе «О приграничной торговле».", []),
    "an epithet": ("Мира Венн сообщила, что «зеленый» тариф сохранится.", []),
    "what is only called so": ("По словам Миры Венн, так называемая «малая дорога» открыта.", []),
    "the paper that is told": (
        "«Мост нужен», – заявил «Арвийскому курьеру» глава минтранса Пелл Остин.",
        [("Мост нужен", "Пелл Остин")],
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_speech_is_read(form: str) -> None:
    words, expected = FORMS[form]
    found = reading(HEAD + words)
    assert [(q["text"], q["speaker"]) for q in found["quotes"]] == expected


def test_an_interview_in_dashes_is_answered_by_the_person_told_before_it() -> None:
    text = (
        "Посол Толии в Арвии Кел Доро ответил на вопросы газеты.\n\n— Когда откроют мост?\n\n— Весной.\n\n"
        "— А дорогу?\n\n— Осенью, если успеем.\n\n— Спасибо!"
    )
    found = [(q["text"], q["speaker"], q["kind"]) for q in reading(text)["quotes"]]
    assert found == [("Весной.", "Кел Доро", "turn"), ("Осенью, если успеем.", "Кел Доро", "turn")]


def test_paragraphs_of_dashes_with_speakers_are_no_interview() -> None:
    text = (
        "Посол Толии в Арвии Кел Доро встретился с мэром Вельмара Анной Тал.\n\n"
        "— Когда откроют мост? — спросил Кел Доро.\n\n"
        "— Весной, — ответила Анна Тал.\n\n"
        "— А дорогу? — уточнил Кел Доро."
    )
    found = [(q["text"], q["speaker"]) for q in reading(text)["quotes"]]
    assert found == [
        ("Когда откроют мост?", "Кел Доро"),
        ("Весной", "Анна Тал"),
        ("А дорогу?", "Кел Доро"),
    ]


def test_a_place_behind_an_office_is_no_surname() -> None:
    found = reading("Губернатор Заречья и мэр Топольска подписали план. «Едем», – сказал Игорь Лыков.")
    assert [p["name"] for p in found["persons"]] == ["Игорь Лыков"]
