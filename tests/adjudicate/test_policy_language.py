# ruff: noqa: E501
"""Maps, exemptions, steps, offsets, caps and unique hits: read, or refused with place, words and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.adjudicate import failing_examples, parse_policy
from auditor.adjudicate.compile import compile_policy

GOOD = """\
ladder:
  sanctions:
    - {id: oral, zh: 口头警告, en: Oral warning, cites: [REA-146]}
    - {id: written, zh: 书面警告, en: Written warning, cites: [REA-147]}
  rewards:
    - {id: praise, zh: 表扬, en: Praise, cites: [REA-136]}
hit: {sanctions: worst, rewards: sum}
charge: {once_per: record}
look_back: 6mon
caps: {points: 12, amount: 20000, per: month}
min_sample: 20
suspect: {share: 50, of_at_least: 20}
maps:
  sanction_for: {damage: written}
policies:
  - id: by_ground
    title: {zh: 按事由, en: By ground}
    from: ours
    reason: A test.
    when: [{fact: incident, as: found, where: {ground: {any_of: [damage, delay]}}}]
    conclude: {consequence: {kind: penalty, measure: {map: sanction_for, key: found.ground}, points: 2, amount: 5000}}
    examples: [{given: [{fact: incident, ground: damage}], expect: [{map: sanction_for, key: damage}]}]
  - id: praised
    title: {zh: 表扬, en: Praised}
    from: ours
    reason: A test.
    when: [{fact: merit, where: {count: {at_least: 1}}}]
    conclude: {consequence: {kind: reward, measure: praise, points: 1}}
    examples: [{given: [{fact: merit, count: 1}], expect: [{measure: praise}]}]
  - id: spared
    title: {zh: 免予, en: Spared}
    from: ours
    reason: A test.
    when: [{fact: merit, where: {ground: rescue}}]
    conclude: {exempt: {kind: penalty, policy: by_ground}}
    examples: [{given: [{fact: merit, ground: rescue}], expect: [{exempt: penalty}]}]
  - id: raised
    title: {zh: 加重, en: Raised}
    from: ours
    reason: A test.
    when: [{fact: earlier, where: {step: {at_least: 2}}}]
    conclude: {step: {kind: penalty, by: 1}}
    examples: [{given: [{fact: earlier, step: 2}], expect: [{step: penalty}]}]
  - id: netted
    title: {zh: 抵扣, en: Netted}
    from: ours
    reason: A test.
    when: [{fact: clean, where: {months: {at_least: 6}}}]
    conclude: {offset: {rewards: points, against: penalties}}
    examples: [{given: [{fact: clean, months: 6}], expect: [{offset: penalties}]}]
