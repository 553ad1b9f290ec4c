"""Reports: the files that a run writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditor.location import Location
from auditor.pipeline import Audit
from auditor.problem import NotDelivered, Problem
from auditor.project.assignment import Assignment, Report
from auditor.report import check_target, write

AS_OF = "{as_of}"


def check_reports(assignment: Assignment) -> None:
    """Raise RuleError or NotDelivered when a report cannot be written, before the work is done.

    Folders that a project names are made; a folder of the command line must be there.
    """
    for report in assignment.reports:
        target = Path(report.file)
        if AS_OF in str(target.parent):
            continue
        if report.makes_folder:
            _make_folder(target)
        check_target(target)


def write_reports(assignment: Assignment, result: Audit) -> Iterator[Path]:
    """Write each report and name it; raises NotDelivered."""
    for report in assignment.reports:
        target = Path(report_file(report, result))
        if report.makes_folder:
            _make_folder(target)
        write(result, target, lang=report.lang)
        yield target


def report_file(report: Report, result: Audit) -> str:
    """The name of the report's file: ``{as_of}`` is ``2025-06-30`` or ``2025-06-30-1800``."""
    day, _, time = result.run.as_of_text.partition(" ")
    return report.file.replace(AS_OF, day if time == "00:00" else f"{day}-{time.replace(':', '')}")


def _make_folder(target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"The folder of the report cannot be made ({error.strerror or error})."
        raise NotDelivered([Problem(Location(str(target)), "not-delivered", what, "Name another one.", True)]) from None
