"""Staleness: logs that stand still, and the failures that may only mean that nobody wrote anything down."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.evaluate.evaluation import FINDINGS, Evaluation
from auditor.intake import Dataset
from auditor.intake.dataset import event_fields
from auditor.kinds import Outcome, World
from auditor.location import Location
from auditor.problem import Problem

PATIENCE = 3
"""A log may rest so many times as long as it ever rested before until it counts as standing still."""

_ABSENCES = ", ".join(f"{outcome:d}" for outcome in Outcome if outcome.by_absence)


@dataclass(frozen=True)
class _Rhythm:
    """A log up to as_of: its newest event in UTC seconds, the local days since, its longest rest before in days."""

    newest: int
    silent: int
    longest: int

    @property
    def stands_still(self) -> bool:
        return self.silent > PATIENCE * self.longest


def report_stale(evaluation: Evaluation, data: Dataset, world: World) -> list[Problem]:
    """A Problem for each log that stands still against its own rhythm while rules wait for its entries.

    A log has events on some local days. It stands still when as_of is further from the last of them than three
    times the longest distance between two successive ones, so never within three days; a log with events on a
    single day has no rhythm. What fails because something is absent from it, and became due after its newest
    event, is made provisional. A log that is declared to be complete until some time (``World.covers_until``) is
    not in question.
    """
    problems = []
    for record, rules in _awaited(evaluation, world).items():
        rhythm = _rhythm(data, world, record)
        if rhythm and rhythm.stands_still:
            problems.append(_problem(data, world, record, rhythm, _excuse(evaluation, rules, rhythm.newest)))
    return problems


def _awaited(evaluation: Evaluation, world: World) -> dict[str, list[int]]:
    """The records that rules wait for, each with the numbers of those rules; a derived record is its source."""
    found: dict[str, list[int]] = {}
    for number, result in enumerate(evaluation.results):
        for record in result.judgement.awaits if result.judgement else ():
            derive = world.records[record].derive
            found.setdefault(derive.record if derive and derive.record in world.tables else record, []).append(number)
    return {record: found[record] for record in sorted(found) if record not in world.covers_until}


def _rhythm(data: Dataset, world: World, record: str) -> _Rhythm | None:
    fields, span = event_fields(data.tables[record]), data.span(record)
    calendar, place = world.calendars[world.calendar], world.sql_name(record)
    if span is None or 0 <= calendar.day_of(world.as_of) - calendar.day_of(span[1]) <= PATIENCE:
        return None
    times = " UNION ALL ".join(f'SELECT "{field}" AS t FROM {place}' for field in fields)
    days = f"SELECT {calendar.day_sql('t')} AS day, max(t) AS newest FROM ({times}) WHERE t <= {world.as_of} GROUP BY 1"
    rests = f"SELECT newest, day, day - lag(day) OVER (ORDER BY day) AS rest FROM ({days})"
    [(newest, day, longest)] = data.connection.execute(
        f"SELECT max(newest), max(day), max(rest) FROM ({rests})"
    ).fetchall()
    return None if longest is None else _Rhythm(newest, calendar.day_of(world.as_of) - day, longest)


def _excuse(evaluation: Evaluation, rules: list[int], newest: int) -> int:
    """Make provisional what became due after ``newest`` and is absent; how many findings that are."""
    excused = evaluation.connection.execute(
        f"UPDATE {FINDINGS} SET provisional = TRUE WHERE rule IN ({', '.join(map(str, rules))})"
        f" AND outcome IN ({_ABSENCES}) AND coalesce(breach_after, due_at, occurred_at) > {newest} RETURNING rule"
    ).fetchall()
    return len(excused)


def _problem(data: Dataset, world: World, record: str, rhythm: _Rhythm, excused: int) -> Problem:
    newest = world.calendars[world.calendar].local_text(rhythm.newest)[:10]
    what = (
        f"The log stands still: its newest entry is of {newest}, {rhythm.silent} days before the day of judgement,"
        f" and it never rested longer than {_days(rhythm.longest)} before."
    )
    if excused:
        rest = "1 failure that rests" if excused == 1 else f"{excused} failures that rest"
        what += f" {rest} on its silence {'is' if excused == 1 else 'are'} provisional."
    remedy = "Deliver the newer log, or confirm with `covers_until` that it is complete."
    return Problem(_latest(data, record), "stale-source", what, remedy)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _latest(data: Dataset, record: str) -> Location:
    """The sheet of the record that reaches furthest."""
    sources = [source for source in data.sources if source.record == record]
    if not sources:
        return Location(record)
    latest = max(sources, key=lambda source: (source.covers or (0, 0))[1])
    return Location(latest.file, sheet=latest.sheet)
