"""Rule: the fields that every kind of rule has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from auditor.duration import Duration, parse_duration
from auditor.kinds.judgement import Judgement
from auditor.kinds.outcome import MAX_EXCEPTIONS, Outcome
from auditor.kinds.scope import Scope
from auditor.mistake import Mistake

Severity = Literal["critical", "major", "minor", "observation"]
SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor", "observation")


class Frozen(BaseModel):
    """A part of a rule: unknown keys are mistakes, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Words(Frozen):
    """A text in Chinese and English."""

    zh: str
    en: str


class Lookup(Frozen):
    """The row of another record that belongs to this one; see the rule reference for ``match``."""

    record: str
    match: str
    where: str | None = None
    take: Literal["first", "last"] = "first"
    by: str | None = None


class Exemption(Frozen):
    """A cited exception: where ``if`` holds the obligation is not applicable."""

    condition: str = Field(alias="if")
    because: Words


class Role(Frozen):
    """A subject that is a post, not a person named in the record."""

    role: str


class Rule(Frozen):
    """An executable check that covers one or more clauses. Each kind adds its own fields."""

    words: ClassVar[Words]
    """What this kind of rule is, for the rule reference."""

    id: str = Field(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$")
    regulation: str
    title: Words
    covers: tuple[str, ...]
    severity: Severity
    severity_reason: str | None = None
    kind: str
    lookup: dict[str, Lookup] = {}
    when: str | None = None
    unless: tuple[Exemption, ...] = Field(default=(), max_length=MAX_EXCEPTIONS)
    missing: Literal["unknown", "fail", "pass"] = "unknown"
    subject: str | tuple[str, ...] | Role
    department: str | None = None
    calendar: str | None = None
    occurred: str | None = None
    formerly: tuple[str, ...] = ()
    enabled: bool = True
    off_because: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    waivable_for: Duration = Duration(365, "d")

    @field_validator("waivable_for", mode="before")
    @classmethod
    def _in_days(cls, value: Any) -> Duration:
        found = duration_field(value)
        if found.unit != "d" or not found.amount:
            raise Mistake("A waiver lasts so many calendar days.", "Write e.g. 90d.")
        return found

    @model_validator(mode="after")
    def _off_has_a_reason(self) -> Self:
        if not self.enabled and not self.off_because:
            raise Mistake("A rule that is off needs a reason.", "Add `off_because: ...`.", "off_because")
        return self

    def cited(self) -> tuple[str, ...]:
        """Every clause the rule covers, those of its items included."""
        return self.covers

    def item_title(self, code: str, lang: Literal["zh", "en"]) -> str:
        """The wording of an item that a finding names; most kinds have none."""
        return code

    @property
    def only_fails(self) -> bool:
        """Whether an obligation arises only by breaking it, as for what is forbidden outright."""
        return False

    def judged_record(self) -> str:
        """The record type whose rows the rule looks at."""
        raise NotImplementedError

    def records_read(self) -> frozenset[str]:
        """Every record type whose rows the verdicts rest on."""
        return frozenset((self.judged_record(), *_named_records(self)))

    def judge(self, scope: Scope) -> Judgement:
        """Compile the rule; mistakes are collected in ``scope``, NotChecked is raised for absent data."""
        raise NotImplementedError

    def surely(self, scope: Scope, passes: str) -> str | None:
        """``passes`` where nothing around the kind's own verdict can come before it, else None."""
        return None if self.unless or scope.unreadable() else passes

    def guarded(self, scope: Scope, verdict: str, *, passes: str | None = None) -> str:
        """The outcome expression: scope, unreadable cells and exceptions around the kind's own ``verdict``.

        ``passes`` is SQL for "the rule is kept": there an exception that cannot be decided does no harm.
        """
        arms = []
        when = scope.when
        if when:
            arms.append(f"WHEN NOT {when} THEN 0")
        if unreadable := scope.unreadable():
            arms.append(f"WHEN {unreadable} THEN {Outcome.UNREADABLE:d}")
        if when:
            arms.append(f"WHEN {when} IS NULL THEN {Outcome.SCOPE_UNKNOWN:d}")
        for index, test in enumerate(scope.exemptions):
            arms.append(f"WHEN {test} THEN {Outcome.EXCEPTION + index:d}")
        kept = f" AND NOT coalesce({passes}, FALSE)" if passes else ""
        for test in scope.exemptions:
            arms.append(f"WHEN {test} IS NULL{kept} THEN {Outcome.EXCEPTION_UNKNOWN:d}")
        return f"CASE {' '.join(arms)} ELSE {verdict} END" if arms else verdict


def _named_records(part: object) -> Iterator[str]:
    """The record types that a part of a rule names, wherever it does."""
    if isinstance(part, BaseModel):
        for name, value in part:
            if name in ("record", "document") and isinstance(value, str):
                yield value
            else:
                yield from _named_records(value)
    elif isinstance(part, Mapping | tuple):
        for one in part.values() if isinstance(part, Mapping) else part:
            yield from _named_records(one)


def duration_field(value: Any) -> Duration:
    """Read a duration in a rule; raises Mistake."""
    return value if isinstance(value, Duration) else parse_duration(str(value))


def durations(*fields: str) -> Any:
    """A pydantic validator that reads the named fields as durations."""

    def read(value: Any) -> Any:
        return None if value is None else duration_field(value)

    return field_validator(*fields, mode="before")(read)
