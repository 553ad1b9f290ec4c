"""The options that a project and the command line share, and the Options they make."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from auditor.project import Options

LEVELS = ("critical", "major", "minor", "observation", "never")
Command = Callable[..., Any]

_SHARED = (
    click.option("--project", type=click.Path(path_type=Path), help="A project file; default: ./auditor.yaml."),
    click.option("--profile", help="The profile of the project that is in force."),
    click.option("--regulation", help="The regulations in force, separated by commas."),
    click.option("--rules", type=click.Path(path_type=Path), help="A rules folder instead of the shipped one."),
    click.option("--policy", type=click.Path(path_type=Path), help="A policy file instead of that of the rules."),
    click.option("--lang", type=click.Choice(["zh", "en"]), help="The language of what is written; default: zh."),
)


def project_options(command: Command) -> Command:
    """Give a command the options that go before the settings of a project."""
    for option in reversed(_SHARED):
        command = option(command)
    return command


fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="Leave with 1 when there is a finding at or above this level; default: observation.",
)


history_option = click.option(
    "--history", type=click.Path(path_type=Path), help="The folder of the history; default: that of the project."
)


def history_options(command: Command) -> Command:
    """Give a command the ``folder`` of a history: that of ``--history``, of the project, or of the current folder."""

    @history_option
    @click.option("--project", type=click.Path(path_type=Path), help="A project file; default: ./auditor.yaml.")
    @wraps(command)
    def with_folder(*, history: Path | None, project: Path | None, **words: Any) -> Any:
        from auditor.project.recording import history_folder

        return command(folder=history or history_folder(project), **words)

    return with_folder


def options_of(words: dict[str, Any]) -> Options:
    """The Options in the words of a command, those that are not among them left open."""
    from auditor.project import Options

    names = {name.strip() for name in (words.get("regulation") or "").split(",")} - {""}
    return Options(
        files=words.get("files", ()),
        project=words["project"],
        profile=words["profile"],
        regulations=tuple(sorted(names)) or None,
        rules=words["rules"],
        policy=words["policy"],
        output=words.get("output"),
        fail_on=words.get("fail_on"),
        lang=words["lang"],
        history=words.get("history"),
        no_history=words.get("no_history", False),
    )
