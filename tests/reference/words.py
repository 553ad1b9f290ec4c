"""The words of a condition: names, literals, operators."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)?)"
    r"|(?P<sign><>|!=|<=|>=|[=<>+\-*(),]))"
)
KEYWORDS = frozenset(
    ("and", "or", "not", "in", "between", "like", "is", "null", "true", "false", "case", "when", "then", "else", "end")
)


@dataclass(frozen=True)
class Word:
    """One word: its sort ('text', 'number', 'name', 'sign', 'keyword', 'end') and its spelling."""

    sort: str
    spelling: str


def split(condition: str) -> list[Word]:
    """The words of a condition, closed by an 'end'; ValueError at a character that begins none."""
    words, place = [], 0
    rest = condition.rstrip()
    while place < len(rest):
        found = _WORD.match(rest, place)
        if not found:
            raise ValueError(f"cannot read {rest[place:]!r}")
        words.append(_word(str(found.lastgroup), found[str(found.lastgroup)]))
        place = found.end()
    return [*words, Word("end", "")]


def _word(sort: str, spelling: str) -> Word:
    if sort == "text":
        return Word(sort, spelling[1:-1].replace("''", "'"))
    if sort == "name" and spelling.lower() in KEYWORDS:
        return Word("keyword", spelling.lower())
    return Word(sort, spelling)
