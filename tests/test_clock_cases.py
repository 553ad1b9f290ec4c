"""The fifty cases of the clock, each run through rules, calendar and findings as a user's data would be."""

# ruff: noqa: E501 - a case a line

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from auditor import audit, read_rules
from auditor.calendar import read_calendars
from auditor.intake import from_rows
from auditor.rulebook import Rulebook
from tests.small_world import CALENDARS, COMMON, RECORDS, Tables, calendars, run

ANSWER: dict[str, Any] = {"kind": "deadline", "record": "ticket", "from": "opened_at", "to": "answered_at"}
ROLL, CLOSE, STRICT = {"after_hours": "roll"}, {"ends": "close"}, {"boundary": "strict"}
NEXT = {"roll": "next_working"}
LATER = "2027-01-01 00:00"


class Limit(NamedTuple):
    """A ticket opened at a local time, its budget, and the limit in both readings (the second if it differs)."""

    number: str
    calendar: str
    opened: str
    within: str
    options: dict[str, str]
    due_at: str
    breach_after: str | None = None


LIMITS = [
    Limit("1 lunch is not counted", "cn", "2025-03-05 10:00", "4bh", {}, "2025-03-05 15:00:00"),
    Limit("2 start inside lunch", "cn", "2025-03-05 12:30", "1bh", {}, "2025-03-05 14:00:00"),
    Limit("3 a whole day", "cn", "2025-03-05 09:00", "8bh", {}, "2025-03-05 18:00:00", "2025-03-06 09:00:00"),
    Limit("4 due at Friday's close", "cn", "2025-03-07 14:00", "4bh", {}, "2025-03-07 18:00:00", "2025-03-10 09:00:00"),
    Limit("5 start after hours", "cn", "2025-03-05 19:00", "1bh", {}, "2025-03-06 10:00:00"),
    Limit("6 start on a Saturday", "cn", "2025-03-08 11:00", "1bh", {}, "2025-03-10 10:00:00"),
    Limit("7 into a make-up Sunday", "cn", "2025-09-27 15:00", "4bh", {}, "2025-09-28 14:00:00"),
    Limit("8 over National Day", "cn", "2025-09-30 16:00", "8bh", {}, "2025-10-09 16:00:00"),
    Limit("9 into a make-up Saturday", "cn", "2025-10-10 17:00", "3bh", {}, "2025-10-11 11:00:00"),
    Limit("10 over Spring Festival", "cn", "2025-01-27 17:00", "8bh", {}, "2025-02-05 17:00:00"),
    Limit("11 over a change of clocks", "ny", "2025-03-07 16:00", "2bh", {}, "2025-03-10 10:00:00"),
    Limit(
        "12 a shift of seven hours",
        "night",
        "2025-03-08 23:00",
        "6bh",
        {},
        "2025-03-09 06:00:00",
        "2025-03-09 22:00:00",
    ),
    Limit("13 a shift of nine hours", "night", "2025-11-01 23:00", "6bh", {}, "2025-11-02 04:00:00"),
    Limit("14 elapsed in spring", "ny", "2025-03-08 22:00", "8h", {}, "2025-03-09 07:00:00"),
    Limit("14 elapsed in autumn", "ny", "2025-11-01 22:00", "8h", {}, "2025-11-02 05:00:00"),
    Limit("17 from the morning", "cn", "2025-03-05 10:00", "2wd", {}, "2025-03-07 23:59:59", "2025-03-09 23:59:59"),
    Limit("17 from 18:00", "cn", "2025-03-05 18:00", "2wd", {}, "2025-03-07 23:59:59", "2025-03-09 23:59:59"),
    Limit("17 from 18:00 with roll", "cn", "2025-03-05 18:00", "2wd", ROLL, "2025-03-10 23:59:59"),
    Limit("18 from 17:59", "cn", "2025-03-07 17:59", "2wd", {}, "2025-03-11 23:59:59"),
    Limit("18 from 18:01", "cn", "2025-03-07 18:01", "2wd", {}, "2025-03-11 23:59:59"),
    Limit("18 from 17:59 with roll", "cn", "2025-03-07 17:59", "2wd", ROLL, "2025-03-11 23:59:59"),
    Limit("18 from 18:01 with roll", "cn", "2025-03-07 18:01", "2wd", ROLL, "2025-03-12 23:59:59"),
    Limit("19 from a Saturday", "cn", "2025-03-08 10:00", "2wd", {}, "2025-03-11 23:59:59"),
    Limit("19 from a Saturday with roll", "cn", "2025-03-08 10:00", "2wd", ROLL, "2025-03-12 23:59:59"),
    Limit(
        "20 from a make-up Sunday", "cn", "2025-09-28 10:00", "2wd", {}, "2025-09-30 23:59:59", "2025-10-08 23:59:59"
    ),
    Limit("21 over National Day", "cn", "2025-09-30 10:00", "2wd", {}, "2025-10-10 23:59:59"),
    Limit("22 from a make-up Saturday", "cn", "2025-10-11 10:00", "2wd", {}, "2025-10-14 23:59:59"),
    Limit("23 over New Year", "cn", "2025-12-30 10:00", "2wd", {}, "2026-01-04 23:59:59"),
    Limit("24 calendar days", "cn", "2025-03-05 10:00", "3d", {}, "2025-03-08 23:59:59"),
    Limit("24 with roll", "cn", "2025-03-05 10:00", "3d", NEXT, "2025-03-10 23:59:59"),
    Limit("25 over National Day with roll", "cn", "2025-09-28 10:00", "3d", NEXT, "2025-10-09 23:59:59"),
    Limit("26 same working day from a Saturday", "cn", "2025-03-08 10:00", "0wd", {}, "2025-03-10 23:59:59"),
    Limit("27 same day", "cn", "2025-03-05 23:59:59", "0d", {}, "2025-03-05 23:59:59"),
    Limit("46 half-day before a festival", "shop", "2025-01-28 12:00", "2bh", {}, "2025-01-29 11:00:00"),
    Limit("46 one special Sunday shift", "shop", "2025-03-08 15:00", "2bh", {}, "2025-03-09 19:00:00"),
    Limit("48 no budget", "cn", "2025-03-05 10:00", "0h", {}, "2025-03-05 10:00:00"),
    Limit("48 no working budget", "cn", "2025-03-05 10:00", "0bh", {}, "2025-03-05 10:00:00"),
    Limit("48 exactly on the budget", "cn", "2025-03-05 10:00", "8h", {}, "2025-03-05 18:00:00"),
    Limit("49 a month after a leap day", "cn", "2024-02-29 10:00", "1mon", {}, "2024-03-29 23:59:59"),
    Limit("49 a year after a leap day", "cn", "2024-02-29 10:00", "1y", {}, "2025-02-28 23:59:59"),
    Limit("49 a month after the 31st", "cn", "2025-01-31 10:00", "1mon", {}, "2025-02-28 23:59:59"),
]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.number)
def test_in_time_to_the_second(limit: Limit) -> None:
    """Answered at the limit and a second after it, leniently and strictly, and never answered."""
    clock, breach = calendars()[limit.calendar], limit.breach_after or limit.due_at

    def later(text: str) -> str:
        moment = clock.local_text(clock.parse_local(text)[0] + 1)
        return moment if moment.count(":") == 2 else moment + ":00"

    answers = {"AT": breach, "OVER": later(breach), "DUE": limit.due_at, "AFTER": later(limit.due_at), "NEVER": ""}
    tickets = [{"ticket_id": key, "opened_at": limit.opened, "answered_at": answer} for key, answer in answers.items()]
    rule = {**ANSWER, "within": limit.within, **limit.options}
    apart = breach != limit.due_at
    lenient = {"AT": "pass", "OVER": "fail", "DUE": "pass", "AFTER": "pass" if apart else "fail", "NEVER": "fail"}
    strict = {"AT": "fail" if apart else "pass", "OVER": "fail", "DUE": "pass", "AFTER": "fail", "NEVER": "fail"}
    for boundary, expected in (({}, lenient), (STRICT, strict)):
        found = run({**rule, **boundary}, {"ticket": tickets}, LATER, limit.calendar)
        assert found.verdicts == expected
        for finding in found.findings.values():
            assert (_shown(clock, finding.due_at), _shown(clock, finding.breach_after)) == (limit.due_at, breach)
        assert found.findings["OVER"].late_by == 1


