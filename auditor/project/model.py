"""The shape of auditor.yaml: its keys, and the entries of its lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from auditor.intake.settings import Counts, Encoding
from auditor.kinds.rule import Severity
from auditor.mistake import Mistake
from auditor.report import FORMATS
from auditor.report.wording import Language

Level = Literal["critical", "major", "minor", "observation", "never"]
Items = tuple[Any, ...]
"""Entries that are read one by one, so that a mistake in one hides none in another."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ProjectFile(_Frozen):
    """The keys of auditor.yaml. Paths are relative to its folder."""

    name: str | None = None
    sources: Items = ()
    roster: str | None = None
    mappings: Items = ()
    duplicates: Mapping[str, Counts] = {}
    covers_until: Mapping[str, str] = {}
    calendar: str | None = None
    regulations: tuple[str, ...] = ()
    rules: str | None = None
    profile: str | None = None
    profiles: Mapping[str, Items] = {}
    tailoring: Items = ()
    outputs: Items = ()
    history: str = "history"
    fail_on: Level = "observation"
    lang: Language = "zh"


class FileSource(_Frozen):
    """A file, a folder or a pattern; ``encoding`` is that of its text files."""

    path: str = Field(min_length=1)
    encoding: Encoding | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        """A bare text is the path."""
        return {"path": value} if isinstance(value, str) else value


class TailoringItem(_Frozen):
    """One change of a rule (``severity``, ``off``) or of a parameter (``value``), and why (``remark``)."""

    rule: str | None = None
    parameter: str | None = None
    severity: Severity | None = None
    off: bool | None = None
    value: str | int | float | bool | None = None
    remark: str

    @field_validator("remark")
    @classmethod
    def _says_why(cls, value: str) -> str:
        if not value.strip():
            raise Mistake("A change needs a remark.", "Say why in `remark: ...`.")
        return value

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if (self.rule is None) == (self.parameter is None):
            what = "A change is one of a rule or one of a parameter."
            raise Mistake(what, "Write `rule: ID` or `parameter: regulation.name`, not both.")
        if self.parameter is not None and (self.value is None or self.severity or self.off is not None):
            raise Mistake("A parameter is given a value and nothing else.", "Write `value: ...` and `remark: ...`.")
        if self.rule is not None and (self.value is not None or (self.severity is None and self.off is None)):
            raise Mistake("A rule is given a severity or switched off.", "Write `severity: ...` or `off: true`.")
        return self


class Output(_Frozen):
    """A report to be written: ``{as_of}`` in its name is the instant of judgement."""

    file: str
    lang: Language | None = None

    @field_validator("file")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if not value.lower().endswith(FORMATS):
            remedy = f"Name it {', '.join(FORMATS[:-1])} or {FORMATS[-1]}."
            raise Mistake(f"A report cannot be written as '{value}'.", remedy)
        return value

    @field_validator("file")
    @classmethod
    def _known_marks(cls, value: str) -> str:
        rest = value.replace("{as_of}", "")
        if "{" in rest or "}" in rest:
            raise Mistake(f"'{value}' has a mark that is not known.", "The only one is {as_of}.")
        return value
