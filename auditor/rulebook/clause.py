"""Clause: one numbered requirement of a regulation, in our words, and how it can be checked."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from auditor.kinds import Words
from auditor.mistake import Mistake


class Clause(BaseModel):
    """A requirement: where it stands, what it asks, and whether logs, an inspector or a report can show it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    place: str
    requirement: str
    zh: str
    how: Literal["computed", "inspected", "reported", "advice"]
    why: str | None = None

    @model_validator(mode="after")
    def _advice_has_a_reason(self) -> Self:
        if self.how == "advice" and not self.why:
            raise Mistake("A clause that is advice only needs a reason.", "Add `why: ...`.", "why")
        return self


class Regulation(BaseModel):
    """A written source document with its clauses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    regulation: str
    code: str
    title: Words
    clauses: tuple[Clause, ...]