"""


def test_a_good_policy_has_no_problems_and_says_what_was_written() -> None:
    policy, problems = parse_policy(GOOD, "p.yaml")
    assert problems == []
    assert policy is not None
    assert (policy.look_back_months, policy.caps.points, policy.caps.amount) == (6, 12, 20000)
    assert (policy.suspect.share, policy.suspect.of_at_least, policy.min_sample) == (50, 20, 20)
    assert policy.maps == {"sanction_for": {"damage": "written"}}
    assert [each.places for each in policy.policies] == [{"found": 0}, {}, {}, {}, {}]


def test_what_is_not_written_is_cautious() -> None:
    policy, problems = parse_policy("policies: []", "p.yaml")
    assert problems == []
    assert policy is not None
    assert (policy.hit.sanctions, policy.hit.rewards, policy.hit.escalations) == ("worst", "all", "all")
    assert (policy.caps.points, policy.caps.amount, policy.look_back_months) == (None, None, 12)
    assert (policy.suspect.share, policy.suspect.of_at_least, policy.min_sample) == (50, 20, 20)


def test_its_examples_hold(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert failing_examples(path, "p.yaml") == []


def test_a_map_is_told_by_the_key_that_came(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(GOOD.replace("[{map: sanction_for, key: damage}]", "[{map: sanction_for, key: delay}]"), "utf-8")
    assert [str(each) for each in failing_examples(path, "p.yaml")] == [
        "p.yaml:22:16: The example went wrong: expected sanction_for(key: delay), came sanction_for(key: damage). Correct the policy or the example."
    ]


BROKEN = [
    (
        "damage: written}",
        "damage: writen}",
        ["p.yaml:14:26: No ladder has a measure 'writen'. Did you mean 'written'?"],
    ),
    (
        "damage: written}",
        "damage: praise}",
        ["p.yaml:14:26: The ladder 'sanctions' has no measure 'praise'. It can be oral or written."],
    ),
    (
        "{map: sanction_for, key: found.ground}, points",
        "{map: sanction_fr, key: found.ground}, points",
        [
            "p.yaml:14:17: No policy looks anything up in the map 'sanction_for'. Write 'measure: {map: sanction_for, key: ...}', or take it out.",
            "p.yaml:21:60: There is no map 'sanction_fr'. Did you mean 'sanction_for'?",
        ],
    ),
    (
        "{map: sanction_for, key: found.ground}, points",
        "{map: sanction_for}, points",
        [
            "p.yaml:21:54: A measure is one of the ladder, or what a map has for a key. Write 'measure: name' or 'measure: {map: name, key: alias.attribute}'."
        ],
    ),
    (
        "{map: sanction_for, key: found.ground}, points",
        "{map: sanction_for, key: fund.ground}, points",
        ["p.yaml:21:79: No fact under 'when' is called 'fund'. Did you mean 'found'?"],
    ),
    (
        "{map: sanction_for, key: found.ground}, points",
        "{map: sanction_for, key: found.grond}, points",
        ["p.yaml:21:79: The fact 'incident' has no attribute 'grond'. Did you mean 'ground'?"],
    ),
    (
        "{map: sanction_for, key: found.ground}, points",
        "{map: sanction_for, key: found.loss}, points",
        ["p.yaml:21:79: 'found.loss' is a whole number, and a map is asked for a word. Use an attribute that is text."],
    ),
    (
        "{map: sanction_for, key: found.ground}, points",
        "{map: sanction_for, key: Found}, points",
        ["p.yaml:21:79: 'key' cannot be 'Found'. Write a word, or an attribute of an alias such as found.ground."],
    ),
    (
        "{map: sanction_for, key: found.ground}, points",
        "{maps: sanction_for, key: found.ground}, points",
        ["p.yaml:21:55: There is no key 'maps' in 'measure'. Did you mean 'map'?"],
    ),
    (
        "{map: sanction_for, key: found.ground}, points: 2",
        "oral, points: 2",
        [
            "p.yaml:14:17: No policy looks anything up in the map 'sanction_for'. Write 'measure: {map: sanction_for, key: ...}', or take it out.",
            "p.yaml:22:69: The policy 'by_ground' can only conclude 'oral'. Expect 'measure: oral', or write 'expect: []'.",
        ],
    ),
    (
        "expect: [{map: sanction_for, key: damage}]",
        "expect: [{measure: written}]",
        [
            "p.yaml:22:69: The policy 'by_ground' can only conclude 'sanction_for'. Expect 'map: sanction_for, key: ...', or write 'expect: []'."
        ],
    ),
    (
        "expect: [{map: sanction_for, key: damage}]",
        "expect: [{map: sanction_for}]",
        [
            "p.yaml:22:69: The policy 'by_ground' can only conclude 'sanction_for'. Expect 'map: sanction_for, key: ...', or write 'expect: []'."
        ],
    ),
    (
        "amount: 5000",
        "amount: 50.5",
        ["p.yaml:21:113: 'amount' should be a whole number, not '50.5'. Write a whole number."],
    ),
    (
        "amount: 5000",
        "amount: -1",
        ["p.yaml:21:113: 'amount' cannot be '-1'. Write at least 0."],
    ),
    (
        "amount: 5000",
        "compensation: some",
        ["p.yaml:21:119: 'compensation' cannot be 'some'. It can be none."],
    ),
    (
        "amount: 5000",
        "to: 店长",
        ["p.yaml:21:109: Only an escalation has 'to'. Take it out, or write 'kind: escalation'."],
    ),
    (
        "measure: praise, points: 1",
        "measure: praise, compensation: none",
        ["p.yaml:28:75: Only a penalty has 'compensation'. Take it out, or write 'kind: penalty'."],
    ),
    (
        "policy: by_ground",
        "policy: by_grond",
        ["p.yaml:35:48: No policy 'by_grond' concludes a penalty. Did you mean 'by_ground'?"],
    ),
    (
        "policy: by_ground",
        "measure: orl",
        ["p.yaml:35:49: The ladder 'sanctions' has no measure 'orl'. Did you mean 'oral'?"],
    ),
    (
        "policy: by_ground",
        "policy: praised",
        ["p.yaml:35:48: No policy 'praised' concludes a penalty. It can be by_ground."],
    ),
    (
        "points: 2, amount: 5000",
        "points: 2, mandatory: true",
        [
            "p.yaml:35:48: What the policy 'by_ground' concludes is mandatory: nothing exempts from it. Take the exemption out."
        ],
    ),
    (
        "expect: [{exempt: penalty}]",
        "expect: [{exempt: reward}]",
        [
            "p.yaml:36:66: The policy 'spared' can only conclude 'exempt penalty'. Expect 'exempt: penalty', or write 'expect: []'."
        ],
    ),
    (
        "by: 1",
        "by: 0",
        ["p.yaml:42:42: A step of 0 moves nothing. Write 1 to raise, -1 to lower."],
    ),
    (
        "by: 1",
        "by: one",
        ["p.yaml:42:42: 'by' should be a whole number, not 'one'. Write a whole number."],
    ),
    (
        "{kind: penalty, by: 1}",
        "{kind: escalation, by: 1}",
        [
            "p.yaml:42:29: The ladder 'escalations' has no measures to step on. Write measures under 'ladder: escalations:'."
        ],
    ),
    (
        "{kind: penalty, by: 1}",
        "{kind: penalty, by: 1}, period: 2025-03",
        ["p.yaml:42:54: A step has no attribute 'period' here. Move it under 'step:', or take it out."],
    ),
    (
        "{exempt: {kind: penalty, policy: by_ground}}",
        "{exempt: {kind: penalty}, step: {kind: penalty, by: 1}}",
        [
            "p.yaml:35:15: The policy 'spared' must conclude one thing. Write one of fact, consequence, exempt, step and offset."
        ],
    ),
    (
        "{offset: {rewards: points, against: penalties}}",
        "{offset: {rewards: money, against: penalties}}",
        ["p.yaml:49:34: 'rewards' cannot be 'money'. It can be amount or points."],
    ),
    (
        "{offset: {rewards: points, against: penalties}}",
        "{}",
        [
            "p.yaml:49:15: The policy 'netted' must conclude one thing. Write one of fact, consequence, exempt, step and offset."
        ],
    ),
    (
        "look_back: 6mon",
        "look_back: 6",
        ["p.yaml:9:12: 'look_back' should be text, not '6'. Write months, such as 12mon."],
    ),
    (
        "look_back: 6mon",
        "look_back: half a year",
        ["p.yaml:9:12: 'look_back' cannot be 'half a year'. Write months, such as 12mon."],
    ),
    (
        "share: 50",
        "share: 101",
        ["p.yaml:12:18: 'share' cannot be '101'. Write at most 100."],
    ),
    (
        "once_per: record",
        "once_per: finding",
        ["p.yaml:8:20: 'once_per' cannot be 'finding'. It can be record."],
    ),
    (
        "per: month",
        "per: week",
        ["p.yaml:10:40: 'per' cannot be 'week'. It can be month."],
    ),
    (
        "caps: {points: 12",
        "caps: {points: -1",
        ["p.yaml:10:16: 'points' cannot be '-1'. Write at least 0."],
    ),
    (
        "rewards: sum",
        "rewards: som",
        ["p.yaml:7:34: 'rewards' cannot be 'som'. Did you mean 'sum'?"],
    ),
    (
        "min_sample: 20",
        "min_sampel: 20",
        ["p.yaml:11:1: There is no key 'min_sampel' in a policy file. Did you mean 'min_sample'?"],
    ),
    (
        "sanction_for: {damage: written}",
        "sanction_for: {damage: written}\n  other: {}",
        [
            "p.yaml:15:10: No policy looks anything up in the map 'other'. Write 'measure: {map: other, key: ...}', or take it out."
        ],
    ),
    (
        "sanction_for: {damage: written}",
        "sanction_for: [damage]",
        ["p.yaml:14:17: 'sanction_for' should be a mapping, not a list. Write a mapping."],
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), BROKEN)
def test_a_broken_policy_is_told_where_and_what(old: str, new: str, said: list[str]) -> None:
    assert GOOD.count(old) == 1
    policy, problems = parse_policy(GOOD.replace(old, new), "p.yaml")
    assert [str(each) for each in problems] == said
    assert policy is None
    assert all(each.fatal for each in problems)


def unique(first: str, second: str) -> list[str]:
    """What is said of two penalties by these conditions, where only one may fit."""
    entries = "".join(
        f"  - id: p{number}\n    title: {{zh: 某, en: Some}}\n    from: ours\n    reason: A test.\n"
        f"    when: {when}\n    conclude: {{consequence: {{kind: penalty, measure: oral}}}}\n"
        "    examples: [{given: [], expect: [{measure: oral}]}]\n"
        for number, when in enumerate((first, second), start=1)
    )
    ladder = "ladder: {sanctions: [{id: oral, zh: 口头, en: Oral, cites: [REA-146]}]}\nhit: {sanctions: unique}\n"
    return [str(each) for each in parse_policy(f"{ladder}policies:\n{entries}", "p.yaml")[1]]


OVERLAP = "'hit' says sanctions: unique, but the policies 'p1' and 'p2' fit the same facts. Narrow one of them, or choose another hit."
MINOR, MAJOR = "{fact: tally, where: {severity: minor}}", "{fact: tally, where: {severity: major}}"


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        (f"[{MINOR}]", f"[{MAJOR}]", False),
        (f"[{MAJOR}]", f"[{MAJOR}]", True),
        (f"[{MAJOR}]", "[{fact: tally}]", True),
        (f"[{MAJOR}]", "[{fact: tally, where: {severity: {not: major}}}]", False),
        (f"[{MAJOR}]", "[{fact: tally, where: {severity: {any_of: [minor, major]}}}]", True),
        (f"[{MAJOR}]", "[{fact: tally, where: {rule: R1}}]", True),
        (f"[{MAJOR}]", "[{fact: merit}]", False),
        (f"[{MAJOR}, {{fact: merit}}]", f"[{MAJOR}]", True),
        (f"[{MAJOR}, {MINOR}]", f"[{MINOR}, {MAJOR}]", True),
        (f"[{MAJOR}, {MAJOR}]", f"[{MAJOR}, {MINOR}]", False),
        ("[{fact: tally, where: {count: {at_least: 3}}}]", "[{fact: tally, where: {count: {at_most: 2}}}]", False),
        ("[{fact: tally, where: {count: {at_least: 3}}}]", "[{fact: tally, where: {count: {at_most: 3}}}]", True),
        (
            "[{fact: tally, where: {count: {at_least: 3, not: 3}}}]",
            "[{fact: tally, where: {count: {at_most: 3}}}]",
            False,
        ),
    ],
)  # fmt: skip
def test_where_one_policy_may_fit_an_overlap_is_refused(first: str, second: str, overlap: bool) -> None:
    assert unique(first, second) == ([f"p.yaml:15:11: {OVERLAP}"] if overlap else [])


def test_two_hundred_and_one_policies_are_read_and_split() -> None:
    entries = "".join(
        f"  - id: p{number}\n    title: {{zh: 某, en: Some}}\n    from: ours\n    reason: A test.\n"
        f"    when: [{{fact: tally, where: {{count: {number}}}}}]\n"
        "    conclude: {consequence: {kind: penalty, measure: oral}}\n"
        f"    examples: [{{given: [{{fact: tally, count: {number}}}], expect: [{{measure: oral}}]}}]\n"
        for number in range(201)
    )
    policy, problems = parse_policy(
        f"ladder: {{sanctions: [{{id: oral, zh: 口头, en: Oral, cites: [REA-146]}}]}}\npolicies:\n{entries}", "p.yaml"
    )
    assert problems == []
    assert policy is not None
    assert [len(each.rules) for each in compile_policy(policy).sets] == [200, 1]
