"""Lookups: which row of another record is found, how many there are, and what is said where that is not sure."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from auditor.kinds.judgement import NotChecked
from auditor.kinds.lookup import parse_match
from auditor.kinds.scope import Scope
from auditor.kinds.world import declared_world
from auditor.mistake import Mistake
from tests.small_world import RECORDS, Tables, calendars, entry, run

BAD = "看不清"
OPENED, LATER = "2025-03-05 10:00", "2025-03-31 12:00"
BY_KEY = "ticket_id = ticket_id"
SINCE = "ticket_id = ticket_id and written_at >= opened_at"


def note(at: str, *, author: str = "客服", ticket: str = "T1", useful: str = "") -> dict[str, str]:
    return {
        "ticket_id": ticket,
        "written_at": f"2025-03-05 {at}" if len(at) == 5 else at,
        "author": author,
        "useful": useful,
    }


def tables(notes: list[dict[str, str]], **cells: str) -> Tables:
    return {"ticket": [{"ticket_id": "T1", "opened_at": OPENED, **cells}], "note": notes}


def answer(must: str, notes: list[dict[str, str]], lookup: dict[str, str] = {}, **cells: str) -> str:  # noqa: B006
    """Whether ``must`` holds of ticket T1 with the lookup ``n``: pass, condition (it is false), or why nobody knows."""
    rule = {
        "kind": "condition",
        "record": "ticket",
        "must": must,
        "lookup": {"n": {"record": "note", "match": BY_KEY, **lookup}},
    }
    [reason] = run(rule, tables(notes, **cells), LATER).reasons.values()
    return reason


THREE = [note("12:00", author="乙"), note("11:00", author="甲"), note("13:00", author="丙")]


@pytest.mark.parametrize(
    ("notes", "lookup", "author"),
    [
        (THREE, {}, "甲"),
        (THREE, {"take": "last"}, "丙"),
        (THREE, {"match": SINCE}, "甲"),
        ([note("09:00", author="早"), *THREE], {}, "早"),
        ([note("09:00", author="早"), *THREE], {"match": SINCE}, "甲"),
        ([note("10:00", author="同"), *THREE], {"match": SINCE}, "同"),
        ([note("10:00", author="同"), *THREE], {"match": "ticket_id = ticket_id and written_at > opened_at"}, "甲"),
        (
            [note("09:00", author="早"), *THREE],
            {"match": "ticket_id = ticket_id and written_at <= opened_at", "take": "last"},
            "早",
        ),
        ([note("11:00", author="甲"), note("11:00", author="后")], {}, "甲"),
        ([note("11:00", author="甲"), note("11:00", author="后")], {"take": "last"}, "后"),
        ([note("", author="无"), *THREE], {}, "甲"),
        ([note("", author="无"), *THREE], {"take": "last"}, "丙"),
        ([note("", author="无")], {}, "无"),
        (THREE, {"where": "author <> '甲'"}, "乙"),
        ([note("10:30", ticket="T2"), *THREE], {}, "甲"),
        ([note("10:30", ticket=""), *THREE], {}, "甲"),
    ],
)
def test_the_row_found(notes: list[dict[str, str]], lookup: dict[str, str], author: str) -> None:
    assert answer(f"n.author = '{author}'", notes, lookup) == "pass"


GOOD, POOR, BLANK, LOST = (note("11:00", useful=word) for word in ("是", "否", "", BAD))
USEFUL = {"where": "useful"}


@pytest.mark.parametrize(
    ("must", "notes", "lookup", "expected"),
    [
        ("n.found", [], {}, "condition"),
        ("not n.found", [], {}, "pass"),
        ("n.found", [GOOD], USEFUL, "pass"),
        ("n.found", [POOR], USEFUL, "condition"),
        ("n.found", [BLANK], USEFUL, "null_condition"),
        ("n.found", [LOST], USEFUL, "null_condition"),
        ("n.found", [POOR, BLANK], USEFUL, "null_condition"),
        ("n.found", [GOOD, BLANK, LOST], USEFUL, "pass"),
        ("n.count = 0", [], {}, "pass"),
        ("n.count = 3", THREE, {}, "pass"),
        ("n.count = 1", [GOOD, POOR], USEFUL, "pass"),
        ("n.count = 0", [POOR, BLANK], USEFUL, "null_condition"),
        ("n.count = 1", [GOOD, BLANK], USEFUL, "pass"),
        ("n.found", [note("09:00")], {"match": SINCE}, "condition"),
        ("n.found", [note("")], {"match": SINCE}, "condition"),
        ("n.found", [note(BAD)], {"match": SINCE}, "null_condition"),
        ("n.found", [note("2025-03-05")], {"match": SINCE}, "null_condition"),
        ("n.found", [note("2025-03-06")], {"match": SINCE}, "pass"),
        ("n.found", [note("2025-03-04")], {"match": SINCE}, "condition"),
        ("n.author = '客服'", [], {}, "null_condition"),
        ("n.author = '客服'", [BLANK], USEFUL, "null_condition"),
        ("n.useful", [LOST], {}, "unreadable"),
        ("n.author = '客服'", [LOST], {}, "pass"),
        ("n.useful", [GOOD, note("10:30", useful=BAD)], {}, "unreadable"),
        ("n.useful", [GOOD, note("11:30", useful=BAD)], {}, "pass"),
    ],
)
def test_found_count_and_cells(must: str, notes: list[dict[str, str]], lookup: dict[str, str], expected: str) -> None:
    assert answer(must, notes, lookup) == expected


@pytest.mark.parametrize(
    ("must", "notes", "expected"),
    [
        ("n.author = '客服'", [note("11:00"), note(BAD)], "unreadable"),  # nobody knows which of the two is the first
        ("n.author = '客服'", [note(BAD)], "pass"),
        ("n.count = 2", [note("11:00"), note(BAD)], "pass"),
        ("n.found", [note("11:00"), note(BAD)], "pass"),
    ],
)
def test_an_order_that_cannot_be_read(must: str, notes: list[dict[str, str]], expected: str) -> None:
    assert answer(must, notes) == expected


def test_our_own_key_is_missing() -> None:
    assert answer("n.found", THREE, {}, ticket_id="") == "null_condition"
    assert answer("n.found", THREE, {"match": "author = agent"}, agent="") == "null_condition"
    assert answer("n.found", THREE, {"match": SINCE}, opened_at="") == "null_condition"
    assert answer("n.found", THREE, {"match": SINCE}, opened_at=BAD) == "unreadable"


REPLY: dict[str, Any] = {
    "kind": "deadline",
    "record": "ticket",
    "from": "opened_at",
    "to": "n.written_at",
    "within": "2h",
}


@pytest.mark.parametrize(
    ("notes", "lookup", "as_of", "expected"),
    [
        (THREE, {}, LATER, "pass"),
        (THREE, {"take": "last"}, LATER, "pass"),  # the earliest target counts, whichever the rule takes
        ([note("09:00"), note("13:00")], {}, LATER, "late"),
        ([note("09:00")], {}, LATER, "absent"),
        ([note("")], {}, LATER, "absent"),
        ([note("11:00"), note("13:00")], {}, "2025-03-05 10:30", "open"),
        ([note("13:00"), BLANK], USEFUL, LATER, "unsure_match"),
        ([note("13:00", useful="是"), BLANK], USEFUL, LATER, "unsure_match"),
        ([note("13:00", useful="是"), POOR], USEFUL, LATER, "late"),
        ([note("13:00", useful="是"), note("2025-04-05 10:00")], USEFUL, LATER, "late"),
        ([note("13:00", useful="是"), note("09:00")], USEFUL, LATER, "late"),
        ([BLANK], USEFUL, "2025-03-05 11:30", "open"),
        ([note("13:00"), note(BAD)], {}, LATER, "unsure_match"),
        ([note("11:00"), note(BAD)], {}, LATER, "pass"),
        ([note("13:00", useful="是"), note(BAD, useful="否")], USEFUL, LATER, "late"),
        ([note("2025-04-01 10:00"), BLANK], USEFUL, LATER, "unsure_match"),
    ],
)
def test_the_target_of_a_deadline(
    notes: list[dict[str, str]], lookup: dict[str, str], as_of: str, expected: str
) -> None:
    rule = {**REPLY, "lookup": {"n": {"record": "note", "match": BY_KEY, **lookup}}}
    assert run(rule, tables(notes), as_of).reasons == {"T1": expected}


@pytest.mark.parametrize(
    ("match", "what", "remedy"),
    [
        (
            "ticket_id",
            "'ticket_id' is not a comparison of two columns.",
            "Write `their_column = our_column`, joined by `and`.",
        ),
        (
            "ticket_id = 'T1'",
            "'ticket_id = 'T1'' is not a comparison of two columns.",
            "Write `their_column = our_column`, joined by `and`.",
        ),
        (
            "ticket_id =",
            "The match 'ticket_id =' cannot be read.",
            "Write `their_column = our_column`, joined by `and`.",
        ),
        (
            "n.ticket_id = ticket_id",
            "The left side 'n.ticket_id' names a column of the looked-up record.",
            "Write `their_column = our_column`, joined by `and`.",
        ),
        (
            "written_at >= opened_at",
            "The match 'written_at >= opened_at' has no equality.",
            "Give at least one `their_column = our_column`.",
        ),
    ],
)
def test_matches_that_are_none(match: str, what: str, remedy: str) -> None:
    with pytest.raises(Mistake) as caught:
        parse_match(match)
    assert (caught.value.what, caught.value.remedy) == (what, remedy)


@pytest.mark.parametrize(
    ("lookup", "what"),
    [
        ({"match": "ticket = ticket_id"}, "There is no column 'ticket' here."),
        ({"match": "ticket_id = ticket"}, "There is no column 'ticket' here."),
        ({"by": "when"}, "There is no column 'when' in 'note'."),
        ({"where": "usefull"}, "There is no column 'usefull' here."),
        ({"record": "notes"}, "There is no record type 'notes'."),
    ],
)
def test_mistakes_in_a_lookup(lookup: dict[str, str], what: str) -> None:
    rule = {
        "kind": "condition",
        "record": "ticket",
        "must": "n.found",
        "lookup": {"n": {"record": "note", "match": BY_KEY, **lookup}},
    }
    made = entry(rule)
    scope = Scope(made.rule, "ticket", declared_world(RECORDS, calendars(), "cn"), made.place)
    with suppress(NotChecked):
        made.rule.judge(scope)
    assert [problem.what for problem in scope.problems] == [what]
