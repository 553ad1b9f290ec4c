"""What follows from findings and merits under the policy of the example, and why."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from auditor.adjudicate import (
    AdjudicationError,
    Clean,
    Consequence,
    Earlier,
    Given,
    Ground,
    Incident,
    Merit,
    Policy,
    Step,
    Tally,
    adjudicate,
    parse_policy,
    read_policy,
)

EXAMPLE = Path(__file__).parent.parent / "examples" / "policy" / "policy.yaml"


@cache
def example() -> Policy:
    policy, problems = read_policy(EXAMPLE, "policy.yaml")
    assert policy is not None, problems
    return policy


def found(subject: str, number: int, severity: str, count: int, period: str = "2025-03", **changed: Any) -> Tally:
    tally = Tally(
        id=f"{subject}-{number}", subject=subject, subject_kind="person", role=None, department="客服部", rule="R1",
        regulation="real_estate", severity=severity, tags=(), period=period, count=count,
        fingerprints=tuple(f"{subject}-{number}-f{each}" for each in range(count)),
    )  # fmt: skip
    return replace(tally, **changed)


def merit(subject: str, ground: str) -> Merit:
    return Merit(f"{subject}-{ground}", subject, ground, 1, (f"PA-{subject}",), period="2025-03")


def incident(subject: str, ground: str | None, number: int = 1, **changed: Any) -> Incident:
    given = Incident(f"{subject}-i{number}", subject, ground=ground, period="2025-03", count=1, records=(f"E{number}",))
    return replace(given, **changed)


def earlier(subject: str, **changed: Any) -> Earlier:
    given = Earlier(
        f"{subject}-e", subject, kind="penalty", measure="oral_warning", step=1, months_ago=2, state="applied"
    )
    return replace(given, **changed)


CASES: dict[str, tuple[list[Given], list[str]]] = {
    "a minor breach or two: nothing": ([found("张敏", 1, "minor", 2)], []),
    "a habit of minor breaches": ([found("张敏", 1, "minor", 3)], ["口头警告"]),
    "a first major breach": ([found("张敏", 1, "major", 1)], ["口头警告"]),
    "major breaches of two rules, one each": (
        [found("张敏", 1, "major", 1), found("张敏", 2, "major", 1)], ["口头警告"],
    ),
    "major breaches repeated in a month": ([found("张敏", 1, "major", 2)], ["书面警告"]),
    "major breaches in two months": (
        [found("张敏", 1, "major", 1), found("张敏", 2, "major", 1, "2025-04")], ["口头警告", "口头警告"],
    ),
    "a critical breach": ([found("张敏", 1, "critical", 1)], ["书面警告", "报部门负责人研究处理"]),
    "critical and repeated in one month": (
        [found("张敏", 1, "critical", 1), found("张敏", 2, "major", 2)], ["通报批评", "报部门负责人研究处理"],
    ),
    "critical and repeated, months apart": (
        [found("张敏", 1, "critical", 1), found("张敏", 2, "major", 2, "2025-04")],
        ["书面警告", "报部门负责人研究处理", "书面警告"],
    ),
    "criminal liability": (
        [incident("张敏", None, criminal=True)], ["即时解除劳动合同"],
    ),
    "an observation": ([found("张敏", 1, "observation", 9)], []),
    "a department is not sanctioned": ([found("客服部", 1, "critical", 1, subject_kind="department")], []),
    "no findings of a rule": ([found("张敏", 1, "major", 0)], []),
    "a ground of reward": ([merit("李强", "team_spirit")], ["通报表扬"]),
    "costs saved": ([merit("李强", "cost_saving")], ["即时奖金", "通报表扬"]),
    "a ground the regulation does not know": ([merit("李强", "punctuality")], []),
    "a merit does not wash off a breach": (
        [found("张敏", 1, "major", 1), merit("张敏", "team_spirit")], ["口头警告", "通报表扬"],
    ),
    "a ground with a measure": ([incident("张敏", "damage_property")], ["书面警告"]),
    "grave circumstances": ([incident("张敏", "damage_property", gravity="严重")], ["通报批评"]),
    "grave circumstances and a great loss": (
        [incident("张敏", "damage_property", gravity="严重", loss=500_000)], ["经济处罚"],
    ),
    "raising does not reach dismissal": (
        [incident("张敏", "dereliction", gravity="严重", loss=500_000), earlier("张敏")], ["经济处罚"],
    ),
    "a good attitude": ([incident("张敏", "damage_property", attitude="好")], ["口头警告"]),
    "grave, but a good attitude": ([incident("张敏", "damage_property", gravity="严重", attitude="好")], ["书面警告"]),
    "nothing is milder than the mildest": ([incident("张敏", "breach_discipline", attitude="好")], ["口头警告"]),
    "an earlier sanction": ([found("张敏", 1, "major", 1), earlier("张敏")], ["书面警告"]),
    "an earlier sanction that was only proposed": (
        [found("张敏", 1, "major", 1), earlier("张敏", state="approved")], ["口头警告"],
    ),
    "a clean half-year": (
        [incident("张敏", "dereliction"), Clean("c", "张敏", months=6, obligations=40)], ["书面警告"],
    ),
    "what is mandatory is not lowered": (
        [incident("张敏", None, criminal=True, attitude="好"), Clean("c", "张敏", months=6, obligations=40)],
        ["即时解除劳动合同"],
    ),
}  # fmt: skip


def test_the_ladder_follows_the_findings() -> None:
    rows = [
        replace(row, id=f"{number}/{row.id}", subject=f"{number:02}")
        for number, (given, _) in enumerate(CASES.values())
        for row in given
    ]
    consequences, problems = adjudicate(example(), rows)
    assert problems == []
    came = {
        case: [each.measure_zh for each in consequences if each.subject == f"{number:02}"]
        for number, case in enumerate(CASES)
    }
    assert came == {case: expected for case, (_, expected) in CASES.items()}


def test_a_chain_leads_back_to_the_findings() -> None:
    rows = [found("张敏", 1, "critical", 1), found("张敏", 2, "major", 2)]
    (criticism, _), problems = adjudicate(example(), rows)
    assert problems == []
    march = (("period", "2025-03"),)
    critical = Ground("张敏-1", "tally", (*march, ("rule", "R1"), ("severity", "critical")), 1, findings=("张敏-1-f0",))
    major = Ground(
        "张敏-2", "tally", (*march, ("rule", "R1"), ("severity", "major")), 2, findings=("张敏-2-f0", "张敏-2-f1")
    )
    grave = Ground("grave_breach/1", "grave_breach", march)
    aggravated = Ground("aggravated_breach/1", "aggravated_breach", march)
    repeated = Ground("repeated_breach/1", "repeated_breach", (*march, ("severity", "major")))
    assert criticism.because == (
        Step("critical_breach", "grave_breach/1", (critical,)),
        Step("repeated_major_breach", "repeated_breach/1", (major,)),
        Step("grave_and_repeated", "aggravated_breach/1", (grave, repeated)),
        Step("criticism_for_aggravated", "notice_of_criticism", (aggravated,)),
    )  # fmt: skip
    assert criticism.findings == ("张敏-1-f0", "张敏-2-f0", "张敏-2-f1")
    assert criticism.instead_of == (
        "oral_warning_for_major", "written_warning_for_repeated_major", "written_warning_for_grave",
    )  # fmt: skip


def test_a_consequence_is_proposed_cited_and_marked_ours() -> None:
    (consequence,), _ = adjudicate(example(), [found("张敏", 1, "major", 1)])
    assert replace(consequence, because=()) == Consequence(
        subject="张敏", subject_kind="person", kind="penalty", measure="oral_warning", measure_zh="口头警告",
        measure_en="Oral warning", points=1, policy="oral_warning_for_major", cites=("REA-140", "REA-146"),
        origin="ours", mandatory=False, because=(), instead_of=(), state="proposed", key="bb77db981f1aa5f3",
        period="2025-03",
    )  # fmt: skip


def test_dismissal_on_criminal_liability_is_the_regulations_own_and_mandatory() -> None:
    (dismissal,), _ = adjudicate(example(), [incident("张敏", None, criminal=True)])
    assert (dismissal.origin, dismissal.mandatory, dismissal.cites) == ("regulation", True, ("REA-151", "REA-150"))
    assert (dismissal.compensation, dismissal.to) == ("none", None)


def test_a_reward_rests_on_records() -> None:
    (bonus, commendation), _ = adjudicate(example(), [merit("李强", "loss_recovery")])
    assert bonus.records == commendation.records == ("PA-李强",)
    assert bonus.findings == ()


def test_the_same_step_by_two_ways_is_one_consequence_with_both_reasons() -> None:
    rows = [found("张敏", 1, "major", 1), found("张敏", 2, "minor", 3)]
    (oral,), _ = adjudicate(example(), rows)
    assert (oral.measure_zh, oral.points) == ("口头警告", 1)
    assert {step.policy for step in oral.because} == {
        "oral_warning_for_major", "repeated_minor_breach", "oral_warning_for_repeated_minor",
    }  # fmt: skip


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [found(who, number, "major", number) for who in ("张敏", "李强", "王芳") for number in (1, 2, 3)]
    merits = [merit("李强", "team_spirit"), merit("张敏", "cost_saving")]
    assert adjudicate(example(), [*rows, *merits]) == adjudicate(example(), [*merits[::-1], *rows[::-1]])


def test_all_steps_when_the_file_says_so() -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("sanctions: worst", "sanctions: all")
    policy, problems = parse_policy(text, "p.yaml")
    assert policy is not None, problems
    consequences, _ = adjudicate(policy, [found("张敏", 1, "major", 2)])
    assert [each.measure_zh for each in consequences] == ["书面警告", "口头警告"]
    assert [each.instead_of for each in consequences] == [(), ()]


def test_nothing_given_nothing_follows() -> None:
    assert adjudicate(example(), []) == ([], [])


def test_two_tallies_of_one_id_are_refused() -> None:
    with pytest.raises(AdjudicationError, match="Two given facts have the same id"):
        adjudicate(example(), [found("张敏", 1, "major", 1)] * 2)
