"""WorkTable: the working time of a calendar laid out once, by days and by unbroken spans."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.calendar.interval import DAY
from auditor.calendar.pattern import WorkPattern
from auditor.calendar.zone import ZoneClock

Stretch = tuple[int, int]


@dataclass(frozen=True)
class WorkTable:
    """Working time between the first and last local day; every time is in UTC seconds.

    ``starts[i]`` is the midnight that opens day ``first_day + i`` (one more closes the last day); ``hours[i]``
    are the stretches that open on it, ``parts[i]`` the working time inside that local day, ``worked[i]``
    the working seconds before it and ``counted[i]`` the working days up to and including it.
    ``working`` lists the working days. Span ``k`` is ``[opens[k], closes[k])`` and ``before[k]`` the working
    seconds before it; ``total`` are all of them.
    """

    first_day: int
    starts: tuple[int, ...]
    hours: tuple[tuple[Stretch, ...], ...]
    parts: tuple[tuple[Stretch, ...], ...]
    worked: tuple[int, ...]
    counted: tuple[int, ...]
    working: tuple[int, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    before: tuple[int, ...]
    total: int

    def works(self, index: int) -> bool:
        """Whether a stretch of work opens on day ``first_day + index``."""
        return bool(self.hours[index])


def lay_out(pattern: WorkPattern, clock: ZoneClock) -> WorkTable:
    """Compute the table of a pattern; shifts that run past the last day are cut at its end."""
    starts = tuple(clock.to_utc(day * DAY) for day in range(pattern.first_day, pattern.last_day + 2))
    hours = tuple(_in_utc(day, pattern, clock) for day in range(pattern.first_day, pattern.last_day + 1))
    counted, working = _count(pattern.first_day, hours)
    spans = _merge((stretch for stretches in hours for stretch in stretches), starts[-1])
    parts, worked = _split(spans, starts)
    before, total = _accumulate(spans)
    return WorkTable(
        pattern.first_day, starts, hours, parts, worked, counted, working,
        tuple(span[0] for span in spans), tuple(span[1] for span in spans), before, total,
    )  # fmt: skip


def _in_utc(day: int, pattern: WorkPattern, clock: ZoneClock) -> tuple[Stretch, ...]:
    """The stretches that open on ``day``; one that a change of clocks swallows is left out."""
    midnight = day * DAY
    found = ((clock.to_utc(midnight + it.open), clock.to_utc(midnight + it.close)) for it in pattern.hours(day))
    return tuple((open_, close) for open_, close in found if open_ < close)


def _count(first_day: int, hours: Iterable[tuple[Stretch, ...]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    counted: list[int] = []
    working: list[int] = []
    for day, stretches in enumerate(hours, first_day):
        if stretches:
            working.append(day)
        counted.append(len(working))
    return tuple(counted), tuple(working)


def _merge(stretches: Iterable[Stretch], end: int) -> list[Stretch]:
    """Unbroken spans in time order, cut at ``end``; time that stretches share counts once."""
    spans: list[Stretch] = []
    for open_, close in sorted(stretches):
        if spans and open_ <= spans[-1][1]:
            spans[-1] = (spans[-1][0], min(end, max(close, spans[-1][1])))
        elif open_ < end:
            spans.append((open_, min(close, end)))
    return spans


def _split(spans: list[Stretch], starts: tuple[int, ...]) -> tuple[tuple[tuple[Stretch, ...], ...], tuple[int, ...]]:
    """The working time inside each local day, and the working seconds before each day."""
    parts: list[tuple[Stretch, ...]] = []
    worked: list[int] = []
    done = index = 0
    for start, end in itertools.pairwise(starts):
        worked.append(done)
        today: list[Stretch] = []
        while index < len(spans) and spans[index][0] < end:
            open_, close = max(spans[index][0], start), min(spans[index][1], end)
            today.append((open_, close))
            done += close - open_
            if spans[index][1] > end:
                break
            index += 1
        parts.append(tuple(today))
    return tuple(parts), tuple(worked)


def _accumulate(spans: list[Stretch]) -> tuple[tuple[int, ...], int]:
    before: list[int] = []
    done = 0
    for open_, close in spans:
        before.append(done)
        done += close - open_
    return tuple(before), done
