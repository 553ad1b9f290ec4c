"""``auditor init``: a new project folder that runs at once."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--regulation", default="decoration", show_default=True, help="The regulation in force.")
@click.option("--rules", type=click.Path(path_type=Path), help="A rules folder instead of the shipped one.")
def init(folder: Path, regulation: str, rules: Path | None) -> None:
    """Make a project in DIR: auditor.yaml with comments, example sheets to run it on, and a README (中文)."""
    from auditor.pipeline import read_rules
    from auditor.project.starter import make_project

    for path in make_project(folder, read_rules(rules), regulation, rules):
        click.echo(f"→ {path}", err=True)
    click.echo(f"cd {folder} && auditor run")
