"""Departments: where the person of a finding works, by the roster."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from auditor.records import Table

ROSTER = "staff"


def name_departments(
    connection: duckdb.DuckDBPyConnection, findings: str, tables: Mapping[str, Table], schema: str
) -> None:
    """Fill in the department (else the store) of persons whose name stands for one department only."""
    roster = tables.get(ROSTER)
    if roster is None or "staff_name" not in roster.columns:
        return
    places = [f'"{name}"' for name in ("department", "store_name") if name in roster.columns]
    if not places:
        return
    connection.execute(
        f"UPDATE {findings} SET department = known.place FROM"
        f' (SELECT staff_name, min(coalesce({", ".join(places)})) AS place FROM "{schema}"."{ROSTER}"'
        f"  GROUP BY staff_name HAVING count(DISTINCT coalesce({', '.join(places)})) = 1) AS known"
        f" WHERE {findings}.department IS NULL AND subject_kind = 'person' AND subject = known.staff_name"
    )
