"""``auditor template``: a blank sheet to fill in."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("name", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The workbook (.xlsx) to write.")
@click.option("--list", "listed", is_flag=True, help="List the names there are.")
@click.option("--rules", "folder", type=click.Path(path_type=Path), help="A rules folder instead of the shipped one.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def template(name: str | None, output: Path | None, listed: bool, folder: Path | None, lang: str) -> int:
    """Write a blank sheet for NAME: a record type (a list) or a checklist (a form to print)."""
    from auditor.pipeline import read_rules
    from auditor.report.blank import check_blank, list_subjects, subject_named, write_blank
    from auditor.report.delivery import deliver

    book = read_rules(folder)
    if listed:
        for subject in list_subjects(book):
            click.echo(f"{subject.name:<20} {subject.title(lang)}")  # type: ignore[arg-type]
        return 0
    if name is None or output is None:
        raise click.UsageError("Name a record type or checklist and a file: auditor template NAME -o FILE.xlsx")
    found = subject_named(book, name)
    check_blank(output)
    deliver(output, lambda draft: write_blank(found, draft, lang))  # type: ignore[arg-type]
    click.echo(f"→ {output}", err=True)
    return 0
