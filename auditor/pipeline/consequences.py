"""Consequences: what follows by the book's policy from what was found, is on record and is in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from auditor.evaluate import Evaluation
from auditor.evaluate.plan import Plan
from auditor.intake import Dataset
from auditor.problem import Problem, RuleError
from auditor.review import Reviewed
from auditor.rulebook import Rulebook

if TYPE_CHECKING:
    from auditor.adjudicate import Consequence, Policy
    from auditor.adjudicate.gather import Past
    from auditor.history import Standing

Drawn = tuple[tuple["Consequence", ...], bool, list[Problem]]
"""Consequences, whether the engine could be trusted, and Problems."""


def draw_consequences(
    book: Rulebook,
    plan: Plan,
    evaluation: Evaluation,
    data: Dataset,
    states: Mapping[str, Reviewed],
    ledger: Iterable[Standing],
) -> Drawn:
    """What follows; nothing at all where the engine could not be trusted. Raises RuleError for a wrong policy."""
    if book.policy is None:
        return (), True, []
    from auditor.adjudicate import AdjudicationError, adjudicate
    from auditor.adjudicate.gather import Basis, gather

    policy, problems = _read(book)
    reviewed = {key: one.state for key, one in states.items()}
    given, suspicions = gather(Basis(policy, plan, evaluation, data, reviewed), [_past(one) for one in ledger])
    problems += suspicions
    try:
        found, more = adjudicate(policy, given)
    except AdjudicationError as error:
        return (), False, [*problems, *error.problems]
    return tuple(found), True, [*problems, *more]


def _read(book: Rulebook) -> tuple[Policy, list[Problem]]:
    from auditor.adjudicate import read_policy

    assert book.policy is not None
    policy, problems = read_policy(book.policy, world=book.declared())
    if policy is None or any(problem.fatal for problem in problems):
        raise RuleError(problems)
    return policy, problems


def _past(standing: Standing) -> Past:
    from auditor.adjudicate.gather import Past

    one = standing.consequence
    return Past(one.key, one.subject, one.subject_kind, one.kind, one.measure, one.period, standing.state, one.findings)
