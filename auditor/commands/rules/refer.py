"""``auditor rules reference``: the rules as pages to read."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.commands.rules.options import of_regulation, of_rulebook


@click.command("reference")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The folder of the pages.")
@of_rulebook
@of_regulation
def refer(output: Path, folder: Path | None, lang: str, regulation: str | None) -> int:
    """Write a page for each regulation: its clauses, the rules that check them, and their examples."""
    from auditor.pipeline import read_rules
    from auditor.report.reference import write_reference

    for path in write_reference(read_rules(folder), output, regulation):
        click.echo(str(path))
    return 0
