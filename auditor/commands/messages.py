"""Messages on standard error: the problems of an input, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from auditor.history import Recorded
    from auditor.problem import Problem

MOST_PROBLEMS = 20


def say(problems: Sequence[Problem]) -> None:
    """Print the first problems, how many cells each stands for, and how many more there are."""
    for problem in problems[:MOST_PROBLEMS]:
        times = f" ({problem.count} times)" if problem.count > 1 else ""
        click.echo(f"{problem}{times}", err=True)
    if len(problems) > MOST_PROBLEMS:
        click.echo(f"... and {len(problems) - MOST_PROBLEMS} more; the report lists them all.", err=True)


def recorded_line(recorded: Recorded) -> str:
    """What became of a run in the history, in one line."""
    if not recorded.new:
        return f"Run {recorded.run} is in the history already."
    did = {
        "proposed": recorded.proposed,
        "proposed again": recorded.again,
        "reversed": recorded.reversed,
        "replaced": recorded.replaced,
        "to be looked at (their findings are owed or charged no more)": recorded.doubtful,
    }
    told = [
        f"{len(keys)} {word}: {', '.join(keys[:5])}{' ...' * (len(keys) > 5)}" for word, keys in did.items() if keys
    ]
    return f"Run {recorded.run} is in the history" + (f"; consequences: {'; '.join(told)}." if told else ".")
