"""cadence: something done so often in every period while a member of the roster is in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.reference.clock import ONE_DAY, Period, period_of
from tests.reference.gaps import judge_gaps
from tests.reference.roster import Member, first_day, members
from tests.reference.scope import FAIL, NOT_APPLICABLE, PASS, PENDING, UNKNOWN
from tests.reference.values import Verdict
from tests.reference.world import World


def judge_cadence(world: World) -> dict[str, Verdict]:
    """One obligation for each member and period, or for each gap between events."""
    out: dict[str, Verdict] = {}
    for member in members(world):
        if member.first is None:
            out[f"{member.key}/?"] = UNKNOWN, "span unknown"
        elif world.rule.get("max_gap"):
            out |= judge_gaps(world, member)
        else:
            out |= _judge_member(world, member)
    return out


def _judge_member(world: World, member: Member) -> dict[str, Verdict]:
    out: dict[str, Verdict] = {}
    for period in _periods(world, member):
        days = [day for day in _days(period) if member.in_force(day)]
        if _owed(world, period, days):
            out[f"{member.key}/{period.label}"] = _decide(world, member, period, days)
    return out


def _periods(world: World, member: Member) -> Iterator[Period]:
    """The periods that touch a member's span and have begun."""
    today, every = world.calendar.day(world.as_of), world.rule["every"]
    assert member.first is not None
    day = member.first
    while day <= min(today, member.last or today) or _begun(day, every, today, member):
        period = _period(member.first, day, every)
        yield period
        day = period.last + ONE_DAY


def _begun(day: date, every: str, today: date, member: Member) -> bool:
    """Whether the first period began before today although the member's span begins after it."""
    return (
        day == member.first and _period(day, day, every).first <= today and (member.last is None or member.last >= day)
    )


def _period(first: date, day: date, every: str) -> Period:
    if not every.endswith("d"):
        return period_of(day, every)
    length = int(every[:-1])
    start = first + timedelta(days=(day - first).days // length * length)
    return Period(start.isoformat(), start, start + timedelta(days=length - 1))


def _days(period: Period) -> list[date]:
    return [period.first + timedelta(days=n) for n in range(period.length)]


def _owed(world: World, period: Period, days: list[date]) -> bool:
    partial = world.rule.get("partial", "prorate")
    if partial == "skip":
        return len(days) == period.length
    if partial == "full":
        return len(days) > 0
    return len(days) >= 4 if world.rule["every"] == "week" else 2 * len(days) >= period.length


def _decide(world: World, member: Member, period: Period, days: list[date]) -> Verdict:
    calendar = world.calendar
    if not any(calendar.works(day) for day in days):
        outside = not all(calendar.knows(day) for day in days)
        return (UNKNOWN, "calendar") if outside else (NOT_APPLICABLE, "no working day")
    local = [calendar.day(time.utc) for time in member.events.sure]
    if sum(period.first <= day <= period.last for day in local) >= world.rule.get("at_least", 1):
        return PASS, "enough"
    if any(time is None or period.first <= calendar.day(time.utc) <= period.last for time in member.events.maybe):
        return UNKNOWN, "perhaps enough"
    log_begins = first_day(world)
    if log_begins is None or days[0] < log_begins:
        return UNKNOWN, "log starts later"
    over = world.as_of >= calendar.midnight(days[-1] + ONE_DAY)
    return (FAIL, "too few") if over else (PENDING, "running")
