"""Tallies: findings grouped by what policies see, each root event charged once."""

from __future__ import annotations

import json

from auditor.adjudicate.gather.basis import CONFIRMED, DISPUTE, DISPUTED, MONTHS, MOST_NAMED, SUSPICION, WAIVED, Basis
from auditor.adjudicate.gather.sieve import heard, sieve
from auditor.adjudicate.given import Tally
from auditor.evaluate import RuleResult
from auditor.evaluate.evaluation import FINDINGS
from auditor.kinds import SEVERITIES
from auditor.kinds.metric import Metric

CHARGED = "charged"
"""The temporary table of findings that count, each with its month, and whether it carries its root event."""

_GROUP = "subject, subject_kind, place, rule, severity, month, held, CASE WHEN month IS NULL THEN root END"
_WORST = " ".join(f"WHEN '{severity}' THEN {rank}" for rank, severity in enumerate(SEVERITIES))


def charge(basis: Basis) -> None:
    """Make the table ``CHARGED`` of the findings that count against somebody.

    Provisional and waived findings, those that name nobody, and figures of too few cases are not among them. Of
    the findings of one subject and month on one row of a record, the gravest of which a policy may hear carries the
    event and the others are contained in it; what is held neither carries nor is contained in what is not.
    """
    _make_rulings(basis)
    _make_states(basis)
    month = basis.month("coalesce(occurred_at, due_at, observed_at)")
    held = (
        f"CASE WHEN state = '{DISPUTED}' THEN '{DISPUTE}'"
        f" WHEN suspect AND state IS DISTINCT FROM '{CONFIRMED}' THEN '{SUSPICION}' END"
    )
    counted = (
        f"SELECT subject, subject_kind, role, department, store, severity, fingerprint, rule, {month} AS month,"
        f" {held} AS held, {_root()} AS root, CASE severity {_WORST} END AS rank,"
        " rulings.id AS rule_id, regulation, tags,"
        " CASE WHEN subject_kind <> 'person' THEN concat_ws(chr(31), coalesce(store, ''), coalesce(department, '')) END"
        " AS place"
        f" FROM {FINDINGS} JOIN rulings USING (rule) LEFT JOIN reviewed USING (fingerprint)"
        f" WHERE subject IS NOT NULL AND NOT provisional AND state IS DISTINCT FROM '{WAIVED}'"
        " AND (cases_at IS NULL OR CAST(seen[cases_at] AS BIGINT) >= least_cases)"
    )
    basis.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {CHARGED} AS SELECT * EXCLUDE (rank, rule_id, regulation, tags),"
        " row_number() OVER ("
        "PARTITION BY subject, subject_kind, place, root, month, held"
        f" ORDER BY coalesce({heard(basis.policy)}, FALSE) DESC, rank, rule, fingerprint) = 1 AS carries"
        f" FROM ({counted})"
    )


def gather_tallies(basis: Basis) -> list[Tally]:
    """One tally for each subject, rule, severity and month that some policy may look at; needs ``charge``."""
    seen = sieve(basis.policy)
    if seen is None:
        return []
    rows = basis.connection.execute(
        f"SELECT id, subject, subject_kind, rule_id, regulation, severity, period, count, found, repeats,"
        f" role, department, store, tags, held, fingerprints FROM ({_tallies(basis)}) WHERE {seen} ORDER BY ALL"
    ).fetchall()
    return [_tally(row) for row in rows]


