"""``auditor inspect``: what intake understood of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from auditor.commands.settings import options_of, project_options


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@project_options
def inspect(file: Path, form: str, **words: Any) -> int:
    """Show what was understood of FILE, column by column, every problem in it, and the mapping that would help.

    In the folder of a project, its mappings (auditor.yaml) are used.
    """
    from auditor.intake import inspect_file
    from auditor.location import Location
    from auditor.problem import InputError, Problem
    from auditor.project import PROJECT_FILE, assign
    from auditor.report.inspection import inspection_json, inspection_text

    if file.is_dir():
        raise InputError([Problem(Location(str(file)), "folder", "This is a folder.", "Name one file in it.", True)])
    here = Path(PROJECT_FILE)
    words["project"] = words["project"] or (here if here.exists() else None)
    given = assign(options_of({**words, "files": (str(file),)}))
    zone = given.book.calendars[given.book.calendars.default].zone
    found = inspect_file(file, given.book.records, zone, given.settings)
    if not found.sheets:
        raise InputError(found.problems)
    click.echo(inspection_json(found) if form == "json" else inspection_text(found, given.lang))
    return 3 if any(problem.fatal for problem in found.problems) else 0
