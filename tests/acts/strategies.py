"""Hypothesis strategies for every kind of act, built from the structs: a new kind is covered at once.

`acts()` gives acts of any kind, `acts_of(kind)` of one; `words()` gives texts, nasty ones among them.
Tests that use them take the settings `PATIENT`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from msgspec import Meta

from travaux.acts.base import Act
from travaux.acts.vocabulary import CLASSES, kinds
from travaux.acts.when import When

# Building the strategies of all kinds takes a second at first: no sign of bad generation.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NASTY = (
    "null", "true", "no", "~", "1", "2031-03-03", "0x1f", "1:30", "-", "- a", "a: b", "a:", ": a", "a #b",
    "#a", "a, b", "[a]", "{a: b}", "&a", "*a", "!a", "| a", "> a", "%a", "@a", "`a", "'", '"', "\\",
    "\\n", "it's", "a\nb", "a\nb\n", "\na", "a\n\n\n", " a\nb", "a \nb", "a\n b", "a\n\n  b\n", "\n",
    "\n\n", "a\tb", "\ta\nb", "a\r\nb", "\x85", "\u2028", "\ufeff", "\u202eabc", "a\xa0b", "---", "...",
    "---\n---", "<<", "=", "?", "? a", " a", "a ", "a  b", "Программа порта", "«Порт»", "“x”",
    "\U0001f600", "\x00", "\x1b[31m", "on", "act: table", "a?", "a?b", "a:b", "a::b", "http://a/b?c=d#e",
    "#", "a#", "a\n#b\nc", "x" * 200, ("long words " * 30).strip(),
)  # fmt: skip


@cache
def words(min_size: int = 0, max_size: int = 40) -> st.SearchStrategy[str]:
    """Texts as acts may hold them: any characters but lone surrogates, and what a notation trips over."""
    plain = st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=max_size
    )
    lines = st.text("ab :#-\n\t\"'|{}[],", max_size=max_size)
    texts = st.one_of(plain, lines, st.sampled_from(NASTY))
    return texts.filter(lambda t: min_size <= len(t)) if min_size else texts


def days() -> st.SearchStrategy[date]:
    """Days that a negotiation may name, and the first and last ones there are."""
    return st.dates(date(1000, 1, 1), date(9999, 12, 31)) | st.dates(date(1990, 1, 1), date(2040, 12, 31))


@cache
def whens() -> st.SearchStrategy[When]:
    """Every written form of a date."""
    return _whens()


@st.composite
def _whens(draw: st.DrawFn) -> When:
    first = draw(days())
    last = min(first + timedelta(days=draw(st.integers(0, 400))), date.max) if first.year < 9990 else first
    forms = [
        f"{first}", f"{first:%Y-%m}", f"{first:%Y}", f"{first:%Y}-Q{draw(st.integers(1, 4))}",
        f"{first:%Y}-H{draw(st.integers(1, 2))}", f"{first}/{last}", f"{first:%Y-%m}/{last:%Y-%m}",
        f"by {first}", f"../{first:%Y-%m}", f"from {first}", f"{first}/..",
        f"{first}T18:00+03:00", f"{first}T23:59:59Z", f"{first}T00:00-11:30",
    ]  # fmt: skip
    text = draw(st.sampled_from(forms))
    said = draw(st.just("") | st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"')))
    when = When.parse(f'{text} "{said}"' if said else text)
    assert isinstance(when, When), text
    return when


def acts() -> st.SearchStrategy[Act]:
    """Acts of every kind."""
    return st.sampled_from(kinds()).flatmap(acts_of)


@cache
def acts_of(kind: str) -> st.SearchStrategy[Act]:
    """Acts of one kind."""
    return _struct(CLASSES[kind])


@cache
def _struct(wanted: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    fields = msgspec.structs.fields(wanted)
    required = {f.name: _of(f.type) for f in fields if f.required}
    optional = {f.name: _of(f.type) for f in fields if not f.required}
    return st.fixed_dictionaries(required, optional=optional).map(lambda given: wanted(**given))


def _of(wanted: Any) -> st.SearchStrategy[Any]:
    """Values of the type `wanted`, with what its `Meta` asks of them."""
    metas = [m for m in get_args(wanted)[1:] if isinstance(m, Meta)] if _is(wanted, Annotated) else []
    bare = get_args(wanted)[0] if _is(wanted, Annotated) else wanted
    args, origin = get_args(bare), get_origin(bare)
    if _is(bare, Annotated):
        return _of(bare)
    if origin in (Union, UnionType):
        return st.one_of(*(_of(a) for a in args))
    if origin is Literal:
        return st.sampled_from(args)
    if origin is tuple:
        least = max((m.min_length or 0 for m in metas), default=0)
        return st.lists(_of(args[0]), min_size=least, max_size=least + 3).map(tuple)
    if origin is dict:
        return st.dictionaries(_of(args[0]), _of(args[1]), max_size=3)
    return _scalar(bare, metas)


def _scalar(bare: Any, metas: list[Meta]) -> st.SearchStrategy[Any]:
    if bare is str:
        return _text(metas)
    if bare is int:
        least = max((int(m.ge or 0) for m in metas), default=-(2**53))
        most = min((int(m.le) for m in metas if m.le is not None), default=2**53)
        return st.integers(least, most)
    known = {bool: st.booleans(), When: whens(), NoneType: st.none()}
    if bare in known:
        return known[bare]
    assert issubclass(bare, msgspec.Struct), f"no strategy for {bare}"
    return st.deferred(lambda: _struct(bare))


def _text(metas: list[Meta]) -> st.SearchStrategy[str]:
    for meta in metas:
        if meta.pattern:
            return _matching(meta.pattern)
    least = max((m.min_length or 0 for m in metas), default=0)
    most = min((m.max_length or 40 for m in metas), default=40)
    return (
        words(least).filter(lambda t: len(t) <= most)
        if most < 40
        else words(least).map(lambda t: t[: max(most, 80)])
    )


@cache
def _matching(pattern: str) -> st.SearchStrategy[str]:
    """Texts of one pattern; those of the most usual ones without the cost of any pattern whatever."""
    if choice := re.match(r"\^\(([a-z_]+(?:\|[a-z_]+)*)\)(\??)\$\Z", pattern):
        return st.sampled_from(choice[1].split("|") + [""] * len(choice[2]))
    if pattern == "^[0-9a-f]{64}$":
        return st.integers(0, 2**256 - 1).map(lambda n: f"{n:064x}")
    return st.from_regex(pattern.replace("$", r"\Z"))


def _is(wanted: Any, origin: Any) -> bool:
    return get_origin(wanted) is origin
