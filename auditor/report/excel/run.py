"""运行信息: what was run on what, so that it can be done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.intake import Source
from auditor.report.excel.canvas import Canvas
from auditor.report.excel.look import Look
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.pen import Pen
from auditor.report.tailored import change_reason, change_text, project_line
from auditor.report.texts import text
from auditor.report.wording import Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

_INPUTS = (
    "file", "sheet", "record", "rows-read", "rows-kept", "rows-aside", "aside-why", "covers", "extras", "sha256",
)  # fmt: skip
_WIDTHS = (28, 18, 18, 9, 9, 9, 18, 20, 26, 36)


def write_run(audit: Audit, sheet: Sheet, pen: Pen, lang: Language) -> None:
    """Fill the sheet: the run, its versions, and every sheet that was read."""
    sheet.freeze_panes = "A2"
    canvas = Canvas(sheet, pen, _WIDTHS)
    canvas.title(text("sheet.run", lang))
    canvas.section(text("run", lang))
    for label, value in _facts(audit, lang):
        canvas.row([(label, Look.LABEL), (value, Look.TEXT)], spread=(1, 2))
    _changes(audit, canvas, lang)
    canvas.section(text("inputs", lang))
    canvas.header([text(key, lang) for key in _INPUTS])
    for source in audit.data.sources:
        canvas.row(_source(audit, source, lang))


def _facts(audit: Audit, lang: Language) -> list[tuple[str, str]]:
    run, tailoring = audit.run, audit.book.tailoring
    return [
        *([(text("project", lang), project_line(tailoring, lang))] if tailoring else []),
        *([(text("run", lang), run.id)] if run.id else []),
        (text("as-of", lang), run.as_of_text),
        (text("zone", lang), run.zone),
        (text("regulations", lang), ", ".join(run.regulations)),
        (text("rulebook", lang), run.rulebook),
        *((f"{text('calendar', lang)} {name}", version) for name, version in run.calendars.items()),
        *((f"{text('version', lang)} {name}", version) for name, version in run.versions.items()),
        *((f"{text('covers-until', lang)} {name}", until) for name, until in run.covers_until.items()),
    ]


def _changes(audit: Audit, canvas: Canvas, lang: Language) -> None:
    """What the project changed in the rules, each with who says so and why."""
    changes = audit.book.tailoring.changes if audit.book.tailoring else ()
    if changes:
        canvas.section(text("tailoring", lang))
    for change in changes:
        reason = change_reason(change)
        canvas.row([(change_text(change, lang), Look.LABEL), (reason, Look.WRAPPED)], spread=(1, len(_WIDTHS) - 1))


def _source(audit: Audit, source: Source, lang: Language) -> list[tuple[object, Look] | None]:
    record = audit.book.records.get(source.record)
    name = source.record if record is None or lang == "en" else f"{record.name_zh} ({source.record})"
    return [
        (source.file, Look.WRAPPED),
        (source.sheet, Look.WRAPPED),
        (name, Look.WRAPPED),
        (source.rows_read, Look.COUNT),
        (source.rows_kept, Look.COUNT),
        (source.rows_set_aside, Look.COUNT),
        (", ".join(f"{reason} {count}" for reason, count in source.set_aside.items()), Look.WRAPPED),
        (period(audit, source.covers, lang), Look.WRAPPED),
        (", ".join(source.extras), Look.WRAPPED),
        (source.sha256, Look.WRAPPED),
    ]


def period(audit: Audit, covers: tuple[int, int] | None, lang: Language) -> str | None:
    """``first to last`` as local wall time; None without any event."""
    return None if covers is None else text("to", lang).join(audit.calendar.local_text(instant) for instant in covers)
