"""A project: the file ``auditor.yaml`` that says what is read, by which rules, and what comes of it."""

from auditor.project.assignment import Assignment, Report, assign
from auditor.project.load import PROJECT_FILE, read_project
from auditor.project.notices import find_notices
from auditor.project.options import Options
from auditor.project.project import Project
from auditor.project.recording import history_of, placed, record_run
from auditor.project.reports import check_reports, write_reports

__all__ = [
    "PROJECT_FILE",
    "Assignment",
    "Options",
    "Project",
    "Report",
    "assign",
    "check_reports",
    "find_notices",
    "history_of",
    "placed",
    "read_project",
    "record_run",
    "write_reports",
]
