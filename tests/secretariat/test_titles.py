"""What a meeting is called: a noun phrase of the document, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.secretariat.test_proposals import DOCUMENT, held, item, made, reading, register
from travaux.acts.kinds import Convene, Meet
from travaux.secretariat.proposals import propose
from travaux.secretariat.titles import meeting_title


@pytest.mark.parametrize(
    ("words", "where", "title"),
    [
        ("is scheduled for 9 December 2026 in Port Kesh", "Port Kesh", ""),
        ("held talks with the Minister of Transport in Velmar on 20 May 2026", "Velmar",
         "Talks with the Minister of Transport"),
        ("a session of the Council of Ministers in Minsk on 10 September", "Minsk",
         "Session of the Council of Ministers"),
        ("The next meeting of the commission is scheduled for May", "", "Next meeting of the commission"),
        ("a press conference\nfor mass media", "", "Press conference for mass media"),
        ("на заседании Высшего Совета", "", ""),
        ("Заседание Совета состоится в мае", "", "Заседание Совета"),
    ],
)  # fmt: skip
def test_a_title_is_a_noun_phrase_or_nothing(words: str, where: str, title: str) -> None:
    assert meeting_title(words, where) == title


@given(st.text(max_size=200), st.text(max_size=10))
def test_a_title_has_one_line_and_no_end_of_a_sentence(words: str, where: str) -> None:
    title = meeting_title(words, where)
    assert title == " ".join(title.split())
    assert len(title) <= 125


@pytest.mark.parametrize("keep", [True, False])
def test_a_clause_is_no_title_of_a_proposed_meeting(keep: bool) -> None:
    plan = item("Arvia will publish the fares by May", DOCUMENT, id="m01", status="planned", when="2031-05",
                where=None, who=[])  # fmt: skip
    (proposal,) = made(
        propose(register(("arvia", "Arvia")).as_of(), reading(meetings=[plan]), held(), keep_words=keep)
    )
    (act,) = proposal.acts
    assert isinstance(act, Convene | Meet)
    assert act.title == "Meeting"