def _shown(clock: Any, instant: int | None) -> str:
    assert instant is not None
    text = clock.local_text(instant)
    return text if text.count(":") == 2 else f"{text}:00"


class Story(NamedTuple):
    """A rule over small tables, judged as of a local time: its verdicts, and reasons where they matter."""

    number: str
    rule: dict[str, Any]
    tables: Tables
    as_of: str
    expected: dict[str, str]
    reasons: dict[str, str] = {}
    due_at: str = ""


def ticket(**cells: str) -> dict[str, str]:
    return {"ticket_id": "T1", "opened_at": "2025-03-05 10:00", **cells}


def held(*spans: tuple[str, str]) -> list[dict[str, str]]:
    return [{"ticket_id": "T1", "held_at": begin, "resumed_at": end} for begin, end in spans]


HOLDS = {"record": "hold", "match": "ticket_id = ticket_id", "from": "held_at", "to": "resumed_at"}
IN_8BH = {**ANSWER, "within": "8bh", "pauses": HOLDS}
IN_4BH = {**ANSWER, "within": "4bh", "pauses": HOLDS}
WEEKEND = held(("2025-03-05 16:00", "2025-03-10 10:00"))
REOPENED = ticket(resolved_at="2025-03-05 14:00", reopened_at="2025-03-08 14:00", closed_at="2025-03-08 20:00")
CYCLES = [
    {"cycle_id": "T1-1", "ticket_id": "T1", "opened_at": "2025-03-05 10:00", "closed_at": "2025-03-05 14:00"},
    {"cycle_id": "T1-2", "ticket_id": "T1", "opened_at": "2025-03-08 14:00", "closed_at": "2025-03-08 20:00"},
]
IN_8H = {"kind": "deadline", "record": "ticket", "from": "opened_at", "to": "closed_at", "within": "8h"}
REPLY = {**ANSWER, "to": "reply.written_at", "within": "1h"}
BY_AN_AGENT = {"reply": {"record": "note", "match": "ticket_id = ticket_id", "where": "author = '客服'"}}
NOTES = [
    {"note_id": "N1", "ticket_id": "T1", "written_at": "2025-03-05 10:00:05", "author": "自动回复"},
    {"note_id": "N2", "ticket_id": "T1", "written_at": "2025-03-05 10:20", "author": "内部备注"},
    {"note_id": "N3", "ticket_id": "T1", "written_at": "2025-03-05 11:30", "author": "客服"},
]
WEEKLY = {
    "kind": "cadence", "for": {"record": "site", "from": "opened_on", "to": "closed_on"},
    "of": {"record": "visit", "match": "site_id = site_id"}, "every": "week",
}  # fmt: skip
ELSEWHERE = {"visit_id": "V0", "site_id": "other", "visited_at": "2025-01-06 10:00"}
PERMITTED = {
    "kind": "sequence", "record": "ticket", "action": "closed_at",
    "before": {"record": "permit", "match": "ticket_id = ticket_id"},
}  # fmt: skip


