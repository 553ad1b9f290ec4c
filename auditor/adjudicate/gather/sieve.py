"""Sieve: only tallies that some policy can match are fetched, so that a million findings become few facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auditor.adjudicate.facts import GIVEN, TAG_PREFIX, Value
from auditor.adjudicate.model import Antecedent, Comparison, Policy
from auditor.intake.sql import literal, name

_COLUMN = {"rule": "rule_id"}
_OF_ONE = ("rule", "regulation", "severity", "subject_kind")
"""The attributes of a tally that each of its findings has."""


def sieve(policy: Policy) -> str | None:
    """SQL over tallies that is true of each that some antecedent may match; None where no policy looks at any.

    An attribute that is not there (NULL) meets nothing that is asked of it.
    """
    return _any(_test(each.where) for each in _looks(policy))


def heard(policy: Policy) -> str:
    """SQL over single findings that is true of each of which some policy may hear, whatever their number."""
    own = (
        {key: asked for key, asked in each.where.items() if key in _OF_ONE or key not in GIVEN["tally"]}
        for each in _looks(policy)
    )
    return _any(map(_test, own)) or "FALSE"


def _looks(policy: Policy) -> list[Antecedent]:
    return [each for provision in policy.policies for each in provision.when if each.fact == "tally"]


def _any(tests: Iterable[str]) -> str | None:
    return " OR ".join(f"({test})" for test in sorted(set(tests))) or None


def _test(where: Mapping[str, Comparison]) -> str:
    tests = [test for key, compared in where.items() for test in _comparisons(_value(key), compared)]
    return " AND ".join(tests) or "TRUE"


def _value(key: str) -> str:
    """SQL of an attribute; a tag is true where it is there at all."""
    if key not in GIVEN["tally"]:
        tag = literal(key.removeprefix(TAG_PREFIX))
        return f"(CASE WHEN list_contains(tags, {tag}) THEN TRUE END)"
    return name(_COLUMN.get(key, key))


def _comparisons(value: str, compared: Comparison) -> Iterator[str]:
    if compared.is_ is not None:
        yield f"{value} = {_written(compared.is_)}"
    if compared.not_ is not None:
        yield f"{value} <> {_written(compared.not_)}"
    if compared.any_of:
        yield f"{value} IN ({', '.join(map(_written, compared.any_of))})"
    if compared.at_least is not None:
        yield f"{value} >= {compared.at_least}"
    if compared.at_most is not None:
        yield f"{value} <= {compared.at_most}"
    if compared.same_as is not None:
        yield f"{value} IS NOT NULL"


def _written(value: Value) -> str:
    return literal(value) if isinstance(value, str) else str(value)
