"""Cross-checks of a policy of the right shape: every name known, every type right, nothing idle or circular."""

from __future__ import annotations

from auditor.adjudicate import chain, comparisons, expectations
from auditor.adjudicate.facts import GIVEN, article
from auditor.adjudicate.limits import excess
from auditor.adjudicate.mistakes import Mistake, Mistakes
from auditor.adjudicate.model import LADDER_OF, Measure, Policy, Provision
from auditor.adjudicate.vocabulary import Schemas, attribute_type, carried_type, vocabulary
from auditor.mistake import nearest
from auditor.problem import Problem
from auditor.yamlfile import YamlFile


def check(policy: Policy, file: YamlFile) -> list[Problem]:
    """Every mistake in the policy, each with its place, in no certain order."""
    schemas = vocabulary(policy)
    found = [
        *_ladders(policy),
        *_doubled(policy),
        *(each for index in range(len(policy.policies)) for each in _provision(policy, schemas, index)),
        *chain.mistakes(policy),
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


def _doubled(policy: Policy) -> Mistakes:
    ids = [each.id for each in policy.policies]
    for index, each in enumerate(ids):
        if each in ids[:index]:
            what = f"The policy '{each}' is written twice."
            yield Mistake(("policies", index, "id"), "doubled-id", what, "Give each policy an id of its own.")


def _origin(place: tuple[str | int, ...], whose: str, entry: Measure | Provision) -> Mistakes:
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
    wrong = list(_conclusion(policy, schemas, index, provision))
    yield from wrong
    yield from expectations.mistakes(schemas, index, provision, conclusive=not wrong)
    if not provision.when:
        what = f"The policy '{provision.id}' looks at no fact."
        yield Mistake((*place, "when"), "no-condition", what, "Write at least one entry under 'when'.")
    if reason := excess(provision):
        yield Mistake((*place, "when"), "too-large", reason, "Split the policy into several.")


def _conclusion(policy: Policy, schemas: Schemas, index: int, provision: Provision) -> Mistakes:
    place, conclude = ("policies", index, "conclude"), provision.conclude
    if (conclude.fact is None) == (conclude.consequence is None):
        what = f"The policy '{provision.id}' must conclude either a fact or a consequence."
        yield Mistake(place, "no-conclusion", what, "Write 'fact:' or 'consequence:', one of them.")
    elif conclude.fact in GIVEN:
        what = f"A policy cannot conclude a '{conclude.fact}': those are given."
        yield Mistake((*place, "fact"), "given-fact", what, "Choose another name.")
    elif conclude.consequence is not None and conclude.values:
        first = next(iter(conclude.values))
        what = f"A consequence has no attribute '{first}' here."
        yield Mistake((*place, first), "unknown-key", what, "Move it under 'consequence:', or take it out.")
    elif conclude.consequence is not None:
        yield from _measure(policy, place, provision)
    else:
        yield from _attributes(schemas, place, provision)


def _measure(policy: Policy, place: tuple[str | int, ...], provision: Provision) -> Mistakes:
    term = provision.conclude.consequence
    assert term is not None
    known = [each.id for each in policy.measures(term.kind)]
    if term.measure not in known:
        what = f"The ladder '{LADDER_OF[term.kind]}' has no measure '{term.measure}'."
        yield Mistake((*place, "consequence", "measure"), "unknown-measure", what, nearest(term.measure, known))


def _attributes(schemas: Schemas, place: tuple[str | int, ...], provision: Provision) -> Mistakes:
    name = str(provision.conclude.fact)
    for key, value in provision.conclude.values.items():
        here = (*place, key)
        if key in ("id", "sid"):
            yield Mistake(here, "reserved", f"An attribute cannot be called '{key}'.", "Choose another name.")
        elif value.source is None and value.is_ is None:
            remedy = "Write a value, or 'from: alias.attribute'."
            yield Mistake(here, "no-value", f"The attribute '{key}' has no value.", remedy)
        elif value.source is not None and (bad := _unknown_source(schemas, provision, value.source)):
            yield Mistake(here, "unknown-source", *bad)
        elif (mine := carried_type(schemas, provision, value)) and mine is not schemas[name].get(key, mine):
            what = f"'{key}' of '{name}' is {article(mine)} here and {article(schemas[name][key])} elsewhere."
            yield Mistake(here, "mixed-types", what, "Use one type for it everywhere.")


def _unknown_source(schemas: Schemas, provision: Provision, source: str) -> tuple[str, str] | None:
    """What is wrong with ``alias.attribute`` and the remedy; None if it is well."""
    alias, key = source.split(".")
    aliases = {each.alias: each.fact for each in provision.when if each.alias}
    if alias not in aliases:
        return f"No fact under 'when' is called '{alias}'.", nearest(alias, aliases)
    if attribute_type(schemas, aliases[alias], key) is None:
        return f"The fact '{aliases[alias]}' has no attribute '{key}'.", nearest(key, schemas.get(aliases[alias], {}))
    return None
