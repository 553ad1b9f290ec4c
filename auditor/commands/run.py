"""``auditor run``: files or a project in, findings out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands.settings import LEVELS, fail_on_option, history_option, options_of, project_options

if TYPE_CHECKING:
    from auditor.project import Assignment


@click.command()
@click.argument("files", nargs=-1)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write a workbook (.xlsx) or document (.json).")
@click.option("--as-of", help="The instant of judgement, local time; default: the newest event in the data.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--no-history", is_flag=True, help="Keep nothing of this run in the history of the project.")
@click.option("--no-waivers", is_flag=True, help="Judge as if nothing had been waived, and keep nothing of this run.")
@click.option(
    "--fail-on-expired/--no-fail-on-expired", default=True, help="Count findings whose waiver lapsed for --fail-on."
)
@click.option(
    "--against", metavar="RUN", help="Only show what would change from this RUN of the history; keep nothing."
)
@history_option
@fail_on_option
@project_options
def run(
    as_of: str | None, form: str, against: str | None, no_waivers: bool, fail_on_expired: bool, **words: Any
) -> int:
    """Judge FILES (workbooks, CSV, Parquet, folders of them) and report findings.

    Without FILES, the project of this folder (auditor.yaml) says what is judged. Options go before what it says.
    The run of a project is kept in its history, which one run at a time may write to.
    """
    from auditor.commands.messages import recorded_line, say
    from auditor.commands.progress import shown_progress
    from auditor.project import assign, check_reports, history_of, placed, record_run, write_reports

    options = options_of(words)
    assignment = assign(options)
    if against is not None:
        return _compare(assignment, against, as_of, form)
    check_reports(assignment)
    with history_of(assignment) as history:
        with shown_progress() as progress:
            result = assignment.run(as_of, progress, history, waivers=not no_waivers)
        if history is not None:
            result = placed(assignment, result, history)
        say(result.problems)
        for report in write_reports(assignment, result):
            click.echo(f"→ {report}", err=True)
        if history is not None and not no_waivers:
            click.echo(recorded_line(record_run(assignment, result, history)), err=True)
    _show(result, form, assignment.lang)
    return _exit_code(result, assignment.fail_on, fail_on_expired)


def _compare(assignment: Assignment, against: str, as_of: str | None, form: str) -> int:
    from auditor.commands.difference import show_difference
    from auditor.commands.messages import say
    from auditor.commands.progress import shown_progress
    from auditor.project.whatif import what_if

    with shown_progress() as progress:
        before, after, found, result = what_if(assignment, against, as_of, progress)
    say(result.problems)
    show_difference(before, after, found, form)
    return 0 if result.complete else 3


def _show(result: object, form: str, lang: str) -> None:
    from rich.console import Console

    from auditor.report.json import to_json
    from auditor.report.terminal import print_summary

    if form == "json":
        click.echo(to_json(result, lang))  # type: ignore[arg-type]
        return
    print_summary(result, Console(highlight=False), lang)  # type: ignore[arg-type]


def _exit_code(result: object, fail_on: str, fail_on_expired: bool) -> int:
    from auditor.pipeline import Audit

    assert isinstance(result, Audit)
    if not result.complete:
        click.echo("\n".join(str(problem) for problem in result.problems if problem.fatal), err=True)
        for one in result.evaluation.results:
            if one.status == "error":
                click.echo(f"{one.entry.rule.id}: the rule raised an error: {one.detail}", err=True)
        return 3
    levels = () if fail_on == "never" else LEVELS[: LEVELS.index(fail_on) + 1]
    excused = result.severities_of("waived") if fail_on_expired else result.severities_of("waived", "lapsed")
    return int(any(result.severities.get(level, 0) > excused.get(level, 0) for level in levels))
