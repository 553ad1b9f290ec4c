"""Conditions worked out over one row, with three truth values: True, False and None."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.reference.cells import read_moment
from tests.reference.clock import ReferenceCalendar
from tests.reference.grammar import Tree, parse
from tests.reference.values import Moment

Sight = Callable[[str], Any]
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Elapsed:
    """The difference of two times, in seconds, and how many of the two are only dates."""

    seconds: int
    dates: int = 0

    def tells(self, function: str) -> bool:
        """Whether it can be said in that unit: dates alone are so many days apart, but not so many hours."""
        return self.dates == 0 or (function == "days" and self.dates == 2)


def worth(condition: str | Tree, see: Sight, calendar: ReferenceCalendar) -> Any:
    """The value of an expression; ``see`` gives the value of a column (None for blank)."""
    return _Sum(see, calendar).of(parse(condition) if isinstance(condition, str) else condition)


def truth(condition: str | Tree | None, see: Sight, calendar: ReferenceCalendar) -> bool | None:
    """True, False or None (cannot be said); no condition at all is True."""
    if condition is None:
        return True
    value = worth(condition, see, calendar)
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{condition!r} is not a condition")
    return value


class _Sum:
    def __init__(self, see: Sight, calendar: ReferenceCalendar) -> None:
        self.see = see
        self.calendar = calendar

    def of(self, tree: Tree) -> Any:
        word = tree[0]
        if word == "value":
            return tree[1]
        if word == "name":
            return self.see(tree[1])
        if word in _COMPARE:
            return self.compare(word, self.of(tree[1]), self.of(tree[2]))
        return getattr(self, _PARTS[word])(*tree[1:])

    def conjunction(self, left: Tree, right: Tree) -> bool | None:
        sides = (self.of(left), self.of(right))
        return False if False in sides else None if None in sides else True

    def disjunction(self, left: Tree, right: Tree) -> bool | None:
        sides = (self.of(left), self.of(right))
        return True if True in sides else None if None in sides else False

    def negation(self, inner: Tree) -> bool | None:
        value = self.of(inner)
        return None if value is None else not value

    def absence(self, inner: Tree) -> bool:
        return self.of(inner) is None

    def membership(self, left: Tree, members: list[Tree]) -> bool | None:
        value = self.of(left)
        answers = [self.compare("=", value, self.of(member)) for member in members]
        return True if True in answers else None if None in answers else False

    def pattern(self, left: Tree, right: Tree) -> bool | None:
        text, pattern = self.of(left), self.of(right)
        if text is None or pattern is None:
            return None
        pieces = (".*" if char == "%" else "." if char == "_" else re.escape(char) for char in pattern)
        return re.fullmatch("".join(pieces), text, re.DOTALL) is not None

    def compare(self, sign: str, left: Any, right: Any) -> bool | None:
        if left is None or right is None:
            return None
        left, right = self.moment(left, right), self.moment(right, left)
        if isinstance(left, Moment) and isinstance(right, Moment):
            return self.in_order(sign, left, right)
        if _sort(left) != _sort(right):
            raise ValueError(f"{left!r} and {right!r} cannot be compared")
        return _COMPARE[sign](left, right)

    def moment(self, value: Any, other: Any) -> Any:
        """A text beside a time is a local time; a date is one only beside another date, else its midnight."""
        if isinstance(value, Moment) or not isinstance(other, Moment):
            return value
        read = read_moment(value, self.calendar.zone)
        return Moment(read.utc, read.dateonly and other.dateonly)

    def in_order(self, sign: str, left: Moment, right: Moment) -> bool | None:
        """On one day a bare date and a time of day cannot be ordered."""
        same_day = self.calendar.day(left.utc) == self.calendar.day(right.utc)
        if left.dateonly != right.dateonly and same_day:
            return None
        return _COMPARE[sign](left.utc, right.utc)

    def add(self, left: Tree, right: Tree) -> Any:
        sides = self.of(left), self.of(right)
        return None if None in sides else sides[0] + sides[1]

    def subtract(self, left: Tree, right: Tree) -> Any:
        first, second = self.of(left), self.of(right)
        if first is None or second is None:
            return None
        if isinstance(first, Moment):
            return Elapsed(first.utc - second.utc, first.dateonly + second.dateonly)
        return first - second

    def multiply(self, left: Tree, right: Tree) -> Any:
        sides = self.of(left), self.of(right)
        return None if None in sides else sides[0] * sides[1]

    def choose(self, branches: list[Tree], otherwise: Tree) -> Any:
        for _, condition, value in branches:
            if self.of(condition) is True:
                return self.of(value)
        return self.of(otherwise)

    def call(self, function: str, arguments: list[Tree]) -> Any:
        values = [self.of(argument) for argument in arguments]
        if function == "coalesce":
            return next((value for value in values if value is not None), None)
        if None in values:
            return None
        if isinstance(values[0], Elapsed) and not values[0].tells(function):
            return None
        if function in ("day", "year", "month"):
            return self.calendar_part(function, values[0])
        return _FUNCTIONS[function](*values)

    def calendar_part(self, part: str, moment: Moment) -> int:
        local = self.calendar.day(moment.utc)
        return {"day": local.toordinal() - 719163, "year": local.year, "month": local.month}[part]


_PARTS = {
    "and": "conjunction",
    "or": "disjunction",
    "not": "negation",
    "is null": "absence",
    "in": "membership",
    "like": "pattern",
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "case": "choose",
    "call": "call",
}

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "length": len,
    "lower": str.lower,
    "trim": lambda text: text.strip(" "),
    "abs": abs,
    "contains": lambda text, part: part in text,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
    "minutes": lambda gap: Fraction(gap.seconds, 60),
    "hours": lambda gap: Fraction(gap.seconds, 3600),
    "days": lambda gap: Fraction(gap.seconds, 86400),
}


def _sort(value: Any) -> str:
    if isinstance(value, bool):
        return "yes/no"
    return "text" if isinstance(value, str) else "number"
