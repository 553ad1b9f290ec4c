"""Spelling: how a name is written, with what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from auditor.fold import fold
from auditor.intake.values.text import read_person

_BRACKETED = re.compile(r"(?P<name>.*[^\s(])\s*\((?P<beside>[^()]+)\)")
_NUMBERED = re.compile(r"(?P<name>[^\d\s()]+?)[-_/\s]?(?P<beside>[A-Za-z]{0,3}\d+)")
_NUMBER_FIRST = re.compile(r"(?P<beside>[A-Za-z]{0,3}\d+)[-_/\s]?(?P<name>[^\d\s()]+)")
_TITLE = re.compile(
    r".*(长|经理|主管|主任|领班|员|师|工|总监|助理|顾问|客服|管家|督导|总|代班|实习|实习生|老师)|(?:[a-z]{2,})"
)


@dataclass(frozen=True)
class Spelling:
    """A name as it was written: ``name`` without spaces that do not matter, and what stood ``beside`` it."""

    name: str
    beside: str | None = None

    @property
    def numbered(self) -> bool:
        """A number stands beside the name."""
        return self.beside is not None and any(character.isdigit() for character in self.beside)

    @property
    def titled(self) -> bool:
        """A post stands beside the name, and so nothing that tells the person from another."""
        return self.beside is not None and not self.numbered and _TITLE.fullmatch(fold(self.beside)) is not None


def called(name: str, beside: str) -> str:
    """How a person is called whose name alone is not enough: ``张敏（A017）``."""
    return f"{name}（{beside}）"


@lru_cache(maxsize=65536)
def spelling(text: str) -> Spelling:
    """``text`` taken apart: 张 敏 (店长), 张敏A017 and A017 张敏 are a name with something beside it."""
    word = str(read_person(text).value)
    if word.isalpha():
        return Spelling(word)
    found = _BRACKETED.fullmatch(word) or _NUMBERED.fullmatch(word) or _NUMBER_FIRST.fullmatch(word)
    if found is None:
        return Spelling(word)
    return Spelling(str(read_person(found["name"]).value), found["beside"].strip())
