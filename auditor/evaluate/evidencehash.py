"""Evidence hash: what a finding rests on, in sixteen digits that change when the evidence does, and only then."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from auditor.evaluate.plan import Member
from auditor.kinds import Outcome, World

_WAITING = (
    Outcome.ABSENT, Outcome.FORM_MISSING, Outcome.FORM_INCOMPLETE, Outcome.FORM_UNSIGNED, Outcome.FORM_COPIES,
)  # fmt: skip
"""Outcomes that are observed at the instant of judgement, whenever that is."""

_GROWING = frozenset({"gap", "to", "paused"})
"""Values seen that grow with the instant of judgement until the obligation is met."""


def hash_evidence(connection: duckdb.DuckDBPyConnection, table: str, members: Iterable[Member], world: World) -> None:
    """Fill in ``evidence_hash`` of the findings ``table``: a hash of outcome, subject, time and the values read.

    Row numbers and file names are not in it, nor what only says that time has passed and nothing else has happened.
    """
    rules = [
        (one.number, world.as_of_for(one.entry.rule.records_read()), _growing(one.judgement.seen)) for one in members
    ]
    if not rules:
        return
    numbers, instants, growing = (list(column) for column in zip(*rules, strict=True))
    waiting = ", ".join(f"{outcome:d}" for outcome in _WAITING)
    still = f"(outcome IN ({waiting}) OR (outcome = {Outcome.GAP:d} AND observed_at = judged.as_of))"
    values = (
        f"list_transform(seen, lambda value, place: CASE WHEN {still} AND list_contains(judged.growing, place)"
        " THEN '' ELSE coalesce(value, chr(30)) END)"
    )
    observed = f"CASE WHEN {still} THEN '' ELSE coalesce(CAST(observed_at AS VARCHAR), '') END"
    occurred = "coalesce(CAST(occurred_at AS VARCHAR), '')"
    said = f"outcome, coalesce(subject, ''), {occurred}, {observed}, array_to_string({values}, chr(31))"
    connection.execute(
        f"UPDATE {table} SET evidence_hash = left(sha256(concat_ws(chr(29), {said})), 16) FROM"
        " (SELECT unnest(?::INTEGER[]) AS rule, unnest(?::BIGINT[]) AS as_of, unnest(?::BIGINT[][]) AS growing)"
        f" AS judged WHERE {table}.rule = judged.rule",
        [numbers, instants, growing],
    )


def _growing(seen: Iterable[str]) -> list[int]:
    """The places (from 1) of growing values; 0 stands for none, so that a list is never empty."""
    return [place for place, name in enumerate(seen, start=1) if name in _GROWING] or [0]
