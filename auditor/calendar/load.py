"""read_calendars: calendars.yaml to Calendars, with every mistake at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from auditor.calendar.calendar import Calendar
from auditor.calendar.entry import CalendarEntry
from auditor.calendar.forms import FORMS
from auditor.calendar.interval import DAY, Interval
from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.shape import Shape
from auditor.yamlfile import Path_, YamlFile, read_yaml

_TOP_KEYS = ("default", "calendars")
_SHAPE = Shape(CalendarEntry, "a calendar", FORMS)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Calendars(dict[str, Calendar]):
    """The calendars of a file by name; ``default`` is the name of the one that rules use unless they choose."""

    default: str = ""


def read_calendars(
    path: Path, name: str | None = None, known: Mapping[str, Calendar] | None = None
) -> tuple[Calendars, list[Problem]]:
    """Read a calendar file, called ``name`` in messages; calendars with mistakes are left out.

    A calendar that is ``like`` one of the ``known`` takes from it what it does not say itself, and adds its dates.
    """
    file, problems = read_yaml(path, name=name)
    found = Calendars()
    if file is None:
        return found, problems
    entries = file.data.get("calendars") if isinstance(file.data, dict) else None
    if not isinstance(entries, dict) or not entries:
        what = "There are no calendars in this file."
        remedy = "Write them under 'calendars:', each with its name."
        return found, [*problems, Problem(file.at(("calendars",)), "calendar-missing", what, remedy, True)]
    problems += _top_keys(file)
    for key, written in entries.items():
        calendar, mistakes = _read_one(file, key, written, known or {})
        problems += mistakes
        if calendar is not None:
            found[key] = calendar
    found.default = str(file.data.get("default", next(iter(entries))))
    if found.default not in entries:
        what = f"The default calendar '{found.default}' is not in this file."
        problems.append(_fatal(file, ("default",), "unknown-calendar", what, nearest(found.default, entries)))
    return found, sorted(problems, key=lambda it: (it.where.line or 0, str(it.where.column).rjust(6)))


def _top_keys(file: YamlFile) -> list[Problem]:
    unknown = [key for key in file.data if key not in _TOP_KEYS]
    return [
        _fatal(
            file,
            (key,),
            "unknown-key",
            f"There is no key '{key}' in a calendar file.",
            nearest(key, _TOP_KEYS),
            key=True,
        )
        for key in unknown
    ]


def _read_one(
    file: YamlFile, name: str, written: Any, known: Mapping[str, Calendar]
) -> tuple[Calendar | None, list[Problem]]:
    path: Path_ = ("calendars", name)
    if not _NAME.fullmatch(name):
        what, remedy = f"'{name}' cannot name a calendar.", "Use small letters, digits and underscores."
        return None, [_fatal(file, path, "calendar-name", what, remedy, key=True)]
    like = written.get("like") if isinstance(written, dict) else None
    if like is not None and like not in known:
        what = f"There is no calendar '{like}' to be like."
        return None, [_fatal(file, (*path, "like"), "unknown-calendar", what, nearest(like, known))]
    try:
        entry = CalendarEntry.model_validate(written) if like is None else known[like].entry.with_changes(written)
    except ValidationError as error:
        return None, _SHAPE.mistakes(error.errors(), written, file.within(path))
    problems = [*_doubled_days(file, path, entry), *_overlaps(file, path, entry), *_years(file, path, entry)]
    if not any(problem.fatal for problem in problems):
        calendar = Calendar(name, entry)
        if calendar.pattern.ever_works():
            return calendar, problems
        what = f"The calendar '{name}' has no working time at all."
        problems.append(_fatal(file, path, "no-working-time", what, "Give it hours under 'weekly'.", key=True))
    return None, problems


def _doubled_days(file: YamlFile, path: Path_, entry: CalendarEntry) -> Iterator[Problem]:
    """A weekday that two keys of ``weekly`` name."""
    seen: set[int] = set()
    written = _keys(file, (*path, "weekly"))
    for key, weekdays in zip(written, entry.weekly if written else (), strict=True):
        if seen & set(weekdays):
            what = f"'{key}' names a weekday that already has its hours."
            yield _fatal(file, (*path, "weekly", key), "doubled-weekday", what, "Name each weekday once.", key=True)
        seen |= set(weekdays)


def _overlaps(file: YamlFile, path: Path_, entry: CalendarEntry) -> Iterator[Problem]:
    """A night shift of the week that runs into the next day's hours."""
    week = entry.weekly_hours()
    day = _runs_into_next(week)
    if day is not None:
        what = f"The night shift {max(week[day])} runs into the hours of the day after."
        yield _fatal(file, (*path, "weekly"), "overlap", what, "Let it end before the next day's hours begin.")


def _runs_into_next(week: tuple[tuple[Interval, ...], ...]) -> int | None:
    """The weekday whose last stretch overlaps the first of the day after."""
    for day in range(7):
        tomorrow = week[(day + 1) % 7]
        if week[day] and tomorrow and max(it.close for it in week[day]) > min(tomorrow).open + DAY:
            return day
    return None


def _years(file: YamlFile, path: Path_, entry: CalendarEntry) -> Iterator[Problem]:
    """Years that are asked for without being known, or none at all."""
    if not entry.years():
        what = f"The calendar covers no year from {entry.first_year} on."
        yield _fatal(file, (*path, "first_year"), "no-years", what, "Correct 'first_year' and 'last_year'.")
    elif entry.last_year is not None and entry.years()[-1] < entry.last_year:
        first = entry.years()[-1] + 1
        what = f"The public holidays of {first} are not known, so nothing from {first} on is judged."
        remedy = (
            "Enter them under 'closed' and 'days' and name the year in 'entered_years', or set 'fallback: weekends'."
        )
        yield Problem(file.at((*path, "last_year")), "unknown-year", what, remedy)


def _keys(file: YamlFile, path: Path_) -> list[str]:
    """The keys of a mapping as they are written."""
    value = file.data
    for step in path:
        value = value.get(step, {})
    return list(value)


def _fatal(file: YamlFile, path: Path_, code: str, what: str, remedy: str, *, key: bool = False) -> Problem:
    return Problem(file.at(path, key=key), code, what, remedy, True)
