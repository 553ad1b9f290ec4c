"""Canaries: the policy's own examples, run beside the real subjects to prove that the engine is well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.adjudicate.failure import REMEDY, AdjudicationError
from auditor.adjudicate.lookup import map_key
from auditor.adjudicate.model import Example, ExpectedConclusion, Policy, Provision
from auditor.adjudicate.outcome import Firing, Outcome, Plain

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
        return frozenset(_named(each) for each in self.example.expect)


def _named(expected: ExpectedConclusion) -> Conclusion:
    if expected.map is not None:
        return expected.map, frozenset({("key", str(expected.key))})
    for word in ("exempt", "step", "offset"):
        if (of := getattr(expected, word)) is not None:
            return f"{word} {of}", frozenset()
    return str(expected.fact or expected.measure), frozenset(expected.values.items())


def canaries(policy: Policy) -> list[Canary]:
    """Every example of every provision, in the order of the file."""
    return [
        Canary(index, number, example)
        for index, provision in enumerate(policy.policies)
        for number, example in enumerate(provision.examples, start=1)
    ]


def concluded(policy: Policy, canary: Canary, outcome: Outcome) -> frozenset[Conclusion]:
    """What the canary's provision, and nobody else, concluded in its outcome."""
    facts = (*canary.facts, *outcome.concluded)
    provision = policy.policies[canary.provision]
    own = (firing for firing in outcome.firings if firing.provision == canary.provision)
    return frozenset(_came(provision, firing, facts) for firing in own)


def _came(provision: Provision, firing: Firing, facts: Sequence[Plain]) -> Conclusion:
    conclude = provision.conclude
    if firing.concluded is not None:
        name, values = facts[firing.concluded - 1]
        return name, frozenset(values.items())
    if conclude.exempt is not None:
        return f"exempt {conclude.exempt.kind}", frozenset()
    if conclude.step is not None:
        return f"step {conclude.step.kind}", frozenset()
    if conclude.offset is not None:
        return f"offset {conclude.offset.against}", frozenset()
    choice = conclude.consequence.measure if conclude.consequence else None
    if choice is not None and choice.map is not None:
        key = map_key(provision, firing, lambda number: facts[number - 1][1])
        return choice.map, frozenset({("key", str(key))})
    return str(choice.id if choice else None), frozenset()


def strays(policy: Policy, birds: Sequence[Canary], outcomes: Sequence[Outcome]) -> list[tuple[Canary, str]]:
    """The canaries whose conclusions are not exactly the expected ones, with what came instead."""
    out: list[tuple[Canary, str]] = []
    for canary, outcome in zip(birds, outcomes, strict=True):
        came = concluded(policy, canary, outcome)
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
