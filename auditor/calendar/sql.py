"""SQL expressions over the tables of a calendar: integer arithmetic and joins that any engine runs.

Times are expressions of UTC seconds, days are day numbers; what the calendar does not cover is NULL.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from auditor.calendar.clock import BusinessClock
from auditor.calendar.dates import day_number
from auditor.calendar.due import AfterHours, Ends, Roll
from auditor.calendar.interval import DAY
from auditor.calendar.zone import Change
from auditor.duration import Duration

YEARS_BEFORE, YEARS_AFTER = 1, 10
"""How many years around those it judges a calendar still tells local days and months."""


@dataclass(frozen=True, slots=True)
class DueSql:
    """The joins that a due time needs and the two expressions over them, as in Due."""

    joins: str
    due_at: str
    breach_after: str


def quoted(identifier: str) -> str:
    """An identifier as SQL writes it."""
    return '"' + identifier.replace('"', '""') + '"'


def days_table(clock: BusinessClock) -> str:
    """The quoted name of the table of days."""
    return quoted(f"calendar_{clock.name}_days")


def spans_table(clock: BusinessClock) -> str:
    """The quoted name of the table of spans."""
    return quoted(f"calendar_{clock.name}_spans")


def dated_days(clock: BusinessClock) -> range:
    """The days that the table of days lists, covered or not."""
    years = clock.entry.years()
    first = day_number(date(years[0] - YEARS_BEFORE, 1, 1))
    return range(first, day_number(date(years[-1] + YEARS_AFTER, 12, 31)) + 1)


def day_number_sql(clock: BusinessClock, t: str) -> str:
    """The local day of the instant ``t``, which is repeated in the text where the zone changes its offset."""
    first, changes = _offsets(clock)
    leaves = [f"(({t}) + {offset}) // {DAY}" for offset in _all_offsets(first, changes)]
    return f"({_choose(f'({t})', [change.at for change in changes], leaves)})"


def day_start_sql(clock: BusinessClock, day: str) -> str:
    """The first second of the local day ``day``, which is repeated in the text: best a column."""
    first, changes = _offsets(clock)
    leaves = [f"({day}) * {DAY} - ({offset})" for offset in _all_offsets(first, changes)]
    return f"({_choose(f'({day})', [-(-change.wall // DAY) for change in changes], leaves)})"


def wall_sql(clock: BusinessClock, t: str) -> str:
    """What the clock on the wall shows at the instant ``t``, in seconds counted as if local were UTC."""
    first, changes = _offsets(clock)
    leaves = [f"({t}) + ({offset})" for offset in _all_offsets(first, changes)]
    return f"({_choose(f'({t})', [change.at for change in changes], leaves)})"


def instant_sql(clock: BusinessClock, wall: str) -> str:
    """The instant at which the clock on the wall shows ``wall`` seconds, as ZoneClock.to_utc says."""
    first, changes = _offsets(clock)
    leaves = [f"({wall}) - ({offset})" for offset in _all_offsets(first, changes)]
    return f"({_choose(f'({wall})', [change.wall for change in changes], leaves)})"


def day_join(clock: BusinessClock, alias: str, day: str) -> str:
    """The join that gives the day number ``day`` its row under ``alias``."""
    return f"LEFT JOIN {days_table(clock)} AS {quoted(alias)} ON {quoted(alias)}.day = {day}"


def worked_sql(clock: BusinessClock, alias: str, t: str) -> str:
    """C at ``t``, whose day is joined under ``alias``."""
    name = quoted(alias)
    parts = max((len(parts) for parts in clock.table.parts), default=0)
    terms = [f"greatest(0, least({t}, {name}.k{part}) - {name}.o{part})" for part in range(1, parts + 1)]
    return "(" + " + ".join([f"{name}.c", *terms]) + ")"


def start_count_sql(alias: str, t: str, amount: int, after_hours: AfterHours | None) -> str:
    """W of the day on which working days from ``t`` are counted, as due.start_count says."""
    name = quoted(alias)
    if after_hours == "roll":
        return f"(CASE WHEN {name}.works AND ({t}) < {name}.closing THEN {name}.w ELSE {name}.w + 1 END)"
    if amount == 0:
        return f"(CASE WHEN {name}.works THEN {name}.w ELSE {name}.w + 1 END)"
    return f"{name}.w"


def spans_join(clock: BusinessClock, alias: str, c: str) -> str:
    """The joins that find the spans in which C reaches and leaves ``c``; a range join, for few rows."""
    reach, leave, table = quoted(f"{alias}_reach"), quoted(f"{alias}_leave"), spans_table(clock)
    return (
        f"LEFT JOIN {table} AS {reach} ON {reach}.cum_start < {c} AND {c} <= {reach}.cum_end "
        f"LEFT JOIN {table} AS {leave} ON {leave}.cum_start <= {c} AND {c} < {leave}.cum_end"
    )


def reach_sql(clock: BusinessClock, alias: str, c: str) -> str:
    """The earliest instant with C >= ``c``, over spans_join."""
    name = quoted(f"{alias}_reach")
    return f"(CASE WHEN {c} <= 0 THEN {clock.horizon[0]} ELSE {name}.open + {c} - {name}.cum_start END)"


def leave_sql(alias: str, c: str) -> str:
    """The latest instant with C <= ``c``, over spans_join."""
    name = quoted(f"{alias}_leave")
    return f"({name}.open + {c} - {name}.cum_start)"


def due_sql(
    clock: BusinessClock,
    alias: str,
    t: str,
    duration: Duration,
    *,
    roll: Roll | None = None,
    after_hours: AfterHours | None = None,
    ends: Ends = "midnight",
    paused: str = "0",
    prefix: str | None = None,
) -> DueSql:
    """Due as SQL for the start ``t``, whose day is joined under ``alias`` unless the budget is elapsed or in days.

    New aliases begin with ``prefix`` (default: ``alias``), so that different budgets can share the day's join.
    """
    prefix = prefix or alias
    if duration.elapsed is not None:
        end = f"({t} + {duration.elapsed} + {paused})"
        return DueSql("", end, end)
    if duration.unit == "bh":
        return _working_hours(clock, alias, prefix, t, f"({duration.amount * 3600} + {paused})")
    if duration.unit == "wd":
        count = f"{start_count_sql(alias, t, duration.amount, after_hours)} + {duration.amount}"
        return _working_days(clock, prefix, count, ends)
    return _calendar_days(clock, alias, prefix, t, duration, roll)


def _working_hours(clock: BusinessClock, alias: str, prefix: str, t: str, budget: str) -> DueSql:
    target = f"({worked_sql(clock, alias, t)} + {budget})"
    reach = reach_sql(clock, prefix, target)
    due_at = f"(CASE WHEN {target} IS NULL THEN NULL WHEN {budget} = 0 THEN {t} ELSE {reach} END)"
    return DueSql(spans_join(clock, prefix, target), due_at, leave_sql(prefix, target))


def _working_days(clock: BusinessClock, prefix: str, count: str, ends: Ends) -> DueSql:
    end = quoted(f"{prefix}_end")
    join = f"LEFT JOIN {days_table(clock)} AS {end} ON {end}.works AND {end}.w = {count}"
    if ends == "close":
        return DueSql(join, f"{end}.closing", f"{end}.next_opening")
    return DueSql(join, f"({end}.day_end - 1)", f"({end}.next_start - 1)")


def _calendar_days(
    clock: BusinessClock, alias: str, prefix: str, t: str, duration: Duration, roll: Roll | None
) -> DueSql:
    """Days need no table where the zone keeps its offset; otherwise the day of the end is looked up in it."""
    end = quoted(f"{prefix}_end")
    if duration.unit == "d":
        day = f"{day_number_sql(clock, t)} + {duration.amount}"
        if roll is None and not _offsets(clock)[1]:
            last = f"({day_start_sql(clock, f'{day} + 1')} - 1)"
            return DueSql("", last, last)
        join = day_join(clock, f"{prefix}_end", day)
    else:
        join = _month_join(clock, quoted(alias), end, duration.amount * (12 if duration.unit == "y" else 1))
    last = f"{end}.day_end"
    if roll == "next_working":
        last = f"CASE WHEN {end}.works THEN {end}.day_end ELSE {end}.next_end END"
    return DueSql(join, f"({last} - 1)", f"({last} - 1)")


def _month_join(clock: BusinessClock, name: str, end: str, months: int) -> str:
    """The join that finds the same day of the month ``months`` later, or that month's last day."""
    return (
        f"LEFT JOIN {days_table(clock)} AS {end} ON {end}.month = {name}.month + {months} "
        f"AND {end}.month_day = least({name}.month_day, {end}.month_days)"
    )


def _offsets(clock: BusinessClock) -> tuple[int, tuple[Change, ...]]:
    """The offset at the beginning of the listed days, and its changes within them."""
    days = dated_days(clock)
    first, last = clock.day_start(days[0]), clock.day_start(days[-1] + 1)
    return clock.wall.offset(first), clock.wall.changes_between(first + 1, last)


def _all_offsets(first: int, changes: Sequence[Change]) -> list[int]:
    return [first, *(change.after for change in changes)]


def _choose(value: str, bounds: Sequence[int], leaves: Sequence[str]) -> str:
    """``leaves[k]`` where k bounds are at or below ``value``, as a balanced tree of CASE."""
    if not bounds:
        return leaves[0]
    middle = len(bounds) // 2
    below = _choose(value, bounds[:middle], leaves[: middle + 1])
    above = _choose(value, bounds[middle + 1 :], leaves[middle + 1 :])
    return f"CASE WHEN {value} < {bounds[middle]} THEN {below} ELSE {above} END"
