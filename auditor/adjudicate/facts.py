"""Facts: what a policy may look at. They carry text, yes/no and whole numbers, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainValidator, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from auditor.adjudicate.failure import AdjudicationError

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

GIVEN: dict[str, Schema] = {
    "tally": {
        "subject_kind": str,
        "role": str,
        "department": str,
        "rule": str,
        "regulation": str,
        "severity": str,
        "period": str,
        "count": int,
    },
    "merit": {"subject_kind": str, "ground": str, "count": int},
}
MAY_BE_UNKNOWN = ("role", "department")
SEVERITIES = ("critical", "major", "minor", "observation")


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings of one subject, rule and period, already grouped; ``count`` is how many there are.

    ``period`` is a month (``2025-03``); ``fingerprints`` may be capped, ``count`` never is.
    """

    id: str
    subject: str
    subject_kind: str
    role: str | None
    department: str | None
    rule: str
    regulation: str
    severity: str
    tags: tuple[str, ...]
    period: str
    count: int
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merit:
    """A recorded ground for reward; ``records`` are the keys of the records that show it."""

    id: str
    subject: str
    ground: str
    count: int
    records: tuple[str, ...]
    subject_kind: str = "person"


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


def tallies(rows: Iterable[Tally]) -> list[Fact]:
    """One fact for each tally; a role or department that is not known is left out, never empty.

    Raises AdjudicationError if a value is of the wrong type.
    """
    return [_fact(row.id, row.subject_kind, row.subject, "tally", _tally_values(row)) for row in rows]


def merits(rows: Iterable[Merit]) -> list[Fact]:
    """One fact for each merit. Raises AdjudicationError if a value is of the wrong type."""
    return [
        _fact(
            row.id,
            row.subject_kind,
            row.subject,
            "merit",
            {"subject_kind": row.subject_kind, "ground": row.ground, "count": row.count},
        )
        for row in rows
    ]


def _tally_values(row: Tally) -> dict[str, object]:
    values: dict[str, object] = {key: getattr(row, key) for key in GIVEN["tally"]}
    known = {key: value for key, value in values.items() if value is not None or key not in MAY_BE_UNKNOWN}
    return known | {TAG_PREFIX + tag: True for tag in row.tags if NAME.fullmatch(tag)}


def _fact(identity: str, subject_kind: str, subject: str, name: str, values: Mapping[str, object]) -> Fact:
    given = {"id": identity, "subject_kind": subject_kind, "subject": subject, "name": name, "values": dict(values)}
    try:
        return Fact.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or name
        raise AdjudicationError(f"The {name} '{identity}' cannot become a fact: {place}: {first['msg']}.") from error
