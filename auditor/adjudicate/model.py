"""The policy model: ladders of measures, and provisions that conclude from facts. It names no engine."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from auditor.adjudicate.facts import Value

Identifier = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*$")]
ClauseId = Annotated[StrictStr, Field(pattern=r"^[A-Z]{2,5}-[0-9]{3}$")]
Kind = Literal["penalty", "reward", "escalation"]
Origin = Literal["regulation", "ours"]
LADDER_OF: dict[str, str] = {"penalty": "sanctions", "reward": "rewards", "escalation": "escalations"}


def _scalar_as_is(value: Any) -> Any:
    return value if isinstance(value, dict) else {"is": value}


class Model(BaseModel):
    """Frozen, and nothing that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Title(Model):
    """The same words in Chinese and English."""

    zh: StrictStr
    en: StrictStr


class Measure(Model):
    """One step of a ladder, such as a written warning."""

    id: Identifier
    zh: StrictStr
    en: StrictStr
    cites: tuple[ClauseId, ...] = ()
    origin: Origin = Field("regulation", alias="from")
    reason: StrictStr | None = None


class Ladders(Model):
    """Measures from the mildest to the gravest."""

    sanctions: tuple[Measure, ...] = ()
    rewards: tuple[Measure, ...] = ()
    escalations: tuple[Measure, ...] = ()


class Hit(Model):
    """What one subject gets of each ladder: the worst (highest) step that applies, or all of them."""

    sanctions: Literal["worst", "all"] = "worst"
    rewards: Literal["worst", "all"] = "all"
    escalations: Literal["worst", "all"] = "all"


class Comparison(Model):
    """What is asked of one attribute; every part that is written must hold. A bare value means ``is``."""

    is_: Value | None = Field(None, alias="is")
    not_: Value | None = Field(None, alias="not")
    any_of: tuple[Value, ...] = ()
    at_least: StrictInt | None = None
    at_most: StrictInt | None = None
    same_as: StrictStr | None = Field(None, pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")


Compared = Annotated[Comparison, BeforeValidator(_scalar_as_is)]


class Antecedent(Model):
    """One fact that must be there: a tally, a merit, or a conclusion of other provisions."""

    fact: Identifier
    alias: Identifier | None = Field(None, alias="as")
    where: dict[Identifier, Compared] = {}


class Carried(Model):
    """The value of a concluded attribute: written here, or taken ``from`` an antecedent (alias.attribute)."""

    is_: Value | None = Field(None, alias="is")
    source: StrictStr | None = Field(None, alias="from", pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")


Concluded = Annotated[Carried, BeforeValidator(_scalar_as_is)]


class Term(Model):
    """A consequence: which measure of which ladder, and points (ours, never money)."""

    kind: Kind
    measure: Identifier
    points: StrictInt = 0
    mandatory: StrictBool = False


class Conclusion(Model):
    """What follows: a new fact with attributes, or a consequence."""

    fact: Identifier | None = None
    consequence: Term | None = None
    values: dict[Identifier, Concluded] = {}


def _split_conclusion(value: Any) -> Any:
    """``{fact: x, severity: major}`` is written flat; the attributes move under ``values``."""
    if not isinstance(value, dict):
        return value
    kept = {key: value[key] for key in ("fact", "consequence") if key in value}
    return kept | {"values": {key: each for key, each in value.items() if key not in kept}}


class GivenFact(Model):
    """A fact of an example: its name and its attributes."""

    fact: Identifier
    values: dict[Identifier, Value] = {}


class ExpectedConclusion(Model):
    """A conclusion an example expects: a fact with its attributes, or a consequence by its measure."""

    fact: Identifier | None = None
    measure: Identifier | None = None
    values: dict[Identifier, Value] = {}


def _split_flat(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    kept = {key: value[key] for key in ("fact", "measure") if key in value}
    return kept | {"values": {key: each for key, each in value.items() if key not in kept}}


class Example(Model):
    """Facts about one subject, and exactly what this provision concludes from them."""

    given: tuple[Annotated[GivenFact, BeforeValidator(_split_flat)], ...]
    expect: tuple[Annotated[ExpectedConclusion, BeforeValidator(_split_flat)], ...]


class Provision(Model):
    """One entry of ``policies:``: when all these facts are there for one subject, conclude this.

    Antecedents match different facts: two antecedents on tallies need two tallies.
    """

    id: Identifier
    title: Title
    cites: tuple[ClauseId, ...] = ()
    origin: Origin = Field(alias="from")
    reason: StrictStr | None = None
    when: tuple[Antecedent, ...]
    conclude: Annotated[Conclusion, BeforeValidator(_split_conclusion)]
    examples: tuple[Example, ...] = ()


class Policy(Model):
    """A policy file: ladders, how many of their steps one subject gets, and provisions."""

    name: StrictStr = "policy"
    ladder: Ladders = Ladders()
    hit: Hit = Hit()
    policies: tuple[Provision, ...] = ()

    def measures(self, kind: str) -> tuple[Measure, ...]:
        """The ladder for penalties, rewards or escalations, mildest first."""
        steps: tuple[Measure, ...] = getattr(self.ladder, LADDER_OF[kind])
        return steps
