"""Notices: one page to hand out for each person, with what was found, what is proposed and how to appeal."""

from auditor.report.notices.files import file_names
from auditor.report.notices.notice import Charge, Notice, Outcome
from auditor.report.notices.page import to_page
from auditor.report.notices.sheet import write_sheet
from auditor.report.notices.wording import Wording
from auditor.report.notices.write import write_notices

__all__ = ["Charge", "Notice", "Outcome", "Wording", "file_names", "to_page", "write_notices", "write_sheet"]
