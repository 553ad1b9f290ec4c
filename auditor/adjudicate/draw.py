"""Draw: from what fired for a subject to proposals, one for each policy, month and measure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from auditor.adjudicate.because import Derivation
from auditor.adjudicate.lookup import map_key
from auditor.adjudicate.model import Policy, Provision
from auditor.adjudicate.outcome import Firing
from auditor.adjudicate.terms import Term

NOT_CONFIGURED = "measure_not_configured"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one policy proposes in one ``period``; ``rank`` is the place on the ladder, None if no measure is set.

    ``held`` says why it waits for a person, ``changed_by`` which firings raised, lowered or removed it.
    """

    provision: int
    term: Term
    period: str | None
    rank: int | None
    firings: tuple[Firing, ...]
    held: tuple[str, ...] = ()
    changed_by: tuple[Firing, ...] = ()

    @property
    def height(self) -> int:
        """The rank, with what has no measure below all that has one."""
        return -1 if self.rank is None else self.rank


Slot = tuple[int, str | None, int | None, str | None]


def draw(policy: Policy, kind: str, derivation: Derivation) -> list[Proposal]:
    """Every proposal of a kind, in the order of the file and of months; one that can go free is not held."""
    slots: dict[Slot, Proposal] = {}
    for firing in derivation.firings:
        term = policy.policies[firing.provision].conclude.consequence
        if term is not None and term.kind == kind:
            one = _proposal(policy, term, firing, derivation)
            slot = (*_slot(one), _looked_up(policy, one, derivation))
            slots[slot] = _joined(slots[slot], one) if slot in slots else one
    return sorted(slots.values(), key=lambda one: (one.provision, one.period or "", one.height))


def _slot(one: Proposal) -> tuple[int, str | None, int | None]:
    return one.provision, one.period, one.rank


def _looked_up(policy: Policy, one: Proposal, derivation: Derivation) -> str | None:
    """Words without a measure stay apart, as each may come to mean another one."""
    provision = policy.policies[one.provision]
    return map_key(provision, one.firings[0], derivation.values) if one.rank is None else None


def _proposal(policy: Policy, term: Term, firing: Firing, derivation: Derivation) -> Proposal:
    measure = _measure(policy, policy.policies[firing.provision], term, firing, derivation)
    ladder = [each.id for each in policy.measures(term.kind)]
    rank = None if measure is None else ladder.index(measure)
    held = derivation.held(firing) + ((NOT_CONFIGURED,) if rank is None else ())
    return Proposal(firing.provision, term, derivation.period(firing), rank, (firing,), held)


def _measure(policy: Policy, provision: Provision, term: Term, firing: Firing, derivation: Derivation) -> str | None:
    if term.measure.map is None:
        return term.measure.id
    key = map_key(provision, firing, derivation.values)
    return None if key is None else policy.maps[term.measure.map].get(key)


def _joined(one: Proposal, other: Proposal) -> Proposal:
    """Two firings as one proposal: it rests on what is not held, if anything is not."""
    if one.held == other.held:
        return replace(one, firings=one.firings + other.firings)
    if not one.held or not other.held:
        return other if one.held else one
    held = tuple(sorted({*one.held, *other.held}))
    return replace(one, firings=one.firings + other.firings, held=held)
