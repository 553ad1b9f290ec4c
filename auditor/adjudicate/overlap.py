"""Checks of ``hit: unique``: no two policies of the ladder may fit the same facts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from auditor.adjudicate.comparisons import possible_together
from auditor.adjudicate.forms import LADDER_OF
from auditor.adjudicate.mistakes import Mistake, Mistakes
from auditor.adjudicate.model import Antecedent, Policy, Provision


def mistakes(policy: Policy) -> Mistakes:
    """Each pair of policies that overlap on a ladder where they must not, told at the later one."""
    for kind, ladder in LADDER_OF.items():
        if getattr(policy.hit, ladder) == "unique":
            yield from _pairs(policy, kind, ladder)


def _pairs(policy: Policy, kind: str, ladder: str) -> Mistakes:
    own = [
        (index, provision)
        for index, provision in enumerate(policy.policies)
        if provision.conclude.consequence and provision.conclude.consequence.kind == kind
    ]
    for (_, first), (index, second) in combinations(own, 2):
        if _overlap(first, second):
            what = f"'hit' says {ladder}: unique, but the policies '{first.id}' and '{second.id}' fit the same facts."
            yield Mistake(("policies", index, "when"), "overlap", what, "Narrow one of them, or choose another hit.")


def _overlap(first: Provision, second: Provision) -> bool:
    """Whether facts that fit the wider of the two can fit the other as well; joins aside."""
    fewer, more = sorted((first.when, second.when), key=len)
    return bool(fewer) and _matched(fewer, more)


def _matched(fewer: Sequence[Antecedent], more: Sequence[Antecedent]) -> bool:
    if not fewer:
        return True
    return any(
        _alike(fewer[0], each) and _matched(fewer[1:], (*more[:place], *more[place + 1 :]))
        for place, each in enumerate(more)
    )


def _alike(one: Antecedent, other: Antecedent) -> bool:
    if one.fact != other.fact:
        return False
    shared = one.where.keys() & other.where.keys()
    return all(possible_together(one.where[key], other.where[key]) for key in shared)
