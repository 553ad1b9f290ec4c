"""Workplaces: the department, store and post of the person of a finding, by the roster."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from auditor.intake.sql import name
from auditor.records import Table

ROSTER = "staff"
_KNOWN_AS = {"department": ("department", "store_name"), "store": ("store_name",), "role": ("staff_role",)}
"""The columns of findings, each with the columns of the roster that give it, the first that is filled in."""


def name_workplaces(
    connection: duckdb.DuckDBPyConnection, findings: str, tables: Mapping[str, Table], schema: str
) -> None:
    """Fill in what findings do not say themselves, where the roster has one answer only for the name of the person.

    A person without a department is known by the store.
    """
    roster = tables.get(ROSTER)
    if roster is None or "staff_name" not in roster.columns:
        return
    known = {}
    for target, sources in _KNOWN_AS.items():
        cells = [name(source) for source in sources if source in roster.columns]
        if cells:
            known[target] = f"coalesce({', '.join(cells)})"
    if not known:
        return
    only = ", ".join(f"CASE WHEN min({one}) = max({one}) THEN min({one}) END AS {to}" for to, one in known.items())
    connection.execute(
        f"UPDATE {findings} SET {', '.join(f'{to} = coalesce({findings}.{to}, known.{to})' for to in known)} FROM"
        f" (SELECT staff_name, {only} FROM {name(schema)}.{ROSTER} GROUP BY staff_name) AS known"
        f" WHERE subject_kind = 'person' AND subject = known.staff_name"
    )
