"""How one month is settled: what is cut, what is held, what is spared, and what never changes."""

from __future__ import annotations

from typing import Any

from auditor.adjudicate import Consequence, Incident, Merit, adjudicate, parse_policy

TEXT = """\
ladder:
  sanctions:
    - {id: oral, zh: 口头警告, en: Oral warning, cites: [REA-146]}
    - {id: written, zh: 书面警告, en: Written warning, cites: [REA-147]}
  rewards: [{id: praise, zh: 表扬, en: Praise, cites: [REA-136]}]
hit: {sanctions: HIT}
caps: {points: 4, amount: 8000}
maps: {sanction_for: {damage: written}}
policies:
"""
LOOKED_UP = "{map: sanction_for, key: found.ground}"
TERMS = {
    "late": "{consequence: {kind: penalty, measure: oral, points: 2, amount: 3000}}",
    "delay": f"{{consequence: {{kind: penalty, measure: {LOOKED_UP}, points: 1}}}}",
    "damage": f"{{consequence: {{kind: penalty, measure: {LOOKED_UP}, points: 3, amount: 6000}}}}",
    "rude": "{consequence: {kind: penalty, measure: oral, points: 1, mandatory: true}}",
}
ENDS = {
    "praised": "{consequence: {kind: reward, measure: praise, points: 2}}",
    "rescue": "{exempt: {kind: penalty, measure: oral}}",
    "netted": "{offset: {rewards: points, against: penalties}}",
}


def entry(name: str, fact: str, conclude: str, expect: str) -> str:
    return (
        f"  - id: {name}\n    title: {{zh: 某, en: Some}}\n    from: ours\n    reason: A test.\n"
        f"    when: [{{fact: {fact}, as: found, where: {{ground: {name}}}}}]\n    conclude: {conclude}\n"
        f"    examples: [{{given: [{{fact: {fact}, ground: {name}}}], expect: [{{{expect}}}]}}]\n"
    )


def settled(*grounds: str, hit: str = "all", **more: Any) -> list[Consequence]:
    """What follows from incidents and merits on these grounds in March."""
    named = {"late": "measure: oral", "rude": "measure: oral", "praised": "measure: praise"}
    named |= {"rescue": "exempt: penalty", "netted": "offset: penalties"}
    text = TEXT.replace("HIT", hit) + "".join(
        entry(name, fact, end, named.get(name, f"map: sanction_for, key: {name}"))
        for fact, ends in (("incident", TERMS), ("merit", ENDS))
        for name, end in ends.items()
    )
    policy, problems = parse_policy(text, "p.yaml")
    assert policy is not None, [str(each) for each in problems]
    rows = [
        (Incident if ground in TERMS else Merit)(
            ground, "张敏", ground=ground, period="2025-03", count=1, records=(f"r-{ground}",), **more
        )
        for ground in grounds
    ]
    return adjudicate(policy, rows)[0]


def figures(found: list[Consequence]) -> dict[str, tuple[int, int, int, int]]:
    return {one.policy: (one.points, one.points_cut, one.amount, one.amount_cut) for one in found}


def test_caps_cut_the_mildest_first_and_show_it() -> None:
    assert figures(settled("late", "damage")) == {"damage": (3, 0, 6000, 0), "late": (1, 1, 2000, 1000)}


def test_what_is_mandatory_counts_in_the_cap_and_is_not_cut() -> None:
    assert figures(settled("late", "damage", "rude")) == {
        "damage": (3, 0, 6000, 0), "late": (0, 2, 2000, 1000), "rude": (1, 0, 0, 0),
    }  # fmt: skip


def test_offsets_go_before_caps_and_use_the_reward_up() -> None:
    assert figures(settled("late", "damage", "praised", "netted")) == {
        "damage": (3, 0, 6000, 0), "late": (0, 2, 2000, 1000), "praised": (0, 2, 0, 0),
    }  # fmt: skip


def test_without_a_policy_for_it_a_reward_makes_nothing_good() -> None:
    assert figures(settled("late", "praised")) == {"late": (2, 0, 3000, 0), "praised": (2, 0, 0, 0)}


def test_a_ground_that_the_map_does_not_know_is_held_without_a_measure() -> None:
    (one,) = settled("delay")
    assert (one.measure, one.measure_zh, one.state, one.held_because) == (
        None, "未设定措施", "held", ("measure_not_configured",),
    )  # fmt: skip


def test_what_is_exempted_stays_in_sight_with_the_reason() -> None:
    (one,) = settled("late", "rescue")
    assert (one.state, one.points, one.points_cut, one.amount_cut) == ("exempted", 0, 2, 3000)
    assert [step.policy for step in one.because] == ["late", "rescue"]
    assert [one.state for one in settled("rude", "rescue")] == ["proposed"]


def test_what_is_mandatory_is_contained_in_nothing() -> None:
    first, second = settled("late", "damage", "rude", hit="worst")
    assert (first.policy, first.instead_of, second.policy) == ("damage", ("late",), "rude")


def test_the_sum_is_the_worst_measure_with_all_points() -> None:
    (one,) = settled("late", "damage", hit="sum")
    assert (one.measure, one.points, one.points_cut, one.amount, one.amount_cut) == ("written", 4, 1, 8000, 1000)
    assert {step.policy for step in one.because} == {"late", "damage"}


def test_what_rests_on_a_held_fact_is_held() -> None:
    (one,) = settled("late", held=("suspect_rule",))
    assert (one.state, one.held_because, one.points) == ("held", ("suspect_rule",), 2)


def test_the_key_is_of_policy_subject_month_and_records_and_not_of_what_changed_it() -> None:
    (plain,), (spared,) = settled("late"), settled("late", "rescue")
    assert plain.key == spared.key
    assert len({one.key for one in settled("late", "damage", "rude")}) == 3
