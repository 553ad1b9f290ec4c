"""``auditor rules lint``: every weakness of the rules, by themselves or on data."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.commands.rules.options import of_regulation, of_rulebook


@click.command("lint")
@click.option("--on", "worlds", multiple=True, help="A file, folder or pattern of data in which rules should fail.")
@click.option("--as-of", help="The instant at which that data is judged, local time; default: its newest event.")
@of_rulebook
@of_regulation
def lint(
    worlds: tuple[str, ...], as_of: str | None, folder: Path | None, lang: str, regulation: str | None
) -> int:  # fmt: skip
    """Every mistake and weakness in the rules folder; with --on also the rules that never apply or never fail."""
    from auditor.pipeline import idle_rules, read_rules
    from auditor.rulebook import lint as weaknesses
    from auditor.rulebook import rules_named

    book = read_rules(folder)
    chosen = rules_named(book, (), regulation)
    problems = weaknesses(book, regulation)
    if worlds:
        problems += idle_rules(book, chosen, worlds, as_of)
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(f"{len(chosen)} rules, {len(problems)} problems")
    return 2 if problems else 0
