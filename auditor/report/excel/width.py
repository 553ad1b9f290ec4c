"""Widths of columns and heights of rows: a Chinese character is as wide as two Latin ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from unicodedata import east_asian_width

MOST_LOOKED_AT = 60
LINE = 15.0
"""Points that a line of text takes."""


class _Widths(dict[str, int]):
    """The width of each character that was met."""

    def __missing__(self, mark: str) -> int:
        self[mark] = 2 if east_asian_width(mark) in "WFA" else 1
        return self[mark]


_WIDTH = _Widths().__getitem__


def text_width(text: str) -> int:
    """The width of the widest line in Latin characters; only the first ``MOST_LOOKED_AT`` of a line count."""
    return max((_line(line[:MOST_LOOKED_AT]) for line in text.split("\n")), default=0)


def value_width(value: object) -> int:
    """How wide a value is shown."""
    if isinstance(value, datetime):
        return 16
    if isinstance(value, timedelta):
        return 8
    if isinstance(value, float):
        return 7
    return 0 if value is None else text_width(str(value))


def lines_needed(text: str, width: float) -> int:
    """How many lines ``text`` takes in a column of this width."""
    room = max(int(width) - 2, 1)
    return sum(max(1, -(-_line(line) // room)) for line in text.split("\n"))


@lru_cache(maxsize=8192)
def _line(line: str) -> int:
    return len(line) if line.isascii() else sum(map(_WIDTH, line))