def site(opened: str, closed: str) -> Tables:
    return {"site": [{"site_id": "S1", "opened_on": opened, "closed_on": closed}], "visit": [ELSEWHERE]}


STORIES = [
    Story("4 work on a Saturday", {**ANSWER, "within": "4bh"}, {"ticket": [ticket(opened_at="2025-03-07 14:00", answered_at="2025-03-08 11:00")]}, LATER, {"T1": "pass"}),
    Story("26 done on Monday", {**ANSWER, "within": "0wd"}, {"ticket": [ticket(opened_at="2025-03-08 10:00", answered_at="2025-03-10 17:00")]}, LATER, {"T1": "pass"}),
    Story("26 done on Tuesday", {**ANSWER, "within": "0wd"}, {"ticket": [ticket(opened_at="2025-03-08 10:00", answered_at="2025-03-11 09:00")]}, LATER, {"T1": "fail"}, {"T1": "late"}),
    Story("27 a second past midnight", {**ANSWER, "within": "0d"}, {"ticket": [ticket(opened_at="2025-03-05 23:59:59", answered_at="2025-03-06 00:00:00")]}, LATER, {"T1": "fail"}, {"T1": "late"}),
    Story("28 paused over a weekend, in time", IN_8BH, {"ticket": [ticket(answered_at="2025-03-10 14:00")], "hold": WEEKEND}, LATER, {"T1": "pass"}),
    Story("28 paused over a weekend, a minute late", IN_8BH, {"ticket": [ticket(answered_at="2025-03-10 14:01")], "hold": WEEKEND}, LATER, {"T1": "fail"}, {"T1": "late"}, "2025-03-10 14:00"),
    Story("28 the wall held on would be Tuesday 04:00", IN_8BH, {"ticket": [ticket(answered_at="2025-03-11 04:00")], "hold": WEEKEND}, LATER, {"T1": "fail"}, {}, "2025-03-10 14:00"),
    Story("29 resolved without resuming", {**IN_8BH, "within": "1bh"}, {"ticket": [ticket(answered_at="2025-03-06 17:00")], "hold": held(("2025-03-05 10:30", ""))}, LATER, {"T1": "pass"}),
    Story("29 the pause cannot save what was late before it", {**IN_8BH, "within": "1bh"}, {"ticket": [ticket(answered_at="2025-03-06 17:00")], "hold": held(("2025-03-05 11:30", ""))}, LATER, {"T1": "fail"}, {}, "2025-03-05 11:00"),
    Story("30 overlapping pauses count once", IN_4BH, {"ticket": [ticket(answered_at="2025-03-05 17:00")], "hold": held(("2025-03-05 11:00", "2025-03-05 14:00"), ("2025-03-05 11:30", "2025-03-05 14:00"))}, LATER, {"T1": "pass"}),
    Story("30 and no more than once", IN_4BH, {"ticket": [ticket(answered_at="2025-03-05 17:01")], "hold": held(("2025-03-05 11:00", "2025-03-05 14:00"), ("2025-03-05 11:30", "2025-03-05 14:00"))}, LATER, {"T1": "fail"}, {}, "2025-03-05 17:00"),
    Story("30 a pause before the start is clipped", IN_4BH, {"ticket": [ticket(answered_at="2025-03-05 16:01")], "hold": held(("2025-03-04 09:00", "2025-03-05 11:00"))}, LATER, {"T1": "fail"}, {}, "2025-03-05 16:00"),
    Story("30 a pause that ended before the start is nothing", IN_4BH, {"ticket": [ticket(answered_at="2025-03-05 15:01")], "hold": held(("2025-03-04 09:00", "2025-03-05 09:30"))}, LATER, {"T1": "fail"}, {}, "2025-03-05 15:00"),
    Story("30 one pause after another", IN_4BH, {"ticket": [ticket(answered_at="2025-03-05 17:00")], "hold": held(("2025-03-05 10:30", "2025-03-05 11:00"), ("2025-03-05 11:00", "2025-03-05 12:30"), ("2025-03-05 14:00", "2025-03-05 14:30"))}, LATER, {"T1": "pass"}),
    Story("31 a pause still open", IN_4BH, {"ticket": [ticket()], "hold": held(("2025-03-05 14:50", ""))}, "2025-03-14 12:00", {"T1": "pending"}, {"T1": "at_risk"}),
    Story("32 a pause from before a higher priority", {**IN_4BH, "when": "priority = 'P1'"}, {"ticket": [ticket(priority="P1", answered_at="2025-03-06 10:00")], "hold": held(("2025-03-05 11:00", "2025-03-05 16:00"))}, LATER, {"T1": "pass"}),
    Story("33 continue: solved time is a pause", {**IN_8H, "pauses": [{"from": "resolved_at", "to": "reopened_at"}]}, {"ticket": [REOPENED]}, LATER, {"T1": "fail"}, {"T1": "late"}, "2025-03-08 18:00"),
    Story("33 new_cycle: each opening is an instance", {**IN_8H, "record": "cycle"}, {"cycle": CYCLES}, LATER, {"T1-1": "pass", "T1-2": "pass"}),
    Story("33 reset: counted from the last reopening", {**IN_8H, "from": "reopened_at", "within": "5h"}, {"ticket": [REOPENED]}, LATER, {"T1": "fail"}, {"T1": "late"}, "2025-03-08 19:00"),
    Story("40 a bare date in a budget of hours", {**ANSWER, "within": "8h"}, {"ticket": [ticket(answered_at="2025-03-05")]}, LATER, {"T1": "unknown"}, {"T1": "date_only"}),
    Story("40 days decide where the rule says so", {**ANSWER, "within": "8h", "date_only": "day"}, {"ticket": [ticket(answered_at="2025-03-05")]}, LATER, {"T1": "pass"}),
    Story("40 and a day later is late", {**ANSWER, "within": "8h", "date_only": "day"}, {"ticket": [ticket(answered_at="2025-03-06")]}, LATER, {"T1": "fail"}, {"T1": "late"}),
    Story("40 working hours by the day", {**ANSWER, "within": "8bh", "date_only": "day"}, {"ticket": [ticket(answered_at="2025-03-06")]}, LATER, {"T1": "pass"}),
    Story("41 the same second, allowed", {**PERMITTED, "ties": "allow"}, {"ticket": [ticket(closed_at="2025-03-05 12:00")], "permit": [{"permit_id": "P1", "ticket_id": "T1", "granted_at": "2025-03-05 12:00"}]}, LATER, {"T1": "pass"}),
    Story("41 the same second, strictly", {**PERMITTED, "ties": "strict"}, {"ticket": [ticket(closed_at="2025-03-05 12:00")], "permit": [{"permit_id": "P1", "ticket_id": "T1", "granted_at": "2025-03-05 12:00"}]}, LATER, {"T1": "fail"}, {"T1": "not_before"}),
    Story("42 a target before its start", {**ANSWER, "within": "8h"}, {"ticket": [ticket(answered_at="2025-03-05 09:59:59")]}, LATER, {"T1": "fail"}, {"T1": "absent"}, "2025-03-05 18:00"),
    Story("42 rows in any order", {**REPLY, "lookup": {"reply": {"record": "note", "match": "ticket_id = ticket_id"}}}, {"ticket": [ticket()], "note": [NOTES[2], {**NOTES[0], "written_at": "2025-03-05 09:00"}, NOTES[1]]}, LATER, {"T1": "pass"}),
    Story("43 a machine's reply and a note are no response", {**REPLY, "lookup": BY_AN_AGENT}, {"ticket": [ticket()], "note": NOTES}, LATER, {"T1": "fail"}, {"T1": "late"}, "2025-03-05 11:00"),
    Story("43 without the filter they would be", {**REPLY, "lookup": {"reply": {"record": "note", "match": "ticket_id = ticket_id"}}}, {"ticket": [ticket()], "note": NOTES}, LATER, {"T1": "pass"}),
    Story("44 a week without a working day", WEEKLY, site("2026-02-09", "2026-02-22"), "2026-03-01 00:00", {"S1/2026-W07": "fail", "S1/2026-W08": "not_applicable"}, {"S1/2026-W08": "no_working_day"}),
    Story("45 prorate: four days of a week are owed", WEEKLY, site("2025-03-06", "2025-03-20"), "2025-04-01 00:00", {"S1/2025-W10": "fail", "S1/2025-W11": "fail", "S1/2025-W12": "fail"}),
    Story("45 prorate: three are not", WEEKLY, site("2025-03-07", "2025-03-19"), "2025-04-01 00:00", {"S1/2025-W11": "fail"}),
    Story("45 skip: whole weeks only", {**WEEKLY, "partial": "skip"}, site("2025-03-06", "2025-03-20"), "2025-04-01 00:00", {"S1/2025-W11": "fail"}),
    Story("50 a log that starts too late", {**PERMITTED, "valid_for": "30d"}, {"ticket": [ticket(closed_at="2025-03-05 12:00")], "permit": [{"permit_id": "P1", "ticket_id": "T9", "granted_at": "2025-02-20 12:00"}]}, LATER, {"T1": "unknown"}, {"T1": "log_starts_later"}),
    Story("50 a log that is long enough", {**PERMITTED, "valid_for": "30d"}, {"ticket": [ticket(closed_at="2025-03-05 12:00")], "permit": [{"permit_id": "P1", "ticket_id": "T9", "granted_at": "2025-02-01 12:00"}]}, LATER, {"T1": "fail"}, {"T1": "not_before"}),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.number)
