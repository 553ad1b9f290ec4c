"""Refusals of dates and times: why a text could mean several instants, or none, and what to write instead."""

from __future__ import annotations

import re

from auditor.intake.values.reading import Reading, refuse

REMEDY = "Write the date as 2025-03-05 10:00."
_DAY = (
    r"(?:大?[前昨今明后]|当|次|翌)[天日晚早]|第二天|[上下本这](?:$|\s.*|个?(?:周|月|星期|礼拜).*)"
    r"|刚才|刚刚|现在|月底|月初|年底"
)
_YEAR = "Write the year as well, or set `year:` for the sheet."
_DATE = "Write the date with it, or say with `relative_to` which field holds it."
_REASONS = (
    (rf"(?:{_DAY})(?:[^\d]*)", "date-relative", "What day '{}' was depends on when it was written.", REMEDY),
    (r"\d{10}|\d{13}", "date-epoch", "'{}' is a count of seconds or a number, and no date.", REMEDY),
    (r"\d{6}|\d{2}年.*", "date-year-short", "The year of '{}' is not written in full.", REMEDY),
    (r"\d{1,2}([-/.])\d{1,2}\1\d{2}(?:\D.*)?", "date-year-short", "The year of '{}' is not written in full.", REMEDY),
    (r"\d{1,2}月(?:\d{1,2}|[上中下]旬).*", "date-without-year", "'{}' has no year.", _YEAR),
    (
        r".*(?:上午|早上|凌晨)\s*12(?!\d).*",
        "clock-ambiguous",
        "Nobody can say whether '{}' is noon or midnight.",
        REMEDY,
    ),
)
_READ = tuple((re.compile(pattern), code, what, remedy) for pattern, code, what, remedy in _REASONS)
_DATELESS = re.compile(r"\D{0,6}\d{1,2}[:点时].*|0?\.\d+")


def refuse_time(text: str, word: str) -> Reading:
    """The reason why ``text``, normalised to ``word``, is no instant."""
    for pattern, code, what, remedy in _READ:
        if pattern.fullmatch(word):
            return refuse(code, what.format(text), remedy)
    if _DATELESS.fullmatch(word):
        return refuse("time-without-date", f"'{text}' is a time of day without a date.", _DATE)
    return refuse("date-unreadable", f"'{text}' is not a date that can be read.", REMEDY)
