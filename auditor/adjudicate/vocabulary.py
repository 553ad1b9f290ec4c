"""The facts a policy speaks of, with the types of their attributes: given ones and concluded ones."""

from __future__ import annotations

from auditor.adjudicate.facts import GIVEN, TAG_PREFIX
from auditor.adjudicate.model import Policy, Provision
from auditor.adjudicate.terms import Carried

Schemas = dict[str, dict[str, type]]
UNTOLD = object
"""The type of an attribute whose own provision is wrong: what reads it is not blamed for that."""


def vocabulary(policy: Policy) -> Schemas:
    """Every fact name with the types of its attributes, as far as they can be told."""
    schemas: Schemas = {name: dict(schema) for name, schema in GIVEN.items()}
    for provision in policy.policies:
        if provision.conclude.fact and provision.conclude.fact not in GIVEN:
            schemas.setdefault(provision.conclude.fact, {})
    while any(_learn(schemas, provision) for provision in policy.policies):
        pass
    for provision in policy.policies:
        for key in provision.conclude.values:
            schemas.get(str(provision.conclude.fact), {}).setdefault(key, UNTOLD)
    return schemas


def _learn(schemas: Schemas, provision: Provision) -> bool:
    """Add what the provision tells about its conclusion; True if there was anything new."""
    name = provision.conclude.fact
    if name is None or name in GIVEN:
        return False
    learned = False
    for key, value in provision.conclude.values.items():
        found = carried_type(schemas, provision, value)
        if found is not None and key not in schemas[name]:
            schemas[name][key] = found
            learned = True
    return learned


def carried_type(schemas: Schemas, provision: Provision, value: Carried) -> type | None:
    """The type of a concluded attribute; None if it cannot be told."""
    if value.source is None:
        return None if value.is_ is None else type(value.is_)
    alias, key = value.source.split(".")
    facts = [each.fact for each in provision.when if each.alias == alias]
    found = attribute_type(schemas, facts[0], key) if facts else None
    return None if found is UNTOLD else found


def attribute_type(schemas: Schemas, fact: str, key: str) -> type | None:
    """The type of an attribute of a fact; None if it has no such attribute. Tags are true or false."""
    if fact not in schemas:
        return UNTOLD
    if fact == "tally" and key.startswith(TAG_PREFIX):
        return bool
    return schemas.get(fact, {}).get(key)
