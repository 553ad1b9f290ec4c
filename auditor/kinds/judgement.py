"""Judgement: a rule as SQL over a relation whose rows are its obligations."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Join:
    """A join that never multiplies rows; equal joins of several rules are made once."""

    alias: str
    sql: str


@dataclass(frozen=True)
class Evidence:
    """Rows a verdict rests on: record type, SQL of the row number, and the columns that were read."""

    record: str
    row: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """What the planner needs of one rule. All texts are SQL expressions over ``source AS r`` and the joins.

    ``outcome`` is an Outcome code, NULL or 0 where nothing is owed. ``scope`` is true or NULL exactly where
    something is owed (``None``: every row). Times are UTC seconds, ``late_by`` seconds. ``seen`` are named
    values for the sentence and the explanation, ``times`` the names among them that are UTC seconds.
    ``owed`` tells obligations of one record key apart in the fingerprint.
    """

    source: str
    joins: tuple[Join, ...]
    outcome: str
    key: str
    record: str
    scope: str | None = None
    kept: str | None = None
    """SQL that is true only where the verdict is a pass (given the scope), if the rule can say so cheaply."""
    subject: str = "NULL"
    subject_kind: str = "person"
    department: str = "NULL"
    store: str = "NULL"
    role: str = "NULL"
    owed: str = "''"
    occurred_at: str = "NULL"
    due_at: str = "NULL"
    breach_after: str = "NULL"
    observed_at: str = "NULL"
    late_by: str = "NULL"
    severity: str | None = None
    clause: str | None = None
    item: str | None = None
    provisional: str = "FALSE"
    details: tuple[Join, ...] = ()
    """Joins that only the details of failures need; they may be dear per row."""
    seen: dict[str, str] = field(default_factory=dict)
    times: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    awaits: tuple[str, ...] = ()
    """The records whose silence could explain that something is absent."""


class NotChecked(Exception):
    """A rule that cannot be judged on this data: a reason word and what exactly is missing."""

    def __init__(self, reason: str, detail: str) -> None:
        """``reason`` is record-missing, column-missing, not-configured or off."""
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail
