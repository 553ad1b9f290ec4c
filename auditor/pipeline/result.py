"""Audit: the result of a run, and the Run that says what was judged by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from auditor.calendar import Calendar
from auditor.evaluate import Evaluation
from auditor.evaluate.evidence import Cells, fetch_evidence
from auditor.evaluate.finding import Finding, count_severities, fetch_findings
from auditor.intake import Dataset
from auditor.problem import Problem
from auditor.review import STATES, Reviewed, State
from auditor.rulebook import Rulebook

if TYPE_CHECKING:
    from auditor.adjudicate import Consequence
    from auditor.history import Seen


@dataclass(frozen=True)
class Run:
    """What was run on what: enough to do it again and get the same bytes. ``as_of`` is UTC seconds.

    ``covers_until`` says of records until when, in local time, their log was declared complete; ``id`` is that of the
    run in the history, empty without one.
    """

    as_of: int
    as_of_text: str
    zone: str
    regulations: tuple[str, ...]
    rulebook: str
    calendars: dict[str, str]
    versions: dict[str, str]
    covers_until: dict[str, str]
    id: str = ""


@dataclass(frozen=True)
class Audit:
    """The result of a run: results by rule, findings, consequences, and what was wrong with the input.

    ``adjudicated`` is False where the rules engine could not be trusted: then there is no consequence at all.
    ``states`` are the findings that reviewers decided on, ``seen`` those that earlier runs had, by fingerprint;
    ``seen`` is None without a history.
    """

    run: Run
    book: Rulebook
    data: Dataset
    evaluation: Evaluation
    consequences: tuple[Consequence, ...]
    problems: tuple[Problem, ...] = field(repr=False)
    adjudicated: bool = True
    states: Mapping[str, Reviewed] = field(default_factory=dict)
    seen: Mapping[str, Seen] | None = None

    @property
    def complete(self) -> bool:
        """Whether every rule that could run did, and consequences could be drawn."""
        return self.adjudicated and not self.evaluation.incomplete

    @property
    def calendar(self) -> Calendar:
        """The calendar in whose zone times are shown."""
        return self.book.calendars[self.book.calendars.default]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, gravest first."""
        return tuple(fetch_findings(self.evaluation))

    @property
    def finding_count(self) -> int:
        """How many findings there are, without fetching them."""
        return sum(self.severities.values())

    @property
    def severities(self) -> dict[str, int]:
        """How many findings there are of each severity that occurs, gravest first."""
        return count_severities(self.evaluation)

    @property
    def reviews(self) -> dict[State, int]:
        """How many findings are in each state of review that occurs."""
        counts = Counter(one.state for one in self.states.values())
        counts["open"] = self.finding_count - counts.total()
        return {state: counts[state] for state in STATES if counts[state]}

    def severities_of(self, *states: State) -> dict[str, int]:
        """How many findings there are of each severity whose review is in one of ``states`` (not: open)."""
        return count_severities(self.evaluation, [key for key, one in self.states.items() if one.state in states])

    def evidence(self, findings: Sequence[Finding]) -> dict[str, tuple[Cells, ...]]:
        """The cells behind findings, by fingerprint."""
        return fetch_evidence(self.evaluation, findings, self.data.tables, self.calendar, self.data.schema)
