"""Canaries: the policy's own examples, run beside the real subjects to prove that the engine is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.adjudicate.failure import REMEDY, AdjudicationError
from auditor.adjudicate.model import Example, Policy
from auditor.adjudicate.outcome import Outcome, Plain

Conclusion = tuple[str, frozenset[tuple[str, str | bool | int]]]


@dataclass(frozen=True, slots=True)
class Canary:
    """One example of one provision; ``number`` counts the provision's examples from 1."""

    provision: int
    number: int
    example: Example

    @property
    def facts(self) -> tuple[Plain, ...]:
        """The given facts, as the engine takes them."""
        return tuple((each.fact, dict(each.values)) for each in self.example.given)

    @property
    def expected(self) -> frozenset[Conclusion]:
        """What this provision, and nobody else, must conclude."""
        return frozenset(
            (str(each.fact or each.measure), frozenset(each.values.items())) for each in self.example.expect
        )


def canaries(policy: Policy) -> list[Canary]:
    """Every example of every provision, in the order of the file."""
    return [
        Canary(index, number, example)
        for index, provision in enumerate(policy.policies)
        for number, example in enumerate(provision.examples, start=1)
    ]


def concluded(policy: Policy, provision: int, given: int, outcome: Outcome) -> frozenset[Conclusion]:
    """What the provision concluded in the outcome of a subject with ``given`` facts."""
    return frozenset(_conclusions(policy, provision, given, outcome))


def _conclusions(policy: Policy, provision: int, given: int, outcome: Outcome) -> Iterator[Conclusion]:
    for firing in outcome.firings:
        term = policy.policies[provision].conclude.consequence
        if firing.provision != provision:
            continue
        if term is not None:
            yield term.measure, frozenset()
        elif firing.concluded is not None:
            name, values = outcome.concluded[firing.concluded - given - 1]
            yield name, frozenset(values.items())


def strays(policy: Policy, birds: Sequence[Canary], outcomes: Sequence[Outcome]) -> list[tuple[Canary, str]]:
    """The canaries whose conclusions are not exactly the expected ones, with what came instead."""
    out: list[tuple[Canary, str]] = []
    for canary, outcome in zip(birds, outcomes, strict=True):
        came = concluded(policy, canary.provision, len(canary.facts), outcome)
        if came != canary.expected:
            out.append((canary, f"expected {spell(canary.expected)}, came {spell(came)}"))
    return out


def assert_sound(policy: Policy, birds: Sequence[Canary], outcomes: Sequence[Outcome]) -> None:
    """Raises AdjudicationError if any canary strays."""
    for canary, difference in strays(policy, birds, outcomes):
        whose = f"Example {canary.number} of the policy '{policy.policies[canary.provision].id}'"
        remedy = f"If the policy was changed, correct it or the example; else the engine is unwell. {REMEDY}"
        raise AdjudicationError(f"{whose} went wrong: {difference}.", policy.name, remedy)


def spell(conclusions: frozenset[Conclusion]) -> str:
    """The conclusions as words, sorted; ``nothing`` for none."""
    words = (name + _attributes(values) for name, values in conclusions)
    return ", ".join(sorted(words)) or "nothing"


def _attributes(values: frozenset[tuple[str, str | bool | int]]) -> str:
    return "(" + ", ".join(f"{key}: {value}" for key, value in sorted(values)) + ")" if values else ""
