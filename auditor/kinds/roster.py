"""Roster: who owes something over a span of days, in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field

from auditor.condition import Value, ValueType
from auditor.kinds.carried import Carried, carry, joined
from auditor.kinds.events import Happened
from auditor.kinds.judgement import Evidence
from auditor.kinds.outcome import Outcome
from auditor.kinds.rule import Frozen, Rule
from auditor.kinds.scope import Scope

NEVER = 10_000_000
"""A day that no log reaches."""

FAR = NEVER * 86_400
"""An instant that no log reaches."""

ORGANISATION = "organisation"

_UNCLEAR = (
    Outcome.SCOPE_UNKNOWN, Outcome.UNREADABLE, Outcome.START_MISSING, Outcome.TIME_MISSING, Outcome.LOG_STARTS_LATER,
    Outcome.DATE_ONLY,
)  # fmt: skip


class Suspension(Frozen):
    """The columns of a span in which nothing is owed; without an end it lasts."""

    from_: str = Field(alias="from")
    to: str


class Hours(Frozen):
    """The clock columns that say when a member opens and closes; closing at or before opening is on the next day."""

    from_: str = Field(alias="from")
    to: str


class Roster(Frozen):
    """The members that owe something: rows of ``record``, each in force from one day to another."""

    record: str
    where: str | None = None
    key: str | None = None
    from_: str = Field(alias="from")
    to: str | None = None
    suspended: Suspension | None = None


@dataclass(frozen=True)
class Members:
    """``rows`` selects one row a member: ``_member, _key, _guard`` and the columns carried, the keys ``_m0``... of
    its events, the local days ``_first`` (NULL where its span is not clear) and ``_last`` with the instants ``_from``
    and ``_to`` they are of, the days ``_away`` to ``_back`` in which it is suspended with the instants ``_left`` and
    ``_returned`` around them, and its hours ``_opens`` and ``_closes``.
    """

    rows: str
    carried: Carried


def list_members(
    rule: Rule, scope: Scope, roster: Roster, happened: Happened, hours: Hours | None = None, *, exact: bool = False
) -> Members:
    """The members of a roster, judged by the rule's scope and exceptions.

    ``exact``: a span of which only dates are known is not clear.
    """
    if roster.where:
        where = scope.condition(roster.where, ("for", "where"))
        scope.when = f"({scope.when} AND {where})" if scope.when else where
    begin = scope.column(roster.from_, ("for", "from"), ValueType.TIME)
    end = _optional(scope, roster.to, ("for", "to"))
    suspended = roster.suspended
    away = _optional(scope, suspended.from_ if suspended else None, ("for", "suspended", "from")).sql
    back = _optional(scope, suspended.to if suspended else None, ("for", "suspended", "to")).sql
    clocks = _clocks(scope, hours)
    bare = [time.dateonly for time in (begin, end) if exact and time.dateonly]
    guard = rule.guarded(scope, _readable(begin, clocks, bare))
    carried = carry(scope)
    day = scope.local_day
    columns = [
        "r._row AS _member", f"{guard} AS _guard", f"{day(begin.sql)} AS _begin",
        f"{begin.sql} AS _from", f"coalesce({end.sql}, {FAR}) AS _to", *_around(scope, away, back),
        f"coalesce({day(end.sql)}, {NEVER}) AS _last", f"coalesce({day(away)}, {NEVER}) AS _away",
        f"CASE WHEN {away} IS NULL THEN {NEVER}"
        f" ELSE greatest(coalesce({day(back)}, {NEVER}), {day(away)} - 1) END AS _back",
        f"{clocks[0]} AS _opens", f"{clocks[1]} AS _closes",
        *(f"{ours} AS _m{index}" for index, ours in enumerate(happened.ours)), *_renamed(scope, roster, carried),
    ]  # fmt: skip
    unclear = ", ".join(f"{outcome:d}" for outcome in _UNCLEAR)
    found = f"SELECT {', '.join(columns)} FROM {joined(scope)}"
    rows = f"SELECT *, CASE WHEN _guard NOT IN ({unclear}) THEN _begin END AS _first FROM ({found}) WHERE _guard <> 0"
    return Members(rows, carried)


def the_organisation(scope: Scope, happened: Happened) -> Members:
    """One member, in force from the first day of the log until as_of."""
    subject, kind = scope.subject()
    first, today = happened.log_start, scope.local_day(str(scope.as_of))
    guard = f"CASE WHEN {first} IS NULL THEN {Outcome.LOG_STARTS_LATER:d} ELSE {Outcome.PASS:d} END"
    rows = (
        f"SELECT 0 AS _member, '{ORGANISATION}' AS _key, {subject} AS _subject, {guard} AS _guard, {first} AS _first,"
        f" {today} AS _last, {NEVER} AS _away, {NEVER} AS _back, NULL AS _opens, NULL AS _closes,"
        f" {happened.first} AS _from, {FAR} AS _to, {FAR} AS _left, {FAR} AS _returned"
    )
    evidence: tuple[Evidence, ...] = ()
    return Members(rows, Carried((), "r._key", "r._subject", kind, evidence))


def _around(scope: Scope, away: str, back: str) -> list[str]:
    """The instants at which a suspension begins and is over; both far away where there is none."""
    day, start = scope.local_day, scope.calendar.day_start_sql
    backwards = f"{away} IS NULL OR {day(back)} < {day(away)}"
    return [
        f"CASE WHEN {backwards} THEN {FAR} ELSE {start(day(away))} END AS _left",
        f"CASE WHEN {backwards} OR {back} IS NULL THEN {FAR} ELSE {start(f'({day(back)} + 1)')} END AS _returned",
    ]


def _readable(begin: Value, clocks: tuple[str, str], bare: Iterable[str]) -> str:
    """The outcome of a member by itself: PASS where its span and hours are known."""
    arms = [f"WHEN {begin.sql} IS NULL THEN {Outcome.START_MISSING:d}"]
    if clocks[0] != "NULL":
        arms.append(f"WHEN {clocks[0]} IS NULL OR {clocks[1]} IS NULL THEN {Outcome.TIME_MISSING:d}")
    arms.extend(f"WHEN {test} THEN {Outcome.DATE_ONLY:d}" for test in bare)
    return f"CASE {' '.join(arms)} ELSE {Outcome.PASS:d} END"


def _optional(scope: Scope, column: str | None, path: tuple[str, ...]) -> Value:
    """A time that a member need not have."""
    found = scope.column(column, path, ValueType.TIME, optional=True) if column else None
    return Value("CAST(NULL AS BIGINT)", ValueType.TIME) if found is None or found.sql == "NULL" else found


def _clocks(scope: Scope, hours: Hours | None) -> tuple[str, str]:
    if hours is None:
        return "NULL", "NULL"
    opens = scope.column(hours.from_, ("hours", "from"), ValueType.CLOCK)
    closes = scope.column(hours.to, ("hours", "to"), ValueType.CLOCK)
    return opens.sql, closes.sql


def _renamed(scope: Scope, roster: Roster, carried: Carried) -> list[str]:
    """The carried columns, with the roster's own key in place of its record's where it names one."""
    if roster.key is None:
        return list(carried.columns)
    own = scope.column(roster.key, ("for", "key"), optional=True).sql
    return [f"coalesce(CAST({own} AS VARCHAR), {scope.key()}) AS _key", *carried.columns[1:]]
