"""Sent: what went out for review, as the hidden sheet of the workbook or the history knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from auditor.history import FindingRecord, History
from auditor.location import Location
from auditor.problem import Problem, RuleError
from auditor.report.reviewsheet import BETWEEN, COLUMNS, FACTS, HEADER, LANGUAGES, LAYOUT, MARK
from auditor.report.telling import shown_key
from auditor.review.returned import Grid, Returned


@dataclass(frozen=True, slots=True)
class SentFinding:
    """A finding that was sent: its rule, the ``records`` it may be called by, who answers and by what other names.

    ``written`` holds a mark for each column of the sheet; None where nobody knows what was written.
    """

    key: str
    rule: str
    records: tuple[str, ...]
    subject: str
    names: tuple[str, ...]
    evidence_hash: str
    written: str | None = None

    def mark(self, column: str) -> str:
        """The mark of a column as it was written."""
        place = COLUMNS.index(column) * MARK
        return (self.written or "")[place : place + MARK]


@dataclass(frozen=True)
class Sent:
    """All that was sent together; ``day`` is the local day as of which it was judged."""

    day: date
    findings: Mapping[str, SentFinding]
    project: str | None = None
    rulebook: str | None = None


def what_was_sent(returned: Returned, history: History) -> Sent:
    """What the hidden sheet tells; where it is lost, the findings of the last run. Raises RuleError without either."""
    if returned.meta is not None:
        return _of_meta(Path(returned.file), returned.meta)
    runs = history.runs()
    if not runs:
        what = "The file has lost its hidden sheet, and the history holds no run to compare it with."
        remedy = "Name the workbook itself (.xlsx), or the history with --history."
        raise RuleError([Problem(Location(returned.file), "review-unknown", what, remedy, True)])
    last = runs[-1]
    findings = {one.key: _of_record(one) for one in history.findings(last.id)}
    return Sent(date.fromisoformat(last.as_of_text[:10]), findings)


def _of_record(one: FindingRecord) -> SentFinding:
    records = tuple(shown_key(one.record_key, lang) for lang in LANGUAGES)
    return SentFinding(one.key, one.rule, records, one.subject or "", (), one.evidence_hash)


def _of_meta(path: Path, grid: Grid) -> Sent:
    facts = {str(row[0]): str(row[1]) for row in grid[: len(FACTS)]}
    header = tuple(str(cell) for cell in grid[len(FACTS)][: len(HEADER)]) if len(grid) > len(FACTS) else ()
    if facts.get("layout") != LAYOUT or header != HEADER:
        what = "The hidden sheet of the workbook is not one that this auditor writes."
        remedy = "Review a workbook written by this version, or save this one as .csv and import that."
        raise RuleError([Problem(Location(str(path)), "review-layout", what, remedy, True)])
    findings = {one.key: one for one in map(_of_row, grid[len(FACTS) + 1 :])}
    return Sent(date.fromisoformat(facts["as_of"][:10]), findings, facts["project"], facts["rulebook"])


def _of_row(row: Iterable[object]) -> SentFinding:
    key, rule, record, subject, names, evidence, written = list(map(str, row))[: len(HEADER)]
    others = tuple(name for name in names.split(BETWEEN) if name)
    return SentFinding(key, rule, (record,), subject, others, evidence, written)
