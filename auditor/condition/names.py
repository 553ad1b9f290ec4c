"""Names: what a condition may refer to, and what each name is in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from auditor.records import FieldType


class ValueType(StrEnum):
    """The types a condition computes with; text never compares with numbers."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    SPAN = "difference of two times"
    YESNO = "yes/no"
    CLOCK = "clock"
    NULL = "null"


OF_FIELD = {
    FieldType.ID: ValueType.TEXT,
    FieldType.TEXT: ValueType.TEXT,
    FieldType.PERSON: ValueType.TEXT,
    FieldType.TIME: ValueType.TIME,
    FieldType.NUMBER: ValueType.NUMBER,
    FieldType.INTEGER: ValueType.NUMBER,
    FieldType.YESNO: ValueType.YESNO,
    FieldType.CLOCK: ValueType.CLOCK,
}


@dataclass(frozen=True)
class Value:
    """An SQL expression with its type; ``dateonly`` is SQL that is true where a time is only a date."""

    sql: str
    type: ValueType
    dateonly: str | None = None


class Names(Protocol):
    """Resolves the names of a condition. ``qualifier`` is a lookup's name, or ``None`` for the record itself."""

    def value(self, qualifier: str | None, column: str) -> Value | None:
        """The value a name stands for, or ``None`` when there is no such name."""
        ...

    def suggestions(self, qualifier: str | None) -> Iterable[str]:
        """Every name that would be valid here, for the hint after a typo."""
        ...

    def instant(self, text: str) -> int | None:
        """UTC seconds of local wall time ``text``, or ``None`` when it is not a date or time."""
        ...

    def local_day(self, sql: str) -> str:
        """SQL of the local day number (days since 1970-01-01) of UTC seconds ``sql``."""
        ...
