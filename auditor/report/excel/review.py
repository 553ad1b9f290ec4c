"""The review in the workbook: the columns people fill in, the dropdown, and the hidden sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation, DataValidationList

from auditor.intake.people.othernames import other_names
from auditor.report.excel.look import Look
from auditor.report.excel.markup import row_markup
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.pen import Pen
from auditor.report.excel.table import Column
from auditor.report.reviewing import Review
from auditor.report.reviewsheet import BETWEEN, FACTS, HEADER, LAYOUT, LISTS, META
from auditor.report.texts import text
from auditor.report.wording import Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

DECISIONS = ("confirm", "waive", "dispute")
_GREY, _GROUND = "FF8A929B", "FFF1F2F4"

Written = tuple[str, str, str, str | None, str, str]
"""Of a finding: key, rule, record key, subject, evidence hash and marks."""


def answer_columns(lang: Language) -> list[Column]:
    """The columns that reviewers fill in."""
    return [
        Column(text("decision", lang), Look.ANSWER, 8, 12),
        Column(text("opinion", lang), Look.ANSWER, 18, 30),
        Column(text("expires", lang), Look.ANSWER_DAY, 11, 13),
        Column(text("reviewer", lang), Look.ANSWER, 8, 14),
        Column(text("reviewed-on", lang), Look.ANSWER_DAY, 11, 13),
    ]


def answers(review: Review, lang: Language) -> tuple[object, ...]:
    """Their values: the decision in force, blank where one is asked for."""
    decision = review.decision
    if decision is None:
        return (None,) * 5
    word = text(f"decision.{decision.decision}", lang)
    return word, decision.reason or None, decision.expires, decision.reviewer, decision.decided_on


def offer_decisions(sheet: Sheet, columns: Sequence[Column], last: int, lang: Language) -> None:
    """Let the column of decisions offer its words, and show the rows of waived findings in grey."""
    titles = [column.title for column in columns]
    decision = get_column_letter(titles.index(text("decision", lang)) + 1)
    state = get_column_letter(titles.index(text("review", lang)) + 1)
    choice = DataValidation(type="list", formula1=f"{LISTS}!$A$1:$A${len(DECISIONS)}", allow_blank=True)
    choice.promptTitle, choice.prompt = text("decision", lang), text("review-help", lang)
    choice.showInputMessage = choice.showErrorMessage = True
    choice.add(f"{decision}2:{decision}{last}")
    sheet.data_validations = DataValidationList()
    sheet.data_validations.append(choice)
    waived = f'${state}2="{text("review.waived", lang)}"'
    style = DifferentialStyle(font=Font(color=_GREY), fill=PatternFill(bgColor=_GROUND))
    grey = Rule(type="expression", dxf=style, formula=[waived])
    sheet.conditional_formatting.add(f"A2:{get_column_letter(len(columns))}{last}", grey)


def write_lists(workbook: Workbook, pen: Pen, lang: Language) -> None:
    """The hidden sheet with the words of the dropdown."""
    sheet: Sheet = workbook.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    for word in DECISIONS:
        sheet.append([pen.cell(sheet, text(f"decision.{word}", lang), Look.TEXT)])


def write_meta(audit: Audit, written: Iterable[Written], workbook: Workbook, pen: Pen) -> None:
    """The sheet that no menu shows: which run this was, and what was written of each finding."""
    sheet: Sheet = workbook.create_sheet(META)
    sheet.sheet_state = "veryHidden"
    run, tailoring = audit.run, audit.book.tailoring
    project = tailoring.project if tailoring else ""
    for fact in zip(FACTS, (LAYOUT, run.id, run.rulebook, project, run.as_of_text, run.zone), strict=True):
        sheet.append([pen.cell(sheet, value, Look.TEXT) for value in fact])
    sheet.append([pen.cell(sheet, value, Look.TEXT) for value in HEADER])
    names = other_names(audit.data)
    body = pen.body(META)
    for number, (key, rule, record, subject, evidence, marks) in enumerate(written, start=len(FACTS) + 2):
        others = BETWEEN.join(names.get(subject or "", ()))
        values = (key, rule, record, subject, others, evidence, marks)
        cells = (
            pen.markup(META, value, Look.TEXT, f"{letter}{number}")
            for letter, value in zip("ABCDEFG", values, strict=True)
        )
        body.write(row_markup(number, cells, None).encode())
