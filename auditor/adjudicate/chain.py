"""Checks of the chain: no policy waits for itself, none waits for what never comes, none concludes in vain."""

from __future__ import annotations

from auditor.adjudicate.comparisons import admits
from auditor.adjudicate.facts import GIVEN
from auditor.adjudicate.mistakes import Mistake, Mistakes
from auditor.adjudicate.model import Antecedent, Policy, Provision


def mistakes(policy: Policy) -> Mistakes:
    """Cycles, policies that can never apply, and conclusions that nothing reads."""
    makers: dict[str, list[Provision]] = {}
    for provision in policy.policies:
        if provision.conclude.fact and provision.conclude.fact not in GIVEN:
            makers.setdefault(provision.conclude.fact, []).append(provision)
    yield from _cycles(policy, makers)
    yield from _idle(policy)
    for index, provision in enumerate(policy.policies):
        for position, antecedent in enumerate(provision.when):
            yield from _never(("policies", index, "when", position), provision, antecedent, makers)


def _cycles(policy: Policy, makers: dict[str, list[Provision]]) -> Mistakes:
    """Each circle once, told from the first of its policies in the file."""
    told: set[frozenset[str]] = set()
    for index, provision in enumerate(policy.policies):
        circle = _circle(provision, makers)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            what = f"The policies wait for each other: {' -> '.join(circle)}."
            yield Mistake(("policies", index, "when"), "cycle", what, "Let one of them look at tallies or merits only.")


def _circle(start: Provision, makers: dict[str, list[Provision]]) -> list[str]:
    """The shortest way from ``start`` through what it reads back to itself; empty if there is none."""
    paths, seen = [[start]], {start.id}
    while paths:
        path = paths.pop(0)
        for source in (each for antecedent in path[-1].when for each in makers.get(antecedent.fact, ())):
            if source is start:
                return [each.id for each in (start, *reversed(path))]
            if source.id not in seen:
                seen.add(source.id)
                paths.append([*path, source])
    return []


def _idle(policy: Policy) -> Mistakes:
    read = {antecedent.fact for provision in policy.policies for antecedent in provision.when}
    for index, provision in enumerate(policy.policies):
        name = provision.conclude.fact
        if name and name not in read and name not in GIVEN:
            what = f"Nothing looks at the fact '{name}' that the policy '{provision.id}' concludes."
            remedy = "Use it under 'when', or conclude a consequence."
            yield Mistake(("policies", index, "conclude", "fact"), "idle", what, remedy)


def _never(
    place: tuple[str | int, ...], provision: Provision, antecedent: Antecedent, makers: dict[str, list[Provision]]
) -> Mistakes:
    if antecedent.fact not in makers or any(_can_make(maker, antecedent) for maker in makers[antecedent.fact]):
        return
    what = f"The policy '{provision.id}' can never apply: no policy concludes '{antecedent.fact}' with these values."
    yield Mistake(place, "unreachable", what, "Correct 'where', or the policy that concludes the fact.")


def _can_make(maker: Provision, antecedent: Antecedent) -> bool:
    """Whether a conclusion of ``maker`` could meet the antecedent, as far as its written values tell."""
    for key, compared in antecedent.where.items():
        carried = maker.conclude.values.get(key)
        if carried is None or (carried.is_ is not None and not admits(compared, carried.is_)):
            return False
    return True
