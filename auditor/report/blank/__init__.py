"""Blank sheets: what inspectors print and clerks fill in, made from record types and checklists."""

from auditor.report.blank.place import check_blank
from auditor.report.blank.subject import Subject, list_subjects, subject_named
from auditor.report.blank.workbook import write_blank

__all__ = ["Subject", "check_blank", "list_subjects", "subject_named", "write_blank"]
