"""``auditor rules``: what can be asked of a rulebook."""

from __future__ import annotations

import click

from auditor.commands.rules.cover import cover
from auditor.commands.rules.lint import lint
from auditor.commands.rules.list import list_rules
from auditor.commands.rules.refer import refer
from auditor.commands.rules.show import show
from auditor.commands.rules.test import test


@click.group()
def rules() -> None:
    """List, show, test and lint rules, and show which clauses they cover."""


for command in (list_rules, show, test, lint, cover, refer):
    rules.add_command(command)
