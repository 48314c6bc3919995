"""Whose words a publisher relays: «приводит пресс-служба слова S», «слова S передает агентство», «цитирует S
издание».

The speaker is no subject there: he stands in the genitive behind "words", or is the object of "quotes". A
relay that names no speaker («передает агентство») tells nothing.
"""

from __future__ import annotations

from travaux.reader.nominatives import Subject
from travaux.reader.page import Page
from travaux.reader.people import Meant
from travaux.reader.subjects import Subjects
from travaux.reader.tokens import Hit

_REACH = 6  # tokens between "words" and the person
_LONGEST = 40  # tokens of a relay
_PERSONS = ("name", "titled", "title", "counterpart")


class Relays:
    """Reads the relays of one page."""

    def __init__(self, page: Page, subjects: Subjects) -> None:
        self.page, self.s, self.t, self.lang = page, subjects, page.tokens, page.lang
        self._words = page.lang.words("relayed")
        self._owners = page.lang.table("relayed_owners")

    def between(self, i: int, j: int, *, behind: bool = False) -> tuple[Subject | None, Meant, Hit] | None:
        """(who stands there, whom it means, the verb) of the relay among the tokens ``i:j``; None where there
        is none, or it tells no speaker. Of many tokens the first are looked at, or with `behind` the last."""
        i, j = (max(i, j - _LONGEST), j) if behind else (i, min(j, i + _LONGEST))
        for hit in self.t.within("relay", i, j):
            if self.page.hidden[hit.i]:
                continue
            if hit.entry.kind == "person" and (told := self._object(hit.j, min(hit.j + _REACH, j))):
                return (*told, hit)
            for k in range(i, j):
                if self.t.low[k] not in self._words or self.page.hidden[k]:
                    continue
                if (sex := self._owners.get(self.t.low[k - 1])) is not None:
                    return None, self.s.pronoun(sex, k), hit
                if told := self._person(k + 1, min(k + 1 + _REACH, j)):
                    return (*told, hit)
        return None

    def _object(self, i: int, j: int) -> tuple[Subject, Meant] | None:
        """The person among the tokens ``i:j`` who cannot be the subject; names in marks are passed."""
        k = i
        while k < j:
            m = self.page.at.get(k)
            if m is not None and m.kind in _PERSONS and (m.oblique or (k == i and m.kind == "name")):
                return self._person(k, k + 1)
            if k not in self.page.names and not self.t.word[k][0].isalpha():
                return None
            k = self.page.names.get(k, k + 1)
        return None

    def _person(self, i: int, j: int) -> tuple[Subject, Meant] | None:
        """The first person named among the tokens ``i:j``, before any stop."""
        for k in range(i, j):
            m = self.page.at.get(k)
            if m is not None and m.kind in _PERSONS:
                who = self.s.who(m)
                return (Subject((m,), "relayed"), who) if who.names else None
            if not self.t.word[k][0].isalpha():
                return None
        return None
