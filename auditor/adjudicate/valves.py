"""Safety valves: rules that fail so often that the rule or the data is likelier to be wrong than the people."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.adjudicate.heading import Suspect
from auditor.evaluate import RuleResult
from auditor.kinds import Verdict
from auditor.problem import Problem


def find_suspect(results: Sequence[RuleResult], suspect: Suspect) -> tuple[frozenset[int], list[Problem]]:
    """The numbers of the rules that fail more than the share of enough decided obligations, and a Problem for each."""
    numbers, problems = [], []
    for number, result in enumerate(results):
        failed = result.counts.get(Verdict.FAIL, 0)
        decided = failed + result.counts.get(Verdict.PASS, 0)
        if decided >= max(suspect.of_at_least, 1) and failed * 100 > suspect.share * decided:
            numbers.append(number)
            problems.append(_problem(result, failed, decided, suspect))
    return frozenset(numbers), problems


def _problem(result: RuleResult, failed: int, decided: int, suspect: Suspect) -> Problem:
    what = (
        f"The rule '{result.entry.rule.id}' failed {failed} of {decided} times, which is more than {suspect.share} %:"
        " the rule or the data may be wrong, so what follows from it is held."
    )
    remedy = "Look at some of its findings: correct the rule or the data, or confirm the findings in the review."
    return Problem(result.entry.place(), "suspect-rule", what, remedy)
