"""Basis: what facts are gathered from, and the small tables the gathering queries share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from auditor.adjudicate.model import Policy
from auditor.calendar import Calendar
from auditor.evaluate import Evaluation
from auditor.evaluate.plan import Plan
from auditor.intake import Dataset
from auditor.kinds.periods import Periods

MONTHS = Periods("month")
MOST_NAMED = 20
"""How many fingerprints or keys a fact names; its count is always the whole."""

WAIVED, DISPUTED, CONFIRMED = "waived", "disputed", "confirmed"
"""The states of findings that matter here; in any other a finding is charged as if nobody had looked at it."""

DISPUTE, SUSPICION = "disputed finding", "suspect rule"
"""Why a tally is held."""


@dataclass(frozen=True)
class Basis:
    """A policy with what was judged; ``states`` are those of findings by fingerprint, ``suspect`` numbers of rules."""

    policy: Policy
    plan: Plan
    evaluation: Evaluation
    data: Dataset
    states: Mapping[str, str] = field(default_factory=dict)
    suspect: frozenset[int] = frozenset()

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """Where the findings and records are."""
        return self.evaluation.connection

    @property
    def calendar(self) -> Calendar:
        """The calendar whose zone decides in which month something happened."""
        return self.plan.world.calendars[self.plan.world.calendar]

    def reads(self, fact: str) -> bool:
        """Whether any policy looks at facts of this name."""
        return any(each.fact == fact for provision in self.policy.policies for each in provision.when)

    def month(self, instant: str) -> str:
        """SQL of the number of the month in which the UTC seconds ``instant`` lie; NULL without them."""
        return MONTHS.ordinal(self.calendar.day_sql(instant))

    @property
    def this_month(self) -> int:
        """The number of the month of the instant of judgement."""
        [row] = self.connection.execute(f"SELECT {self.month(str(self.plan.world.as_of))}").fetchall()
        return int(row[0])


def month_number(period: str | None) -> int | None:
    """The number of a month written ``2025-03``; None for anything else."""
    year, _, month = (period or "").partition("-")
    return int(year) * 12 + int(month) - 1 if year.isdigit() and month.isdigit() else None