def test_stories(story: Story) -> None:
    found = run(story.rule, story.tables, story.as_of)
    assert found.verdicts == story.expected
    assert found.reasons | story.reasons == found.reasons
    if story.due_at:
        assert calendars()["cn"].local_text(found.findings["T1"].due_at or 0) == story.due_at


def test_15_and_16_local_times_that_happen_twice_or_never() -> None:
    clock = calendars()["ny"]
    assert clock.parse_local("2025-11-02 01:30") == (clock.parse_local("2025-11-02 00:30")[0] + 3600, "ambiguous_time")
    assert clock.parse_local("2025-03-09 02:30") == (clock.parse_local("2025-03-09 03:30")[0], "nonexistent_time")


def test_34_a_changed_policy_is_a_run_of_its_own(tmp_path: Path) -> None:
    """Answered after two and a half hours under four, then under two: the first run stays as it was."""
    old, new = _policy(tmp_path / "old", "4h"), _policy(tmp_path / "new", "2h")
    rows = {"ticket": [ticket(answered_at="2025-03-05 12:30")]}

    def judged(book: Rulebook) -> tuple[dict[str, int], str]:
        data, _ = from_rows(rows, book.records, "Asia/Shanghai")
        result = audit(book, data, as_of=LATER, regulations=["test"])
        counts = result.evaluation.results[0].counts
        return {verdict.value: count for verdict, count in counts.items() if count}, result.run.rulebook

    first, changed, again = judged(old), judged(new), judged(old)
    assert (first[0], changed[0]) == ({"pass": 1}, {"fail": 1})
    assert again == first
    assert changed[1] != first[1]


