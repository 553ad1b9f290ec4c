"""Databases as sources: a table or a query is read into a Parquet snapshot, which is then read like any file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.intake.database.refusal import Refusal
from auditor.intake.database.source import FORMS, DatabaseSource
from auditor.location import Location
from auditor.mistake import Mistake
from auditor.problem import Problem

if TYPE_CHECKING:
    from auditor.intake.database.snapshot import Extract

__all__ = ["FORMS", "DatabaseSource", "extract"]


def extract(
    source: DatabaseSource, folder: Path, since: str | int | None = None, *, zone: str = "UTC"
) -> tuple[Extract | None, list[Problem]]:
    """Read ``source`` into a Parquet snapshot in ``folder``, from the watermark ``since`` on (default: its own).

    ``zone`` (IANA) is the zone whose wall times the database shows where it has to choose. What goes wrong is
    one fatal Problem, in which no secret stands.
    """
    try:
        # SQLAlchemy is an extra, and loaded only when there is a database.
        from auditor.intake.database.snapshot import take_snapshot
    except ModuleNotFoundError as error:
        if error.name != "sqlalchemy":
            raise
        what = "Databases are read with SQLAlchemy, which is not installed."
        return None, [_problem(source, "database-driver", what, "Install it: pip install 'auditor[db]'.")]
    try:
        return take_snapshot(source, folder, source.since if since is None else since, zone), []
    except Mistake as mistake:
        code = mistake.code if isinstance(mistake, Refusal) else "secret-missing"
        return None, [_problem(source, code, mistake.what, mistake.remedy)]


def _problem(source: DatabaseSource, code: str, what: str, remedy: str) -> Problem:
    return Problem(Location(source.shown, sheet=source.relation), code, what, remedy, True)
