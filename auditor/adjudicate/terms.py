"""What a policy may conclude: a fact, a consequence, an exemption, a shift on the ladder, or an offset."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt, StrictStr

from auditor.adjudicate.facts import Value
from auditor.adjudicate.forms import AttributeName, Identifier, Kind, Model, scalar_as
from auditor.adjudicate.heading import Least

MapKey = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]


class Carried(Model):
    """The value of a concluded attribute: written here, or taken ``from`` an antecedent (alias.attribute)."""

    is_: Value | None = Field(None, alias="is")
    source: AttributeName | None = Field(None, alias="from")


Concluded = Annotated[Carried, BeforeValidator(scalar_as("is"))]


class MeasureChoice(Model):
    """Which measure: one by its ``id``, or what a ``map`` has for a ``key`` (a word, or alias.attribute)."""

    id: Identifier | None = None
    map: Identifier | None = None
    key: MapKey | None = None


class Term(Model):
    """A consequence: which measure of which ladder, with points and an amount in cents (a suggestion)."""

    kind: Kind
    measure: Annotated[MeasureChoice, BeforeValidator(scalar_as("id"))]
    points: Least = 0
    amount: Least = 0
    mandatory: StrictBool = False
    compensation: Literal["none"] | None = None
    to: StrictStr | None = None


class Exemption(Model):
    """Consequences that are not drawn: all of a kind, or those of one measure or policy. Never mandatory ones."""

    kind: Kind
    measure: Identifier | None = None
    policy: Identifier | None = None


class Shift(Model):
    """Steps up (or down, below zero) on the ladder of a kind."""

    kind: Kind
    by: StrictInt


class Offset(Model):
    """Rewards are set off against penalties of the same month: their points, or their amounts."""

    rewards: Literal["points", "amount"]
    against: Literal["penalties"]


class Conclusion(Model):
    """What follows: one of these; ``values`` are the attributes of a fact."""

    fact: Identifier | None = None
    consequence: Term | None = None
    exempt: Exemption | None = None
    step: Shift | None = None
    offset: Offset | None = None
    values: dict[Identifier, Concluded] = {}


ENDS = ("consequence", "exempt", "step", "offset")
"""Conclusions that are no facts."""


def split_conclusion(value: Any) -> Any:
    """``{fact: x, severity: major}`` is written flat; the attributes move under ``values``."""
    if not isinstance(value, dict):
        return value
    own = ("fact", "consequence") if "fact" in value else ENDS
    kept = {key: value[key] for key in own if key in value}
    return kept | {"values": {key: each for key, each in value.items() if key not in kept}}
