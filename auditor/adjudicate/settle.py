"""From what fired for a subject to its consequences: the worst applicable step of a ladder, or all."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.adjudicate.because import Derivation, Step
from auditor.adjudicate.consequence import Consequence
from auditor.adjudicate.model import LADDER_OF, Measure, Policy, Term
from auditor.adjudicate.outcome import Firing

Applicable = dict[int, list[Firing]]
"""Provision number -> its firings, for the provisions that end in a consequence."""


def settle(policy: Policy, subject_kind: str, subject: str, derivation: Derivation) -> list[Consequence]:
    """The consequences of one subject: penalties, rewards, escalations, each from the gravest down."""
    out: list[Consequence] = []
    for kind, ladder in LADDER_OF.items():
        applicable = _applicable(policy, kind, derivation)
        choose = _worst if getattr(policy.hit, ladder) == "worst" else _all
        for chosen, dominated in choose(policy, applicable):
            out.append(_consequence(policy, (subject_kind, subject), derivation, chosen, dominated))
    return out


def _applicable(policy: Policy, kind: str, derivation: Derivation) -> Applicable:
    out: Applicable = {}
    for firing in derivation.firings:
        term = policy.policies[firing.provision].conclude.consequence
        if term is not None and term.kind == kind:
            out.setdefault(firing.provision, []).append(firing)
    return out


def _term(policy: Policy, provision: int) -> Term:
    term = policy.policies[provision].conclude.consequence
    assert term is not None
    return term


def _rank(policy: Policy, provision: int) -> int:
    term = _term(policy, provision)
    return [measure.id for measure in policy.measures(term.kind)].index(term.measure)


def _worst(policy: Policy, applicable: Applicable) -> Iterator[tuple[Applicable, tuple[int, ...]]]:
    """The highest step with every provision that leads to it; the provisions below it are dominated."""
    if not applicable:
        return
    highest = max(_rank(policy, each) for each in applicable)
    chosen = {each: fired for each, fired in applicable.items() if _rank(policy, each) == highest}
    yield chosen, tuple(each for each in applicable if each not in chosen)


def _all(policy: Policy, applicable: Applicable) -> Iterator[tuple[Applicable, tuple[int, ...]]]:
    for each in sorted(applicable, key=lambda each: (-_rank(policy, each), each)):
        yield {each: applicable[each]}, ()


def _consequence(
    policy: Policy,
    whose: tuple[str, str],
    derivation: Derivation,
    chosen: Applicable,
    dominated: tuple[int, ...],
) -> Consequence:
    """One consequence; it is told by the first provision in the file, a mandatory one before others."""
    first = min(chosen, key=lambda each: (not _term(policy, each).mandatory, each))
    provision, term = policy.policies[first], _term(policy, first)
    measure = _measure(policy, term)
    return Consequence(
        subject_kind=whose[0],
        subject=whose[1],
        kind=term.kind,
        measure=measure.id,
        measure_zh=measure.zh,
        measure_en=measure.en,
        points=max(_term(policy, each).points for each in chosen),
        policy=provision.id,
        cites=tuple(dict.fromkeys((*provision.cites, *measure.cites))),
        origin=provision.origin,
        mandatory=term.mandatory,
        because=_because(derivation, chosen, measure),
        instead_of=tuple(policy.policies[each].id for each in dominated),
    )


def _because(derivation: Derivation, chosen: Applicable, measure: Measure) -> tuple[Step, ...]:
    steps = (derivation.steps(firing, measure.id) for each in chosen.values() for firing in each)
    return tuple(dict.fromkeys(step for chain in steps for step in chain))


def _measure(policy: Policy, term: Term) -> Measure:
    return next(each for each in policy.measures(term.kind) if each.id == term.measure)
