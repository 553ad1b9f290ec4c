"""The heading of a policy file: ladders and how they are used, caps, maps, and when a rule is suspect."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr

from auditor.adjudicate.forms import ClauseId, Identifier, Model, Origin

Choice = Literal["worst", "sum", "unique", "all"]
Least = Annotated[StrictInt, Field(ge=0)]
Percent = Annotated[StrictInt, Field(ge=0, le=100)]
Map = dict[StrictStr, Identifier]
"""What a word on the sheet stands for: a measure."""


class Measure(Model):
    """One step of a ladder, such as a written warning; ``by_raising`` if repeats may raise a milder one to it.

    Unsaid, every step may be reached so but the gravest.
    """

    id: Identifier
    zh: StrictStr
    en: StrictStr
    cites: tuple[ClauseId, ...] = ()
    origin: Origin = Field("regulation", alias="from")
    reason: StrictStr | None = None
    by_raising: StrictBool | None = None


class Ladders(Model):
    """Measures from the mildest to the gravest."""

    sanctions: tuple[Measure, ...] = ()
    rewards: tuple[Measure, ...] = ()
    escalations: tuple[Measure, ...] = ()


class Hit(Model):
    """What one subject gets of each ladder in a month.

    The ``worst`` step that applies; that step with the ``sum`` of all points and amounts; ``all`` of them; or all
    of them where no two policies fit the same facts (``unique``).
    """

    sanctions: Choice = "worst"
    rewards: Choice = "all"
    escalations: Choice = "all"


class Charge(Model):
    """What is charged once: findings of one subject that rest on one ``record``."""

    once_per: Literal["record"] = "record"


class Caps(Model):
    """The most that penalties may come to for one subject in a month: points, and an amount in cents."""

    points: Least | None = None
    amount: Least | None = None
    per: Literal["month"] = "month"


class Suspect(Model):
    """A rule is suspect when more than ``share`` percent of at least ``of_at_least`` obligations fail."""

    share: Percent = 50
    of_at_least: Least = 20
