"""Cadence: something done so often in every period, or never longer apart than so long."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from auditor.duration import Duration
from auditor.kinds.events import Events, Happened, find_events
from auditor.kinds.gaps import DAY, list_gaps, opening_hours, whole_spans
from auditor.kinds.judgement import Join, Judgement
from auditor.kinds.outcome import Outcome
from auditor.kinds.owed_periods import list_periods
from auditor.kinds.periods import read_every
from auditor.kinds.roster import Hours, Members, Roster, list_members, the_organisation
from auditor.kinds.rule import Role, Rule, Words, durations
from auditor.kinds.scope import Scope
from auditor.mistake import Mistake


class Cadence(Rule):
    """Each member of a roster (or the organisation) owes ``at_least`` events a period, or one every ``max_gap``.

    With ``hours`` a gap lies within one opening; without, between any two of: ``from``, the events of the span,
    and ``to`` (as_of while it runs). It is elapsed time or, without hours only, ``Nd``: from one local day to another.
    """

    words: ClassVar[Words] = Words(zh="周期", en="cadence")

    kind: Literal["cadence"]
    for_: Roster | None = Field(default=None, alias="for")
    of: Events
    every: str | None = None
    at_least: int = Field(default=1, ge=1)
    partial: Literal["prorate", "skip", "full"] = "prorate"
    max_gap: Duration | None = None
    hours: str | Hours | None = None

    _read = durations("max_gap")

    @field_validator("every")
    @classmethod
    def _every(cls, value: str | None) -> str | None:
        return None if value is None else read_every(value, days=True)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.every is None) == (self.max_gap is None):
            raise Mistake("A cadence has either `every` or `max_gap`.", "Write one of them.", "every")
        if self.max_gap is not None and self.max_gap.elapsed is None and (self.hours or self.max_gap.unit != "d"):
            what = "A gap within hours is elapsed time." if self.hours else "A gap is elapsed time or calendar days."
            raise Mistake(what, "Write e.g. 15min." if self.hours else "Write e.g. 72h or 30d.", "max_gap")
        if self.max_gap is None and self.hours is not None:
            raise Mistake("Periods have no hours.", "Leave `hours` out, or use `max_gap`.", "hours")
        return self

    @model_validator(mode="after")
    def _organisation(self) -> Self:
        if self.for_ is None and (self.when or self.unless or self.lookup or isinstance(self.hours, Hours)):
            raise Mistake("Conditions and columns need a roster whose rows they read.", "Write `for`.", "for")
        if self.for_ is None and not isinstance(self.subject, Role):
            raise Mistake("Without a roster nobody is named.", "Write `subject: {role: ...}`.", "subject")
        return self

    def judged_record(self) -> str:
        """The roster's record; without one, that of the events."""
        return self.for_.record if self.for_ else self.of.record

    def judge(self, scope: Scope) -> Judgement:
        """One obligation for each member and period, or for each gap."""
        key = (self.for_.key or scope.row.table.record.key) if self.for_ else None
        happened = find_events(scope, self.of, f"{key} = {key}" if key else None, ("of",))
        if self.for_ is None:
            members = the_organisation(scope, happened)
        else:
            hours = self.hours if isinstance(self.hours, Hours) else None
            exact = self.max_gap is not None and self.max_gap.elapsed is not None and self.hours is None
            members = list_members(self, scope, self.for_, happened, hours, exact=exact)
        return self._by_gap(scope, members, happened) if self.max_gap else self._by_period(scope, members, happened)

    def _by_period(self, scope: Scope, members: Members, happened: Happened) -> Judgement:
        assert self.every is not None
        source = list_periods(scope, members, happened, self.every, self.partial)
        end = "r._ends"
        arms = [
            f"WHEN r._ordinal IS NULL OR {_excepted()} THEN r._guard",
            f"WHEN r._working = 0 AND r._uncovered THEN {Outcome.CALENDAR:d}",
            f"WHEN r._working = 0 THEN {Outcome.NO_WORKING_DAY:d}",
            f"WHEN r._count >= {self.at_least} THEN {Outcome.PASS:d}",
            *_doubts("r._in_force"),
            f"WHEN {scope.as_of} < {end} THEN {Outcome.RUNNING:d}",
        ]
        seen = {"count": "r._count", "needed": str(self.at_least), "missing": f"{self.at_least} - r._count",
                "period": "r._label", "from": "r._begins", "to": f"{end} - 1"}  # fmt: skip
        provisional = Join("pd", scope.calendar.join_sql("pd", f"{end} - 1"))
        return self._judgement(
            scope, members, source, f"CASE {' '.join(arms)} ELSE {Outcome.TOO_FEW:d} END", seen,
            occurred="r._begins", due=f"{end} - 1", details=(provisional,),
            provisional=f"coalesce({scope.calendar.provisional_sql('pd')}, FALSE)",
        )  # fmt: skip

    def _by_gap(self, scope: Scope, members: Members, happened: Happened) -> Judgement:
        assert self.max_gap is not None
        open_ = opening_hours(scope, self.hours) if self.hours else whole_spans()
        source = list_gaps(scope, members, happened, open_, self.max_gap)
        seconds, due = self.max_gap.elapsed, _next_due(scope, self.max_gap)
        allowed, factor = (self.max_gap.amount, DAY) if seconds is None else (seconds, 1)
        arms = [
            f"WHEN r._label = '?' OR {_excepted()} THEN r._guard",
            f"WHEN r._gap <= {allowed} AND r._open THEN {Outcome.RUNNING:d}",
            f"WHEN r._gap <= {allowed} THEN {Outcome.PASS:d}",
            *_doubts("r._day"),
        ]
        seen = {"gap": f"r._gap * {factor}", "max_gap": str(allowed * factor), "from": "r._begins", "to": "r._ends"}
        return self._judgement(
            scope, members, source, f"CASE {' '.join(arms)} ELSE {Outcome.GAP:d} END", seen,
            occurred="r._begins", due=due, observed="r._ends", late=f"r._ends - {due}",
        )  # fmt: skip

    def _judgement(
        self,
        scope: Scope,
        members: Members,
        source: str,
        outcome: str,
        seen: dict[str, str],
        *,
        occurred: str,
        due: str,
        observed: str = "NULL",
        late: str = "NULL",
        details: tuple[Join, ...] = (),
        provisional: str = "FALSE",
    ) -> Judgement:
        return Judgement(
            source=source,
            joins=(),
            details=details,
            outcome=outcome,
            key="(r._key || '/' || r._label)",
            record=scope.record,
            subject=members.carried.subject,
            subject_kind=members.carried.subject_kind,
            owed="r._label",
            occurred_at=occurred,
            due_at=due,
            breach_after=due,
            observed_at=observed,
            late_by=late,
            provisional=provisional,
            seen=seen,
            times=frozenset({"from", "to"}),
            evidence=members.carried.evidence,
            awaits=(self.of.record,),
        )


def _next_due(scope: Scope, max_gap: Duration) -> str:
    """SQL of the last instant at which what follows a gap's begin is not too late."""
    if max_gap.elapsed is not None:
        return f"(r._begins + {max_gap.elapsed})"
    day_after = f"({scope.local_day('r._begins')} + {max_gap.amount + 1})"
    return f"({scope.calendar.day_start_sql(day_after)} - 1)"


def _excepted() -> str:
    return f"r._guard BETWEEN {Outcome.EXCEPTION:d} AND {Outcome.NO_WORKING_DAY - 1}"


def _doubts(day: str) -> list[str]:
    """Why a failure would not be certain: an exception, an event that may count, a log that starts after ``day``."""
    return [
        f"WHEN r._guard <> {Outcome.PASS:d} THEN r._guard",
        f"WHEN r._maybe THEN {Outcome.UNSURE_MATCH:d}",
        f"WHEN r._log_start IS NULL OR {day} < r._log_start THEN {Outcome.LOG_STARTS_LATER:d}",
    ]
