"""Why a consequence follows: the steps from findings and records up through the chain of policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.adjudicate.model import Policy
from auditor.adjudicate.outcome import Firing, Outcome, Plain


@dataclass(frozen=True, slots=True)
class Ground:
    """A fact a step rests on: a tally with its findings, a merit with its records, or an earlier conclusion.

    ``count`` is how many findings or records there are, also when only some fingerprints are kept;
    it is 0 for a conclusion. ``held`` says why what rests on it waits for a person.
    """

    id: str
    name: str
    values: tuple[tuple[str, str | bool | int], ...] = ()
    count: int = 0
    findings: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One policy applied to facts; ``concludes`` is the id of the fact or measure that followed."""

    policy: str
    concludes: str
    facts: tuple[Ground, ...]


class Derivation:
    """The outcome of one subject, told with the ids of its facts."""

    def __init__(self, policy: Policy, grounds: Sequence[Ground], given: Sequence[Plain], outcome: Outcome) -> None:
        """``given`` are the facts in the order in which they were sent, and ``grounds`` what shows them."""
        self._policy = policy
        self._facts = (*given, *outcome.concluded)
        self._doubtful = any(ground.held for ground in grounds)
        self._grounds = dict(enumerate((*grounds, *_conclusions(outcome)), start=1))
        self.firings = sorted(outcome.firings, key=self._order)
        self._made_by: dict[int, list[Firing]] = {}
        for firing in self.firings:
            if firing.concluded is not None:
                self._made_by.setdefault(firing.concluded, []).append(firing)

    def _order(self, firing: Firing) -> tuple[int, tuple[str, ...]]:
        return firing.provision, tuple(self._grounds[number].id for number in firing.facts)

    def values(self, number: int) -> Mapping[str, str | bool | int]:
        """The attributes of the fact of a number."""
        return self._facts[number - 1][1]

    def period(self, firing: Firing) -> str | None:
        """The latest month of the facts it rests on: a fact's own, or that of what led to it; None if none has one."""
        return max(filter(None, (self._period(number) for number in firing.facts)), default=None)

    def _period(self, number: int) -> str | None:
        own = self.values(number).get("period")
        if own is not None:
            return str(own)
        return max(filter(None, map(self.period, self._made_by.get(number, ()))), default=None)

    def held(self, firing: Firing) -> tuple[str, ...]:
        """Why the firing waits for a person: a fact it rests on is held, and there is no other way to that fact."""
        if not self._doubtful:
            return ()
        return tuple(sorted({why for number in firing.facts for why in self._held(number)}))

    def _held(self, number: int) -> tuple[str, ...]:
        ways = [self.held(firing) for firing in self._made_by.get(number, ())]
        if not all(ways):
            return ()
        return self._grounds[number].held + tuple(why for way in ways for why in way)

    def steps(self, firing: Firing, concludes: str) -> tuple[Step, ...]:
        """The chain that ends in ``firing``: every step stands after the steps it rests on.

        What does not wait for a person is not told by steps that do.
        """
        return tuple(dict.fromkeys(self._chain(firing, concludes, free=not self.held(firing))))

    def _chain(self, firing: Firing, concludes: str, *, free: bool) -> Iterator[Step]:
        for number in firing.facts:
            for earlier in self._made_by.get(number, ()):
                if not (free and self.held(earlier)):
                    yield from self._chain(earlier, self._grounds[number].id, free=free)
        facts = tuple(self._grounds[number] for number in firing.facts)
        yield Step(self._policy.policies[firing.provision].id, concludes, facts)


def _conclusions(outcome: Outcome) -> list[Ground]:
    """Conclusions are called ``name/1``, ``name/2`` in the order of their attributes, not of their arrival."""
    ordered = sorted({(name, _sorted(values)) for name, values in outcome.concluded}, key=repr)
    counts: dict[str, int] = {}
    ids: dict[tuple[str, tuple[tuple[str, str | bool | int], ...]], str] = {}
    for name, values in ordered:
        counts[name] = counts.get(name, 0) + 1
        ids[name, values] = f"{name}/{counts[name]}"
    return [Ground(ids[name, _sorted(values)], name, _sorted(values)) for name, values in outcome.concluded]


def _sorted(values: Mapping[str, str | bool | int]) -> tuple[tuple[str, str | bool | int], ...]:
    return tuple(sorted(values.items()))
