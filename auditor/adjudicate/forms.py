"""The forms of which a policy file is made: names, clauses, kinds, and models that hold nothing undeclared."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictStr

Identifier = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*$")]
ClauseId = Annotated[StrictStr, Field(pattern=r"^[A-Z]{2,5}-[0-9]{3}$")]
AttributeName = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
Kind = Literal["penalty", "reward", "escalation"]
Origin = Literal["regulation", "ours"]
LADDER_OF: dict[str, str] = {"penalty": "sanctions", "reward": "rewards", "escalation": "escalations"}


class Model(BaseModel):
    """Frozen, and nothing that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def scalar_as(key: str) -> Any:
    """A validator for a value that may be written bare: ``x`` for ``{key: x}``."""
    return lambda value: value if isinstance(value, dict) else {key: value}
