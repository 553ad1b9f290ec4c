"""From what is given to consequences: facts -> canaries beside them -> the fenced engine -> ladders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.adjudicate.because import Derivation, Ground
from auditor.adjudicate.canary import assert_sound, canaries
from auditor.adjudicate.compile import compile_policy
from auditor.adjudicate.consequence import Consequence
from auditor.adjudicate.facts import Fact, attribute, facts_of
from auditor.adjudicate.failure import AdjudicationError
from auditor.adjudicate.given import Given
from auditor.adjudicate.launch import EngineMissing, infer
from auditor.adjudicate.limits import Limits
from auditor.adjudicate.model import Policy
from auditor.adjudicate.outcome import Plain
from auditor.adjudicate.settle import settle
from auditor.location import Location
from auditor.problem import Problem

Subject = tuple[str, str]
DEFAULT_LIMITS = Limits()


def adjudicate(
    policy: Policy, given: Iterable[Given], limits: Limits = DEFAULT_LIMITS
) -> tuple[list[Consequence], list[Problem]]:
    """Every consequence that the policy proposes, by subject, and a Problem if none could be inferred.

    Raises AdjudicationError, and issues nothing, when the engine cannot be trusted: a canary strayed,
    a fact was refused or lost, or the limits of memory or time were passed.
    """
    rows = list(given)
    told = {each.id: _ground(each) for each in rows}
    if len(told) != len(rows):
        raise AdjudicationError("Two given facts have the same id.", policy.name)
    if not rows:
        return [], []
    try:
        return _infer(policy, _by_subject(facts_of(rows)), told, limits), []
    except EngineMissing as missing:
        return [], [_no_engine(policy, missing)]


def _infer(
    policy: Policy, subjects: dict[Subject, list[Fact]], told: dict[str, Ground], limits: Limits
) -> list[Consequence]:
    """Canaries go first and last, so that an engine that went astray on the way is noticed too."""
    birds = canaries(policy)
    flock = [bird.facts for bird in birds]
    cases = [*flock, *(_plain(facts) for facts in subjects.values()), *flock]
    outcomes = infer(compile_policy(policy), cases, limits)
    for part in (outcomes[: len(birds)], outcomes[len(birds) + len(subjects) :]):
        assert_sound(policy, birds, part)
    out: list[Consequence] = []
    for ((subject_kind, subject), facts), outcome in zip(subjects.items(), outcomes[len(birds) :], strict=False):
        derivation = Derivation(policy, [told[fact.id] for fact in facts], _plain(facts), outcome)
        out.extend(settle(policy, subject_kind, subject, derivation))
    return out


def _by_subject(facts: Sequence[Fact]) -> dict[Subject, list[Fact]]:
    """Facts by subject, subjects and their facts in the order of their names."""
    subjects: dict[Subject, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: (fact.subject_kind, fact.subject, fact.id)):
        subjects.setdefault((fact.subject_kind, fact.subject), []).append(fact)
    return subjects


def _plain(facts: Sequence[Fact]) -> list[Plain]:
    return [(fact.name, fact.values) for fact in facts]


def _ground(row: Given) -> Ground:
    told = tuple((key, attribute(row, key)) for key in row.told_by)
    values = tuple((key, value) for key, value in told if isinstance(value, str | int))
    return Ground(row.id, row.name, values, row.shown_by, row.fingerprints, row.keys, row.held)


def _no_engine(policy: Policy, missing: EngineMissing) -> Problem:
    what = f"No consequences were inferred because the inference engine cannot be loaded ({missing})."
    remedy = "Install durable_rules for this Python; the findings stand without it."
    return Problem(Location(policy.name), "no-inference-engine", what, remedy)