def _policy(folder: Path, within: str) -> Rulebook:
    """A rules folder with one rule, of which only the budget differs."""
    rule = {**COMMON, **ANSWER, "within": within}
    del rule["regulation"]
    clauses = [{"id": "T-1", "place": "1", "requirement": "Answer.", "zh": "答复", "how": "computed"}]
    contents: dict[str, Any] = {
        "records.yaml": {"ticket": RECORDS["ticket"].model_dump(mode="json", exclude={"name"}, exclude_defaults=True)},
        "test/clauses.yaml": {"regulation": "test", "code": "T", "title": COMMON["title"], "clauses": clauses},
        "test/chapter.yaml": {"regulation": "test", "rules": [rule]},
    }
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    (folder / "calendars.yaml").write_text(CALENDARS.read_text(encoding="utf-8"), encoding="utf-8")
    return read_rules(folder)


def test_35_a_holiday_added_later_makes_a_new_calendar(tmp_path: Path) -> None:
    before = calendars()
    text = CALENDARS.read_text(encoding="utf-8")
    changed = text.replace("    holidays: china\n\n  ny", "    holidays: china\n    closed: [2025-03-06]\n\n  ny")
    (tmp_path / "calendars.yaml").write_text(changed, encoding="utf-8")
    after, problems = read_calendars(tmp_path / "calendars.yaml")
    assert not problems
    tickets = {"ticket": [ticket(opened_at="2025-03-05 17:00", answered_at="2025-03-07 10:00")]}
    rule = {**ANSWER, "within": "2bh"}
    assert run(rule, tickets, LATER).verdicts == {"T1": "fail"}
    assert run(rule, tickets, LATER, known=after).verdicts == {"T1": "pass"}
    assert before["cn"].version != after["cn"].version
    assert before["ny"].version == after["ny"].version


