"""Gaps: the stretches between events while a member is open, or in its whole span, in SQL."""

from __future__ import annotations

from auditor.calendar import Calendar
from auditor.calendar.sql import days_table, spans_table
from auditor.duration import Duration
from auditor.kinds.events import Happened
from auditor.kinds.roster import FAR, Hours, Members
from auditor.kinds.scope import Scope
from auditor.mistake import nearest

DAY = 86_400


def opening_hours(scope: Scope, hours: str | Hours) -> str:
    """SQL of each member with each ``_day`` on which it is in force and open, from ``_opened`` to ``_closed``."""
    in_force = "NOT (_day BETWEEN m._away AND m._back)"
    if isinstance(hours, str):
        spans = _spans(scope, hours)
        return f"SELECT m.*, s.* FROM m JOIN ({spans}) AS s ON s._day BETWEEN m._first AND m._last AND {in_force}"
    today = scope.local_day(str(scope.as_of))
    days = f"SELECT m.*, unnest(range(m._first, CAST(least(m._last, {today}) AS BIGINT) + 1)) AS _day FROM m"
    instant = scope.calendar.instant_sql
    closes = f"_closes + CASE WHEN _closes <= _opens THEN {DAY} ELSE 0 END"
    return (
        f"SELECT m.*, {instant(f'_day * {DAY} + _opens')} AS _opened, {instant(f'_day * {DAY} + {closes}')} AS _closed"
        f" FROM ({days}) AS m WHERE {in_force}"
    )


def _spans(scope: Scope, name: str) -> str:
    """The open spans of a calendar, by the day on which they open; one that is always open is cut at midnight."""
    calendar = scope.world.calendars.get(name)
    if calendar is None:
        remedy = nearest(name, scope.world.calendars)
        scope.mistake(("hours",), "unknown-calendar", f"There is no calendar '{name}'.", remedy)
        return "SELECT 0 AS _day, 0 AS _opened, 0 AS _closed WHERE FALSE"
    table = calendar.table
    if any(close - open_ > DAY for open_, close in zip(table.opens, table.closes, strict=True)):
        return _daily(calendar)
    return f"SELECT {calendar.day_sql('open')} AS _day, open AS _opened, close AS _closed FROM {spans_table(calendar)}"


def _daily(calendar: Calendar) -> str:
    days = days_table(calendar)
    return " UNION ALL ".join(
        f"SELECT day AS _day, o{part} AS _opened, k{part} AS _closed FROM {days} WHERE o{part} < k{part}"
        for part in range(1, max(map(len, calendar.table.parts)) + 1)
    )


def whole_spans() -> str:
    """SQL of each member with its span, ``_opened`` to ``_closed``, which a suspension parts; it has no ``_day``."""
    parts = (("m._from", "least(m._to, m._left)"), ("greatest(m._from, m._returned)", "m._to"))
    return " UNION ALL ".join(
        f"SELECT m.*, CAST(NULL AS BIGINT) AS _day, {opened} AS _opened, {closed} AS _closed FROM m"
        f" WHERE {opened} < {closed} AND {opened} < {FAR}"
        for opened, closed in parts
    )


def list_gaps(scope: Scope, members: Members, happened: Happened, open_: str, allowed: Duration) -> str:
    """A relation of one row for each gap that has begun, or one labelled ``?`` for a member whose span is not clear.

    ``open_`` is opening_hours or whole_spans. Columns: ``_guard``, ``_label``, the instants ``_begins`` and ``_ends``,
    ``_gap`` in seconds, or in days where ``allowed`` is, ``_open`` (it still runs at as_of), its ``_day``, and for
    gaps longer than ``allowed`` whether an event ``_maybe`` broke them.
    """
    as_of, day, days = scope.as_of, scope.local_day, allowed.unit == "d"
    gap = f"{day('a._ends')} - {day('a._at')}" if days else "a._ends - a._at"
    shown = f"strftime(make_timestamp({scope.calendar.wall_sql('g._begins')} * 1000000), '%Y-%m-%d %H:%M')"
    columns = "_member, _day, _opened, _closed"
    return (
        f"(WITH m AS ({members.rows}), e AS ({happened.rows}),"
        f" s AS (SELECT * FROM ({open_}) WHERE _first IS NOT NULL AND _opened < {as_of}),"
        f" i AS (SELECT {columns}, _opened AS _at, FALSE AS _event FROM s"
        f" UNION ALL SELECT {columns}, least(_closed, {as_of}), FALSE FROM s"
        " UNION ALL SELECT s._member, s._day, s._opened, s._closed, e._at, TRUE"
        f" FROM s JOIN e ON {happened.on('e', 's')} AND e._sure{'' if days else ' AND NOT e._bare'}"
        " AND e._at >= s._opened AND e._at < s._closed),"
        f" n AS (SELECT {columns}, _at, bool_or(_event) AS _event FROM i GROUP BY ALL),"
        " a AS (SELECT *, lead(_at) OVER w AS _ends, lead(_event) OVER w AS _ended FROM n"
        " WINDOW w AS (PARTITION BY _member, _opened ORDER BY _at)),"
        f" g AS (SELECT m.*, coalesce(a._day, {day('a._at')}) AS _day, a._at AS _begins, a._ends, {gap} AS _gap,"
        f" (a._ends = {as_of} AND {as_of} < a._closed AND NOT a._ended) AS _open"
        " FROM a JOIN m ON m._member = a._member WHERE a._ends IS NOT NULL"
        " UNION ALL SELECT m.*, NULL, NULL, NULL, NULL, FALSE FROM m WHERE m._first IS NULL),"
        f" b AS ({_broken(scope, happened, allowed)})"
        f" SELECT g.*, coalesce({shown}, '?') AS _label, {_maybe(happened)} AS _maybe,"
        f" {happened.log_start} AS _log_start, row_number() OVER (ORDER BY g._member, g._begins) AS _row"
        " FROM g LEFT JOIN b ON b._member = g._member AND b._begins = g._begins)"
    )


def _broken(scope: Scope, happened: Happened, allowed: Duration) -> str:
    """The long gaps in which an event may lie whose time, or whether it counts, nobody knows."""
    day, limit = scope.local_day, allowed.amount if allowed.elapsed is None else allowed.elapsed
    vague = "NOT e._sure" if allowed.elapsed is None else "(NOT e._sure OR e._bare)"
    within = (
        f"CASE WHEN e._bare THEN {day('e._at')} BETWEEN {day('g._begins')} AND {day('g._ends')}"
        " ELSE g._begins < e._at AND e._at < g._ends END"
    )
    return (
        f"SELECT DISTINCT g._member, g._begins FROM g JOIN e ON {happened.on('e', 'g')}"
        f" AND {vague} AND coalesce({within}, TRUE) WHERE g._gap > {limit}"
    )


def _maybe(happened: Happened) -> str:
    missing = " OR ".join(f"g._m{index} IS NULL" for index in range(len(happened.ours))) or "FALSE"
    return f"(b._member IS NOT NULL OR {missing})"
