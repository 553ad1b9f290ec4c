"""Figures moved by one step of their own: numbers, durations, times of day, periods and words to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.duration import Duration
from auditor.rulebook.mutants.slip import Slip

_BORDERS = {
    "s": "a second", "min": "a second", "h": "a minute", "bh": "a working minute",
    "d": "a day", "wd": "a working day", "mon": "a day", "y": "a day",
}  # fmt: skip
_DAYS = re.compile(r"([0-9]+)d")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DAY = 24 * 60


def numbers(value: int | float) -> Iterator[Slip]:
    """One up and one down, in the last digit that is written; never below zero."""
    for moved in moved_numbers(str(value)):
        now: int | float = int(moved) if isinstance(value, int) else float(moved)
        yield Slip(now, str(value), moved, f"one that comes to exactly {value} and one that comes to {moved}")


def moved_numbers(text: str) -> list[str]:
    """The number one step of its last digit up and down; ``9.50`` becomes ``9.51`` and ``9.49``."""
    digits = len(text.partition(".")[2])
    scaled = round(float(text) * 10**digits)
    return [f"{moved / 10**digits:.{digits}f}" for moved in (scaled + 1, scaled - 1) if moved >= 0]


def durations(value: Duration) -> Iterator[Slip]:
    """One of its own unit longer and shorter."""
    for amount in (value.amount + 1, value.amount - 1):
        if amount >= 0:
            now = str(Duration(amount, value.unit))
            lacks = f"one that is due exactly at {value} and one {_BORDERS[value.unit]} later"
            yield Slip(now, str(value), now, lacks)


def periods(value: str) -> Iterator[Slip]:
    """A period of days one longer and shorter; one of the calendar the next longer."""
    longer = {"week": "month", "month": "quarter", "quarter": "year", "year": "quarter"}
    if found := _DAYS.fullmatch(value):
        others = [f"{int(found[1]) + 1}d", f"{int(found[1]) - 1}d"]
    else:
        others = [longer[value]] if value in longer else []
    for other in others:
        yield Slip(other, value, other, f"one that counts {value} and {other} differently")


def clocks(value: str) -> Iterator[Slip]:
    """A time of day one minute later and earlier."""
    if found := _CLOCK.fullmatch(value):
        minutes = int(found[1]) * 60 + int(found[2])
        for moved in (minutes + 1, minutes - 1):
            if 0 <= moved < _DAY:
                now = f"{moved // 60:02}:{moved % 60:02}"
                yield Slip(now, value, now, f"one at exactly {value} and one at {now}")


def choices(value: object, options: Sequence[object]) -> Iterator[Slip]:
    """Each other word that could stand there."""
    for other in options:
        if other != value:
            yield Slip(other, str(value), str(other), f"one that '{value}' and '{other}' judge differently")
