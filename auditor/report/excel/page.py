"""Page: how a sheet prints and what of it stays in sight."""

from __future__ import annotations

from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.texts import text
from auditor.report.wording import Language

A4 = 9


def set_up(sheet: Sheet, lang: Language, footer: str) -> None:
    """A4 landscape, one page wide, ``footer`` and page numbers at the foot; call it before the first row."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.7, 0.3
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False
    sheet.oddFooter.left.text = footer.replace("&", "&&")
    sheet.oddFooter.center.text = sheet.title.replace("&", "&&")
    sheet.oddFooter.right.text = text("page", lang)


def protect(sheet: Sheet) -> None:
    """Guard against slips: locked without a password; sorting out columns and filtering stay allowed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False
