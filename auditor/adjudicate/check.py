"""Cross-checks of a policy of the right shape: every name known, every type right, nothing idle or circular."""

from __future__ import annotations

from auditor.adjudicate import chain, comparisons, conclusions, expectations, overlap
from auditor.adjudicate.forms import LADDER_OF
from auditor.adjudicate.heading import Measure
from auditor.adjudicate.limits import excess
from auditor.adjudicate.mistakes import Mistake, Mistakes
from auditor.adjudicate.model import Policy, Provision
from auditor.adjudicate.source import MeritSource
from auditor.adjudicate.vocabulary import Schemas, vocabulary
from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.yamlfile import YamlFile


def check(policy: Policy, file: YamlFile) -> list[Problem]:
    """Every mistake in the policy, each with its place, in no certain order."""
    schemas = vocabulary(policy)
    found = [
        *_ladders(policy),
        *_maps(policy),
        *_merits(policy),
        *_doubled(policy),
        *(each for index in range(len(policy.policies)) for each in _provision(policy, schemas, index)),
        *chain.mistakes(policy),
        *overlap.mistakes(policy),
    ]
    return [each.problem(file) for each in found]


def _ladders(policy: Policy) -> Mistakes:
    for ladder in LADDER_OF.values():
        measures: tuple[Measure, ...] = getattr(policy.ladder, ladder)
        for index, measure in enumerate(measures):
            place = ("ladder", ladder, index)
            yield from _origin(place, f"measure '{measure.id}'", measure)
            if measure.id in [other.id for other in measures[:index]]:
                what = f"The measure '{measure.id}' is listed twice."
                yield Mistake((*place, "id"), "doubled-id", what, "Keep one of them.")


def _maps(policy: Policy) -> Mistakes:
    known = [measure.id for kind in LADDER_OF for measure in policy.measures(kind)]
    terms = (provision.conclude.consequence for provision in policy.policies)
    used = {term.measure.map for term in terms if term}
    for name, entries in policy.maps.items():
        if name not in used:
            what = f"No policy looks anything up in the map '{name}'."
            yield Mistake(("maps", name), "idle", what, f"Write 'measure: {{map: {name}, key: ...}}', or take it out.")
        for key, measure in entries.items():
            if measure not in known:
                what = f"No ladder has a measure '{measure}'."
                yield Mistake(("maps", name, key), "unknown-measure", what, nearest(measure, known))


def _merits(policy: Policy) -> Mistakes:
    for index, source in enumerate(policy.merits):
        yield from _origin(("merits", index), f"source of '{source.ground}'", source)


def _doubled(policy: Policy) -> Mistakes:
    ids = [each.id for each in policy.policies]
    for index, each in enumerate(ids):
        if each in ids[:index]:
            what = f"The policy '{each}' is written twice."
            yield Mistake(("policies", index, "id"), "doubled-id", what, "Give each policy an id of its own.")


def _origin(place: tuple[str | int, ...], whose: str, entry: Measure | MeritSource | Provision) -> Mistakes:
    if entry.origin == "regulation" and not entry.cites:
        what = f"The {whose} is from a regulation, but cites no clause."
        yield Mistake(place, "not-cited", what, "Write 'cites:' with the clause, or 'from: ours' with a reason.")
    if entry.origin == "ours" and not entry.reason:
        what = f"The {whose} is ours, but gives no reason."
        yield Mistake(place, "no-reason", what, "Write 'reason:'.")


def _provision(policy: Policy, schemas: Schemas, index: int) -> Mistakes:
    provision, place = policy.policies[index], ("policies", index)
    yield from _origin(place, f"policy '{provision.id}'", provision)
    yield from comparisons.mistakes(schemas, index, provision)
    wrong = list(conclusions.mistakes(policy, schemas, index, provision))
    yield from wrong
    yield from expectations.mistakes(schemas, index, provision, conclusive=not wrong)
    if not provision.when:
        what = f"The policy '{provision.id}' looks at no fact."
        yield Mistake((*place, "when"), "no-condition", what, "Write at least one entry under 'when'.")
    if reason := excess(provision):
        yield Mistake((*place, "when"), "too-large", reason, "Split the policy into several.")
