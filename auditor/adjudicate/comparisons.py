"""Checks of ``when``: facts, attributes, types and values that a provision asks for."""

from __future__ import annotations

from auditor.adjudicate.facts import SEVERITIES, article
from auditor.adjudicate.mistakes import Mistake, Mistakes
from auditor.adjudicate.model import Antecedent, Comparison, Provision
from auditor.adjudicate.vocabulary import UNTOLD, Schemas, attribute_type
from auditor.mistake import nearest

Place = tuple[str | int, ...]


def mistakes(schemas: Schemas, index: int, provision: Provision) -> Mistakes:
    """Every mistake under ``when`` of provision number ``index``."""
    aliases: dict[str, str] = {}
    for position, antecedent in enumerate(provision.when):
        place: Place = ("policies", index, "when", position)
        if antecedent.fact not in schemas:
            what = f"No fact is called '{antecedent.fact}': it is neither given nor concluded by a policy."
            yield Mistake((*place, "fact"), "unknown-fact", what, nearest(antecedent.fact, schemas))
        else:
            yield from _where(schemas, place, antecedent, aliases)
        if antecedent.alias in aliases:
            what = f"Two facts of the policy are called '{antecedent.alias}'."
            yield Mistake((*place, "as"), "doubled-alias", what, "Give each a name of its own.")
        if antecedent.alias:
            aliases[antecedent.alias] = antecedent.fact


def _where(schemas: Schemas, place: Place, antecedent: Antecedent, aliases: dict[str, str]) -> Mistakes:
    for key, compared in antecedent.where.items():
        here = (*place, "where", key)
        wanted = attribute_type(schemas, antecedent.fact, key)
        if wanted is None:
            what = f"The fact '{antecedent.fact}' has no attribute '{key}'."
            yield Mistake(here, "unknown-attribute", what, nearest(key, schemas[antecedent.fact]))
            continue
        if wanted is not UNTOLD:
            yield from _types(here, key, wanted, compared)
        yield from _severity(here, key, compared)
        yield from _sense(here, key, compared)
        yield from _join(schemas, here, wanted, compared, aliases)


def _values(compared: Comparison) -> list[str | bool | int]:
    return [each for each in (compared.is_, compared.not_, *compared.any_of) if each is not None]


def _types(here: Place, key: str, wanted: type, compared: Comparison) -> Mistakes:
    for value in _values(compared):
        if type(value) is not wanted:
            what = f"'{key}' is {article(wanted)} and is never {value!r}, {article(type(value))}."
            yield Mistake(here, "wrong-type", what, f"Write {article(wanted)}.")
    if wanted is not int and (compared.at_least is not None or compared.at_most is not None):
        what = f"'{key}' is {article(wanted)} and has no order."
        yield Mistake(here, "wrong-type", what, "Use a bare value, 'not' or 'any_of'.")


def _severity(here: Place, key: str, compared: Comparison) -> Mistakes:
    for value in _values(compared):
        if key == "severity" and isinstance(value, str) and value not in SEVERITIES:
            yield Mistake(here, "unknown-severity", f"No severity is called '{value}'.", nearest(value, SEVERITIES))


def _sense(here: Place, key: str, compared: Comparison) -> Mistakes:
    if not any(part not in (None, ()) for part in dict(compared).values()):
        yield Mistake(here, "no-value", f"Nothing is asked of '{key}'.", "Write a value or a comparison.")
    elif not possible_together(compared):
        yield Mistake(here, "unreachable", f"No value of '{key}' can meet this.", "Correct the bounds or values.")


def possible_together(*compared: Comparison) -> bool:
    """False if the parts of the comparisons of one attribute exclude each other."""
    for each in compared:
        if listed := (each.is_,) if each.is_ is not None else each.any_of:
            return any(all(admits(one, value) for one in compared) for value in listed)
    low = max((each.at_least for each in compared if each.at_least is not None), default=None)
    high = min((each.at_most for each in compared if each.at_most is not None), default=None)
    if low is None or high is None:
        return True
    return high - low >= len(compared) or any(
        all(admits(one, value) for one in compared) for value in range(low, high + 1)
    )


def admits(compared: Comparison, value: str | bool | int) -> bool:
    """Whether ``value`` meets the comparison, joins aside."""
    if compared.is_ is not None and value != compared.is_:
        return False
    if value == compared.not_ or (compared.any_of and value not in compared.any_of):
        return False
    if isinstance(value, str):
        return True
    above = compared.at_least is None or value >= compared.at_least
    return above and (compared.at_most is None or value <= compared.at_most)


def _join(schemas: Schemas, here: Place, wanted: type, compared: Comparison, aliases: dict[str, str]) -> Mistakes:
    if compared.same_as is None:
        return
    alias, key = compared.same_as.split(".")
    if alias not in aliases:
        what = f"No earlier fact under 'when' is called '{alias}'."
        yield Mistake(here, "unknown-alias", what, nearest(alias, aliases))
        return
    other = attribute_type(schemas, aliases[alias], key)
    if other is None:
        what = f"The fact '{aliases[alias]}' has no attribute '{key}'."
        yield Mistake(here, "unknown-attribute", what, nearest(key, schemas.get(aliases[alias], {})))
    elif UNTOLD not in (other, wanted) and other is not wanted:
        what = f"'{compared.same_as}' is {article(other)} and never the same as {article(wanted)}."
        yield Mistake(here, "wrong-type", what, "Compare attributes of one type.")
