"""``auditor notices``: a page to hand out for each person with findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from auditor.commands.settings import history_option, options_of, project_options


@click.command()
@click.argument("run", metavar="RUN", default="last")
@click.option("-o", "--output", "folder", required=True, type=click.Path(path_type=Path), help="The folder to fill.")
@click.option("--format", "form", type=click.Choice(["html", "xlsx", "both"]), default="both", show_default=True)
@click.option("--only", multiple=True, metavar="NAME", help="Only the page of this person or role; may be repeated.")
@history_option
@project_options
def notices(run: str, folder: Path, form: str, only: tuple[str, ...], **words: Any) -> None:
    """Write a page for each person and role with findings in RUN (its id, last, last~1), to be printed and signed.

    It tells what was found, by which clause, what is proposed and how to appeal. The words of clauses and policies
    are those of the rules as they are now.
    """
    from auditor.commands.messages import say
    from auditor.project import find_notices
    from auditor.report.delivery import make_folder
    from auditor.report.notices import write_notices

    found, lang, problems = find_notices(options_of(words), run, only)
    say(problems)
    endings = ("html", "xlsx") if form == "both" else (form,)
    make_folder(folder)
    count = len(list(write_notices(found, folder, endings, lang)))
    click.echo(f"→ {folder}: {count} files for {len(found)} persons and roles", err=True)
