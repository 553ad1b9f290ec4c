"""Paused: how much of an obligation's time its pauses take; unioned, clipped to it, measured by its clock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from auditor.calendar import Calendar
from auditor.duration import Duration
from auditor.kinds.judgement import Join
from auditor.kinds.pauses import Pauses


@dataclass(frozen=True)
class Paused:
    """The join that brings the sums, and SQL of the seconds paused so far and of those that move the due times."""

    join: Join
    total: str
    due_shift: str
    breach_shift: str


def join_pauses(pauses: Pauses, base: str, start: str, end: str, within: Duration, calendar: Calendar) -> Paused:
    """Sum the pauses of each row of ``base`` (FROM text with alias ``r``) between ``start`` and ``end``.

    Elapsed budgets measure pauses in seconds, working-hour budgets in working seconds of ``calendar``.
    """
    budget = within.elapsed if within.elapsed is not None else within.amount * 3600
    clipped = (
        f"SELECT r._row AS _base, {start} AS s, greatest(p.a, {start}) AS a, least(coalesce(p.b, {end}), {end}) AS b"
        f" FROM {base} JOIN ({pauses.intervals}) AS p ON p._base = r._row WHERE p.a IS NOT NULL"
    )
    united = (
        "SELECT _base, s, greatest(a, coalesce(max(b) OVER (PARTITION BY _base ORDER BY a, b"
        f" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), a)) AS a, b FROM ({clipped}) WHERE b > a"
    )
    measured = _measure(united, within, calendar)
    summed = (
        "SELECT *, coalesce(sum(b - a) OVER (PARTITION BY _base ORDER BY a, b"
        f" ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before FROM ({measured}) WHERE b > a"
    )
    body = (
        "SELECT _base, sum(b - a) AS total,"
        f" sum(CASE WHEN a - s - before < {budget} THEN b - a ELSE 0 END) AS due_shift,"
        f" sum(CASE WHEN a - s - before <= {budget} THEN b - a ELSE 0 END) AS breach_shift"
        f" FROM ({summed}) GROUP BY _base"
    )
    alias = "p" + hashlib.sha256(body.encode()).hexdigest()[:12]
    join = Join(alias, f"LEFT JOIN ({body}) AS {alias} ON {alias}._base = r._row")
    shares = (f"coalesce({alias}.{name}, 0)" for name in ("total", "due_shift", "breach_shift"))
    return Paused(join, *shares)


def _measure(united: str, within: Duration, calendar: Calendar) -> str:
    """Turn the instants into readings of the obligation's clock."""
    if within.elapsed is not None:
        return united
    readings = ", ".join(f"{calendar.c_sql('d' + name, 'u.' + name)} AS {name}" for name in ("s", "a", "b"))
    joins = " ".join(calendar.join_sql("d" + name, "u." + name) for name in ("s", "a", "b"))
    return f"SELECT u._base, {readings} FROM ({united}) AS u {joins}"
