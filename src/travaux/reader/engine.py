"""Document in, reading out: the order in which the rules run."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from travaux.acts.fault import Refused, refused
from travaux.reader import language
from travaux.reader.attribution import Attribution
from travaux.reader.backward import Backward
from travaux.reader.clauses import units
from travaux.reader.commitments import Commitments
from travaux.reader.dates import Dates
from travaux.reader.fold import fold
from travaux.reader.frames import Frames
from travaux.reader.happenings import Meetings
from travaux.reader.instruments import Instruments
from travaux.reader.items import Reading
from travaux.reader.output import Found, assemble
from travaux.reader.page import Page, Rejection, lay_open
from travaux.reader.positions import Positions
from travaux.reader.roles import Roles
from travaux.reader.subjects import Subjects
from travaux.reader.tags import Spoken
from travaux.reader.tails import Frame
from travaux.reader.unread import dates_only
from travaux.text.source import Document

LARGEST = 20_000_000  # characters; a longer text is no document of a negotiation


def read(document: Document, *, date: date | None = None) -> Reading | Refused:
    """Read one document. `date` is its own day as the user knows it; else it is looked for.

    Refused: a text without letters (``reader.empty``), or over `LARGEST` characters (``reader.large``). In a
    language without data only dates are read, and the reading says so (`travaux.reader.unread`). Same
    document and date, same reading.
    """
    code = _language(document.text)
    if isinstance(code, Refused):
        return code
    return _read(document, code, date)[0] if code else dates_only(document, date)


def read_traced(
    document: Document, *, date: date | None = None
) -> tuple[Reading, tuple[Rejection, ...]] | Refused:
    """As `read`, with the candidates that rules considered and let go, in characters of the document's
    text."""
    code = _language(document.text)
    if isinstance(code, Refused):
        return code
    if not code:
        return dates_only(document, date), ()
    reading, page = _read(document, code, date)
    return reading, tuple(_true(page, r) for r in page.rejected)


def _language(text: str) -> str | Refused:
    """The code of the language of a text, "" for one that has no data."""
    if len(text) > LARGEST:
        return refused("reader.large", characters=len(text), most=LARGEST)
    if not any(c.isalpha() for c in text[:200_000]):
        return refused("reader.empty")
    return language.detect(text)


def _true(page: Page, r: Rejection) -> Rejection:
    """A rejection with true offsets."""
    start, end = page.folded.span(r.start, r.end)
    return replace(r, start=start, end=end)


def _read(document: Document, code: str, day: date | None) -> tuple[Reading, Page]:
    folded = fold(document.text)
    lang = language.load(code)
    page = lay_open(folded, lang, _blocks(document, folded.starts))
    roles = Roles(page.tokens, lang, host(document, page))
    subjects = Subjects(page, roles)
    frames = Frames(page, subjects)
    backward = Backward(page, subjects, frames)
    saying = _saying(page, frames) | backward.speakers()
    roles.build(page.mentions, saying | _sources(page), saying, page.hidden)
    roles.parties = list(page.parties.order)
    roles.joint = joint_text(page)
    told, spoken = speech(page, subjects, frames, backward)
    dates = Dates(page, document, day)
    parts = units(page, told, spoken)
    promises = Commitments(page, roles, dates, roles.joint).all(parts)
    positions = Positions(page, roles)
    found = Found(
        told,
        spoken,
        dates,
        promises,
        Meetings(page, subjects, dates).all(parts),
        Instruments(page).all(parts),
        positions.all(parts),
        positions.refusals(promises, parts),
    )
    return assemble(document, page, roles, found), page


def joint_text(page: Page) -> bool:
    """Whether the document speaks for several parties at once: it calls itself a joint text, or
    narrates "we"."""
    head = page.paras[0].end if page.paras else 0
    binding = len(page.tokens.places(page.lang.words("binding_modals"))) > 1
    for hit in page.tokens.hits.get("instrument", []):
        if page.tokens.start[hit.i] >= head:
            break
        if hit.entry.kind == "declaration" or (
            binding and hit.entry.kind in page.lang.words("binding_kinds")
        ):
            return True
    own = [m for m in page.mentions if m.kind == "pronoun" and m.office == "we" and not page.hidden[m.i]]
    return len(own) >= 2 and not page.quotes


def _blocks(document: Document, starts: object) -> list[tuple[int, int, str]]:
    """The carrier's blocks as folded offsets; an extracted text is folded one to one or mapped by
    bisection."""
    from bisect import bisect_left

    if not starts:
        return [(b.start, b.end, b.kind) for b in document.blocks]
    points: list[int] = list(starts)  # type: ignore[call-overload]
    return [(bisect_left(points, b.start), bisect_left(points, b.end), b.kind) for b in document.blocks]


def host(document: Document, page: Page) -> str:
    """The party of the publisher: named by its site, or by the country code of its address; else nobody's."""
    if document.site is None:
        return ""
    words = document.site.value.lower()
    named = [name for name in page.parties.order if name.lower() in words]
    if named:
        return named[0]
    from babel import Locale

    code = words.rsplit(".", 1)[-1].upper()
    name = Locale.parse(page.lang.code).territories.get(code, "")
    return name if name in page.parties.order else ""


