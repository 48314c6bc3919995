"""Sentences of a verdict as values: a message id and what fills it; words only when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from travaux import messages
from travaux.acts.fault import Fault

Name = Callable[[str], str]


class Id(str):
    """The id of a thing inside a sentence; a reader sees its name where one is known."""

    __slots__ = ()


class Ids(tuple[str, ...]):
    """Several ids inside a sentence, read as a list of names."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """`code` is a message id of the area ``rules``; `values` hold ids, numbers, days and other sentences."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, tuple(self.values.items())))

    def say(self, lang: str = "en", name: Name = str) -> str:
        """The sentence in words; `name` turns an id into what people call the thing."""
        return messages.say(self.code, filled(self.values, lang, name), lang)

    def fault(self, lang: str = "en", name: Name = str) -> Fault:
        """The same as a fault, with its remedy where the catalogue has one."""
        return Fault(self.code, values=filled(self.values, lang, name))


def sentence(code: str, **values: object) -> Sentence:
    """``sentence("objects", party=Id("arvia"))``: the sentence ``rules.objects`` with its values."""
    return Sentence(f"rules.{code}", values)


def filled(values: Mapping[str, object], lang: str, name: Name) -> dict[str, object]:
    """The values of a sentence as words."""
    return {key: _word(value, lang, name) for key, value in values.items()}


def _word(value: object, lang: str, name: Name) -> object:
    match value:
        case Sentence():
            return value.say(lang, name)
        case Id():
            return name(str(value))
        case Ids():
            return ", ".join(name(v) for v in value)
        case tuple():
            return "; ".join(str(_word(v, lang, name)) for v in value)
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M %Z").rstrip()
        case date():
            return value.isoformat()
        case _:
            return value
