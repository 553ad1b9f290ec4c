"""What a cell can hold, and what is known about a record type."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


@dataclass(frozen=True, order=True)
class Moment:
    """An instant in UTC seconds; a date without a time of day is its local midnight with ``dateonly``."""

    utc: int
    dateonly: bool = False


class Mark(Enum):
    """A cell that holds no value although it is not blank."""

    UNREADABLE = "unreadable"
    NOT_APPLICABLE = "not applicable"


UNREADABLE = Mark.UNREADABLE
NOT_APPLICABLE = Mark.NOT_APPLICABLE

Row = dict[str, Any]
Verdict = tuple[str, str]


@dataclass(frozen=True)
class RecordSpec:
    """A record type: its key column, its time column and the type word of every column."""

    key: str | None
    time: str | None
    types: dict[str, str] = field(default_factory=dict)


def known(cell: Any) -> Any:
    """The value of a cell; None for a blank, an unreadable and a not applicable one."""
    return None if isinstance(cell, Mark) else cell
