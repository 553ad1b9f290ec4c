"""Settle: from what fired for a subject to its consequences, month by month.

Proposals are exempted, moved on their ladder, chosen as ``hit`` says, set off, and cut down to the caps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.adjudicate.because import Derivation, Step
from auditor.adjudicate.choose import Award, choose, remitted
from auditor.adjudicate.circumstances import exempted, shifted
from auditor.adjudicate.consequence import Consequence, key_of
from auditor.adjudicate.cuts import capped, set_off
from auditor.adjudicate.draw import Proposal, draw
from auditor.adjudicate.forms import LADDER_OF
from auditor.adjudicate.heading import Measure
from auditor.adjudicate.model import Policy
from auditor.adjudicate.outcome import Firing

NO_MEASURE = "no measure"
UNSET = ("未设定措施", "Measure not configured")


def settle(policy: Policy, subject_kind: str, subject: str, derivation: Derivation) -> list[Consequence]:
    """The consequences of one subject by month: penalties, rewards, escalations, each from the gravest down."""
    proposals = [one for kind in LADDER_OF for one in draw(policy, kind, derivation)]
    out: list[Consequence] = []
    for period in sorted({one.period for one in proposals}, key=lambda period: period or ""):
        awards = _awards(policy, [one for one in proposals if one.period == period], derivation)
        awards = capped(policy.caps, set_off(policy, awards, period, derivation))
        out.extend(_consequence(policy, (subject_kind, subject), derivation, award) for award in awards)
    return out


def _awards(policy: Policy, proposals: Sequence[Proposal], derivation: Derivation) -> list[Award]:
    """The awards of one month, kind by kind; within each, those that are exempted come last."""
    out: list[Award] = []
    for kind, ladder in LADDER_OF.items():
        standing, gone = [], []
        for one in (each for each in proposals if each.term.kind == kind):
            exempt = exempted(policy, one, derivation)
            if exempt is None:
                standing.append(shifted(policy, one, derivation))
            else:
                gone.append(exempt)
        out += [*choose(getattr(policy.hit, ladder), standing), *map(remitted, gone)]
    return out


def _consequence(policy: Policy, whose: tuple[str, str], derivation: Derivation, award: Award) -> Consequence:
    """One consequence in words; it is told by the first provision in the file, a mandatory one before others."""
    first = award.first
    provision, term = policy.policies[first.provision], first.term
    measure = None if first.rank is None else policy.measures(term.kind)[first.rank]
    because = tuple(_because(derivation, award, measure))
    changes = tuple(_changes(policy, derivation, award))
    return Consequence(
        key=key_of(provision.id, whose, first.period, because),
        subject_kind=whose[0],
        subject=whose[1],
        kind=term.kind,
        period=first.period,
        measure=measure.id if measure else None,
        measure_zh=measure.zh if measure else UNSET[0],
        measure_en=measure.en if measure else UNSET[1],
        points=award.points,
        amount=award.amount,
        points_cut=award.points_cut,
        amount_cut=award.amount_cut,
        policy=provision.id,
        cites=tuple(dict.fromkeys((*provision.cites, *(measure.cites if measure else ())))),
        origin=provision.origin,
        mandatory=term.mandatory,
        compensation=term.compensation,
        to=term.to,
        because=tuple(dict.fromkeys((*because, *changes))),
        instead_of=tuple(dict.fromkeys(policy.policies[one.provision].id for one in award.contained)),
        state="exempted" if award.exempted else "held" if award.held else "proposed",
        held_because=() if award.exempted else award.held,
    )


def _because(derivation: Derivation, award: Award, measure: Measure | None) -> Iterator[Step]:
    """What leads to the measure, each step once."""
    said: dict[Step, None] = {}
    for one in award.rests_on:
        for firing in one.firings:
            said |= dict.fromkeys(derivation.steps(firing, measure.id if measure else NO_MEASURE))
    yield from said


def _changes(policy: Policy, derivation: Derivation, award: Award) -> Iterator[Step]:
    """What moved the measure, exempted from it or took off its points."""
    for firing in (*(each for one in award.rests_on for each in one.changed_by), *award.cut_by):
        yield from derivation.steps(firing, _change(policy, firing))


def _change(policy: Policy, firing: Firing) -> str:
    """What a circumstance does, in words."""
    conclude = policy.policies[firing.provision].conclude
    if conclude.step is not None:
        return f"{conclude.step.kind} {conclude.step.by:+d}"
    return f"{conclude.exempt.kind} exempted" if conclude.exempt else "set off"
