"""``auditor inspect``: what intake understood of a file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--rules", "folder", type=click.Path(path_type=Path), help="A rules folder instead of the shipped one.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def inspect(file: Path, folder: Path | None, lang: str) -> int:
    """Show what was understood of FILE, column by column, and every problem in it."""
    from auditor.intake import inspect_file
    from auditor.location import Location
    from auditor.pipeline import read_rules
    from auditor.problem import InputError, Problem
    from auditor.report.inspection import inspection_text

    if file.is_dir():
        raise InputError([Problem(Location(str(file)), "folder", "This is a folder.", "Name one file in it.", True)])
    book = read_rules(folder)
    found = inspect_file(file, book.records, book.calendars[book.calendars.default].zone)
    if not found.sheets:
        raise InputError(found.problems)
    click.echo(inspection_text(found))
    return 3 if any(problem.fatal for problem in found.problems) else 0
