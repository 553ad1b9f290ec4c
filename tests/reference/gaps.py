"""The gaps of a cadence: never longer than so much without an event while the doors are open."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from tests.reference.budget import read_duration
from tests.reference.clock import ONE_DAY, Span
from tests.reference.roster import Member, first_day
from tests.reference.scope import FAIL, PASS, PENDING, UNKNOWN
from tests.reference.values import Verdict
from tests.reference.world import World

_SECONDS = {"s": 1, "min": 60, "h": 3600}


def judge_gaps(world: World, member: Member) -> dict[str, Verdict]:
    """One obligation for each gap, called after the local time it begins."""
    out: dict[str, Verdict] = {}
    assert member.first is not None
    day, today = member.first, world.calendar.day(world.as_of)
    while day <= min(today, member.last or today):
        for span in _open(world, member, day) if member.in_force(day) else []:
            out |= _gaps(world, member, day, span)
        day += ONE_DAY
    return out


def _open(world: World, member: Member, day: date) -> list[Span]:
    """The open spans of a day that have begun."""
    hours = world.rule["hours"]
    if isinstance(hours, str):
        spans = world.calendars[hours].spans(day)
    else:
        opens, closes = member.row[hours["from"]], member.row[hours["to"]]
        spans = [(world.calendar.at(day, opens), world.calendar.at(day, closes + (86400 if closes <= opens else 0)))]
    return [span for span in spans if span[0] < world.as_of]


def _gaps(world: World, member: Member, day: date, span: Span) -> dict[str, Verdict]:
    begin, end = span[0], min(span[1], world.as_of)
    times = {time.utc for time in member.events.sure if not time.dateonly and begin <= time.utc < span[1]}
    instants = sorted({begin, end} | times)
    running = world.as_of < span[1] and world.as_of not in times
    out: dict[str, Verdict] = {}
    for start, stop in pairwise(instants):
        still_open = running and stop == end
        out[f"{member.key}/{world.calendar.label(start)}"] = _decide(world, member, day, (start, stop), still_open)
    return out


def _decide(world: World, member: Member, day: date, gap: Span, still_open: bool) -> Verdict:
    amount, unit = read_duration(world.rule["max_gap"])
    if gap[1] - gap[0] <= amount * _SECONDS[unit]:
        return (PENDING, "running") if still_open else (PASS, "short enough")
    if _perhaps_broken(world, member, gap):
        return UNKNOWN, "perhaps an event"
    log_begins = first_day(world)
    early = log_begins is None or day < log_begins
    return (UNKNOWN, "log starts later") if early else (FAIL, "too long")


def _perhaps_broken(world: World, member: Member, gap: Span) -> bool:
    """Whether an uncertain event, or one with a date and no time, may lie in the gap."""
    day = world.calendar.day
    for time in member.events.maybe + [time for time in member.events.sure if time.dateonly]:
        if time is None or (
            day(gap[0]) <= day(time.utc) <= day(gap[1]) if time.dateonly else gap[0] < time.utc < gap[1]
        ):
            return True
    return False
