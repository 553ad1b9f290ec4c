"""``auditor rules coverage``: which clauses are checked, and by which rules."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.commands.rules.options import of_regulation, of_rulebook


@click.command("coverage")
@of_rulebook
@of_regulation
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def cover(folder: Path | None, lang: str, regulation: str | None, form: str) -> int:
    """Clause by clause, which rules check it; leaves with 2 when a checkable clause has none."""
    from auditor.pipeline import read_rules
    from auditor.report.coverage import coverage_json, coverage_text
    from auditor.rulebook import coverage

    parts = coverage(read_rules(folder), regulation)
    click.echo(coverage_json(parts) if form == "json" else coverage_text(parts))
    return 2 if any(part.uncovered or part.uncited for part in parts) else 0
