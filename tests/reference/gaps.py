"""The gaps of a cadence: never longer than so much without an event while the doors are open, or in a whole span."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from tests.reference.budget import read_duration
from tests.reference.clock import ONE_DAY, Span
from tests.reference.roster import Member, event_column, first_day
from tests.reference.scope import FAIL, PASS, PENDING, UNKNOWN
from tests.reference.values import Verdict, known
from tests.reference.world import World

_SECONDS = {"s": 1, "min": 60, "h": 3600}
FOREVER = 10**12


def judge_gaps(world: World, member: Member) -> dict[str, Verdict]:
    """One obligation for each gap, called after the local time it begins."""
    if world.rule.get("hours"):
        return _within_hours(world, member)
    if _hourly(world) and world.rule.get("for") and any(time and time.dateonly for time in _ends(world, member)):
        return {f"{member.key}/?": (UNKNOWN, "date only")}
    out: dict[str, Verdict] = {}
    for stretch in _stretches(world, member):
        out |= _gaps(world, member, None, stretch)
    return out


def _hourly(world: World) -> bool:
    return read_duration(world.rule["max_gap"])[1] in _SECONDS


def _ends(world: World, member: Member) -> tuple[Any, Any]:
    """The times at which a member's span begins and ends (None: it runs on)."""
    roster = world.rule.get("for")
    if not roster:
        times = [known(row.get(event_column(world))) for row in world.rows(world.rule["of"]["record"])]
        return min(time for time in times if time), None
    begin, end = (known(member.row.get(roster.get(name))) for name in ("from", "to"))
    return begin, end


def _stretches(world: World, member: Member) -> list[Span]:
    """The span of a member without its suspension; a stretch that has not begun is left out."""
    begin, end = _ends(world, member)
    spans = [(begin.utc, FOREVER if end is None else end.utc)]
    for away, back in member.away:
        if back is None or away <= back:
            left = world.calendar.midnight(away)
            returned = FOREVER if back is None else world.calendar.midnight(back + ONE_DAY)
            spans = [(spans[0][0], min(spans[0][1], left)), (max(spans[0][0], returned), spans[0][1])]
    return [span for span in spans if span[0] < span[1] and span[0] < world.as_of]


def _within_hours(world: World, member: Member) -> dict[str, Verdict]:
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


def _gaps(world: World, member: Member, day: date | None, span: Span) -> dict[str, Verdict]:
    begin, end = span[0], min(span[1], world.as_of)
    exact = [time.utc for time in member.events.sure if not (time.dateonly and _hourly(world))]
    times = {time for time in exact if begin <= time < span[1]}
    instants = sorted({begin, end} | times)
    running = world.as_of < span[1] and world.as_of not in times
    out: dict[str, Verdict] = {}
    for start, stop in pairwise(instants):
        still_open = running and stop == end
        out[f"{member.key}/{world.calendar.label(start)}"] = _decide(
            world, member, day or world.calendar.day(start), (start, stop), still_open
        )
    return out


def _decide(world: World, member: Member, day: date, gap: Span, still_open: bool) -> Verdict:
    amount, unit = read_duration(world.rule["max_gap"])
    days = (world.calendar.day(gap[1]) - world.calendar.day(gap[0])).days
    if (days <= amount) if unit == "d" else (gap[1] - gap[0] <= amount * _SECONDS[unit]):
        return (PENDING, "running") if still_open else (PASS, "short enough")
    if _perhaps_broken(world, member, gap):
        return UNKNOWN, "perhaps an event"
    log_begins = first_day(world)
    early = log_begins is None or day < log_begins
    return (UNKNOWN, "log starts later") if early else (FAIL, "too long")


def _perhaps_broken(world: World, member: Member, gap: Span) -> bool:
    """Whether an uncertain event, or one with a date and no time, may lie in the gap."""
    day = world.calendar.day
    vague = [time for time in member.events.sure if time.dateonly and _hourly(world)]
    for time in member.events.maybe + vague:
        if time is None or (
            day(gap[0]) <= day(time.utc) <= day(gap[1]) if time.dateonly else gap[0] < time.utc < gap[1]
        ):
            return True
    return False
