"""The options that every command on rules has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def of_rulebook(command: Command) -> Command:
    """``--rules`` and ``--lang``."""
    command = click.option(
        "--rules", "folder", type=click.Path(path_type=Path), help="A rules folder instead of the shipped one."
    )(command)
    return click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)(command)


def of_regulation(command: Command) -> Command:
    """``--regulation``."""
    return click.option("--regulation", help="Only this regulation.")(command)