def _tallies(basis: Basis) -> str:
    """SQL of all tallies; ``repeats`` looks back over months, and what is held repeats nothing that is not."""
    grouped = (
        f"SELECT subject, subject_kind, place, rule, severity, month, held, {_only('role')}, {_only('department')},"
        f" {_only('store')}, count_if(carries) AS count, count(*) AS found, min(root) AS root,"
        f" min(CASE WHEN carries THEN fingerprint END, {MOST_NAMED}) AS fingerprints"
        f" FROM {CHARGED} GROUP BY {_GROUP}"
    )
    monthly = (
        "SELECT subject, subject_kind, place, rule, month, count_if(carries AND held IS NULL) AS free,"
        f" count_if(carries) AS everything FROM {CHARGED} WHERE month IS NOT NULL GROUP BY ALL"
    )
    over = (
        "OVER (PARTITION BY subject, subject_kind, place, rule ORDER BY month"
        f" RANGE BETWEEN {basis.policy.look_back_months - 1} PRECEDING AND CURRENT ROW)"
    )
    looked = (
        "SELECT subject, subject_kind, place, rule, month,"
        f" sum(free) {over} AS free, sum(everything) {over} AS everything FROM ({monthly})"
    )
    identity = (
        "left(sha256(concat_ws(chr(31), subject_kind, subject, coalesce(place, ''), rulings.id, severity,"
        " coalesce(period, root), coalesce(held, ''))), 16)"
    )
    return (
        f"SELECT {identity} AS id, * EXCLUDE (id, rule), rulings.id AS rule_id FROM (SELECT grouped.*,"
        f" CASE WHEN grouped.month IS NOT NULL THEN {MONTHS.label('grouped.month')} END AS period,"
        " CAST(CASE WHEN held IS NULL THEN free ELSE everything END AS BIGINT) AS repeats"
        f" FROM ({grouped}) AS grouped LEFT JOIN ({looked}) AS looked"
        " ON grouped.subject = looked.subject AND grouped.subject_kind = looked.subject_kind"
        " AND grouped.place IS NOT DISTINCT FROM looked.place AND grouped.rule = looked.rule"
        " AND grouped.month = looked.month) JOIN rulings USING (rule)"
    )


def _only(column: str) -> str:
    """SQL: the value of the column where all findings of a tally have the same; else it is not known."""
    return f"CASE WHEN count({column}) = count(*) AND min({column}) = max({column}) THEN min({column}) END AS {column}"


def _root() -> str:
    """SQL of what a finding rests on: a row of a record; a row without a key is known by its number."""
    return "concat_ws(chr(31), record, key, CASE WHEN key LIKE 'row %' THEN CAST(row AS VARCHAR) END)"


def _make_rulings(basis: Basis) -> None:
    """The table ``rulings``: what is said of rules, by their number. It goes in as one text, thousands in one go."""
    rules = [
        _ruling(basis, number, result)
        for number, result in enumerate(basis.evaluation.results)
        if result.judgement is not None
    ]
    columns = (
        "rule INTEGER, id VARCHAR, regulation VARCHAR, record VARCHAR, tags VARCHAR[], suspect BOOLEAN,"
        " cases_at INTEGER, least_cases BIGINT"
    )
    names = ", ".join(f"ruling.{each.split()[0]}" for each in columns.split(","))
    structure = json.dumps([{each.split()[0]: each.split()[1] for each in columns.split(",")}])
    structure = structure.replace('"tags": "VARCHAR[]"', '"tags": ["VARCHAR"]')
    basis.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE rulings AS SELECT {names} FROM"
        f" (SELECT unnest(from_json(?, '{structure}')) AS ruling)",
        [json.dumps(rules)],
    )


def _ruling(basis: Basis, number: int, result: RuleResult) -> dict[str, object]:
    rule, judgement = result.entry.rule, result.judgement
    assert judgement is not None
    rated = isinstance(rule, Metric) and rule.measure.what != "count"
    return {
        "rule": number, "id": rule.id, "regulation": rule.regulation, "record": judgement.record, "tags": rule.tags,
        "suspect": number in basis.suspect, "least_cases": basis.policy.min_sample,
        "cases_at": list(judgement.seen).index("count") + 1 if rated else None,
    }  # fmt: skip


def _make_states(basis: Basis) -> None:
    """The table ``reviewed``: the state of each finding that somebody has decided on."""
    basis.connection.execute(
        "CREATE OR REPLACE TEMP TABLE reviewed AS"
        " SELECT unnest(?::VARCHAR[]) AS fingerprint, unnest(?::VARCHAR[]) AS state",
        [list(basis.states.keys()), list(basis.states.values())],
    )


def _tally(row: tuple[object, ...]) -> Tally:
    identity, subject, kind, rule, regulation, severity, period, count, found, repeats, *rest = row
    role, department, store, tags, held, fingerprints = rest
    return Tally(
        str(identity), str(subject), str(rule), str(regulation), str(severity), count, period, found,  # type: ignore[arg-type]
        repeats, role, department, store, tuple(tags), subject_kind=str(kind),  # type: ignore[arg-type]
        fingerprints=tuple(fingerprints or ()), held=(str(held),) if held else (),  # type: ignore[arg-type]
    )  # fmt: skip
