# ruff: noqa: E501
"""A policy file is right, or every mistake in it is named with its place and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.adjudicate import failing_examples, parse_policy, read_policy

GOOD = """\
ladder:
  sanctions:
    - {id: oral, zh: 口头警告, en: Oral warning, cites: [REA-146]}
    - {id: written, zh: 书面警告, en: Written warning, cites: [REA-147]}
policies:
  - id: repeated
    title: {zh: 屡次, en: Repeated}
    from: ours
    reason: Twice is our figure.
    when:
      - {fact: tally, as: found, where: {severity: major, count: {at_least: 2}}}
    conclude: {fact: habit, period: {from: found.period}}
    examples:
      - given: [{fact: tally, severity: major, period: 2025-03, count: 2}]
        expect: [{fact: habit, period: 2025-03}]
  - id: warned
    title: {zh: 警告, en: Warned}
    from: ours
    reason: The next step.
    when:
      - {fact: habit, as: first}
    conclude: {consequence: {kind: penalty, measure: written, points: 2}}
    examples:
      - given: [{fact: habit, period: 2025-03}]
        expect: [{measure: written}]
"""


def test_a_good_policy_has_no_problems() -> None:
    policy, problems = parse_policy(GOOD, "p.yaml")
    assert problems == []
    assert policy is not None
    assert [each.id for each in policy.policies] == ["repeated", "warned"]
    assert [each.id for each in policy.measures("penalty")] == ["oral", "written"]
    assert policy.hit.sanctions == "worst"


def test_the_shipped_policy_has_no_problems() -> None:
    policy, problems = read_policy(Path(__file__).parent.parent / "rules" / "policy.yaml", "rules/policy.yaml")
    assert problems == []
    assert policy is not None
    assert [each.zh for each in policy.measures("penalty")] == [
        "口头警告", "书面警告", "通报批评", "经济处罚", "即时解除劳动合同"
    ]  # fmt: skip
    assert [each.zh for each in policy.measures("reward")] == ["通报表扬", "即时奖金", "参加外部培训"]
    assert [each.id for each in policy.policies if each.origin == "ours"] == ["reward_for_service_ambassador"]
    assert all(not entries for entries in policy.maps.values())


def test_the_shipped_examples_hold() -> None:
    assert failing_examples(Path(__file__).parent.parent / "rules" / "policy.yaml") == []


def test_a_wrong_example_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(GOOD.replace("period: {from: found.period}", "period: 2025-02"), encoding="utf-8")
    assert [str(each) for each in failing_examples(path, "p.yaml")] == [
        "p.yaml:14:9: The example went wrong: expected habit(period: 2025-03), came habit(period: 2025-02). "
        "Correct the policy or the example."
    ]


BROKEN = [
    (
        "ladder:\n  sanctions",
        "name: mine\nladder:\n  sanctions",
        [
            "p.yaml:1:1: There is no key 'name' in a policy file. It can be caps, charge, hit, ladder, look_back, maps, merits, min_sample, policies or suspect."
        ],
    ),
    (
        "{severity: major, count: {at_least: 2}}",
        "{rule: {any_of: []}, role: ~}",
        [
            "p.yaml:11:48: Nothing is asked of 'rule'. Write a value or a comparison.",
            "p.yaml:11:68: Nothing is asked of 'role'. Write a value or a comparison.",
        ],
    ),
    (
        "consequence: {kind: penalty, measure: written, points: 2}",
        "consequence: {kind: penalty, measure: written}, points: 2",
        ["p.yaml:22:72: A consequence has no attribute 'points' here. Move it under 'consequence:', or take it out."],
    ),
    (
        "{fact: habit, period: {from: found.period}}",
        "{fact: habit, period: }",
        ["p.yaml:12:37: The attribute 'period' has no value. Write a value, or 'from: alias.attribute'."],
    ),
    (
        "- {fact: habit, as: first}",
        "- {fact: habit, where: {period: }}",
        ["p.yaml:21:39: Nothing is asked of 'period'. Write a value or a comparison."],
    ),
    (
        "- {fact: habit, as: first}",
        "- {fact: habit, where: {Period: 2025-03}}",
        ["p.yaml:21:39: 'Period' cannot be a key here. Write a name: small letters, digits and _."],
    ),
    (
        "conclude: {fact: habit, period: {from: found.period}}",
        "conclude: {fact: habit, id: {from: found.period}}",
        [
            "p.yaml:12:33: An attribute cannot be called 'id'. Choose another name.",
            "p.yaml:24:39: The fact 'habit' has no attribute 'period'. It can be id.",
        ],
    ),
    (
        "expect: [{measure: written}]",
        "expect: [{measure: written, points: 2}]",
        [
            "p.yaml:25:18: The policy 'warned' can only conclude 'written'. Expect 'measure: written', or write 'expect: []'."
        ],
    ),
    (
        "expect: [{measure: written}]",
        "expect: written",
        ["p.yaml:25:17: 'expect' should be a list, not 'written'. Write a list."],
    ),
    (
        "- {fact: habit, as: first}",
        "- {fact: habit, as: first}\n      - {fact: tally, where: {count: 0}}\n      - {fact: tally, where: {count: 1}}\n      - {fact: tally, where: {count: 2}}\n      - {fact: tally, where: {count: 3}}\n      - {fact: tally, where: {count: 4}}\n      - {fact: tally, where: {count: 5}}\n      - {fact: tally, where: {count: 6}}\n      - {fact: tally, where: {count: 7}}\n      - {fact: tally, where: {count: 8}}\n      - {fact: tally, where: {count: 9}}\n      - {fact: tally, where: {count: 10}}\n      - {fact: tally, where: {count: 11}}\n",
        ["p.yaml:21:7: The policy 'warned' has 13 facts under 'when'; the most is 12. Split the policy into several."],
    ),
    (
        "- {fact: habit, as: first}",
        "- {fact: habit, as: first, where: {period: {any_of: [2000-01, 2001-01, 2002-01, 2003-01, 2004-01, 2005-01, 2006-01, 2007-01, 2008-01, 2009-01, 2010-01, 2011-01, 2012-01, 2013-01, 2014-01, 2015-01, 2016-01, 2017-01, 2018-01, 2019-01, 2020-01, 2021-01, 2022-01, 2023-01, 2024-01, 2025-01, 2026-01, 2027-01, 2028-01, 2029-01, 2030-01, 2031-01, 2032-01, 2033-01, 2034-01, 2035-01, 2036-01, 2037-01, 2038-01, 2039-01, 2040-01, 2041-01, 2042-01, 2043-01, 2044-01, 2045-01, 2046-01, 2047-01, 2048-01, 2049-01, 2050-01, 2051-01, 2052-01, 2053-01, 2054-01, 2055-01, 2056-01, 2057-01, 2058-01, 2059-01, 2060-01, 2061-01, 2062-01, 2063-01, 2064-01, 2065-01, 2066-01, 2067-01, 2068-01, 2069-01, 2070-01, 2071-01, 2072-01, 2073-01, 2074-01, 2075-01, 2076-01, 2077-01, 2078-01, 2079-01, 2080-01, 2081-01, 2082-01, 2083-01, 2084-01, 2085-01, 2086-01, 2087-01, 2088-01, 2089-01, 2090-01, 2091-01, 2092-01, 2093-01, 2094-01, 2095-01, 2096-01, 2097-01, 2098-01, 2099-01, 2100-01, 2101-01, 2102-01, 2103-01, 2104-01, 2105-01, 2106-01, 2107-01, 2108-01, 2109-01, 2110-01, 2111-01, 2112-01, 2113-01, 2114-01, 2115-01, 2116-01, 2117-01, 2118-01, 2119-01, 2120-01, 2121-01, 2122-01, 2123-01, 2124-01, 2125-01, 2126-01, 2127-01, 2128-01, 2129-01, 2130-01, 2131-01, 2132-01, 2133-01, 2134-01, 2135-01, 2136-01, 2137-01, 2138-01, 2139-01, 2140-01, 2141-01, 2142-01, 2143-01, 2144-01, 2145-01, 2146-01, 2147-01, 2148-01, 2149-01, 2150-01, 2151-01, 2152-01, 2153-01, 2154-01, 2155-01, 2156-01, 2157-01, 2158-01, 2159-01, 2160-01, 2161-01, 2162-01, 2163-01, 2164-01, 2165-01, 2166-01, 2167-01, 2168-01, 2169-01, 2170-01, 2171-01, 2172-01, 2173-01, 2174-01, 2175-01, 2176-01, 2177-01, 2178-01, 2179-01, 2180-01, 2181-01, 2182-01, 2183-01, 2184-01, 2185-01, 2186-01, 2187-01, 2188-01, 2189-01, 2190-01, 2191-01, 2192-01, 2193-01, 2194-01, 2195-01, 2196-01, 2197-01, 2198-01, 2199-01, 2200-01]}}}",
        [
            "p.yaml:21:7: The policy 'warned' has 201 values under 'any_of'; the most is 200. Split the policy into several."
        ],
    ),
    (
        "  - id: warned",
        "  - id: again\n    title: {zh: 再, en: Again}\n    from: ours\n    reason: A circle.\n    when: [{fact: round, where: {size: 3}}]\n    conclude: {fact: round, size: 2}\n    examples: [{given: [], expect: [{fact: round, size: 2}]}]\n  - id: warned",
        [
            "p.yaml:20:11: The policies wait for each other: again -> again. Let one of them look at tallies or merits only.",
            "p.yaml:20:12: The policy 'again' can never apply: no policy concludes 'round' with these values. Correct 'where', or the policy that concludes the fact.",
        ],
    ),
    (
        "ladder:",
        "laddder:",
        ["p.yaml:1:1: There is no key 'laddder' in a policy file. Did you mean 'ladder'?"],
    ),
    (
        "    - {id: oral, zh: 口头警告, en: Oral warning, cites: [REA-146]}",
        "    - {id: oral, zh: 口头警告, cites: [REA146]}",
        [
            "p.yaml:3:7: An entry of 'sanctions' needs 'en'. Add `en: ...`.",
            "p.yaml:3:36: An entry of 'cites' cannot be 'REA146'. Write the id of a clause, such as REA-146.",
        ],
    ),
    (
        "en: Oral warning, cites: [REA-146]",
        "en: Oral warning",
        [
            "p.yaml:3:7: The measure 'oral' is from a regulation, but cites no clause. Write 'cites:' with the clause, or 'from: ours' with a reason."
        ],
    ),
    (
        "{id: oral, zh",
        "{id: written, zh",
        ["p.yaml:4:12: The measure 'written' is listed twice. Keep one of them."],
    ),
    (
        "policies:\n  - id: repeated",
        "hit: {sanctions: wurst}\npolicies:\n  - id: repeated",
        ["p.yaml:5:18: 'sanctions' cannot be 'wurst'. Did you mean 'worst'?"],
    ),
    (
        "  - id: repeated",
        "  - id: Repeated one",
        ["p.yaml:6:9: 'id' cannot be 'Repeated one'. Write a name: small letters, digits and _."],
    ),
    (
        "  - id: warned",
        "  - id: repeated",
        ["p.yaml:16:9: The policy 'repeated' is written twice. Give each policy an id of its own."],
    ),
    (
        "    reason: Twice is our figure.\n",
        "",
        ["p.yaml:6:5: The policy 'repeated' is ours, but gives no reason. Write 'reason:'."],
    ),
    (
        "    from: ours\n    reason: Twice is our figure.\n",
        "    from: regulation\n",
        [
            "p.yaml:6:5: The policy 'repeated' is from a regulation, but cites no clause. Write 'cites:' with the clause, or 'from: ours' with a reason."
        ],
    ),
    (
        "    from: ours\n    reason: The next step.\n",
        "    from: our\n",
        ["p.yaml:18:11: 'from' cannot be 'our'. Did you mean 'ours'?"],
    ),
    (
        "fact: tally, as: found",
        "fact: tali, as: found",
        [
            "p.yaml:11:16: No fact is called 'tali': it is neither given nor concluded by a policy. Did you mean 'tally'?"
        ],
    ),
    (
        "- {fact: habit, as: first}",
        "- {fact: habits}",
        [
            "p.yaml:12:22: Nothing looks at the fact 'habit' that the policy 'repeated' concludes. Use it under 'when', or conclude a consequence.",
            "p.yaml:21:16: No fact is called 'habits': it is neither given nor concluded by a policy. Did you mean 'habit'?",
        ],
    ),
    (
        "{severity: major, count: {at_least: 2}}",
        "{severty: major, count: {at_lest: 2}}",
        ["p.yaml:11:66: There is no key 'at_lest' in 'count'. Did you mean 'at_least'?"],
    ),
    (
        "{severity: major, count: {at_least: 2}}",
        "{severty: major}",
        ["p.yaml:11:51: The fact 'tally' has no attribute 'severty'. Did you mean 'severity'?"],
    ),
    (
        "{severity: major, count: {at_least: 2}}",
        "{severity: majr, count: {at_least: 2}}",
        ["p.yaml:11:52: No severity is called 'majr'. Did you mean 'major'?"],
    ),
    (
        "{severity: major, count: {at_least: 2}}",
        "{severity: {at_least: 2}, count: two}",
        [
            "p.yaml:11:52: 'severity' is text and has no order. Use a bare value, 'not' or 'any_of'.",
            "p.yaml:11:74: 'count' is a whole number and is never 'two', text. Write a whole number.",
        ],
    ),
    (
        "{severity: major, count: {at_least: 2}}",
        "{count: {at_least: 2.5}}",
        ["p.yaml:11:60: 'at_least' should be a whole number, not '2.5'. Write a whole number."],
    ),
    (
        "{severity: major, count: {at_least: 2}}",
        "{count: 2.5, rule: }",
        [
            "p.yaml:11:49: 'count' cannot be '2.5'. Write text, true or false, or a whole number; amounts in cents, times in minutes."
        ],
    ),
    (
        "{severity: major, count: {at_least: 2}}",
        "{count: {at_least: 3, at_most: 2}, role: {}}",
        [
            "p.yaml:11:49: No value of 'count' can meet this. Correct the bounds or values.",
            "p.yaml:11:82: Nothing is asked of 'role'. Write a value or a comparison.",
        ],
    ),
    (
        "{severity: major, count: {at_least: 2}}",
        "{count: {same_as: other.count}}",
        ["p.yaml:11:49: No earlier fact under 'when' is called 'other'. None is declared."],
    ),
    (
        "- {fact: habit, as: first}",
        "- {fact: habit, as: first}\n      - {fact: tally, where: {count: {same_as: first.period}, period: {same_as: first.perid}}}",
        [
            "p.yaml:22:38: 'first.period' is text and never the same as a whole number. Compare attributes of one type.",
            "p.yaml:22:71: The fact 'habit' has no attribute 'perid'. Did you mean 'period'?",
        ],
    ),
    (
        "- {fact: habit, as: first}",
        "- {none: {fact: habit}}",
        [
            "p.yaml:21:10: Absence cannot be asked for here: the evidence might only come later. Ask for a tally with 'count: 0' instead."
        ],
    ),
    (
        "      - {fact: habit, as: first}",
        "      []",
        [
            "p.yaml:12:22: Nothing looks at the fact 'habit' that the policy 'repeated' concludes. Use it under 'when', or conclude a consequence.",
            "p.yaml:21:7: The policy 'warned' looks at no fact. Write at least one entry under 'when'.",
        ],
    ),
    (
        "period: {from: found.period}",
        "period: {from: fund.period}",
        ["p.yaml:12:37: No fact under 'when' is called 'fund'. Did you mean 'found'?"],
    ),
    (
        "period: {from: found.period}",
        "period: {from: found.perod}",
        ["p.yaml:12:37: The fact 'tally' has no attribute 'perod'. Did you mean 'period'?"],
    ),
    (
        "{fact: habit, period: {from: found.period}}",
        "{fact: tally}",
        [
            "p.yaml:12:22: A policy cannot conclude a 'tally': those are given. Choose another name.",
            "p.yaml:21:16: No fact is called 'habit': it is neither given nor concluded by a policy. It can be clean, complaint, earlier, incident, merit, metric or tally.",
            "p.yaml:24:24: No fact is called 'habit'. It can be clean, complaint, earlier, incident, merit, metric or tally.",
        ],
    ),
    (
        "{fact: habit, period: {from: found.period}}",
        "{fact: habit, period: {from: found.period}, consequence: {kind: penalty, measure: oral}}",
        [
            "p.yaml:12:15: The policy 'repeated' must conclude one thing. Write one of fact, consequence, exempt, step and offset."
        ],
    ),
    (
        "measure: written, points",
        "measure: writen, points",
        ["p.yaml:22:54: The ladder 'sanctions' has no measure 'writen'. Did you mean 'written'?"],
    ),
    (
        "kind: penalty, measure",
        "kind: penality, measure",
        ["p.yaml:22:36: 'kind' cannot be 'penality'. Did you mean 'penalty'?"],
    ),
    (
        "points: 2",
        "points: 2.5",
        ["p.yaml:22:71: 'points' should be a whole number, not '2.5'. Write a whole number."],
    ),
    (
        "points: 2",
        "sum: 200",
        [
            "p.yaml:22:63: There is no key 'sum' in 'consequence'. It can be amount, compensation, kind, mandatory, measure, points or to."
        ],
    ),
    (
        "- {fact: habit, as: first}",
        "- {fact: habit, where: {period: {at_least: 3}}}",
        ["p.yaml:21:39: 'period' is text and has no order. Use a bare value, 'not' or 'any_of'."],
    ),
    (
        "- {fact: habit, as: first}",
        "- {fact: tally}",
        [
            "p.yaml:12:22: Nothing looks at the fact 'habit' that the policy 'repeated' concludes. Use it under 'when', or conclude a consequence."
        ],
    ),
    (
        "expect: [{measure: written}]",
        "expect: [{measure: oral}]",
        [
            "p.yaml:25:18: The policy 'warned' can only conclude 'written'. Expect 'measure: written', or write 'expect: []'."
        ],
    ),
    (
        "expect: [{measure: written}]",
        "expect: []",
        ["p.yaml:24:7: No example of the policy 'warned' shows it conclude anything. Add one that does."],
    ),
    (
        "given: [{fact: habit, period: 2025-03}]",
        "given: [{fact: habit, period: 3, month: 3}]",
        [
            "p.yaml:24:39: 'period' is text, and 3 is not. Write text.",
            "p.yaml:24:49: The fact 'habit' has no attribute 'month'. It can be period.",
        ],
    ),
    (
        "    examples:\n      - given: [{fact: habit, period: 2025-03}]\n        expect: [{measure: written}]\n",
        "",
        ["p.yaml:16:5: No example of the policy 'warned' shows it conclude anything. Add one that does."],
    ),
    (
        "- {fact: habit, as: first}",
        "- {fact: habit, as: first}\n      - {fact: habit, as: first}",
        ["p.yaml:22:27: Two facts of the policy are called 'first'. Give each a name of its own."],
    ),
    (
        "      - {fact: tally, as: found, where: {severity: major, count: {at_least: 2}}}",
        "      - {fact: tally, as: found, where: {severity: major, count: {at_least: 2}}}\n      - {fact: round}",
        [
            "p.yaml:12:16: No fact is called 'round': it is neither given nor concluded by a policy. It can be clean, complaint, earlier, habit, incident, merit, metric or tally."
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), BROKEN)
def test_a_broken_policy_is_told_where_and_what(old: str, new: str, said: list[str]) -> None:
    assert GOOD.count(old) == 1
    policy, problems = parse_policy(GOOD.replace(old, new), "p.yaml")
    assert [str(each) for each in problems] == said
    assert policy is None
    assert all(each.fatal for each in problems)
