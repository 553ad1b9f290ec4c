"""calendars.yaml beside the project: calendars of its own, and dates added to those of the rules."""

import json
from pathlib import Path

import pytest

from tests.commands.door import in_process
from tests.project.conftest import Write

WORKING = "tailoring: [{parameter: shop.closing, value: 12bh, remark: 工作小时}]"
"""T2 runs from Wed 5 March 10:30 to Fri 7 March 9:00: 6.5 + 8 = 14.5 working hours."""

# calendars.yaml, the project, whether T2 is late
CASES = [
    (None, "", True),
    ("calendars: {office: {like: office, closed: [2025-03-06]}}", "", False),
    ("calendars: {office: {like: office, days: {2025-03-06: [09:00-12:00]}}}", "", False),
    ("calendars: {office: {like: office, closed: [2025-03-08]}}", "", True),
    ("calendars: {short: {like: office, weekly: {mon-fri: [09:00-11:00]}}}", "", True),
    ("calendars: {short: {like: office, weekly: {mon-fri: [09:00-11:00]}}}", "calendar: short", False),
]


@pytest.mark.parametrize(("calendars", "text", "late"), CASES)
def test_days_of_the_project_count(write: Write, shop: Path, calendars: str | None, text: str, late: bool) -> None:
    write(f"{WORKING}\n{text}\n")
    if calendars:
        (shop / "calendars.yaml").write_text(calendars, encoding="utf-8")
    findings = json.loads(in_process(("run", "--format", "json")).stdout)["findings"]
    assert ("SHOP-A-01" in [finding["rule"] for finding in findings]) is late


# calendars.yaml, the messages
MISTAKES = [
    ("calendars: {office: {like: ofice}}", "1:28: There is no calendar 'ofice' to be like. Did you mean 'office'?"),
    ("calendars: {office: {like: office, closd: []}}",
     "1:36: There is no key 'closd' in a calendar. Did you mean 'closed'?"),
    ("calendars: {office: {like: office, days: {2025-02-30: []}}}",
     "1:43: '2025-02-30' is not a date. Write 2025-03-08, 2025-10-01..2025-10-08, or 12-31..01-01 for every year."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), MISTAKES)
def test_mistakes_are_told_with_their_places(write: Write, shop: Path, text: str, message: str) -> None:
    write("")
    (shop / "calendars.yaml").write_text(text, encoding="utf-8")
    spoken = in_process(("run",))
    assert (spoken.code, spoken.stderr) == (2, f"calendars.yaml:{message}\n")
