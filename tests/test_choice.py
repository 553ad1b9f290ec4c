"""The instant of judgement: the newest event, unless it stands alone and is more likely a slip of the pen."""

from pathlib import Path

import pytest

from auditor.calendar import read_calendars
from auditor.intake import from_rows
from auditor.pipeline.choice import choose_instant
from auditor.problem import RuleError
from auditor.records import Field, FieldType, RecordType

CALENDAR = read_calendars(Path("rules/calendars.yaml"))[0]["office"]
LOG = RecordType(
    name="log",
    name_zh="记录",
    time="at",
    fields={"at": Field(type=FieldType.TIME), "due": Field(type=FieldType.TIME, planned=True)},
)

CASES = {
    "events day by day": (["2025-03-05 10:00", "2025-03-06 10:00"], "2025-03-06 10:00"),
    "a single event": (["2025-03-06 10:00"], "2025-03-06 10:00"),
    "all on one day": (["2025-03-06 09:00", "2025-03-06 10:00"], "2025-03-06 10:00"),
    "ninety days of silence": (["2025-03-06 10:00", "2025-06-04 10:00"], "2025-06-04 10:00"),
    "a mistyped year": (["2025-03-05 10:00", "2025-03-06 10:00", "2052-03-06 10:00"], None),
    "more than ninety days of silence": (["2025-03-06 10:00", "2025-06-04 10:00:01"], None),
}


@pytest.mark.parametrize("case", CASES)
def test_the_newest_event_if_it_does_not_stand_alone(case: str) -> None:
    times, expected = CASES[case]
    data, _ = from_rows({"log": [{"at": time} for time in times]}, {"log": LOG}, CALENDAR.zone)
    if expected is not None:
        assert CALENDAR.local_text(choose_instant(None, data, CALENDAR)) == expected
        return
    with pytest.raises(RuleError) as raised:
        choose_instant(None, data, CALENDAR)
    assert str(raised.value).endswith(
        "is more than 90 days after every other one."
        " Correct its date if it is a slip, or say as of when to judge with --as-of."
    )


def test_a_planned_time_never_decides() -> None:
    data, _ = from_rows({"log": [{"at": "2025-03-06 10:00", "due": "2052-03-06"}]}, {"log": LOG}, CALENDAR.zone)
    assert CALENDAR.local_text(choose_instant(None, data, CALENDAR)) == "2025-03-06 10:00"


def test_what_is_given_is_taken() -> None:
    data, _ = from_rows({"log": [{"at": "2025-03-06 10:00"}]}, {"log": LOG}, CALENDAR.zone)
    assert CALENDAR.local_text(choose_instant("2052-03-06 10:00", data, CALENDAR)) == "2052-03-06 10:00"
