"""make_project: the files of a new project."""

from __future__ import annotations

import os
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import NotDelivered, Problem, RuleError
from auditor.project.load import PROJECT_FILE
from auditor.project.starter.sheets import ExampleSheet, example_sheets
from auditor.rulebook import Rulebook

README = "README.md"
LOGS = "logs"


def make_project(folder: Path, book: Rulebook, regulation: str, rules: Path | None = None) -> list[Path]:
    """Write a project for one regulation into ``folder`` and name the files; nothing is overwritten.

    ``rules`` is the folder of ``book`` where it is not the shipped one.
    Raises RuleError for an unknown regulation and for files that are there already, NotDelivered when nothing
    can be written there.
    """
    known = sorted({entry.rule.regulation for entry in book.entries})
    if regulation not in known:
        what = f"There is no regulation '{regulation}'."
        raise RuleError(
            [Problem(Location("--regulation"), "unknown-regulation", what, nearest(regulation, known), True)]
        )
    there = [folder / name for name in (PROJECT_FILE, README, LOGS) if (folder / name).exists()]
    if there:
        remedy = "Name a new folder, or move it away."
        raise RuleError(
            [Problem(Location(str(one)), "in-the-way", "This is there already.", remedy, True) for one in there]
        )
    try:
        return _write(folder, book, regulation, rules)
    except OSError as error:
        what = f"The project cannot be written ({error.strerror or error})."
        raise NotDelivered(
            [Problem(Location(str(folder)), "not-delivered", what, "Name another folder.", True)]
        ) from None


def _write(folder: Path, book: Rulebook, regulation: str, rules: Path | None) -> list[Path]:
    sheets = example_sheets(book, regulation)
    words = _words(book, regulation, sheets[0])
    words["name"] = folder.resolve().name
    words["rules"] = f"rules: {_quoted(os.path.relpath(rules, folder))}" if rules else "#rules: rules"
    (folder / LOGS).mkdir(parents=True)
    made = []
    for name in (PROJECT_FILE, README):
        text = files(__package__).joinpath(name).read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace(f"@{word}@", value).replace(f"@'{word}'@", _quoted(value))
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        made.append(folder / name)
    for sheet in sheets:
        made.append(folder / LOGS / f"{sheet.title}.xlsx")
        _write_sheet(sheet, made[-1])
    return made


def _words(book: Rulebook, regulation: str, sheet: ExampleSheet) -> dict[str, str]:
    """What stands in the texts in the place of ``@word@``: names that can be used as they are."""
    entries = [entry for entry in book.entries if entry.rule.regulation == regulation]
    entry = next((one for one in entries if one.parameters), entries[0])
    name, parameter = next(iter(entry.parameters.items()), ("name", None))
    return {
        "regulation": regulation,
        "calendar": book.calendars.default,
        "rule": entry.rule.id,
        "parameter": f"{regulation}.{Path(entry.file.file).stem}.{name}",
        "value": str(parameter.value if parameter else 1),
        "record": sheet.record.name,
        "sheet": sheet.title,
        "file": f"{sheet.title}.xlsx",
        "header": sheet.header(sheet.fields[0]),
        "field": sheet.fields[0],
    }


def _quoted(text: str) -> str:
    """``text`` as YAML takes it for text, whatever is in it."""
    return "'" + text.replace("'", "''") + "'"


def _write_sheet(sheet: ExampleSheet, path: Path) -> None:
    # openpyxl is loaded only when a project is made.
    from openpyxl import Workbook

    from auditor.report.excel.archive import save

    workbook = Workbook(write_only=True)
    workbook.properties.creator = "auditor"
    workbook.properties.created = workbook.properties.modified = datetime(1980, 1, 1)
    page = workbook.create_sheet(sheet.title)
    page.append([sheet.header(field) for field in sheet.fields])
    for row in sheet.rows:
        page.append([row.get(field) for field in sheet.fields])
    save(workbook, {}, path)
