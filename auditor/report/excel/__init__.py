"""The workbook: an audit as sheets that managers read, filter and print."""

from auditor.report.excel.workbook import write_workbook

__all__ = ["write_workbook"]
