"""The subject of a verb of speech, and whom a pronoun means: a memory fed by narration only."""

from __future__ import annotations

from travaux.reader.mentions import Mention
from travaux.reader.nominatives import Nominatives, Subject
from travaux.reader.people import BARE, FALLBACK, NOBODY, PRONOUN, Meant
from travaux.reader.tokens import Hit


class Subjects(Nominatives):
    """Finds subjects on one page and remembers the last ones for pronouns."""

    # --- who it is ---------------------------------------------------------------------------------------

    def meant(self, subject: Subject) -> Meant:
        """Whom a subject means; joint when several."""
        parts = [self.who(m) for m in subject.mentions]
        if len(parts) == 1:
            return parts[0]
        if any(not p.names for p in parts):
            return NOBODY
        return Meant(tuple(n for p in parts for n in p.names), min(p.factor for p in parts), "joint")

    def who(self, m: Mention) -> Meant:
        """Whom one mention means, pronouns included."""
        if m.kind == "title" and m.office == "anyone" and self.roles.indefinite(m):
            return NOBODY
        if m.kind == "title" and m.office == "anyone":
            return self.roles.described(self.t.low[m.head], m.party) or self.pronoun("")
        if m.kind == "pronoun" and m.office == "latter":
            return self._latter(m.i)
        if (again := self._again(m)) is not None:
            return again
        if m.kind == "title" and m.office in ("host", "guest"):
            told = self.roles.meant(m)
            return told if told.names else fallback(self.pronoun(self._verb_sex(m)))
        if m.kind != "pronoun":
            told = self.roles.meant(m, self.last[0] if len(self.last) == 1 else None, self._verb_sex(m))
            return told if told.names or m.kind != "title" else self._salient(m)
        if m.office in ("he", "she"):
            return self.pronoun("m" if m.office == "he" else "f", m.i)
        if m.office == "we" and self.roles.joint and not self.page.hidden[m.i]:
            return self.roles.signatories()
        if m.office == "they" and len(self.last) > 1:
            return Meant(tuple(p.full for p in self.last), PRONOUN, "pronoun")
        return NOBODY

    def _again(self, m: Mention) -> Meant | None:
        """A title without name, party or portfolio, of which the document has several holders, means the last
        subject where that is one of them; not for the highest offices, whose bare title means the host's."""
        offices = self.lang.data["offices"]
        plain = m.kind == "title" and not m.party and m.j - m.i <= 2 and m.office not in offices["hosts"]
        if not plain or len(self.last) != 1:
            return None
        kinds = offices.get(m.office, [m.office])
        holders = [p for p in self.roles.persons if p.office in kinds]
        last, sex = self.last[0], self._verb_sex(m)
        named = [p for p in holders if not p.role or self.roles.called(p, self.t.low[m.head])]
        fits = last in (named or holders)
        if len(holders) > 1 and fits and sex in ("", last.sex or sex):
            return Meant((last.full,), BARE, "bare title")
        return None

    def _salient(self, m: Mention) -> Meant:
        """A title that fits nobody's office told in the document means the last subject, for unsure, where
        nothing speaks against it: his party, sex, and an office that is told and differs."""
        if not self.lang.table("names") or len(self.last) != 1 or self._silent or self.roles.indefinite(m):
            return NOBODY
        last, sex, loose = self.last[0], self._verb_sex(m), self.lang.data["offices"]["loose"]
        fits = last.office == "" or (last.office in loose and m.office in loose)
        agrees = sex in ("", last.sex or sex) and m.party in ("", last.party or m.party)
        return fallback(Meant((last.full,), BARE, "bare title")) if fits and agrees else NOBODY

    def pro_dropped(self, i: int, hit: Hit) -> Meant:
        """Who is meant where only little words stand between a sentence's start and its verb: «И сам же
        ответил»."""
        words = self.lang.words("pro_drop")
        if not words or any(self.t.low[k] not in words for k in range(i, hit.i)):
            return NOBODY
        table = self.lang.table("sexes")
        sex = next((str(s) for e, s in table.items() if self.t.low[hit.i].endswith(e)), "")
        return self.pronoun(sex) if hit.entry.form == "past" else NOBODY

    def _verb_sex(self, m: Mention) -> str:
        """The sex that the verb of speech beside a title tells, where the language's verbs tell it."""
        table = self.lang.table("sexes")
        if not table or m.kind != "title":
            return ""
        for k in (m.i - 1, m.i - 2, m.j, m.j + 1):
            hit = self.t.hit("speech", k)
            if hit is not None and hit.entry.form == "past":
                return next((str(s) for e, s in table.items() if self.t.low[k].endswith(e)), "")
        return ""

    def pronoun(self, sex: str, at: int = 0) -> Meant:
        """The last narration subject that agrees in sex; several equal ones mean nobody."""
        if self._silent:
            return NOBODY
        for people in (self.last, *reversed(self._before)):
            fitting = [p for p in people if not p.sex or not sex or p.sex == sex]
            if len(fitting) == 1:
                return Meant((fitting[0].full,), PRONOUN, "pronoun")
            if fitting:
                return NOBODY
        return self._seen(at, sex)

    def _latter(self, at: int) -> Meant:
        """The person named last in the narration of this sentence and the one before."""
        first = self.page.sentences[max(self.page.sentence_number(at) - 1, 0)].i
        for k in range(at - 1, first - 1, -1):
            m = self.page.at.get(k)
            if m is not None and not self.page.hidden[k] and m.kind in ("titled", "title", "name"):
                who = self.roles.meant(m)
                if who.names:
                    return Meant(who.names, PRONOUN, "pronoun")
        return NOBODY

    def _seen(self, at: int, sex: str) -> Meant:
        """The one person named in the sentence before token `at` whose sex may fit, where no subject did."""
        if at <= 0 or not sex:
            return NOBODY
        number = self.page.sentence_number(at)
        first = self.page.sentences[max(number - 1, 0)].i
        near = {
            n: p
            for m in self.page.among(first, at)
            if not self.page.hidden[m.i] and m.kind != "pronoun"
            for n in self.roles.meant(m).names
            for p in self.roles.persons
            if p.full == n and p.sex in ("", sex)
        }
        return Meant((next(iter(near)),), FALLBACK, "pronoun") if len(near) == 1 else NOBODY

    def remember(self, meant: Meant, mentions: tuple[Mention, ...] = ()) -> None:
        """Keep who spoke or acted last; only persons are kept, and a pronoun tells a person's sex."""
        people = self.roles.people(meant.names)
        if not people:
            return
        self._silent = False
        if people != self.last:
            self._before = [*self._before[-3:], self.last]
        self.last = people
        if len(people) == 1 and len(mentions) == 1 and mentions[0].office in ("he", "she"):
            people[0].sex = people[0].sex or ("m" if mentions[0].office == "he" else "f")

    def spoke_unnamed(self, first: int, last: int) -> None:
        """Keep that somebody without a name spoke, where one is told among the tokens ``first:last``: a
        pronoun after it means nobody known."""
        unnamed = self.lang.words("unnamed")
        if any(self.t.low[k] in unnamed for k in range(first, last)):
            self._silent = True


def fallback(meant: Meant) -> Meant:
    """The same persons, held for unsure."""
    return Meant(meant.names, min(meant.factor, FALLBACK), "fallback")
