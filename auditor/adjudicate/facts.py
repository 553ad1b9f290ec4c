"""Facts: what a policy may look at. They carry text, yes/no and whole numbers, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from keyword import iskeyword
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from auditor.adjudicate.failure import AdjudicationError
from auditor.adjudicate.given import Clean, Complaint, Earlier, Given, Incident, Merit, Metric, Tally

_TYPES = {str: "text", bool: "true or false", int: "a whole number"}
GREATEST = 2**53
NAME = re.compile(r"[a-z][a-z0-9_]*")
TAG_PREFIX = "tag_"


def article(kind: type) -> str:
    """The type of an attribute in words: ``text``, ``true or false`` or ``a whole number``."""
    return _TYPES[kind]


def check_value(value: object) -> str | bool | int:
    """``value`` if it is exactly text, yes/no or a whole number up to 2^53; else a validation error."""
    if type(value) not in _TYPES or (type(value) is int and abs(value) > GREATEST):
        raise PydanticCustomError("value", "it is neither text, nor true or false, nor a whole number")
    return value  # type: ignore[return-value]


Value = Annotated[str | bool | int, PlainValidator(check_value)]
Schema = Mapping[str, type]

PERIOD = {"subject_kind": str, "period": str, "count": int}
GIVEN: dict[str, Schema] = {
    "tally": {
        "role": str,
        "department": str,
        "store": str,
        "rule": str,
        "regulation": str,
        "severity": str,
        "found": int,
        "repeats": int,
        **PERIOD,
    },
    "incident": {
        "ground": str,
        "gravity": str,
        "outcome": str,
        "attitude": str,
        "criminal": bool,
        "loss": int,
        **PERIOD,
    },
    "complaint": {"attitude_caused": bool, "class": str, **PERIOD},
    "merit": {"ground": str, "amount": int, **PERIOD},
    "metric": {
        "subject_kind": str,
        "rule": str,
        "period": str,
        "met": bool,
        "value": int,
        "target": int,
        "over": int,
        "cases": int,
    },
    "clean": {"subject_kind": str, "months": int, "obligations": int},
    "earlier": {"kind": str, "measure": str, "step": int, "months_ago": int, "state": str},
}
"""The facts that are given, with their attributes: money in cents, figures of metrics in thousandths."""
SEVERITIES = ("critical", "major", "minor", "observation")


class Fact(BaseModel):
    """One fact about one subject, with an ``id`` that is unique in the run."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str
    subject_kind: str
    subject: str
    name: str
    values: dict[str, Value]

    @model_validator(mode="after")
    def _of_declared_types(self) -> Fact:
        schema = GIVEN.get(self.name, {})
        for key, value in self.values.items():
            wanted = schema.get(key, type(value))
            if type(value) is not wanted:
                raise PydanticCustomError("value", f"{key} is not {article(wanted)}")
        return self


_MAY_BE_UNKNOWN = {
    kind.name: frozenset(each.name.rstrip("_") for each in fields(kind) if each.default is None)
    for kind in (Tally, Incident, Complaint, Merit, Metric, Clean, Earlier)
}


def facts_of(rows: Iterable[Given]) -> list[Fact]:
    """One fact for each row; an attribute that is not known is left out, never empty.

    Raises AdjudicationError if a value is of the wrong type.
    """
    return [_fact(row, _values(row)) for row in rows]


def attribute(row: Given, key: str) -> object:
    """The value of an attribute as policies call it; None where it is not known."""
    value: object = getattr(row, key + "_" if iskeyword(key) else key)
    return value


def _values(row: Given) -> dict[str, object]:
    values = {key: attribute(row, key) for key in GIVEN[row.name]}
    unknown = _MAY_BE_UNKNOWN[row.name]
    known = {key: value for key, value in values.items() if value is not None or key not in unknown}
    return known | {TAG_PREFIX + tag: True for tag in getattr(row, "tags", ()) if NAME.fullmatch(tag)}


def _fact(row: Given, values: Mapping[str, object]) -> Fact:
    given = {
        "id": row.id, "subject_kind": row.subject_kind, "subject": row.subject, "name": row.name,
        "values": dict(values),
    }  # fmt: skip
    try:
        return Fact.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or row.name
        raise AdjudicationError(f"The {row.name} '{row.id}' cannot become a fact: {place}: {first['msg']}.") from error
