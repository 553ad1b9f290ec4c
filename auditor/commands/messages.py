"""Messages on standard error: the problems of an input, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditor.problem import Problem

MOST_PROBLEMS = 20


def say(problems: Sequence[Problem]) -> None:
    """Print the first problems, how many cells each stands for, and how many more there are."""
    for problem in problems[:MOST_PROBLEMS]:
        times = f" ({problem.count} times)" if problem.count > 1 else ""
        click.echo(f"{problem}{times}", err=True)
    if len(problems) > MOST_PROBLEMS:
        click.echo(f"... and {len(problems) - MOST_PROBLEMS} more; the report lists them all.", err=True)
