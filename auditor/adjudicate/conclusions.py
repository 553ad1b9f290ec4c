"""Checks of ``conclude``: one thing, of known measures, maps, policies and attributes."""

from __future__ import annotations

from auditor.adjudicate.facts import GIVEN, article
from auditor.adjudicate.forms import LADDER_OF
from auditor.adjudicate.mistakes import Mistake, Mistakes
from auditor.adjudicate.model import Policy, Provision
from auditor.adjudicate.terms import ENDS, Exemption, MeasureChoice, Shift, Term
from auditor.adjudicate.vocabulary import Schemas, attribute_type, carried_type
from auditor.mistake import nearest

Place = tuple[str | int, ...]


def mistakes(policy: Policy, schemas: Schemas, index: int, provision: Provision) -> Mistakes:
    """Every mistake under ``conclude`` of provision number ``index``."""
    place, conclude = ("policies", index, "conclude"), provision.conclude
    written = [each for each in ("fact", *ENDS) if getattr(conclude, each) is not None]
    if len(written) != 1:
        what = f"The policy '{provision.id}' must conclude one thing."
        yield Mistake(place, "no-conclusion", what, f"Write one of fact, {', '.join(ENDS[:-1])} and {ENDS[-1]}.")
    elif conclude.fact in GIVEN:
        what = f"A policy cannot conclude a '{conclude.fact}': those are given."
        yield Mistake((*place, "fact"), "given-fact", what, "Choose another name.")
    elif conclude.fact is not None:
        yield from _attributes(schemas, place, provision)
    elif conclude.values:
        first = next(iter(conclude.values))
        word = with_article({"exempt": "exemption"}.get(written[0], written[0]))
        what = f"{word[0].upper()}{word[1:]} has no attribute '{first}' here."
        yield Mistake((*place, first), "unknown-key", what, f"Move it under '{written[0]}:', or take it out.")
    else:
        yield from _end(policy, schemas, (*place, written[0]), provision)


def with_article(word: str) -> str:
    """``a`` or ``an`` before the word."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _end(policy: Policy, schemas: Schemas, place: Place, provision: Provision) -> Mistakes:
    conclude = provision.conclude
    if conclude.consequence is not None:
        yield from _measure(policy, schemas, (*place, "measure"), provision, conclude.consequence)
        yield from _words(place, conclude.consequence)
    elif conclude.exempt is not None:
        yield from _exemption(policy, place, conclude.exempt)
    elif conclude.step is not None:
        yield from _shift(policy, place, conclude.step)


def _measure(policy: Policy, schemas: Schemas, place: Place, provision: Provision, term: Term) -> Mistakes:
    choice = term.measure
    if choice.id is not None and choice.map is None and choice.key is None:
        yield from _known_measure(policy, place, term.kind, choice.id)
    elif choice.id is not None or choice.map is None or choice.key is None:
        what = "A measure is one of the ladder, or what a map has for a key."
        yield Mistake(
            place, "no-measure", what, "Write 'measure: name' or 'measure: {map: name, key: alias.attribute}'."
        )
    elif choice.map not in policy.maps:
        what = f"There is no map '{choice.map}'."
        yield Mistake((*place, "map"), "unknown-map", what, nearest(choice.map, policy.maps))
    else:
        yield from _key(schemas, (*place, "key"), provision, choice.key)
        yield from _entries(policy, term.kind, choice)


def _known_measure(policy: Policy, place: Place, kind: str, measure: str) -> Mistakes:
    known = [each.id for each in policy.measures(kind)]
    if measure not in known:
        what = f"The ladder '{LADDER_OF[kind]}' has no measure '{measure}'."
        yield Mistake(place, "unknown-measure", what, nearest(measure, known))


def _entries(policy: Policy, kind: str, choice: MeasureChoice) -> Mistakes:
    """Measures that some ladder has, but not the one of this kind; unknown ones are told with the map."""
    own = {each.id for each in policy.measures(kind)}
    others = {each.id for other in LADDER_OF for each in policy.measures(other)} - own
    for key, measure in policy.maps[str(choice.map)].items():
        if measure in others:
            yield from _known_measure(policy, ("maps", str(choice.map), key), kind, measure)


def _key(schemas: Schemas, place: Place, provision: Provision, key: str) -> Mistakes:
    if "." not in key:
        return
    if bad := _unknown_source(schemas, provision, key):
        yield Mistake(place, "unknown-source", *bad)
        return
    alias, attribute = key.split(".")
    facts = {each.alias: each.fact for each in provision.when}
    found = attribute_type(schemas, facts[alias], attribute)
    if found in (bool, int):
        what = f"'{key}' is {article(found)}, and a map is asked for a word."
        yield Mistake(place, "wrong-type", what, "Use an attribute that is text.")


def _words(place: Place, term: Term) -> Mistakes:
    for word, wanted in (("compensation", "penalty"), ("to", "escalation")):
        if getattr(term, word) is not None and term.kind != wanted:
            what = f"Only {with_article(wanted)} has '{word}'."
            yield Mistake((*place, word), "out-of-place", what, f"Take it out, or write 'kind: {wanted}'.")


def _exemption(policy: Policy, place: Place, exemption: Exemption) -> Mistakes:
    if exemption.measure is not None:
        yield from _known_measure(policy, (*place, "measure"), exemption.kind, exemption.measure)
    if exemption.policy is None:
        return
    terms = {each.id: each.conclude.consequence for each in policy.policies}
    own = {name: term for name, term in terms.items() if term and term.kind == exemption.kind}
    here, name = (*place, "policy"), exemption.policy
    if name not in own:
        what = f"No policy '{name}' concludes {with_article(exemption.kind)}."
        yield Mistake(here, "unknown-policy", what, nearest(name, own))
    elif own[name].mandatory:
        what = f"What the policy '{name}' concludes is mandatory: nothing exempts from it."
        yield Mistake(here, "mandatory", what, "Take the exemption out.")


def _shift(policy: Policy, place: Place, shift: Shift) -> Mistakes:
    if shift.by == 0:
        yield Mistake((*place, "by"), "no-step", "A step of 0 moves nothing.", "Write 1 to raise, -1 to lower.")
    elif not policy.measures(shift.kind):
        what = f"The ladder '{LADDER_OF[shift.kind]}' has no measures to step on."
        yield Mistake((*place, "kind"), "no-ladder", what, f"Write measures under 'ladder: {LADDER_OF[shift.kind]}:'.")


def _attributes(schemas: Schemas, place: Place, provision: Provision) -> Mistakes:
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
