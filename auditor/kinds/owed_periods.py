"""Owed periods: each period in which a member is in force, with its days and the events in it, in SQL."""

from __future__ import annotations

from auditor.calendar.sql import day_join
from auditor.kinds.events import Happened
from auditor.kinds.periods import Periods, days_of
from auditor.kinds.roster import Members
from auditor.kinds.scope import Scope

DAYS_OF_A_WEEK = 4
"""From so many days in force a week is owed; other periods from half their days."""


def list_periods(scope: Scope, members: Members, happened: Happened, every: str, partial: str) -> str:
    """A relation of one row for each member and period that is owed, or one without ``_ordinal`` for a member
    whose span is not clear.

    Columns: ``_guard``, ``_label``, ``_working`` days in force, ``_uncovered`` (some are not in the calendar),
    ``_count`` of events, ``_maybe`` (there may be more), the first day ``_in_force``, and the instants
    ``_begins`` and ``_ends`` (the end of the last day in force).
    """
    periods = Periods(every, "m._first")
    numbered = Periods(every, "_first")
    first, last = "_ordinal", numbered.end("_ordinal")
    days = f"({numbered.end('_ordinal')} - {numbered.start('_ordinal')} + 1)"
    day_start = scope.calendar.day_start_sql
    return (
        f"(WITH m AS ({members.rows}), e AS ({happened.rows}), t AS ({_tally(scope, happened, periods, every)}),"
        f" p AS ({_periods(scope, periods)}),"
        f" c AS (SELECT *, greatest({numbered.start(first)}, _first) AS _a, least({last}, _last) AS _b FROM p),"
        " s AS (SELECT *, _a AS _a1, least(_b, _away - 1) AS _b1, greatest(_a, _back + 1) AS _a2, _b AS _b2 FROM c),"
        f" d AS (SELECT *, greatest(_b1 - _a1 + 1, 0) + greatest(_b2 - _a2 + 1, 0) AS _days, {days} AS _length FROM s),"
        " f AS (SELECT *, CASE WHEN _ordinal IS NULL THEN NULL WHEN _a1 <= _b1 THEN _a1 ELSE _a2 END AS _in_force,"
        " CASE WHEN _ordinal IS NULL THEN NULL WHEN _a2 <= _b2 THEN _b2 ELSE _b1 END AS _until"
        f" FROM d WHERE _ordinal IS NULL OR {_owed(every, partial)})"
        f" SELECT f.*, {_label(numbered)} AS _label, {_working(scope)}, {day_start('_in_force')} AS _begins,"
        f" {day_start('_until + 1')} AS _ends, coalesce(t._sure, 0) AS _count, {_maybe(happened)} AS _maybe,"
        f" {happened.log_start} AS _log_start, row_number() OVER (ORDER BY f._member, f._ordinal) AS _row"
        " FROM f LEFT JOIN t ON t._member = f._member AND t._ordinal = f._ordinal"
        f" LEFT JOIN t AS u ON u._member = f._member AND u._ordinal IS NULL {_work_joins(scope)})"
    )


def _periods(scope: Scope, periods: Periods) -> str:
    """The members with the number of each period that touches their span and has begun."""
    today = scope.local_day(str(scope.as_of))
    begun = f"least(m._last, greatest({today}, m._first))"
    numbers = f"range({periods.ordinal('m._first')}, CAST({periods.ordinal(begun)} AS BIGINT) + 1)"
    return (
        f"SELECT * FROM (SELECT m.*, unnest(CASE WHEN m._first IS NULL THEN [NULL] ELSE {numbers} END) AS _ordinal"
        f" FROM m) AS m WHERE _ordinal IS NULL OR {periods.start('_ordinal')} <= {today}"
    )


def _tally(scope: Scope, happened: Happened, periods: Periods, every: str) -> str:
    """The events of each member by period; those of which nobody knows the time have no ``_ordinal``."""
    day = scope.local_day("e._at")
    earlier = f" AND coalesce({day} >= m._first, TRUE)" if days_of(every) else ""
    return (
        f"SELECT m._member, {periods.ordinal(day)} AS _ordinal, count_if(e._sure) AS _sure,"
        f" count_if(NOT e._sure) AS _maybe FROM m JOIN e ON {happened.on('e', 'm')}{earlier} GROUP BY ALL"
    )


def _owed(every: str, partial: str) -> str:
    if partial == "skip":
        return "_days = _length"
    if partial == "full":
        return "_days > 0"
    return f"_days >= {DAYS_OF_A_WEEK}" if every == "week" else "2 * _days >= _length"


def _label(periods: Periods) -> str:
    return f"CASE WHEN _ordinal IS NULL THEN '?' ELSE {periods.label('_ordinal')} END".replace("_ordinal", "f._ordinal")


def _maybe(happened: Happened) -> str:
    """An event may be there of which this period, or its time, or our own key is not certain."""
    missing = " OR ".join(f"f._m{index} IS NULL" for index in range(len(happened.ours))) or "FALSE"
    return f"(coalesce(t._maybe, 0) + coalesce(u._maybe, 0) > 0 OR {missing})"


def _work_joins(scope: Scope) -> str:
    """The calendar's rows for both ends of both stretches in force, as far as it reaches."""
    first, last = scope.calendar.pattern.first_day, scope.calendar.pattern.last_day
    joins = []
    for stretch in ("1", "2"):
        joins.append(day_join(scope.calendar, f"wa{stretch}", f"greatest(f._a{stretch}, {first})"))
        joins.append(day_join(scope.calendar, f"wb{stretch}", f"least(f._b{stretch}, {last})"))
    return " ".join(joins)


def _working(scope: Scope) -> str:
    first, last = scope.calendar.pattern.first_day, scope.calendar.pattern.last_day
    counts = [
        f"CASE WHEN greatest(f._a{n}, {first}) <= least(f._b{n}, {last})"
        f" THEN wb{n}.w - wa{n}.w + CASE WHEN wa{n}.works THEN 1 ELSE 0 END ELSE 0 END"
        for n in ("1", "2")
    ]
    return f"{' + '.join(counts)} AS _working, (f._in_force < {first} OR f._until > {last}) AS _uncovered"
