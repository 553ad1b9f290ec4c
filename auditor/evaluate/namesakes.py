"""Namesakes: findings against a name that may mean several people. They stand, but nobody can be charged by them."""

from __future__ import annotations

from auditor.evaluate.evaluation import FINDINGS, Evaluation
from auditor.intake import Dataset
from auditor.kinds import Judgement
from auditor.records import FieldType


def excuse_namesakes(evaluation: Evaluation, data: Dataset) -> None:
    """Make provisional what was found against such a name, or on a row that holds one.

    Where a row of another record was not found although the subject has namesakes, it may be one of the rows
    that do not say which of them they mean.
    """
    if not data.namesakes:
        return
    names = f"({', '.join(map(_quoted, sorted(data.namesakes)))})"
    tests = [f"subject_kind = 'person' AND subject IN {names}"]
    tests.append(f"split_part(subject, '（', 1) IN {names} AND len(list_filter(rows, lambda row: row IS NULL)) > 0")
    for number, result in enumerate(evaluation.results):
        if result.judgement is not None:
            tests += [f"rule = {number} AND {test}" for test in _on_rows(result.judgement, data, names)]
    evaluation.connection.execute(f"UPDATE {FINDINGS} SET provisional = TRUE WHERE {' OR '.join(tests)}")


def _on_rows(judgement: Judgement, data: Dataset, names: str) -> list[str]:
    """SQL for each record of the evidence: the row holds one of ``names``."""
    tests = []
    for place, evidence in enumerate(judgement.evidence, start=1):
        table = data.tables[evidence.record]
        fields = [
            field
            for field, declared in table.record.fields.items()
            if declared.type is FieldType.PERSON and not declared.outside and field in table.columns
        ]
        if fields:
            held = " OR ".join(f'"{field}" IN {names}' for field in fields)
            tests.append(f'rows[{place}] IN (SELECT _row FROM "{data.schema}"."{evidence.record}" WHERE {held})')
    return tests


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
