"""Policy -> rule sets as plain data, small enough for the engine.

Large policies are split into several rule sets. A concluded fact is offered to every set that reads
facts of its name, and the sets are asked in turn until nothing new follows, so a chain may cross sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from auditor.adjudicate.facts import Value
from auditor.adjudicate.failure import AdjudicationError
from auditor.adjudicate.limits import CONDITIONS_IN_A_SET, PROVISIONS_IN_A_SET, conditions, excess
from auditor.adjudicate.model import Antecedent, Comparison, Policy, Provision
from auditor.adjudicate.terms import Carried


class Template(BaseModel):
    """How a firing becomes a fact: constants, and attributes copied from the n-th matched fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: str | None
    constants: dict[str, Value]
    copied: dict[str, tuple[int, str]]


class RuleSet(BaseModel):
    """One rule set for the engine; rule ``p<n>`` is the n-th provision of the policy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    reads: frozenset[str]
    rules: dict[str, Any]


class Compiled(BaseModel):
    """A policy as the engine takes it: rule sets and, for each provision, what its firing concludes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sets: tuple[RuleSet, ...]
    templates: tuple[Template, ...]


def compile_policy(policy: Policy) -> Compiled:
    """Compile every provision. Raises AdjudicationError for one that is too large for the engine."""
    for provision in policy.policies:
        if reason := excess(provision):
            raise AdjudicationError(reason, policy.name)
    sets = tuple(
        RuleSet(
            name=f"set{number}",
            reads=frozenset(each.fact for _, provision in chunk for each in provision.when),
            rules={f"p{index}": _rule(provision) for index, provision in chunk},
        )
        for number, chunk in enumerate(_chunks(policy.policies))
    )
    return Compiled(sets=sets, templates=tuple(_template(provision) for provision in policy.policies))


def _chunks(provisions: Sequence[Provision]) -> Iterator[list[tuple[int, Provision]]]:
    chunk: list[tuple[int, Provision]] = []
    size = 0
    for index, provision in enumerate(provisions):
        more = conditions(provision)
        if chunk and (len(chunk) == PROVISIONS_IN_A_SET or size + more > CONDITIONS_IN_A_SET):
            yield chunk
            chunk, size = [], 0
        chunk.append((index, provision))
        size += more
    if chunk:
        yield chunk


def _rule(provision: Provision) -> dict[str, Any]:
    aliases = provision.places
    return {"all": [{f"m{place}": {"$and": _tests(each, aliases)}} for place, each in enumerate(provision.when)]}


def _tests(antecedent: Antecedent, aliases: dict[str, int]) -> list[dict[str, Any]]:
    tests: list[dict[str, Any]] = [{"fact": antecedent.fact}]
    for key, compared in antecedent.where.items():
        tests.extend(_comparison(key, compared, aliases))
    return tests


def _comparison(key: str, compared: Comparison, aliases: dict[str, int]) -> Iterator[dict[str, Any]]:
    if compared.is_ is not None:
        yield {key: compared.is_}
    if compared.not_ is not None:
        yield {"$neq": {key: compared.not_}}
    if compared.any_of:
        yield {"$or": [{key: value} for value in dict.fromkeys(compared.any_of)]}
    if compared.at_least is not None:
        yield {"$gte": {key: compared.at_least}}
    if compared.at_most is not None:
        yield {"$lte": {key: compared.at_most}}
    if compared.same_as is not None:
        alias, other = compared.same_as.split(".")
        yield {key: {f"m{aliases[alias]}": other}}


def _template(provision: Provision) -> Template:
    aliases = provision.places
    values = provision.conclude.values
    copied = {key: _source(value, aliases) for key, value in values.items() if value.source}
    constants = {key: value.is_ for key, value in values.items() if value.is_ is not None}
    return Template(fact=provision.conclude.fact, constants=constants, copied=copied)


def _source(value: Carried, aliases: dict[str, int]) -> tuple[int, str]:
    alias, key = str(value.source).split(".")
    return aliases[alias], key
