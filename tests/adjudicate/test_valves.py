"""Rules that fail too often to be believed: they are told, and what rests on them waits for a person."""

from __future__ import annotations

import pytest

from auditor.adjudicate import Metric, Tally
from tests.adjudicate.planted import Planted, rule, ticket


def tickets(failed: int, kept: int, unknown: int = 0) -> list[dict[str, object]]:
    words = ["是"] * failed + ["否"] * kept + [None] * unknown  # type: ignore[list-item]
    return [ticket(f"K{number}", urgent=word) for number, word in enumerate(words)]


SUSPECT = {
    "more than the share of enough": (11, 9, 0, True),
    "exactly the share": (10, 10, 0, False),
    "too few to tell": (19, 0, 0, False),
    "just enough": (20, 0, 0, True),
    "what is unknown is not decided": (11, 8, 100, False),
}


@pytest.mark.parametrize("case", SUSPECT)
def test_a_rule_is_suspect(case: str) -> None:
    failed, kept, unknown, suspect = SUSPECT[case]
    world = Planted([rule("T-01")], {"ticket": tickets(failed, kept, unknown)})
    given, problems = world.gathered("tally", suspect={"share": 50, "of_at_least": 20})
    assert [(one.count, one.held) for one in given if isinstance(one, Tally)] == [
        (failed, ("suspect rule",) if suspect else ())
    ]
    assert [problem.code for problem in problems] == ["suspect-rule"] * suspect


def test_the_problem_names_the_rule_and_what_to_do() -> None:
    world = Planted([rule("T-01")], {"ticket": tickets(15, 9)})
    _, (problem,) = world.gathered("tally", suspect={"share": 60, "of_at_least": 20})
    assert str(problem) == (
        "t.yaml:1:1: The rule 'T-01' failed 15 of 24 times, which is more than 60 %: the rule or the data may be wrong,"
        " so what follows from it is held. Look at some of its findings: correct the rule or the data, or confirm the"
        " findings in the review."
    )
    assert not problem.fatal


def test_what_a_suspect_rule_found_contains_nothing_that_others_found() -> None:
    sound = rule("T-02", severity="minor", when="ticket_id = 'K0'")
    world = Planted([rule("T-01", severity="critical"), sound], {"ticket": tickets(20, 0)})
    given = world.given("tally", suspect={"share": 50, "of_at_least": 20})
    assert sorted((one.rule, one.count, one.held) for one in given if isinstance(one, Tally)) == [
        ("T-01", 20, ("suspect rule",)), ("T-02", 1, ()),
    ]  # fmt: skip


def test_a_finding_that_a_reviewer_confirmed_is_not_held() -> None:
    world = Planted([rule("T-01")], {"ticket": tickets(20, 0)})
    states = {world.fingerprint("T-01", "K3"): "confirmed"}
    given = world.given("tally", states=states, suspect={"share": 50, "of_at_least": 20})
    assert sorted((one.held, one.count) for one in given if isinstance(one, Tally)) == [
        ((), 1), (("suspect rule",), 19),
    ]  # fmt: skip


def test_a_suspect_rule_does_not_end_clean_months_and_holds_its_figures() -> None:
    figure = rule("T-08", kind="metric", measure={"rate": "urgent"}, per="ticket_id", period="month", target=">= 75")
    del figure["must"]
    world = Planted([figure], {"ticket": tickets(5, 20)})
    given = world.given("metric", suspect={"share": 50, "of_at_least": 20})
    assert {one.held for one in given if isinstance(one, Metric)} == {("suspect rule",)}
    kept = rule("T-03", when="not urgent", must="not urgent")
    rows = [ticket(f"M{number}", opened="2025-05-05") for number in range(20)]
    clean = Planted([rule("T-01"), kept], {"ticket": [*rows, ticket("M20", opened="2025-05-06", urgent="否")]})
    assert len(clean.given("clean", suspect={"share": 50, "of_at_least": 20})) == 1
    assert clean.given("clean") == []
