"""Which findings become tallies, how they are grouped, and that one event is charged once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.adjudicate import Given, Tally
from tests.adjudicate.planted import Planted, rule, ticket

MAJOR, MINOR, CRITICAL = rule("T-01"), rule("T-02", severity="minor"), rule("T-03", severity="critical")


def tallied(given: list[Given]) -> dict[tuple[str, str, str | None], tuple[int, int | None]]:
    """Count and found, by subject, rule and period."""
    out = {}
    for one in given:
        assert isinstance(one, Tally)
        out[one.subject, one.rule, one.period] = (one.count, one.found)
    assert len(out) == len(given)
    return out


def test_one_event_with_three_findings_is_charged_once_with_the_gravest() -> None:
    world = Planted([MAJOR, MINOR, CRITICAL], {"ticket": [ticket("K1")]})
    assert tallied(world.given("tally")) == {
        ("张敏", "T-01", "2025-03"): (0, 1),
        ("张敏", "T-02", "2025-03"): (0, 1),
        ("张敏", "T-03", "2025-03"): (1, 1),
    }


def test_of_two_findings_alike_in_gravity_one_carries_the_event() -> None:
    world = Planted([MAJOR, rule("T-04")], {"ticket": [ticket("K1")]})
    assert tallied(world.given("tally")) == {
        ("张敏", "T-01", "2025-03"): (1, 1), ("张敏", "T-04", "2025-03"): (0, 1),
    }  # fmt: skip


def test_events_apart_are_charged_apart() -> None:
    """Other rows, other persons and other records are other events; so is the same row without a number of its own."""
    of_note = rule("T-05", "note", subject="author", must="useful", severity="minor")
    world = Planted(
        [MAJOR, of_note],
        {
            "ticket": [ticket("K1"), ticket("K2"), ticket("K1", agent="李强"), ticket(""), ticket("")],
            "note": [{"note_id": "K1", "author": "张敏", "useful": "否", "written_at": "2025-03-05"}],
        },
    )
    assert tallied(world.given("tally")) == {
        ("张敏", "T-01", "2025-03"): (4, 4),
        ("李强", "T-01", "2025-03"): (1, 1),
        ("张敏", "T-05", "2025-03"): (1, 1),
    }


@pytest.mark.parametrize(
    ("opened", "period"),
    [
        ("2025-03-31 23:59", "2025-03"),
        ("2025-04-01 00:00", "2025-04"),
        ("2024-12-31 23:59", "2024-12"),
    ],
)
def test_the_month_is_that_of_the_local_day(opened: str, period: str) -> None:
    world = Planted([MAJOR], {"ticket": [ticket("K1", opened=opened)]})
    assert tallied(world.given("tally")) == {("张敏", "T-01", period): (1, 1)}


def test_findings_without_any_time_do_not_add_up() -> None:
    """Nobody knows that they fell into one month, so that they never count as repeated in one."""
    world = Planted([MAJOR], {"ticket": [ticket("K1", opened=None), ticket("K2", opened=None)]})
    given = world.given("tally")
    assert [(one.period, one.count, one.repeats) for one in given if isinstance(one, Tally)] == [(None, 1, None)] * 2
    assert len({one.id for one in given}) == 2


def test_findings_that_name_nobody_and_provisional_ones_are_no_facts() -> None:
    world = Planted([MAJOR], {"ticket": [ticket("K1", agent=None), ticket("K2"), ticket("K3")]})
    world.evaluation.connection.execute("UPDATE findings SET provisional = TRUE WHERE key = 'K2'")
    assert tallied(world.given("tally")) == {("张敏", "T-01", "2025-03"): (1, 1)}


def test_a_name_that_may_mean_several_people_is_charged_with_nothing() -> None:
    rows = {"ticket": [ticket("K1"), ticket("K2", agent="李强")]}
    assert tallied(Planted([MAJOR], rows, namesakes=["张敏"]).given("tally")) == {("李强", "T-01", "2025-03"): (1, 1)}


def test_what_is_unknown_pending_or_kept_is_no_fact() -> None:
    rows = [
        ticket("unknown", urgent=None),
        ticket("future", opened="2025-07-01"),
        ticket("kept", urgent="否"),
        ticket("unreadable", urgent="也许"),
    ]
    assert Planted([MAJOR], {"ticket": rows}).given("tally") == []


STATES: dict[str | None, list[tuple[int, int, tuple[str, ...]]]] = {
    None: [(1, 1, ())],
    "confirmed": [(1, 1, ())],
    "lapsed": [(1, 1, ())],
    "evidence_changed": [(1, 1, ())],
    "disputed": [(1, 1, ("disputed finding",))],
    "waived": [],
}


@pytest.mark.parametrize("state", STATES)
def test_what_reviewers_decided(state: str | None) -> None:
    world = Planted([MAJOR], {"ticket": [ticket("K1")]})
    states = {} if state is None else {world.fingerprint("T-01", "K1"): state}
    given = world.given("tally", states=states)
    assert [(one.count, one.found, one.held) for one in given if isinstance(one, Tally)] == STATES[state]


def test_what_was_contained_in_a_waived_finding_is_charged_itself() -> None:
    world = Planted([MAJOR, CRITICAL], {"ticket": [ticket("K1")]})
    assert tallied(world.given("tally", states={world.fingerprint("T-03", "K1"): "waived"})) == {
        ("张敏", "T-01", "2025-03"): (1, 1)
    }


def test_what_is_disputed_contains_nothing_that_is_not() -> None:
    world = Planted([MAJOR, CRITICAL], {"ticket": [ticket("K1")]})
    given = world.given("tally", states={world.fingerprint("T-03", "K1"): "disputed"})
    assert [(one.rule, one.count, one.held) for one in given if isinstance(one, Tally)] == [
        ("T-01", 1, ()), ("T-03", 1, ("disputed finding",)),
    ]  # fmt: skip


def test_a_disputed_finding_makes_a_tally_of_its_own_and_repeats_nothing() -> None:
    world = Planted([MAJOR], {"ticket": [ticket("K1"), ticket("K2"), ticket("K3")]})
    given = world.given("tally", states={world.fingerprint("T-01", "K2"): "disputed"})
    assert sorted((one.held, one.count, one.repeats) for one in given if isinstance(one, Tally)) == [
        ((), 2, 2), (("disputed finding",), 1, 3),
    ]  # fmt: skip


MONTHS = ["2024-02", "2024-03", "2025-01", "2025-02", "2025-02"]
REPEATS = {
    "1mon": {"2024-02": 1, "2024-03": 1, "2025-01": 1, "2025-02": 2},
    "2mon": {"2024-02": 1, "2024-03": 2, "2025-01": 1, "2025-02": 3},
    "12mon": {"2024-02": 1, "2024-03": 2, "2025-01": 3, "2025-02": 4},
    "13mon": {"2024-02": 1, "2024-03": 2, "2025-01": 3, "2025-02": 5},
}


@pytest.mark.parametrize("window", REPEATS)
def test_repeats_look_back_over_months_the_present_one_included(window: str) -> None:
    rows = [ticket(f"K{number}", opened=f"{month}-10") for number, month in enumerate(MONTHS)]
    given = Planted([MAJOR], {"ticket": rows}).given("tally", look_back=window)
    assert {one.period: one.repeats for one in given if isinstance(one, Tally)} == REPEATS[window]


def test_a_tally_names_the_findings_that_are_charged_at_most_twenty() -> None:
    rows = [ticket(f"K{number:02}") for number in range(25)]
    world = Planted([MINOR, MAJOR], {"ticket": rows})
    major, minor = sorted(world.given("tally"), key=lambda one: str(getattr(one, "severity", "")))
    fingerprints = sorted(one.fingerprint for one in world.findings() if one.rule == "T-01")
    assert (getattr(major, "count", 0), major.fingerprints) == (25, tuple(fingerprints[:20]))
    assert (getattr(minor, "count", 0), getattr(minor, "found", 0), minor.fingerprints) == (0, 25, ())


ROSTER = [
    {"staff_no": "A1", "staff_name": "张敏", "department": "客服部", "store_name": "中山路店", "staff_role": "店长"},
    {"staff_no": "A2", "staff_name": "李强", "department": "工程部"},
]


def test_who_works_where_is_said_by_the_roster() -> None:
    given = Planted([MAJOR], {"ticket": [ticket("K1"), ticket("K2", agent="李强")], "staff": ROSTER}).given("tally")
    assert {one.subject: (one.role, one.department, one.store) for one in given if isinstance(one, Tally)} == {
        "张敏": ("店长", "客服部", "中山路店"),
        "李强": (None, "工程部", None),
    }


INCIDENT_RULE = rule("T-06", "incident", subject="staff_name", must="permission_given")


def test_the_record_itself_says_where_and_in_which_post() -> None:
    rows = [
        {
            "incident_id": f"E{number}",
            "staff_name": "张敏",
            "occurred_at": "2025-03-05",
            "permission_given": "否",
            **where,
        }
        for number, where in enumerate([{"store_name": "人民路店", "staff_role": "店员"}] * 2)
    ]
    (one,) = Planted([INCIDENT_RULE], {"incident": rows, "staff": ROSTER}).given("tally")
    assert isinstance(one, Tally)
    assert (one.role, one.store, one.department, one.count) == ("店员", "人民路店", "客服部", 2)


def test_a_post_on_the_row_is_not_that_of_another_person() -> None:
    other = {**INCIDENT_RULE, "subject": "reported_by"}
    row = {"incident_id": "E1", "reported_by": "李强", "staff_name": "张敏", "staff_role": "店员",
           "occurred_at": "2025-03-05", "permission_given": "否"}  # fmt: skip
    (one,) = Planted([other], {"incident": [row]}).given("tally")
    assert isinstance(one, Tally)
    assert (one.subject, one.role) == ("李强", None)


def test_a_person_in_two_stores_is_one_person_and_a_role_in_two_stores_is_two() -> None:
    rows = [
        {"incident_id": f"E{number}", "staff_name": "张敏", "occurred_at": "2025-03-05", "permission_given": "否",
         "store_name": store}
        for number, store in enumerate(["人民路店", "中山路店", "中山路店"])
    ]  # fmt: skip
    role = {**INCIDENT_RULE, "id": "T-07", "subject": {"role": "店长"}, "severity": "minor"}
    given = Planted([INCIDENT_RULE, role], {"incident": rows}).given("tally")
    assert sorted((one.subject, one.store or "", one.count) for one in given if isinstance(one, Tally)) == [
        ("店长", "中山路店", 2), ("店长", "人民路店", 1), ("张敏", "", 3),
    ]  # fmt: skip


ASKED: dict[str, tuple[Mapping[str, Any], int]] = {
    "nothing is asked": ({}, 3),
    "a severity": ({"severity": "minor"}, 1),
    "one of several": ({"severity": {"any_of": ["minor", "critical"]}}, 1),
    "not a severity": ({"severity": {"not": "minor"}}, 2),
    "a least count": ({"count": {"at_least": 2}}, 1),
    "a most count": ({"count": {"at_most": 0}}, 1),
    "a rule": ({"rule": "T-01"}, 2),
    "a tag": ({"tag_attitude": True}, 2),
    "no such tag": ({"tag_money": True}, 0),
    "a tag that is not there is not false either": ({"tag_money": False}, 0),
    "a department that nobody has": ({"department": "客服部"}, 0),
    "no department is not another department": ({"department": {"not": "客服部"}}, 0),
    "the kind": ({"subject_kind": "role"}, 0),
    "the month": ({"period": "2025-04"}, 1),
    "everything": ({"severity": "major", "count": {"at_least": 1, "at_most": 1}, "repeats": {"at_least": 3}}, 1),
}


@pytest.mark.parametrize("case", ASKED)
def test_only_what_a_policy_may_match_is_fetched(case: str) -> None:
    """Three tallies: T-01 twice in March (containing T-02) and once in April."""
    where, expected = ASKED[case]
    rows = [ticket("K1"), ticket("K2"), ticket("K3", opened="2025-04-02", priority="x")]
    tagged = rule("T-01", tags=["attitude"])
    world = Planted([tagged, rule("T-02", severity="minor", when="priority is null")], {"ticket": rows})
    assert len(world.given({"fact": "tally", "where": where})) == expected


def test_ids_do_not_depend_on_what_else_is_found() -> None:
    few = Planted([MAJOR], {"ticket": [ticket("K1")]}).given("tally")
    many = Planted([MINOR, MAJOR], {"ticket": [ticket("K1"), ticket("K0", agent="李强")]}).given("tally")
    assert {one.id for one in few} < {one.id for one in many}
    assert len({one.id for one in many}) == len(many)
