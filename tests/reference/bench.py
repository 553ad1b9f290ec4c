"""The record types and calendars of ``tests/properties``, as the reference knows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tests.reference.cells import read_moment, read_table
from tests.reference.clock import ReferenceCalendar
from tests.reference.judge import judge
from tests.reference.values import RecordSpec, Verdict

Cells = Mapping[str, Sequence[Mapping[str, str | None]]]
Hours = list[tuple[str, str]]
FULL: Hours = [("09:00", "12:00"), ("13:00", "18:00")]
ZONE = "Asia/Shanghai"


def _bench_hours(day: date) -> Hours:
    special: dict[date, Hours] = {date(2025, 3, 15): FULL, date(2025, 3, 20): FULL[:1]}
    if day in special:
        return special[day]
    closed = day == date(2025, 3, 12) or date(2025, 3, 24) <= day <= date(2025, 3, 30)
    return FULL if day.weekday() < 5 and not closed else []


def _door_hours(day: date) -> Hours:
    return {5: [("10:00", "11:00")], 6: []}.get(day.weekday(), [("10:00", "12:00")])


def _in_2025(hours: Callable[[date], Hours]) -> ReferenceCalendar:
    return ReferenceCalendar(ZONE, hours, date(2025, 1, 1), date(2025, 12, 31))


BENCH = _in_2025(_bench_hours)
CALENDARS = {"bench": BENCH, "doors": _in_2025(_door_hours)}


def read_specs(path: Path) -> dict[str, RecordSpec]:
    """The record types of a records file, as far as the reference needs them."""
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return {
        name: RecordSpec(entry.get("key"), entry.get("time"), _types(entry["fields"])) for name, entry in data.items()
    }


def _types(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: entry.get("type", "text") if isinstance(entry, dict) else "text" for name, entry in fields.items()}


RECORDS = read_specs(Path(__file__).parents[1] / "properties" / "records.yaml")


def verdicts(rule: Mapping[str, Any], tables: Cells, as_of: str) -> dict[str, Verdict]:
    """Judge tables of cell text on the bench calendar, as of a local time."""
    read = {name: read_table(rows, RECORDS[name], ZONE) for name, rows in tables.items()}
    now = read_moment(as_of, ZONE).utc
    return judge(rule, read, now, calendar=BENCH, calendars=CALENDARS, records=RECORDS)
