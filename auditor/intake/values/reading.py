"""Reading: what one cell was understood as, or why it could not be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

Value = str | int | float | bool | None


class State(IntEnum):
    """How a cell was understood; the numbers stand in DuckDB while a column is read."""

    READ = 0
    BLANK = 1
    INAPPLICABLE = 2
    UNREADABLE = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with its state; an unreadable one says what is wrong and what to do."""

    value: Value = None
    state: State = State.READ
    dateonly: bool = False
    code: str = ""
    what: str = ""
    remedy: str = ""


BLANK = Reading(state=State.BLANK)
INAPPLICABLE = Reading(state=State.INAPPLICABLE)


def refuse(code: str, what: str, remedy: str) -> Reading:
    """A Reading that says why the cell could not be read."""
    return Reading(state=State.UNREADABLE, code=code, what=what, remedy=remedy)
