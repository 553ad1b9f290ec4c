"""Spellings of durations: what they mean, what they say, and what is refused."""

import pytest

from auditor.duration import Duration, parse_duration
from auditor.mistake import Mistake

# spelling, value, elapsed seconds, Chinese, English
SPELLINGS = [
    ("45s", Duration(45, "s"), 45, "45 秒", "45 seconds"),
    ("30min", Duration(30, "min"), 1800, "30 分钟", "30 minutes"),
    ("1min", Duration(1, "min"), 60, "1 分钟", "1 minute"),
    ("24h", Duration(24, "h"), 86400, "24 小时", "24 hours"),
    ("8bh", Duration(8, "bh"), None, "8 个工作小时", "8 working hours"),
    ("0d", Duration(0, "d"), None, "当日内", "the same day"),
    ("3d", Duration(3, "d"), None, "3 个自然日内", "3 calendar days"),
    ("0wd", Duration(0, "wd"), None, "当个工作日内", "the same working day"),
    ("2wd", Duration(2, "wd"), None, "2 个工作日内", "2 working days"),
    ("1mon", Duration(1, "mon"), None, "1 个月内", "1 month"),
    ("2y", Duration(2, "y"), None, "2 年内", "2 years"),
    ("0h", Duration(0, "h"), 0, "0 小时", "0 hours"),
]


@pytest.mark.parametrize(("spelling", "value", "elapsed", "zh", "en"), SPELLINGS, ids=[it[0] for it in SPELLINGS])
def test_spelling(spelling: str, value: Duration, elapsed: int | None, zh: str, en: str) -> None:
    found = parse_duration(spelling)
    assert (found, found.elapsed, str(found)) == (value, elapsed, spelling)
    assert (found.text("zh"), found.text("en")) == (zh, en)


WHICH_DAYS = "Write 72h (elapsed hours), 3d (calendar days) or 3wd (working days)."
WHICH_HOURS = "Write 8h (elapsed hours) or 8bh (working hours)."
ALL = "30min, 8h (elapsed), 8bh (working hours), 3d (calendar days), 3wd (working days), 1mon or 1y"

# text, what is wrong after the text itself, remedy
REFUSED = [
    ("3 days", " does not say which kind of time it means.", WHICH_DAYS),
    ("3 day", " does not say which kind of time it means.", WHICH_DAYS),
    ("3天", " does not say which kind of time it means.", WHICH_DAYS),
    ("3", " does not say which kind of time it means.", WHICH_DAYS),
    ("8 hours", " does not say which kind of time it means.", WHICH_HOURS),
    ("8小时", " does not say which kind of time it means.", WHICH_HOURS),
    ("5m", " does not say which kind of time it means.", "Write 5min (minutes) or 5mon (months)."),
    ("30 minutes", " is not a spelling of a duration.", "Did you mean 30min?"),
    ("30分钟", " is not a spelling of a duration.", "Did you mean 30min?"),
    ("3个工作日", " is not a spelling of a duration.", "Did you mean 3wd?"),
    ("3 working days", " is not a spelling of a duration.", "Did you mean 3wd?"),
    ("3 自然日", " is not a spelling of a duration.", "Did you mean 3d?"),
    ("2 weeks", " is not a spelling of a duration.", "Did you mean 14d?"),
    ("1个月", " is not a spelling of a duration.", "Did you mean 1mon?"),
    ("1 year", " is not a spelling of a duration.", "Did you mean 1y?"),
    ("8 bh", " is not a spelling of a duration.", "Did you mean 8bh?"),
    ("8BH", " is not a spelling of a duration.", "Did you mean 8bh?"),
    ("30mim", " is not a spelling of a duration.", "Did you mean 30min?"),
    ("30mins", " is not a spelling of a duration.", "Did you mean 30min?"),
    ("1.5h", " is not a whole number.", "Write 90min."),
    ("1.5d", " is not a whole number.", "Write a whole number of a smaller unit."),
    ("soon", " is not a duration.", f"Write one such as {ALL}."),
    ("", " is not a duration.", f"Write one such as {ALL}."),
    ("-3d", " is not a duration.", f"Write one such as {ALL}."),
    ("3 吨", None, f"Write a duration such as {ALL}."),
]


@pytest.mark.parametrize(("text", "what", "remedy"), REFUSED, ids=[it[0] for it in REFUSED])
def test_refused(text: str, what: str | None, remedy: str) -> None:
    with pytest.raises(Mistake) as caught:
        parse_duration(text)
    expected = f"'{text}'{what}" if what else "'吨' is not a unit of time."
    assert (caught.value.what, caught.value.remedy) == (expected, remedy)
    assert str(caught.value) == f"{expected} {remedy}"
