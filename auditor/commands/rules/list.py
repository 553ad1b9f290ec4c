"""``auditor rules list``: one line for each rule."""

from __future__ import annotations

from pathlib import Path

import click

from auditor.commands.rules.options import of_regulation, of_rulebook


@click.command("list")
@of_rulebook
@of_regulation
def list_rules(folder: Path | None, lang: str, regulation: str | None) -> None:
    """One line for each rule: id, severity, kind, title."""
    from auditor.pipeline import read_rules
    from auditor.report.wording import SEVERITIES
    from auditor.rulebook import rules_named

    for entry in rules_named(read_rules(folder), (), regulation):
        rule = entry.rule
        state = "" if rule.enabled and not entry.unconfigured else " *"
        title = getattr(rule.title, lang)
        severity = SEVERITIES[rule.severity][lang]
        click.echo(f"{rule.id:<12} {severity:<8} {rule.kind:<10} {title}{state}")
