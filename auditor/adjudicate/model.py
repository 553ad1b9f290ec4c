"""The policy model: a heading, and provisions that conclude from facts. It names no engine."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictInt, StrictStr

from auditor.adjudicate.facts import Value
from auditor.adjudicate.forms import LADDER_OF, AttributeName, ClauseId, Identifier, Model, Origin, scalar_as
from auditor.adjudicate.heading import Caps, Charge, Hit, Ladders, Least, Map, Measure, Suspect
from auditor.adjudicate.source import MeritSource
from auditor.adjudicate.terms import Conclusion, MapKey, split_conclusion


class Title(Model):
    """The same words in Chinese and English."""

    zh: StrictStr
    en: StrictStr


class Comparison(Model):
    """What is asked of one attribute; every part that is written must hold. A bare value means ``is``."""

    is_: Value | None = Field(None, alias="is")
    not_: Value | None = Field(None, alias="not")
    any_of: tuple[Value, ...] = ()
    at_least: StrictInt | None = None
    at_most: StrictInt | None = None
    same_as: AttributeName | None = None


Compared = Annotated[Comparison, BeforeValidator(scalar_as("is"))]


class Antecedent(Model):
    """One fact that must be there: a given one, or a conclusion of other provisions."""

    fact: Identifier
    alias: Identifier | None = Field(None, alias="as")
    where: dict[Identifier, Compared] = {}


class GivenFact(Model):
    """A fact of an example: its name and its attributes."""

    fact: Identifier
    values: dict[Identifier, Value] = {}


class ExpectedConclusion(Model):
    """A conclusion an example expects: a fact with its attributes, or the end that follows.

    A consequence is named by its ``measure``, or by the ``map`` and ``key`` that its measure is looked up with;
    an exemption or step by its kind; an offset by what it is set off against.
    """

    fact: Identifier | None = None
    measure: Identifier | None = None
    map: Identifier | None = None
    key: MapKey | None = None
    exempt: Identifier | None = None
    step: Identifier | None = None
    offset: Identifier | None = None
    values: dict[Identifier, Value] = {}


def _split_given(value: Any) -> Any:
    return _split(value, ("fact",))


def _split_expected(value: Any) -> Any:
    own = ("fact", "measure") if isinstance(value, dict) and "fact" in value else tuple(ExpectedConclusion.model_fields)
    return _split(value, own)


def _split(value: Any, own: tuple[str, ...]) -> Any:
    if not isinstance(value, dict):
        return value
    kept = {key: value[key] for key in own if key in value}
    return kept | {"values": {key: each for key, each in value.items() if key not in kept}}


class Example(Model):
    """Facts about one subject, and exactly what this provision concludes from them."""

    given: tuple[Annotated[GivenFact, BeforeValidator(_split_given)], ...]
    expect: tuple[Annotated[ExpectedConclusion, BeforeValidator(_split_expected)], ...]


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
    conclude: Annotated[Conclusion, BeforeValidator(split_conclusion)]
    examples: tuple[Example, ...] = ()

    @property
    def places(self) -> dict[str, int]:
        """Where under ``when`` each alias stands."""
        return {each.alias: place for place, each in enumerate(self.when) if each.alias}


class Policy(Model):
    """A policy file: its heading and its provisions. ``look_back`` is in months, ``12mon`` in the file."""

    name: StrictStr = "policy"
    ladder: Ladders = Ladders()
    hit: Hit = Hit()
    charge: Charge = Charge()
    look_back: Annotated[StrictStr, Field(pattern=r"^[1-9][0-9]{0,2}mon$")] = "12mon"
    caps: Caps = Caps()
    min_sample: Least = 20
    suspect: Suspect = Suspect()
    maps: dict[Identifier, Map] = {}
    merits: tuple[MeritSource, ...] = ()
    policies: tuple[Provision, ...] = ()

    def measures(self, kind: str) -> tuple[Measure, ...]:
        """The ladder for penalties, rewards or escalations, mildest first."""
        steps: tuple[Measure, ...] = getattr(self.ladder, LADDER_OF[kind])
        return steps

    @property
    def look_back_months(self) -> int:
        """How many months count as the near past, the present one among them."""
        return int(self.look_back.removesuffix("mon"))
