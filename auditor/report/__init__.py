"""Report: an Audit as workbook, JSON or terminal text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from auditor.location import Location
from auditor.problem import Problem, RuleError
from auditor.report.delivery import check_place, deliver
from auditor.report.wording import Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

MAX_EXCEL_ROWS = 200_000
FORMATS = (".xlsx", ".html", ".json")


def write(audit: Audit, path: str | Path, lang: Language = "zh", max_excel_rows: int = MAX_EXCEL_ROWS) -> None:
    """Write the audit to ``path``: a workbook (.xlsx), a page (.html) or the JSON document (.json).

    ``max_excel_rows`` findings go on one sheet, the rest on the next. Raises RuleError for any other suffix,
    NotDelivered when the file cannot be written; an old file then stays as it was.
    """
    target = Path(path)
    check_target(target)
    if target.suffix.lower() == ".json":
        from auditor.report.json import to_json

        deliver(target, lambda draft: _write_text(draft, to_json(audit, lang)))
        return
    if target.suffix.lower() == ".html":
        from auditor.report.page import to_html

        deliver(target, lambda draft: _write_text(draft, to_html(audit, lang)))
        return
    from auditor.report.excel import write_workbook

    deliver(target, lambda draft: write_workbook(audit, draft, lang, max_excel_rows))


def check_target(path: Path) -> None:
    """Raise RuleError or NotDelivered when no report can be written to ``path``, before the work of a run is done."""
    if path.suffix.lower() not in FORMATS:
        what = f"A report cannot be written as '{path.suffix or path.name}'."
        raise RuleError([Problem(Location(str(path)), "unknown-format", what, "Name it .xlsx, .html or .json.", True)])
    check_place(path)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
