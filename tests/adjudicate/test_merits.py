"""Grounds for reward under the shipped policy: which rows show them, for whom, and which show none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from auditor.adjudicate import Merit, Policy, parse_policy, read_policy
from auditor.kinds import declared_world
from tests.adjudicate.planted import Planted, Tables, records
from tests.small_world import calendars

SHIPPED = Path(__file__).parents[2] / "rules" / "policy.yaml"


@cache
def sources() -> list[dict[str, Any]]:
    """The merits of the shipped policy, as they are written."""
    world = declared_world(records(), calendars(), "cn")
    policy, problems = read_policy(SHIPPED, "policy.yaml", world)
    assert policy is not None, problems
    return [source.model_dump(by_alias=True) for source in policy.merits]


def merits(tables: Tables, namesakes: Sequence[str] = (), merits: Sequence[object] | None = None) -> list[Merit]:
    world = Planted([], tables, namesakes=namesakes)
    given = world.given("merit", merits=sources() if merits is None else merits)
    return [one for one in given if isinstance(one, Merit)]


def action(**cells: object) -> dict[str, object]:
    return {"action_id": "A1", "action_type": "奖励", "staff_name": "李强", "issued_at": "2025-03-20", **cells}


def complaint(**cells: object) -> dict[str, object]:
    return {
        "complaint_id": "C1", "received_at": "2025-03-20", "closed_at": "2025-03-22", "handler": "李强",
        "severity_level": "重大", "customer_satisfied": "是", "staff_involved": "王芳", **cells,
    }  # fmt: skip


def figure(name: str, value: object, target: object = 100) -> dict[str, object]:
    return action(action_type="指标", kpi_name=name, kpi_value=value, kpi_target=target)


ACTIONS: dict[str, tuple[dict[str, object], list[str]]] = {
    "a rush task": (action(ground_code="rush_task"), ["rush_task"]),
    "a rush task in words": (action(ground="完成重要突击任务"), ["rush_task"]),
    "costs saved": (action(ground_code="cost_saving"), ["cost_saving"]),
    "a loss recovered": (action(ground="挽回重大经济损失"), ["loss_recovery"]),
    "an emergency": (action(ground="突发事件、事故妥善处理"), ["emergency_handled"]),
    "a complaint calmed": (action(ground="妥善平息重大客户投诉"), ["major_complaint_calmed"]),
    "a proposal": (action(ground="合理化建议被采纳"), ["proposal_adopted"]),
    "team spirit": (action(ground_code="team_spirit"), ["team_spirit"]),
    "elected": (action(ground_code="service_ambassador"), ["service_ambassador"]),
    "a sanction is no merit": (action(action_type="处分", ground_code="team_spirit"), []),
    "a ground that nobody knows": (action(ground_code="punctuality"), []),
    "no ground": (action(), []),
    "no kind of action": (action(action_type=None, ground_code="team_spirit"), []),
    "over target, judged by hand": (action(ground_code="over_target"), ["over_target"]),
    "over target by its figure": (action(ground_code="over_target", kpi_value=101, kpi_target=100), ["over_target"]),
    "over target, but its figure is not": (action(ground_code="over_target", kpi_value=100, kpi_target=100), []),
    "a figure over its target": (figure("任务完成率", 101), ["over_target"]),
    "a figure at its target": (figure("任务完成率", 100), []),
    "a figure without a target": (figure("任务完成率", 101, None), []),
    "a figure of which less is better": (figure("投诉率", 101), []),
    "a figure of what was not done": (figure("未完成率", 101), []),
    "an unreadable figure": (figure("任务完成率", "一百多"), []),
    "after the instant of judgement": (action(ground_code="team_spirit", issued_at="2025-07-01"), []),
}  # fmt: skip


@pytest.mark.parametrize("case", ACTIONS)
def test_what_a_personnel_action_shows(case: str) -> None:
    row, grounds = ACTIONS[case]
    assert [(one.subject, one.ground, one.records, one.period) for one in merits({"personnel_action": [row]})] == [
        ("李强", ground, ("A1",), "2025-03") for ground in grounds
    ]


COMPLAINTS: dict[str, tuple[dict[str, object], int]] = {
    "major, closed, satisfied": (complaint(), 1),
    "nobody was complained of": (complaint(staff_involved=None), 1),
    "not major": (complaint(severity_level="一般"), 0),
    "how grave is not known": (complaint(severity_level=None), 0),
    "not satisfied": (complaint(customer_satisfied="否"), 0),
    "whether satisfied is not known": (complaint(customer_satisfied=None), 0),
    "not closed": (complaint(closed_at=None), 0),
    "his own complaint": (complaint(staff_involved="李强"), 0),
    "handled by nobody": (complaint(handler=None), 0),
}


@pytest.mark.parametrize("case", COMPLAINTS)
def test_a_major_complaint_calmed(case: str) -> None:
    row, expected = COMPLAINTS[case]
    found = merits({"complaint": [row]})
    assert [(one.subject, one.ground, one.records) for one in found] == [
        ("李强", "major_complaint_calmed", ("C1",))
    ] * expected


VOTE = {"activity_id": "V1", "activity_type": "客服大使评选", "done_at": "2025-03-20", "owner": "王芳"}
ROSTER = [{"staff_no": "1", "staff_name": "李强"}, {"staff_no": "2", "staff_name": "王芳"}]


@pytest.mark.parametrize(("result", "winner"), [("李强", ["李强"]), ("圆满结束", []), ("李强、王芳", []), (None, [])])
def test_the_winner_of_a_vote_is_whoever_the_roster_knows_by_that_name(result: str | None, winner: list[str]) -> None:
    tables = {"activity": [{**VOTE, "result": result}], "staff": ROSTER}
    assert [one.subject for one in merits(tables)] == winner
    assert merits({"activity": [{**VOTE, "result": result}]}) == [], "without a roster nobody is known"


def test_rows_of_one_ground_and_month_are_one_merit_with_their_keys_and_amount() -> None:
    rows = [
        action(action_id="A2", ground_code="cost_saving", amount="300.10"),
        action(action_id="A1", ground_code="cost_saving", amount="0.15"),
        action(action_id="A3", ground_code="cost_saving", issued_at="2025-04-01"),
        action(action_id="A4", ground_code="cost_saving", staff_name="王芳"),
    ]
    assert [(o.subject, o.period, o.count, o.records, o.amount) for o in merits({"personnel_action": rows})] == [
        ("李强", "2025-03", 2, ("A1", "A2"), 30025),
        ("李强", "2025-04", 1, ("A3",), None),
        ("王芳", "2025-03", 1, ("A4",), None),
    ]


def test_rows_of_one_number_contradict_each_other_and_show_nothing() -> None:
    rows = [action(ground_code="team_spirit"), action(ground_code="rush_task", staff_name="王芳")]
    assert merits({"personnel_action": rows}) == []


def test_rows_without_a_date_stand_alone() -> None:
    rows = [action(action_id=f"A{number}", ground_code="team_spirit", issued_at=None) for number in (1, 2)]
    assert [(one.period, one.count, one.records) for one in merits({"personnel_action": rows})] == [
        (None, 1, ("A1",)), (None, 1, ("A2",)),
    ]  # fmt: skip


def test_a_name_that_may_mean_several_people_is_proposed_for_nothing_and_told() -> None:
    rows = [
        action(ground_code="team_spirit"),
        action(action_id="A2", ground_code="team_spirit", staff_name=None),
        action(action_id="A3", ground_code="team_spirit", staff_name="王芳"),
    ]
    world = Planted([], {"personnel_action": rows}, namesakes=["李强"])
    given, problems = world.gathered("merit", merits=sources())
    assert [one.subject for one in given] == ["王芳"]
    assert [(str(one), one.count) for one in problems] == [
        (
            "given › personnel_action › row 1 › column staff_name: It is not clear whose ground for reward this is"
            " (team_spirit), so nobody is proposed for it. Write one name that the roster knows, with the staff number"
            " where several people have it.",
            2,
        )
    ]


def test_without_the_record_or_its_columns_there_is_no_merit() -> None:
    assert merits({}) == []
    assert merits({"personnel_action": [{"action_id": "A1", "staff_name": "李强"}]}) == []


POLICY = """\
ladder: {rewards: [{id: praise, zh: 表扬, en: Praise, from: ours, reason: r}]}
merits:
  - ground: team_spirit
    from: regulation
    cites: [REA-132]
    record: personnel_action
    where: action_type = '奖励'
    subject: staff_name
