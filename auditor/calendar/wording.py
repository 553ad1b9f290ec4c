"""What pydantic found wrong with a calendar entry, in our words and at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.calendar.entry import CalendarEntry, Title
from auditor.calendar.mistake import Mistake, nearest
from auditor.problem import Problem
from auditor.yamlfile import Path_, YamlFile

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_SHAPES = {
    "title": "Write it as {zh: 办公时间, en: Office hours}.",
    "zh": "Write the title as text.",
    "en": "Write the title as text.",
    "weekly": "Write weekdays with their hours, such as mon-fri: [09:00-12:00, 13:00-18:00].",
    "days": "Write dates with their hours, such as 2025-12-31: [09:00-12:00].",
    "closed": "Write a list of dates, such as [2025-03-08, 12-31..01-01].",
    "holidays": "Write china or none.",
    "fallback": "Write none or weekends.",
    "makeup_hours": "Write a list of hours, such as [09:00-18:00].",
    "first_year": "Write a year from 1972 to 2100.",
    "last_year": "Write a year from 1972 to 2100.",
    "entered_years": "Write a list of years from 1972 to 2100, such as [2027].",
    "zone": "Write an IANA name, such as Asia/Shanghai.",
}


def worded(file: YamlFile, path: Path_, error: ErrorDetails) -> Problem:
    """The Problem for one pydantic error of the entry at ``path``."""
    loc = error["loc"]
    is_key = bool(loc) and loc[-1] == "[key]"
    place = (*path, *(loc[:-1] if is_key else loc))
    mistake = error.get("ctx", {}).get("error")
    if isinstance(mistake, Mistake):
        return Problem(file.at(place, key=is_key), "bad-value", mistake.what, mistake.remedy, True)
    if error["type"] == "extra_forbidden":
        what = f"'{loc[-1]}' is not a key of {'a title' if len(loc) > 1 else 'a calendar'}."
        valid = Title.model_fields if len(loc) > 1 else CalendarEntry.model_fields
        return Problem(file.at(place, key=True), "unknown-key", what, nearest(str(loc[-1]), valid), True)
    if error["type"] == "missing":
        what = f"The calendar lacks '{'.'.join(map(str, loc))}'."
        return Problem(file.at(path, key=True), "missing-key", what, _SHAPES[str(loc[-1])], True)
    field = next((str(step) for step in reversed(loc) if step in _SHAPES), None)
    if field is None:
        what, remedy = f"'{path[-1]}' is not a calendar.", "Write its keys below it: title, zone, weekly."
        return Problem(file.at(place), "bad-value", what, remedy, True)
    what = f"The value of '{field}' cannot be used."
    return Problem(file.at(place), "bad-value", what, _SHAPES[field], True)
