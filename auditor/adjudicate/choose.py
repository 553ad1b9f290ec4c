"""Choose: which of the proposals of one subject, kind and month become consequences, as ``hit`` says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from auditor.adjudicate.draw import Proposal
from auditor.adjudicate.outcome import Firing

NOT_CONFIGURED = "measure_not_configured"


@dataclass(frozen=True, slots=True)
class Award:
    """Proposals that become one consequence, and those that are ``contained`` in it.

    ``points`` and ``amount`` (cents) are what counts, ``points_cut`` and ``amount_cut`` what was taken off them,
    where a policy did so by ``cut_by``. ``summed`` if those of the contained ones are added.
    """

    proposals: tuple[Proposal, ...]
    contained: tuple[Proposal, ...]
    points: int
    amount: int
    points_cut: int = 0
    amount_cut: int = 0
    summed: bool = False
    exempted: bool = False
    cut_by: tuple[Firing, ...] = ()

    @property
    def first(self) -> Proposal:
        """The proposal that tells it: the first in the file, a mandatory one before others."""
        return min(self.proposals, key=lambda one: (not one.term.mandatory, one.provision))

    @property
    def rests_on(self) -> tuple[Proposal, ...]:
        """The proposals that it is because of."""
        return self.proposals + (self.contained if self.summed else ())

    @property
    def held(self) -> tuple[str, ...]:
        """Why it waits for a person: what it rests on is held, or no measure is set."""
        unset = {NOT_CONFIGURED} if self.first.rank is None else set()
        return tuple(sorted(unset.union(*(one.held for one in self.proposals))))


def choose(hit: str, proposals: Sequence[Proposal]) -> list[Award]:
    """The awards, from the gravest down; those without a measure come last."""
    return sorted(_WAYS[hit](proposals), key=lambda award: (-award.first.height, award.first.provision))


def _all(proposals: Sequence[Proposal]) -> Iterator[Award]:
    return (_award((one,), ()) for one in proposals)


def _worst(proposals: Sequence[Proposal]) -> Iterator[Award]:
    """The gravest, and beside it what is held and would be graver still."""
    ranked, rest = _by_rank(proposals)
    free = [one for one in ranked if not one.held]
    top = max((one.height for one in free), default=-1)
    held = [one for one in ranked if one.held and (one.height > top or one.term.mandatory)]
    yield from _all(rest)
    for part in (free, held):
        yield from (_award(*chosen) for chosen in _gravest(part))


def _sum(proposals: Sequence[Proposal]) -> Iterator[Award]:
    """The gravest with the points and amounts of all it contains; what is held is summed by itself."""
    ranked, rest = _by_rank(proposals)
    yield from _all(rest)
    for part in ([one for one in ranked if not one.held], [one for one in ranked if one.held]):
        for chosen, contained in _gravest(part):
            terms = [one.term for one in (*chosen, *contained)]
            points, amount = sum(term.points for term in terms), sum(term.amount for term in terms)
            yield Award(chosen, contained, points, amount, summed=True)


_WAYS: dict[str, Callable[[Sequence[Proposal]], Iterator[Award]]] = {
    "worst": _worst,
    "sum": _sum,
    "unique": _all,
    "all": _all,
}


def _by_rank(proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[Proposal]]:
    return [one for one in proposals if one.rank is not None], [one for one in proposals if one.rank is None]


def _gravest(part: Sequence[Proposal]) -> Iterator[tuple[tuple[Proposal, ...], tuple[Proposal, ...]]]:
    """The highest step with what it contains; a mandatory proposal is contained in nothing."""
    if not part:
        return
    top = max(one.height for one in part)
    contained = tuple(one for one in part if one.height < top and not one.term.mandatory)
    yield tuple(one for one in part if one.height == top), contained
    for height in sorted({one.height for one in part if one.term.mandatory} - {top}, reverse=True):
        yield tuple(one for one in part if one.height == height and one.term.mandatory), ()


def _award(proposals: tuple[Proposal, ...], contained: tuple[Proposal, ...]) -> Award:
    """Policies that lead to the same step do not add up."""
    terms = [one.term for one in proposals]
    return Award(proposals, contained, max(term.points for term in terms), max(term.amount for term in terms))


def remitted(one: Proposal) -> Award:
    """The award for an exempted proposal: all of it is cut."""
    return Award((one,), (), 0, 0, one.term.points, one.term.amount, exempted=True)
