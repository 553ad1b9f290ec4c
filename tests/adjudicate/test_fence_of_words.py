"""What reaches the engine is plain joins over plain values, and it is built so that it loads on every Python."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.adjudicate import parse_policy, read_policy
from auditor.adjudicate.compile import compile_policy

ROOT = Path(__file__).parents[2]
POLICIES = [ROOT / "rules" / "policy.yaml", ROOT / "examples" / "policy" / "policy.yaml"]
COMPARISONS = {"$and", "$or", "$neq", "$gte", "$lte"}


def words(value: Any) -> Iterator[str]:
    """Every word with a meaning of its own to the engine."""
    if isinstance(value, dict):
        yield from (key for key in value if key.startswith("$"))
        for each in value.values():
            yield from words(each)
    if isinstance(value, list):
        for each in value:
            yield from words(each)


@pytest.mark.parametrize("path", POLICIES, ids=["shipped", "example"])
def test_no_timer_no_absence_and_no_event_is_compiled(path: Path) -> None:
    policy, problems = read_policy(path)
    assert policy is not None, problems
    rules = [rule for each in compile_policy(policy).sets for rule in each.rules.values()]
    assert len(rules) == len(policy.policies)
    assert {key for rule in rules for key in rule} == {"all"}
    assert set(words(rules)) <= COMPARISONS


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("{count: '10'}", "'count' is a whole number and is never '10', text."),
        ("{count: true}", "'count' is a whole number and is never True, true or false."),
        ("{severity: 3}", "'severity' is text and is never 3, a whole number."),
        ("{tag_vip: 1}", "'tag_vip' is true or false and is never 1, a whole number."),
        ("{severity: {at_least: 3}}", "'severity' is text and has no order."),
        ("{count: 2.0}", "'count' cannot be '2.0'."),
    ],
)
def test_values_of_different_types_are_never_compared(asked: str, said: str) -> None:
    text = (
        "ladder: {sanctions: [{id: oral, zh: 口头, en: Oral, cites: [REA-146]}]}\npolicies:\n"
        "  - id: p1\n    title: {zh: 某, en: Some}\n    from: ours\n    reason: A test.\n"
        f"    when: [{{fact: tally, where: {asked}}}]\n"
        "    conclude: {consequence: {kind: penalty, measure: oral}}\n"
        "    examples: [{given: [], expect: [{measure: oral}]}]\n"
    )
    policy, problems = parse_policy(text, "p.yaml")
    assert policy is None
    assert any(said in each.what for each in problems), [each.what for each in problems]


def test_the_engine_is_built_for_newer_pythons_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    flag = "-DPyEval_CallObject=PyObject_CallObject"
    assert project["tool"]["uv"]["extra-build-variables"]["durable_rules"] == {"CPPFLAGS": flag}
    assert flag in (ROOT / "Makefile").read_text(encoding="utf-8")
