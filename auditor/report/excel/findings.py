"""发现明细: every failed obligation with its clause and the cells it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count as counted
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.calendar import Calendar
from auditor.evaluate.evidence import Cells
from auditor.evaluate.finding import Finding
from auditor.intake import Source
from auditor.report.excel.look import Look
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.pen import Pen
from auditor.report.excel.table import Column, Row, Shown, write_table
from auditor.report.excel.texts import text
from auditor.report.sentence import sentence
from auditor.report.wording import SEVERITIES, Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

TABLE = "Findings"
AT_ONCE = 2000
"""For how many findings the evidence is fetched together."""

_EPOCH = datetime(1970, 1, 1)


def columns(lang: Language) -> list[Column]:
    """The columns of the table, in order."""
    return [
        Column(text("fingerprint", lang), Look.TEXT, 16, 19),
        Column(text("rule", lang), Look.TEXT, 10, 16),
        Column(text("title", lang), Look.WRAPPED, 14, 20),
        Column(text("severity", lang), Look.CENTRED, 6, 12),
        Column(text("department", lang), Look.WRAPPED, 6, 12),
        Column(text("subject", lang), Look.WRAPPED, 6, 12),
        Column(text("key", lang), Look.WRAPPED, 8, 16),
        Column(text("occurred", lang), Look.TIME, 15, 17),
        Column(text("due", lang), Look.TIME, 15, 17),
        Column(text("late", lang), Look.SPAN, 8, 11),
        Column(text("sentence", lang), Look.WRAPPED, 24, 36),
        Column(text("clause", lang), Look.WRAPPED, 14, 26),
        Column(text("provisional", lang), Look.CENTRED, 4, 9),
        Column(text("evidence", lang), Look.WRAPPED, 24, 44),
    ]


def write_findings(audit: Audit, findings: Sequence[Finding], nth: int, sheet: Sheet, pen: Pen, lang: Language) -> None:
    """Fill the sheet number ``nth`` (from 0) of findings."""
    name = f"{TABLE}{nth + 1}" if nth else TABLE
    rows = _rows(audit, findings, lang)
    write_table(sheet, name, columns(lang), rows, pen, frozen=3, empty=text("no-finding", lang))


def _rows(audit: Audit, findings: Sequence[Finding], lang: Language) -> Iterator[Row]:
    clauses = clause_places(audit, lang)
    places = _places(audit.data.sources)
    headers = [{column.field: column.header for column in source.columns} for source in audit.data.sources]
    for start in counted(0, AT_ONCE):
        part = findings[start : start + AT_ONCE]
        if not part:
            return
        evidence = audit.evidence(part)
        for finding in part:
            cited = "\n".join(clauses.get(name, name) for name in finding.clause.split(", "))
            cells = evidence[finding.fingerprint]
            read = "\n".join(_evidence(one, places[one.source], headers[one.source], lang) for one in cells)
            yield _row(finding, audit, cited, read, lang)


def _row(finding: Finding, audit: Audit, cited: str, read: str, lang: Language) -> Row:
    calendar = audit.calendar
    return (
        finding.fingerprint,
        finding.rule,
        getattr(finding.entry.rule.title, lang),
        Shown(SEVERITIES[finding.severity][lang], Look(finding.severity)),
        finding.department,
        finding.subject,
        shown_key(finding.key, lang),
        local(finding.occurred_at, calendar),
        local(finding.due_at, calendar),
        None if not finding.late_by else timedelta(seconds=finding.late_by),
        sentence(finding, calendar, audit.book.records, lang),
        cited,
        text("yes", lang) if finding.provisional else None,
        read,
    )


def clause_places(audit: Audit, lang: Language) -> dict[str, str]:
    """``DEC-084 第四章 …: what it asks`` for every clause of the regulations in force, by its id."""
    regulations = [audit.book.regulations[name] for name in audit.run.regulations]
    return {
        clause.id: f"{clause.id} {clause.place}: {clause.zh if lang == 'zh' else clause.requirement}"
        for regulation in regulations
        for clause in regulation.clauses
    }


def shown_key(key: str, lang: Language) -> str:
    """The key of a record; a row that has none is told by its number."""
    head, _, number = key.partition(" ")
    return text("row", lang).format(number) if head == "row" and number.isdecimal() else key


def local(instant: int | None, calendar: Calendar) -> datetime | None:
    """An instant (UTC seconds) as wall time of ``calendar``'s zone, without a zone as Excel wants it."""
    return None if instant is None else _EPOCH + timedelta(seconds=instant + calendar.wall.offset(instant))


def _places(sources: Sequence[Source]) -> list[str]:
    """``file › sheet`` of each source, the file without its folder unless two files share a name."""
    names = {Path(source.file).name: source.file for source in sources}
    short = {file: name for name, file in names.items()} if len(names) == len({one.file for one in sources}) else {}
    return [" › ".join([short.get(one.file, one.file), *([one.sheet] if one.sheet else [])]) for one in sources]


def _evidence(cells: Cells, place: str, headers: Mapping[str, str], lang: Language) -> str:
    """``file › sheet › 第 7 行: header = value, …``, with the headers of the file itself."""
    empty = text("empty", lang)
    read = (f"{headers.get(name, name)} = {empty if value is None else value}" for name, value in cells.values.items())
    return f"{place} › {text('row', lang).format(cells.line)}: {', '.join(read)}"
