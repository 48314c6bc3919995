"""A comparison as one self-contained HTML page: semantic, readable aloud, printable, safe for right-to-left.

Every paragraph of the new text stands in it, those that are gone at the place they had, moves linked both
ways. No script, nothing loaded. Characters that steer the order of letters are shown by their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from travaux import messages
from travaux.text.compare.result import Aspect, Comparison, Fate, Piece, Unit
from travaux.text.compare.shown import destination, summary, told_move
from travaux.text.compare.visible import blanks, visible

_STYLE = """
:root { color-scheme: light dark; --del: #8c1d18; --ins: #0b5d2a; --note: #5a5a5a; --line: #c9c9c9 }
@media (prefers-color-scheme: dark) {
  :root { --del: #ffb4ab; --ins: #8fd8a5; --note: #b8b8b8; --line: #555 } }
body { font: 1rem/1.55 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.3rem; line-height: 1.3 } h2 { font-size: 1.05rem }
p { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 .8rem; scroll-margin-top: 1rem }
del, ins { unicode-bidi: isolate; font-weight: 600 }
del { color: var(--del); text-decoration: line-through 2px }
ins { color: var(--ins); text-decoration: underline 2px }
.form { color: inherit; font-weight: 400; text-decoration-style: dotted; text-decoration-thickness: 1px }
.note { color: var(--note); font: .85rem/1.4 system-ui, sans-serif; margin-bottom: .2rem }
.moved { border-inline-start: 3px double var(--line); padding-inline-start: .8rem }
.tell { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt } p { orphans: 2; widows: 2 }
  del, ins { print-color-adjust: exact } a { color: inherit } }
"""


def page(
    comparison: Comparison,
    names: tuple[str, str],
    *,
    only_substance: bool = False,
    lang: str = "",
) -> str:
    """The page. `names` are those of the two versions; `lang` is the language of the texts, if known."""
    title = messages.say("compare.title", {"old": names[0], "new": names[1]})
    same = not comparison.changes and not comparison.moves
    told = summary(comparison.tally, same=same, only_substance=only_substance)
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta name="viewport" content="width=device-width">\n',
        f"<title>{_plain(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n",
        f'<header>\n<h1 dir="auto">{_plain(title)}</h1>\n<ul>\n',
        *(f"<li>{_plain(line)}</li>\n" for line in told),
        f'</ul>\n<p class="note">{_plain(messages.say("compare.legend"))}</p>\n</header>\n',
        *_moves(comparison),
        f'<main lang="{escape(lang)}">\n',
        *(_unit(unit, comparison, only_substance) for unit in comparison.units),
        "</main>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def _plain(text: str) -> str:
    return escape(visible(text), quote=True)


def _moves(comparison: Comparison) -> Iterator[str]:
    if not comparison.moves:
        return
    heading = messages.say("compare.moved_list")
    yield f'<nav aria-labelledby="moves">\n<h2 id="moves">{_plain(heading)}</h2>\n<ul>\n'
    for move in comparison.moves:
        yield f'<li><a href="#to-{move.number}">{_plain(told_move(move))}</a></li>\n'
    yield "</ul>\n</nav>\n"


def _unit(unit: Unit, comparison: Comparison, only_substance: bool) -> str:
    """One paragraph of the page."""
    if unit.fate is Fate.LEFT:
        told = messages.say("compare.to", {"move": unit.move, "new": destination(comparison, unit)})
        anchor, link = f"from-{unit.move}-{unit.old[0]}", f'<a href="#to-{unit.move}">{_plain(told)}</a>'
        return f'<p class="note" id="{anchor}">{link}</p>\n'
    body = "".join(_pieces(unit, only_substance))
    if unit.fate is not Fate.MOVED:
        return f'<p dir="auto"{_anchors(unit)}>{body}</p>\n'
    told = messages.say("compare.from", {"move": unit.move, "old": _range(unit.old)})
    first = _first_of(unit, comparison)
    anchor = f' id="to-{unit.move}"' if first else ""
    link = f'<a href="#from-{unit.move}-{unit.old[0]}">{_plain(told)}</a>'
    return f'<div class="moved"{anchor}>\n<p class="note">{link}</p>\n<p dir="auto">{body}</p>\n</div>\n'


def _first_of(unit: Unit, comparison: Comparison) -> bool:
    return next(u for u in comparison.units if u.move == unit.move and u.new) is unit


def _range(numbers: tuple[int, ...]) -> str:
    return "–".join(map(str, numbers))


def _anchors(unit: Unit) -> str:
    """The id of a paragraph: its number in the new text, or in the old one where it is gone."""
    return f' id="p{unit.new[0]}"' if unit.new else f' id="old{unit.old[0]}"'


def _pieces(unit: Unit, only_substance: bool) -> Iterator[str]:
    told: set[tuple[int, bool]] = set()
    for k, piece in enumerate(unit.pieces):
        if piece.move:
            first = (piece.move, bool(piece.old)) not in told
            told.add((piece.move, bool(piece.old)))
            yield _travelled(piece, first)
        elif k == 0 and piece.aspect is Aspect.SPACE:
            continue  # white space between two paragraphs is counted, and not drawn
        elif piece.aspect is Aspect.KEPT or (only_substance and not piece.substance):
            yield _plain(piece.new.lstrip() if k == 0 else piece.new)
        else:
            yield _change(piece, first=k == 0)


def _travelled(piece: Piece, first: bool) -> str:
    """A sentence that went or came: marked, and linked to its other place."""
    here, there = ("from", "to") if piece.old else ("to", "from")
    anchor = f' id="{here}-{piece.move}"' if first else ""
    tag, words = ("del", piece.old) if piece.old else ("ins", piece.new)
    arrow = (
        f'<a href="#{there}-{piece.move}"{anchor}>{"→" if piece.old else "←"}{piece.move}</a> '
        if first
        else ""
    )
    return f'{arrow}<{tag} class="travelled">{_hint(tag)}{_plain(words)}</{tag}>'


def _change(piece: Piece, *, first: bool) -> str:
    kind = "" if piece.substance else ' class="form"'
    sides = []
    for tag, words in (("del", piece.old), ("ins", piece.new)):
        shown = words.lstrip() if first else words
        if piece.aspect is Aspect.SPACE or (words and not words.strip()):
            sides.append(f"<{tag}{kind}>{_hint(tag)}{escape(blanks(words))}</{tag}>" if words else "")
        elif shown:
            sides.append(f"<{tag}{kind}>{_hint(tag)}{_plain(shown)}</{tag}>")
    return "".join(sides) + (_plain(piece.new) if piece.aspect is Aspect.SPACE and not first else "")


def _hint(tag: str) -> str:
    """Words that only a screen reader says: many do not tell deletions and insertions."""
    told = messages.say("compare.deleted_hint") if tag == "del" else messages.say("compare.inserted_hint")
    return f'<span class="tell" dir="ltr">{_plain(told)}</span>'
