"""Given: what policies are told about a subject. Money is in cents, figures of metrics in thousandths."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Given:
    """A fact that is given about a subject, with what shows it: findings and keys of records.

    ``held`` says why consequences that rest on it wait for a person. ``fingerprints`` may be capped.
    """

    name: ClassVar[str]
    told_by: ClassVar[tuple[str, ...]]
    """The attributes that tell the fact when a consequence is explained."""

    id: str
    subject: str
    subject_kind: str = field(default="person", kw_only=True)
    fingerprints: tuple[str, ...] = field(default=(), kw_only=True)
    held: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def shown_by(self) -> int:
        """How many findings or records there are."""
        return int(getattr(self, "count", 1))

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the records that show it."""
        return tuple(getattr(self, "records", ()))


@dataclass(frozen=True, slots=True)
class Tally(Given):
    """Findings of one subject, rule, severity and period, already grouped.

    ``period`` is a month (``2025-03``), None where nobody knows when it happened. ``count`` is how many root events
    there are, each charged once, ``found`` how many findings, ``repeats`` how many root events of this rule in the
    look-back window up to this period.
    """

    name: ClassVar[str] = "tally"
    told_by: ClassVar[tuple[str, ...]] = ("period", "rule", "severity")

    rule: str
    regulation: str
    severity: str
    count: int
    period: str | None = None
    found: int | None = None
    repeats: int | None = None
    role: str | None = None
    department: str | None = None
    store: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident(Given):
    """Reported breaches of one kind in one month, with how grave they were as written on the sheet; ``loss`` cents."""

    name: ClassVar[str] = "incident"
    told_by: ClassVar[tuple[str, ...]] = ("period", "ground", "gravity", "outcome", "attitude")

    count: int
    records: tuple[str, ...]
    period: str | None = None
    ground: str | None = None
    gravity: str | None = None
    outcome: str | None = None
    attitude: str | None = None
    criminal: bool | None = None
    loss: int | None = None


@dataclass(frozen=True, slots=True)
class Complaint(Given):
    """Complaints about one person in one month."""

    name: ClassVar[str] = "complaint"
    told_by: ClassVar[tuple[str, ...]] = ("period", "class")

    count: int
    records: tuple[str, ...]
    period: str | None = None
    attitude_caused: bool | None = None
    class_: str | None = None


@dataclass(frozen=True, slots=True)
class Merit(Given):
    """A recorded ground for reward; ``records`` are the keys of the records that show it, ``amount`` is in cents."""

    name: ClassVar[str] = "merit"
    told_by: ClassVar[tuple[str, ...]] = ("period", "ground")

    ground: str
    count: int
    records: tuple[str, ...]
    amount: int | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Metric(Given):
    """A figure of a subject and period beside its target, in thousandths, from ``cases`` records."""

    name: ClassVar[str] = "metric"
    told_by: ClassVar[tuple[str, ...]] = ("period", "rule")

    rule: str
    period: str
    met: bool
    value: int
    target: int
    cases: int

    @property
    def over(self) -> int:
        """By how much the figure exceeds its target, in thousandths."""
        return self.value - self.target


@dataclass(frozen=True, slots=True)
class Clean(Given):
    """Whole months in a row without a finding, up to the last, with the obligations that were judged in them."""

    name: ClassVar[str] = "clean"
    told_by: ClassVar[tuple[str, ...]] = ("months",)

    months: int
    obligations: int


@dataclass(frozen=True, slots=True)
class Earlier(Given):
    """A consequence in force from the look-back window; ``step`` is its place on its ladder, from 1."""

    name: ClassVar[str] = "earlier"
    told_by: ClassVar[tuple[str, ...]] = ("kind", "measure", "months_ago")

    kind: str
    measure: str
    step: int
    months_ago: int
    state: str
