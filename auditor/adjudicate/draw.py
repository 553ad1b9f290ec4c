"""Draw: from what fired for a subject to proposals, one for each policy, month and measure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.adjudicate.because import Derivation
from auditor.adjudicate.lookup import map_key
from auditor.adjudicate.model import Policy
from auditor.adjudicate.outcome import Firing
from auditor.adjudicate.terms import Term


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one policy proposes in one ``period``; ``rank`` is the place on the ladder, None if no measure is set.

    ``word`` is what a measure was looked up by in vain: such words stay apart, as each may come to mean another one.
    ``held`` says why it waits for a person, ``changed_by`` which firings raised, lowered or removed it.
    """

    provision: int
    term: Term
    period: str | None
    rank: int | None
    word: str | None
    firings: tuple[Firing, ...]
    held: tuple[str, ...] = ()
    changed_by: tuple[Firing, ...] = ()

    @property
    def height(self) -> int:
        """The rank, with what has no measure below all that has one."""
        return -1 if self.rank is None else self.rank


def draw(policy: Policy, kind: str, derivation: Derivation) -> list[Proposal]:
    """Every proposal of a kind, in the order of the file and of months; one that can go free is not held."""
    slots: dict[tuple[object, ...], Proposal] = {}
    for firing in derivation.firings:
        term = policy.policies[firing.provision].conclude.consequence
        if term is not None and term.kind == kind:
            one = _proposal(policy, term, firing, derivation)
            slot = (one.provision, one.period, one.rank, one.word)
            slots[slot] = _joined(slots[slot], one) if slot in slots else one
    return sorted(slots.values(), key=lambda one: (one.provision, one.period or "", one.height, one.word or ""))


def _proposal(policy: Policy, term: Term, firing: Firing, derivation: Derivation) -> Proposal:
    word = map_key(policy.policies[firing.provision], firing, derivation.values)
    measure = _measure(policy, term, word)
    held, period = derivation.held(firing), derivation.period(firing)
    if measure is None:
        return Proposal(firing.provision, term, period, None, word, (firing,), held)
    rank = [each.id for each in policy.measures(term.kind)].index(measure)
    return Proposal(firing.provision, term, period, rank, None, (firing,), held)


def _measure(policy: Policy, term: Term, word: str | None) -> str | None:
    if term.measure.map is None:
        return term.measure.id
    return None if word is None else policy.maps[term.measure.map].get(word)


def _joined(one: Proposal, other: Proposal) -> Proposal:
    """Two firings as one proposal: it rests on what is not held, if anything is not."""
    if one.held == other.held:
        return replace(one, firings=one.firings + other.firings)
    if not one.held or not other.held:
        return other if one.held else one
    held = tuple(sorted({*one.held, *other.held}))
    return replace(one, firings=one.firings + other.firings, held=held)
