"""The workbook: its sheets in the order in which people read them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook

from auditor.intake.container.ownreport import REPORT
from auditor.report.excel.archive import save
from auditor.report.excel.consequences import write_consequences
from auditor.report.excel.findings import write_findings
from auditor.report.excel.look import Looks
from auditor.report.excel.names import sheet_name
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.overview import write_overview
from auditor.report.excel.page import set_up
from auditor.report.excel.pen import Pen
from auditor.report.excel.problems import write_problems
from auditor.report.excel.review import Written, write_lists, write_meta
from auditor.report.excel.rules import write_rules
from auditor.report.excel.run import write_run
from auditor.report.texts import text
from auditor.report.wording import Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

EXCEL_ROWS = 1_000_000


def write_workbook(audit: Audit, path: Path, lang: Language, most_rows: int) -> None:
    """Write the audit as a workbook, at most ``most_rows`` findings a sheet; raises OSError."""
    most = max(1, min(most_rows, EXCEL_ROWS))
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "auditor"
    workbook.properties.title = text("report", lang)
    workbook.properties.category = REPORT
    moment = datetime(1970, 1, 1) + timedelta(seconds=audit.run.as_of)
    workbook.properties.created = workbook.properties.modified = moment
    sheets = _sheets(workbook, -(-audit.finding_count // most), f"{text('as-of', lang)} {audit.run.as_of_text}", lang)
    with Pen(Looks(sheets["overview"][0]), audit.run.zone, lang) as pen:
        try:
            _fill(audit, workbook, sheets, most, pen, lang)
        finally:
            _close(workbook)
        save(workbook, pen.bodies, path)


def _close(workbook: Workbook) -> None:
    """Let go of the files that openpyxl streams its sheets to."""
    for sheet in workbook.worksheets:
        sheet.close()


def _sheets(workbook: Workbook, parts: int, footer: str, lang: Language) -> dict[str, list[Sheet]]:
    """All sheets, in order; there are as many sheets of findings as ``parts``, and one without any."""
    sheets: dict[str, list[Sheet]] = {}
    for key in ("overview", "findings", "consequences", "problems", "rules", "run"):
        count = max(1, parts) if key == "findings" else 1
        sheets[key] = [_sheet(workbook, key, lang, footer) for _ in range(count)]
    return sheets


def _fill(
    audit: Audit, workbook: Workbook, sheets: dict[str, list[Sheet]], most: int, pen: Pen, lang: Language
) -> None:
    """Fill problems and overview last, so that what goes wrong in the writing can still be told."""
    written: list[Written] = []
    for nth, sheet in enumerate(sheets["findings"]):
        written += write_findings(audit, audit.findings[nth * most : (nth + 1) * most], nth, sheet, pen, lang)
    write_consequences(audit, sheets["consequences"][0], pen, lang)
    write_rules(audit, sheets["rules"][0], pen, lang)
    write_run(audit, sheets["run"][0], pen, lang)
    told = [*audit.problems, *pen.problems()]
    write_problems(told, sheets["problems"][0], pen, lang)
    write_overview(audit, len(told), sheets["overview"][0], pen, lang)
    write_lists(workbook, pen, lang)
    write_meta(audit, written, workbook, pen)


def _sheet(workbook: Workbook, key: str, lang: Language, footer: str) -> Sheet:
    sheet: Sheet = workbook.create_sheet(sheet_name(text(f"sheet.{key}", lang), workbook.sheetnames))
    set_up(sheet, lang, footer)
    return sheet