def test_36_a_holiday_that_comes_back_every_year() -> None:
    clock = calendars()["shop"]
    days = [
        clock.day_of(clock.parse_local(f"{date} 12:00")[0])
        for date in ("2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02")
    ]
    assert [clock.works(day) for day in days] == [True, False, False, True]
    tickets = {"ticket": [ticket(opened_at="2025-12-30 19:00", answered_at="2026-01-02 11:00")]}
    assert run({**ANSWER, "within": "2bh"}, tickets, LATER, "shop").verdicts == {"T1": "pass"}


def test_37_a_calendar_without_working_time_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calendars.yaml"
    path.write_text("calendars:\n  idle: {title: {zh: 空, en: Idle}, zone: UTC, weekly: {}}\n", encoding="utf-8")
    found, problems = read_calendars(path, name="calendars.yaml")
    assert [str(problem) for problem in problems if problem.code == "no-working-time"] == [
        "calendars.yaml:2:3: The calendar 'idle' has no working time at all. Give it hours under 'weekly'."
    ]
    assert "idle" not in found


@pytest.mark.parametrize("within", ["8bh", "2wd"])
def test_38_due_beyond_the_calendar(within: str) -> None:
    tickets = {"ticket": [ticket(opened_at="2026-12-31 15:00", answered_at="2027-03-01 10:00")]}
    rule = {**ANSWER, "within": within}
    found = run(rule, tickets, "2027-06-01 00:00")
    assert (found.verdicts, found.reasons) == ({"T1": "unknown"}, {"T1": "calendar"})
    assert run(rule, tickets, "2026-12-31 16:00").verdicts == {"T1": "unknown"}
    guessed = run(
        {**rule, "calendar": "guessing"}, {"ticket": [ticket(opened_at="2027-01-04 15:00")]}, "2027-06-01 00:00"
    )
    assert guessed.verdicts == {"T1": "fail"}
    assert guessed.findings["T1"].provisional


