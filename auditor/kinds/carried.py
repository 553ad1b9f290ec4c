"""Carried: what a judgement says about a row, taken along as columns of a relation made from that row."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.kinds.judgement import Evidence
from auditor.kinds.scope import Scope


@dataclass(frozen=True)
class Carried:
    """``columns`` to select beside a row of the record; the rest reads them again from the relation ``r``."""

    columns: tuple[str, ...]
    key: str
    subject: str
    subject_kind: str
    evidence: tuple[Evidence, ...]


def carry(scope: Scope) -> Carried:
    """The key, subject and evidence of each row of the scope's record; call it when all else is compiled."""
    subject, kind = scope.subject()
    found = scope.evidence()
    columns = (
        f"{scope.key()} AS _key",
        f"{subject} AS _subject",
        *(f"{one.row} AS _e{index}" for index, one in enumerate(found)),
    )
    evidence = tuple(Evidence(one.record, f"r._e{index}", one.columns) for index, one in enumerate(found))
    return Carried(columns, "r._key", "r._subject", kind, evidence)


def joined(scope: Scope) -> str:
    """The scope's record as ``r`` with everything joined so far, as the text of a FROM."""
    return " ".join([f"{scope.source} AS r", *(join.sql for join in scope.joins.values())])
