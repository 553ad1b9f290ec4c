"""Schema: the tables of the history. Rows are only ever added; what is current are views of the last ones."""

from __future__ import annotations

VERSION = 1
"""The version of the tables; a file of a newer one is left alone."""

TABLES: dict[str, dict[str, str]] = {
    "versions": {"version": "INTEGER"},
    "runs": {
        "id": "VARCHAR", "place": "BIGINT", "as_of": "BIGINT", "as_of_text": "VARCHAR", "rulebook": "VARCHAR",
        "policy": "VARCHAR", "regulations": "VARCHAR[]", "profile": "VARCHAR", "decisions": "VARCHAR",
        "settings": "VARCHAR", "versions": "VARCHAR", "complete": "BOOLEAN",
    },
    "inputs": {
        "run": "VARCHAR", "place": "BIGINT", "file": "VARCHAR", "sheet": "VARCHAR", "record": "VARCHAR",
        "sha256": "VARCHAR", "rows": "BIGINT",
    },
    "rules": {
        "run": "VARCHAR", "place": "BIGINT", "rule": "VARCHAR", "status": "VARCHAR", "version": "VARCHAR",
        "counts": "VARCHAR",
    },
    "findings": {
        "run": "VARCHAR", "place": "BIGINT", "key": "VARCHAR", "rule": "VARCHAR", "severity": "VARCHAR",
        "subject": "VARCHAR", "subject_kind": "VARCHAR", "department": "VARCHAR", "record": "VARCHAR",
        "record_key": "VARCHAR", "occurred_at": "BIGINT", "due_at": "BIGINT", "evidence_hash": "VARCHAR",
        "state": "VARCHAR", "sentence_zh": "VARCHAR", "sentence_en": "VARCHAR", "details": "VARCHAR",
    },
    "consequences": {
        "run": "VARCHAR", "place": "BIGINT", "key": "VARCHAR", "policy": "VARCHAR", "kind": "VARCHAR",
        "measure": "VARCHAR", "subject": "VARCHAR", "subject_kind": "VARCHAR", "period": "VARCHAR",
        "points": "BIGINT", "amount": "BIGINT", "state": "VARCHAR", "findings": "VARCHAR[]", "names": "VARCHAR[]",
        "held_because": "VARCHAR[]", "details": "VARCHAR",
    },
    "imports": {"place": "BIGINT", "sha256": "VARCHAR", "file": "VARCHAR", "decisions": "BIGINT"},
    "decisions": {
        "place": "BIGINT", "finding_key": "VARCHAR", "decision": "VARCHAR", "reason": "VARCHAR",
        "reviewer": "VARCHAR", "decided_on": "DATE", "expires": "DATE", "evidence_hash": "VARCHAR",
        "source": "VARCHAR", "row": "BIGINT",
    },
    "entries": {
        "place": "BIGINT", "key": "VARCHAR", "state": "VARCHAR", "by": "VARCHAR", "on": "DATE", "why": "VARCHAR",
        "run": "VARCHAR", "findings": "VARCHAR[]",
    },
}  # fmt: skip
"""The columns of every table. ``place`` counts from 1: in the whole file, or within a run where there is a ``run``."""

VIEWS = {
    "standings": "SELECT key, arg_max(state, place) AS state, max(place) AS place FROM entries GROUP BY key",
    "timeline": "SELECT id, as_of, row_number() OVER (ORDER BY as_of, place) AS turn FROM runs",
}
"""``standings``: where each consequence is; ``timeline``: the runs by what they judge, then by when they were kept."""


def statements() -> list[str]:
    """The SQL that makes an empty history."""
    made = [f"CREATE TABLE {table} ({_columns(columns)})" for table, columns in TABLES.items()]
    made += [f"CREATE VIEW {name} AS {sql}" for name, sql in VIEWS.items()]
    return [*made, f"INSERT INTO versions VALUES ({VERSION})"]


def _columns(columns: dict[str, str]) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
