"""``auditor explain``: how one finding came about."""

from __future__ import annotations

from typing import Any

import click

from auditor.commands.settings import options_of, project_options


@click.command()
@click.argument("finding")
@click.argument("files", nargs=-1)
@click.option("--as-of", help="The instant of judgement, local time; default: the newest event in the data.")
@project_options
def explain(finding: str, as_of: str | None, **words: Any) -> int:
    """Explain FINDING (its fingerprint, or the beginning of it) from the same FILES: derivation, clause, cells.

    Without FILES, those of the project of this folder are read.
    """
    from auditor.project import assign
    from auditor.report.explanation import explanation

    assignment = assign(options_of(words))
    click.echo(explanation(assignment.run(as_of), finding, assignment.lang))
    return 0
