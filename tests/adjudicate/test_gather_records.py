"""Incidents, complaints, figures, clean months and earlier consequences as policies see them."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.adjudicate import Clean, Complaint, Earlier, Incident, Metric
from auditor.adjudicate.gather import Past
from tests.adjudicate.planted import Planted, rule, ticket


def incident(key: str = "E1", **cells: object) -> dict[str, object]:
    return {
        "incident_id": key, "staff_name": "张敏", "occurred_at": "2025-03-05 10:00", "behaviour_code": "dereliction",
        **cells,
    }  # fmt: skip


INCIDENTS: dict[str, tuple[list[dict[str, object]], list[dict[str, Any]]]] = {
    "the words of the sheet": (
        [incident(circumstances="严重", consequence_level="大", attitude_level="差", loss_amount="1200.50")],
        [{"ground": "dereliction", "gravity": "严重", "outcome": "大", "attitude": "差", "criminal": None,
          "loss": 120050, "count": 1, "records": ("E1",)}],
    ),
    "criminal liability": ([incident(criminal_liability="是")], [{"criminal": True}]),
    "no criminal liability": ([incident(criminal_liability="否")], [{"criminal": False}]),
    "unreadable is not known": ([incident(criminal_liability="待定")], [{"criminal": None}]),
    "alike in one month": (
        [incident("E2", loss_amount=1), incident("E1", loss_amount=2)],
        [{"count": 2, "loss": 300, "records": ("E1", "E2")}],
    ),
    "not alike": (
        [incident("E2", circumstances="严重"), incident("E1", circumstances="轻微")],
        [{"gravity": "轻微", "count": 1}, {"gravity": "严重", "count": 1}],
    ),
    "in two months": (
        [incident("E1"), incident("E2", occurred_at="2025-04-01")], [{"period": "2025-03"}, {"period": "2025-04"}],
    ),
    "without dates": (
        [incident("E1", occurred_at=None), incident("E2", occurred_at=None)], [{"period": None, "count": 1}] * 2,
    ),
    "of nobody": ([incident(staff_name=None)], []),
    "after the instant of judgement": ([incident(occurred_at="2025-07-01")], []),
    "two rows of one number": ([incident(), incident(staff_name="李强")], []),
}  # fmt: skip


@pytest.mark.parametrize("case", INCIDENTS)
def test_incidents(case: str) -> None:
    rows, expected = INCIDENTS[case]
    given = [one for one in Planted([], {"incident": rows}).given("incident") if isinstance(one, Incident)]
    assert [{key: getattr(one, key) for key in want} for one, want in zip(given, expected, strict=True)] == expected


def test_incidents_and_complaints_of_a_doubtful_name_are_nobodys() -> None:
    tables = {"incident": [incident()], "complaint": [{"complaint_id": "C1", "staff_involved": "张敏"}]}
    assert len(Planted([], tables).given("incident", "complaint")) == 2
    assert Planted([], tables, namesakes=["张敏"]).given("incident", "complaint") == []


COMPLAINTS: dict[str, tuple[dict[str, object], list[tuple[bool | None, str | None]]]] = {
    "attitude": ({"attitude_caused": "是", "complaint_class": "服务"}, [(True, "服务")]),
    "not attitude": ({"attitude_caused": "否"}, [(False, None)]),
    "nobody knows": ({}, [(None, None)]),
    "our fault": ({"our_fault": "是", "attitude_caused": "是"}, [(True, None)]),
    "not our fault": ({"our_fault": "否", "attitude_caused": "是"}, []),
}


@pytest.mark.parametrize("case", COMPLAINTS)
def test_complaints(case: str) -> None:
    cells, expected = COMPLAINTS[case]
    row = {"complaint_id": "C1", "received_at": "2025-03-05", "staff_involved": "张敏", "handler": "李强", **cells}
    given = [one for one in Planted([], {"complaint": [row]}).given("complaint") if isinstance(one, Complaint)]
    assert [(one.subject, one.attitude_caused, one.class_) for one in given] == [("张敏", *each) for each in expected]


FIGURE = rule(
    "T-08", kind="metric", measure={"rate": "urgent"}, per="agent", period="month", target=">= 75", must=None
)  # fmt: skip
del FIGURE["must"]
TICKETS = [ticket(f"K{number}", urgent="是" if number < 3 else "否") for number in range(4)]
TICKETS += [ticket(f"L{number}", agent="李强", urgent="是" if number < 1 else "否") for number in range(4)]


def test_a_figure_is_told_met_or_not_in_thousandths() -> None:
    given = [one for one in Planted([FIGURE], {"ticket": TICKETS}).given("metric") if isinstance(one, Metric)]
    assert [(one.subject, one.period, one.met, one.value, one.target, one.over, one.cases) for one in given] == [
        ("张敏", "2025-03", True, 75_000, 75_000, 0, 4),
        ("李强", "2025-03", False, 25_000, 75_000, -50_000, 4),
    ]


@pytest.mark.parametrize(("least", "told"), [(4, 3), (5, 0)])
def test_too_few_cases_give_no_figure_and_no_tally(least: int, told: int) -> None:
    """Two figures, and the finding of the one that is not met."""
    assert len(Planted([FIGURE], {"ticket": TICKETS}).given("metric", "tally", min_sample=least)) == told


def test_a_count_needs_no_sample() -> None:
    counted = {**FIGURE, "measure": {"count": "*"}, "target": ">= 4"}
    assert len(Planted([counted], {"ticket": TICKETS}).given("metric", min_sample=50)) == 2


def test_a_period_that_is_not_over_gives_no_figure() -> None:
    assert Planted([FIGURE], {"ticket": TICKETS}, as_of="2025-03-20").given("metric") == []


MUST = rule("T-01")


def months(*kept: str, broken: str | None = None) -> list[dict[str, object]]:
    """One ticket that is as it should be for each month, and one that is not."""
    rows = [ticket(f"K{month}", opened=f"{month}-05", urgent="否") for month in kept]
    return [*rows, *([ticket("broken", opened=f"{broken}-06")] if broken else [])]


CLEAN: dict[str, tuple[list[dict[str, object]], list[tuple[int, int]]]] = {
    "three months": (months("2025-03", "2025-04", "2025-05"), [(3, 3)]),
    "the month that runs does not count": (months("2025-05", "2025-06"), [(1, 1)]),
    "a breach in the month that runs does not end them": (months("2025-04", "2025-05", broken="2025-06"), [(2, 2)]),
    "only since the last breach": (months("2025-03", "2025-04", "2025-05", broken="2025-03"), [(2, 2)]),
    "a breach in the last month": (months("2025-04", "2025-05", broken="2025-05"), []),
    "a month without any obligation shows nothing": (months("2025-03", "2025-05"), [(1, 1)]),
    "nothing in the last month": (months("2025-03", "2025-04"), []),
    "what is unknown keeps nothing": ([ticket("K1", opened="2025-05-05", urgent=None)], []),
}


@pytest.mark.parametrize("case", CLEAN)
def test_clean_months(case: str) -> None:
    rows, expected = CLEAN[case]
    given = Planted([MUST], {"ticket": rows}, as_of="2025-06-15").given("clean")
    assert [(one.months, one.obligations) for one in given if isinstance(one, Clean)] == expected


@pytest.mark.parametrize(("least", "told"), [(3, 1), (4, 0)])
def test_clean_months_need_enough_obligations(least: int, told: int) -> None:
    world = Planted([MUST], {"ticket": months("2025-03", "2025-04", "2025-05")}, as_of="2025-06-15")
    assert len(world.given("clean", min_sample=least)) == told


@pytest.mark.parametrize(("state", "clean"), [("waived", 1), ("disputed", 0), ("confirmed", 0)])
def test_what_counts_ends_clean_months(state: str, clean: int) -> None:
    world = Planted([MUST], {"ticket": months("2025-05", broken="2025-05")}, as_of="2025-06-15")
    assert len(world.given("clean", states={world.fingerprint("T-01", "broken"): state})) == clean


LADDER = {
    "ladder": {
        "sanctions": [
            {"id": name, "zh": name, "en": name, "from": "ours", "reason": "r"} for name in ("oral", "written")
        ]
    }
}


def past(**changed: Any) -> Past:
    values: dict[str, Any] = {
        "key": "c1", "subject": "张敏", "subject_kind": "person", "kind": "penalty", "measure": "written",
        "period": "2025-04", "state": "applied", "findings": ("f1",),
    }  # fmt: skip
    return Past(**(values | changed))


PAST: dict[str, tuple[Past, list[tuple[str, int, int, str]]]] = {
    "applied": (past(), [("written", 2, 2, "applied")]),
    "approved": (past(state="approved", measure="oral"), [("oral", 1, 2, "approved")]),
    "upheld": (past(state="upheld"), [("written", 2, 2, "applied")]),
    **{state: (past(state=state), []) for state in ("proposed", "rejected", "appealed", "reversed", "replaced")},
    "this month": (past(period="2025-06"), []),
    "the last month of the window": (past(period="2024-07"), [("written", 2, 11, "applied")]),
    "before the window": (past(period="2024-06"), []),
    "no month": (past(period=None), []),
    "a quarter is no month": (past(period="2025-Q1"), []),
    "no measure": (past(measure=None), []),
    "a measure that is no more": (past(measure="fine"), []),
}


@pytest.mark.parametrize("case", PAST)
def test_earlier_consequences_in_force(case: str) -> None:
    one, expected = PAST[case]
    given = Planted([MUST], {"ticket": [ticket("K1")]}).given("earlier", past=[one], **LADDER)
    found = [(each.measure, each.step, each.months_ago, each.state) for each in given if isinstance(each, Earlier)]
    assert found == expected


def test_what_rests_on_findings_of_this_run_is_no_earlier_breach() -> None:
    """Else a consequence that was approved would raise itself when the same log is judged again."""
    world = Planted([MUST], {"ticket": [ticket("K1")]})
    own = past(findings=("f0", world.fingerprint("T-01", "K1")))
    assert world.given("earlier", past=[own], **LADDER) == []


def test_what_no_policy_looks_at_is_not_gathered() -> None:
    world = Planted([MUST], {"ticket": [ticket("K1")], "incident": [incident()]})
    assert {one.name for one in world.given("incident")} == {"incident"}
    assert {one.name for one in world.given("incident", "tally")} == {"incident", "tally"}