def _saying(page: Page, frames: Frames) -> set[int]:
    """First tokens of mentions that are subjects of a verb of speech, or labels of turns."""
    found = {t.label.i for t in page.turns}
    for hit in page.tokens.hits.get("speech", []):
        if page.hidden[hit.i]:
            continue
        sentence = page.sentence_at(hit.i)
        subject = frames.s.before(hit.i, sentence.i) or frames.s.after(hit.j, sentence.j)
        if subject is not None:
            found.update(m.i for m in subject.mentions)
    return found


def _sources(page: Page) -> set[int]:
    """First tokens of mentions that a source phrase names: "according to S"."""
    found = {m.i for hit in page.tokens.hits.get("source", []) if (m := page.at.get(hit.j)) is not None}
    relayed = page.tokens.places(page.lang.words("relayed")) if "relay" in page.tokens.hits else ()
    return found | {m.i for k in relayed if (m := page.at.get(k + 1)) is not None}


def _without_dashes(page: Page, told: list[Frame], spoken: list[Spoken]) -> list[Frame]:
    """«– Q, – said S»: a paragraph that opens with a dash is direct speech; its tail frame becomes a
    quotation."""
    kept: list[Frame] = []
    open_paragraph = -1
    for f in told:
        paragraph = page.sentences[f.sentence].paragraph
        first = page.tokens.index(f.start)
        lead = page.tokens.index(page.paras[paragraph].start)
        speaks = page.tokens.word[lead] == "–" and page.lang.words("verb_first") and f.rule == "frame.tail"
        if speaks and paragraph != open_paragraph:  # the sentences before it are the speaker's too
            first = lead + 1
            f = replace(f, start=page.tokens.start[first])
        open_paragraph = paragraph
        dashed = first > 0 and page.tokens.word[first - 1] == "–" and page.lang.words("verb_first")
        starts = (
            dashed and page.paras[page.sentences[f.sentence].paragraph].start == page.tokens.start[first - 1]
        )
        if f.rule == "frame.tail" and starts:
            last = page.tokens.index(f.end)
            page.hidden[first:last] = b"\x01" * (last - first)  # no narration
            spoken.append(
                Spoken(f.start, f.end, "quote.dash", f.who, f.mention, f.cue, flags=("block",), verb=f.verb)
            )
        else:
            kept.append(f)
    return kept


def _one_speech(page: Page, spoken: list[Spoken]) -> list[Spoken]:
    """Paragraphs that are each opened and not closed, as far as the one that closes, are one speech: where
    only the last tells its speaker, he spoke all of them."""
    found = list(spoken)
    for n in range(len(found) - 1, 0, -1):
        last, before = found[n], found[n - 1]
        apart = page.folded.text[before.end : last.start]
        reopened = "unclosed" in before.flags and apart.strip(' "') == "\n" * apart.count("\n") != ""
        if reopened and last.who.names and not before.who.names:
            found[n - 1] = replace(before, who=last.who, rule="quote.reopened")
    return found


def speech(
    page: Page, subjects: Subjects, frames: Frames, backward: Backward
) -> tuple[list[Frame], list[Spoken]]:
    """All reported clauses and all quotations, read in one go so that pronouns see what came before."""
    attribution = Attribution(page, subjects, frames)
    told: list[Frame] = []
    spoken: list[Spoken] = []
    waiting = list(reversed(page.quotes))
    turns = list(page.turns)
    reach: list[int] = []  # how far the last reports go
    for number, sentence in enumerate(page.sentences):
        if sentence.paragraph == page.headline:
            continue
        end = page.tokens.end[sentence.j - 1]
        before = len(told)
        back = backward.of(sentence, number, max(reach, default=0))
        told += frames.of(sentence, number) if back is None else [back]
        reach = [f.end for f in told[-3:]]
        for frame in told[before:]:
            subjects.remember(frame.who)
            if not frame.who.names and frame.rule != "frame.impersonal":
                subjects.spoke_unnamed(sentence.i, sentence.j)
        main = subjects.main(sentence, sentence.j) if len(told) == before else None
        if main and main.mentions[0].kind != "party":
            subjects.remember(subjects.meant(main), main.mentions)
        while waiting and waiting[-1].opens < end:
            if (quote := attribution.of(waiting.pop(), told)) is not None:
                spoken.append(quote)
    spoken = _one_speech(page, spoken)
    told = _without_dashes(page, told, spoken)
    for turn in turns:
        who = subjects.roles.meant(turn.label)
        if not who.names:
            continue
        flags = () if turn.first else ("continuation",)
        mention = page.span_of(turn.label.i, turn.label.j)
        spoken.append(
            Spoken(
                turn.start, turn.end, "quote.turn", who, mention, None, "turn", f"turn-{turn.group}", flags
            )
        )
    return told, sorted(spoken, key=lambda q: (q.start, q.end))
