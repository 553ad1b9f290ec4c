"""Relative times: a time written without its date, which stands in another column of the row (``次日02:10``)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.intake.sql import literal
from auditor.records import RecordType

_DATELESS = (
    r"\s*(?:(?:次日|翌日|第二天|第2天|当日|当天|同日|當日|當天)\s*)?(?:上午|早上|中午|下午|傍晚|晚上|晚|凌晨|am|pm|AM|PM)?\s*"
    r"[0-9０-９]{1,2}\s*[:：时時点點].*|\s*0?\.[0-9]+\s*"
)
"""A time of day alone, for DuckDB and Python alike."""

_MIDNIGHT = r"[ T]0{1,2}:00(:00)?(\.0+)?$"
"""What a date that a spreadsheet keeps as a time has behind it."""


def dated_sql(record: RecordType, field: str, cells: Mapping[str, str]) -> str:
    """SQL of the text of ``field``, the date of its row before a time without one; ``cells`` is SQL of each field."""
    cell = cells[field]
    other = record.fields[field].relative_to
    if other is None or other not in cells:
        return cell
    day = f"regexp_replace(trim({cells[other]}), {literal(_MIDNIGHT)}, '')"
    lacks = f"{cells[other]} IS NOT NULL AND regexp_full_match({cell}, {literal(_DATELESS)})"
    return f"(CASE WHEN {lacks} THEN {day} || ' ' || trim({cell}) ELSE {cell} END)"


def dated(record: RecordType, field: str, cells: Mapping[str, str | None]) -> str | None:
    """The text of ``field`` as dated_sql has it, of the texts of one row."""
    text, other = cells.get(field), record.fields[field].relative_to if field in record.fields else None
    day = cells.get(other) if other is not None else None
    if text is None or day is None or not re.fullmatch(_DATELESS, text):
        return text
    return f"{re.sub(_MIDNIGHT, '', day.strip(' '))} {text.strip(' ')}"
