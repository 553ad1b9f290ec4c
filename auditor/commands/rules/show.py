"""``auditor rules show``: one rule in full."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.commands.rules.options import of_rulebook


@click.command("show")
@click.argument("rule_id")
@of_rulebook
def show(rule_id: str, folder: Path | None, lang: str) -> int:
    """Everything about one rule: clause, wording, parameters, examples."""
    from auditor.pipeline import read_rules
    from auditor.report.rulepage import rule_page
    from auditor.rulebook import rules_named

    book = read_rules(folder)
    (entry,) = rules_named(book, [rule_id])
    click.echo(rule_page(book, entry, lang))  # type: ignore[arg-type]
    return 0