def test_38_used_up_before_the_calendar_ends_is_certain() -> None:
    tickets = {"ticket": [ticket(opened_at="2026-12-01 10:00")]}
    for within in ("8bh", "2wd"):
        assert run({**ANSWER, "within": within}, tickets, "2027-06-01 00:00").verdicts == {"T1": "fail"}


def test_39_the_zone_of_the_reader_changes_nothing() -> None:
    here = run(
        {**ANSWER, "within": "4bh", "calendar": "cn"}, {"ticket": [ticket(answered_at="2025-03-05 15:01")]}, LATER
    )
    there = {"opened_at": "2025-03-04 21:00", "answered_at": "2025-03-05 02:01"}
    away = run({**ANSWER, "within": "4bh", "calendar": "cn"}, {"ticket": [ticket(**there)]}, LATER, "ny")
    assert here.verdicts == away.verdicts == {"T1": "fail"}
    assert here.findings["T1"].due_at == away.findings["T1"].due_at
    assert calendars()["ny"].local_text(away.findings["T1"].due_at or 0) == "2025-03-05 02:00"


def test_42_a_target_before_its_start_is_a_problem_of_the_row() -> None:
    tickets = [
        ticket(),
        ticket(ticket_id="T2", answered_at="2025-03-05 09:00"),
        ticket(ticket_id="T3", answered_at="2025-03-04"),
    ]
    found = run({**ANSWER, "within": "8h"}, {"ticket": tickets}, LATER)
    assert [(problem.code, str(problem), problem.count) for problem in found.doubts] == [
        (
            "target-before-start",
            "given › ticket › row 2 › column answered_at: 'answered_at' lies before 'opened_at', so it does not count. Correct one of the two times.",
            2,
        )
    ]


def test_47_judged_no_later_than_the_source_is_complete() -> None:
    tickets = {"ticket": [ticket()], "note": []}
    rule = {**REPLY, "lookup": BY_AN_AGENT, "within": "1d"}
    for record in ("ticket", "note"):
        found = run(rule, tickets, "2025-03-20 00:00", covers_until={record: "2025-03-06 12:00"})
        assert found.verdicts == {"T1": "pending"}
    assert run(rule, tickets, "2025-03-20 00:00", covers_until={"visit": "2025-03-06 12:00"}).verdicts == {"T1": "fail"}
    assert run(rule, tickets, "2025-03-20 00:00", covers_until={"note": "2025-03-07 00:00"}).verdicts == {"T1": "fail"}


def test_an_event_after_as_of_is_a_problem_of_the_row() -> None:
    found = run(
        {**ANSWER, "within": "8h"},
        {"ticket": [ticket(), ticket(ticket_id="T2", answered_at="2025-03-07 09:00")]},
        "2025-03-05 12:00",
    )
    assert found.verdicts == {"T1": "pending", "T2": "pending"}
    assert [(problem.code, str(problem), problem.count) for problem in found.doubts] == [
        (
            "future-event",
            "given › ticket › row 2 › column answered_at: 'answered_at' lies after the as-of time, so nobody is judged by it yet. Correct the date, or judge as of a later time.",
            1,
        )
    ]
