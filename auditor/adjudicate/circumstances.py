"""Circumstances: what exempts a subject from proposals, and what raises or lowers them on their ladder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.adjudicate.because import Derivation
from auditor.adjudicate.draw import Proposal
from auditor.adjudicate.heading import Measure
from auditor.adjudicate.model import Policy
from auditor.adjudicate.outcome import Firing


def bears_on(derivation: Derivation, firing: Firing, period: str | None) -> bool:
    """Whether a circumstance bears on a month: it is of that month, or of none."""
    return derivation.period(firing) in (None, period)


def exempted(policy: Policy, one: Proposal, derivation: Derivation) -> Proposal | None:
    """The proposal with what exempts from it; None if nothing does. What is mandatory is never exempted."""
    if one.term.mandatory:
        return None
    found = tuple(_exempting(policy, one, derivation))
    return replace(one, changed_by=found) if found else None


def _exempting(policy: Policy, one: Proposal, derivation: Derivation) -> Iterator[Firing]:
    measures = policy.measures(one.term.kind)
    measure = None if one.rank is None else measures[one.rank].id
    for firing in derivation.firings:
        exemption = policy.policies[firing.provision].conclude.exempt
        if exemption is None or exemption.kind != one.term.kind or not bears_on(derivation, firing, one.period):
            continue
        of_policy = exemption.policy in (None, policy.policies[one.provision].id)
        if of_policy and exemption.measure in (None, measure):
            yield firing


def shifted(policy: Policy, one: Proposal, derivation: Derivation) -> Proposal:
    """The proposal raised or lowered by each policy that says so, once; what is mandatory stays where it is.

    What waits for a person raises nothing.
    """
    if one.term.mandatory or one.rank is None:
        return one
    by, found = 0, []
    counted: set[int] = set()
    for firing in derivation.firings:
        step = policy.policies[firing.provision].conclude.step
        if step is None or step.kind != one.term.kind or not bears_on(derivation, firing, one.period):
            continue
        if step.by < 0 or not derivation.held(firing):
            by += step.by * (firing.provision not in counted)
            counted.add(firing.provision)
            found.append(firing)
    return replace(one, rank=_moved(policy.measures(one.term.kind), one.rank, by), changed_by=tuple(found))


def _moved(ladder: Sequence[Measure], rank: int, by: int) -> int:
    """The rank after ``by`` steps: never below the ladder, nor raised to a measure that raising does not reach."""
    if by < 0:
        return max(0, rank + by)
    while by and rank + 1 < len(ladder) and _reached_by_raising(ladder, rank + 1):
        rank, by = rank + 1, by - 1
    return rank


def _reached_by_raising(ladder: Sequence[Measure], rank: int) -> bool:
    said = ladder[rank].by_raising
    return rank + 1 < len(ladder) if said is None else said
