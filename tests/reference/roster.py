"""Who owes a cadence, on which days, and which events are theirs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.reference.scope import undecidable
from tests.reference.values import Row, known
from tests.reference.world import Seen, World, columns_of, mentioned, related


@dataclass(frozen=True)
class Events:
    """The events of a member, by time: certain ones, and those that may or may not count (time None: any time)."""

    sure: list[Any] = field(default_factory=list)
    maybe: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Member:
    """One member of the roster; ``first`` None when its span is not known, ``last`` None while it runs."""

    key: str
    first: date | None
    last: date | None
    away: tuple[tuple[date, date | None], ...]
    events: Events
    row: Row

    def in_force(self, day: date) -> bool:
        """Whether the member owes on a local date."""
        if self.first is None or day < self.first or (self.last is not None and day > self.last):
            return False
        return not any(begin <= day and (end is None or day <= end) for begin, end in self.away)


def members(world: World) -> list[Member]:
    """The roster; without one, the organisation as its single member."""
    roster = world.rule.get("for")
    if not roster:
        first, last = first_day(world), world.calendar.day(world.as_of)
        return [Member("organisation", first, last, (), _all_events(world), {})]
    found = [_member(world, Seen(world, roster["record"], row)) for row in world.rows(roster["record"])]
    return [member for member in found if member]


def event_column(world: World) -> str:
    """The time column of the events."""
    of = world.rule["of"]
    return str(of.get("at") or world.records[of["record"]].time)


def first_day(world: World) -> date | None:
    """The first local date of the whole log of events."""
    times = [known(row.get(event_column(world))) for row in world.rows(world.rule["of"]["record"])]
    return min((world.calendar.day(time.utc) for time in times if time), default=None)


def _member(world: World, seen: Seen) -> Member | None:
    roster = world.rule["for"]
    holds = seen.holds(roster.get("where"))
    if holds is False or seen.holds(world.rule.get("when")) is False:
        return None
    suspended = roster.get("suspended") or {}
    hours = world.rule["hours"] if isinstance(world.rule.get("hours"), dict) else {}
    wanted = columns_of(roster["from"], roster.get("to"), *suspended.values(), *hours.values())
    begin = seen.value(roster["from"])
    unclear = undecidable(seen, wanted | mentioned([roster.get("where")])) or holds is None or begin is None
    unclear = unclear or any(seen.value(column) is None for column in hours.values())
    days = {name: _day(world, seen.value(name)) for name in wanted - set(hours.values())}
    away = ((days[suspended["from"]], days[suspended["to"]]),) if suspended and days[suspended["from"]] else ()
    last = days[roster["to"]] if roster.get("to") else None
    events = _events_of(world, seen.row)
    return Member(_key(seen), None if unclear else days[roster["from"]], last, away, events, seen.row)  # type: ignore[arg-type]


def _key(seen: Seen) -> str:
    column = seen.world.rule["for"].get("key")
    value = seen.value(column) if column else None
    return seen.world.key(seen.record, seen.row) if value is None else str(value)


def _day(world: World, time: Any) -> date | None:
    return world.calendar.day(time.utc) if time else None


def _events_of(world: World, row: Row) -> Events:
    of, roster = world.rule["of"], world.rule["for"]
    own_key = roster.get("key") or world.records[roster["record"]].key
    found = related(world, of["record"], of.get("match") or f"{own_key} = {own_key}", of.get("where"), row)
    events = _timed(world, found.sure, found.maybe)
    return Events(events.sure, [*events.maybe, None]) if found.blank else events


def _all_events(world: World) -> Events:
    of = world.rule["of"]
    answers = [(row, world.holds(of.get("where"), row)) for row in world.rows(of["record"])]
    return _timed(world, [row for row, holds in answers if holds], [row for row, holds in answers if holds is None])


def _timed(world: World, sure: list[Row], maybe: list[Row]) -> Events:
    column = event_column(world)
    out = Events()
    for row in [*sure, *maybe]:
        time = known(row.get(column))
        if time is not None and time.utc > world.as_of:
            continue
        certain = time is not None and any(row is one for one in sure)
        (out.sure if certain else out.maybe).append(time)
    return out
