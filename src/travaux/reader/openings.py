"""With which words a pattern can begin: read off the pattern itself, so that only the forms that can match
at a word are tried there."""

from __future__ import annotations

import re

DIGIT = "0"  # stands for every word that begins with a digit
_WORD = re.compile(r"[^\W\d_]+")
_LOOK = re.compile(r"\(\?<?[=!]")


def first_words(pattern: str) -> frozenset[str]:
    """The first words, in lower case, of all texts that `pattern` matches; `DIGIT` for a number.

    Understood are groups, alternatives, "?" after a group, classes of digits, looks around; a pattern of
    another kind begins with nothing.
    """
    return frozenset(w for branch in _branches(pattern) for w in _of_branch(branch))


def _branches(pattern: str) -> list[str]:
    """The alternatives of a pattern at its outermost level."""
    found, depth, start, i = [], 0, 0, 0
    while i < len(pattern):
        char = pattern[i]
        if char == "\\":
            i += 1
        elif char == "[":
            i = pattern.index("]", i + 1)
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and depth == 0:
            found.append(pattern[start:i])
            start = i + 1
        i += 1
    return [*found, pattern[start:]]


def _closing(pattern: str, opening: int) -> int:
    """The place of the bracket that closes the one at `opening`."""
    depth, i = 0, opening
    while i < len(pattern):
        char = pattern[i]
        if char == "\\":
            i += 1
        elif char == "[":
            i = pattern.index("]", i + 1)
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return i
        i += 1
    raise ValueError(pattern)


def _of_branch(branch: str) -> set[str]:
    found: set[str] = set()
    rest = branch
    while rest:
        if rest[0] == "(":
            end = _closing(rest, 0)
            group, rest = rest[: end + 1], rest[end + 1 :]
            if _LOOK.match(group):
                continue
            inner = group[group.index(">") + 1 : -1] if group.startswith("(?P<") else group[3:-1]
            found |= first_words(inner)
            if rest[:1] != "?":
                return found
            rest = rest[1:].lstrip()
        elif rest[0] == "[" or rest.startswith("\\d"):
            return found | {DIGIT}
        elif rest[0] == " ":
            rest = rest[1:].removeprefix("?")
        else:
            plain = rest.replace("\\", "")
            word = _WORD.match(plain)
            return found | ({word[0].lower()} if word else {DIGIT} if plain[0].isdigit() else set())
    return found