policies:
  - id: praise_for_merit
    title: {zh: 表扬, en: Praise}
    from: ours
    reason: r
    when: [{fact: merit}]
    conclude: {consequence: {kind: reward, measure: praise}}
    examples:
      - {given: [{fact: merit}], expect: [{measure: praise}]}
"""
BROKEN = [
    (
        "record: personnel_action",
        "record: personel_action",
        "p.yaml:6:13: There is no record type 'personel_action'. Did you mean 'personnel_action'?",
    ),
    (
        "subject: staff_name",
        "subject: staf_name",
        "p.yaml:8:14: There is no column 'staf_name' in 'personnel_action'. Did you mean 'staff_name'?",
    ),
    (
        "subject: staff_name",
        "subject: amount",
        "p.yaml:8:14: The column 'amount' does not hold persons. Name one that holds persons.",
    ),
    (
        "subject: staff_name",
        "subject: staff_name\n    amount: ground",
        "p.yaml:9:13: The column 'ground' does not hold numbers. Name one that holds numbers.",
    ),
    (
        "where: action_type = '奖励'",
        "where: actiontype = '奖励'",
        "p.yaml:7:12: There is no column 'actiontype' here. Did you mean 'action_type'?",
    ),
    (
        "    cites: [REA-132]\n",
        "",
        "p.yaml:3:5: The source of 'team_spirit' is from a regulation, but cites no clause. Write 'cites:' with the"
        " clause, or 'from: ours' with a reason.",
    ),
]


def parsed(text: str) -> tuple[Policy | None, list[str]]:
    policy, problems = parse_policy(text, "p.yaml", declared_world(records(), calendars(), "cn"))
    return policy, [str(each) for each in problems]


def test_sources_of_merits_may_name_what_there_is() -> None:
    policy, problems = parsed(POLICY)
    assert problems == []
    assert policy is not None
    assert policy.merits[0].subject == "staff_name"


@pytest.mark.parametrize(("old", "new", "said"), BROKEN)
def test_a_wrong_source_is_told_where_and_what(old: str, new: str, said: str) -> None:
    assert POLICY.count(old) == 1
    assert parsed(POLICY.replace(old, new)) == (None, [said])
