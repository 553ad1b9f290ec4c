"""``auditor run``: files in, findings out."""

from __future__ import annotations

from pathlib import Path

import click

LEVELS = ("critical", "major", "minor", "observation", "never")


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write a workbook (.xlsx) or document (.json).")
@click.option("--regulation", help="The regulations in force, separated by commas.")
@click.option("--rules", "folder", type=click.Path(path_type=Path), help="A rules folder instead of the shipped one.")
@click.option("--as-of", help="The instant of judgement, local time; default: the newest event in the data.")
@click.option("--fail-on", type=click.Choice(LEVELS), default="observation", show_default=True,
              help="Leave with 1 when there is a finding at or above this level.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def run(
    files: tuple[str, ...], output: Path | None, regulation: str | None, folder: Path | None, as_of: str | None,
    fail_on: str, form: str, lang: str,
) -> int:  # fmt: skip
    """Judge FILES (workbooks, CSV, Parquet, folders of them) and report findings."""
    from auditor.commands.messages import say
    from auditor.commands.progress import shown_progress
    from auditor.pipeline import audit, read_data, read_rules

    if output:
        from auditor.report import check_target

        check_target(output)
    book = read_rules(folder)
    named = [name.strip() for name in regulation.split(",") if name.strip()] if regulation else None
    with shown_progress() as progress:
        data = read_data(*files, book=book, progress=progress)
        result = audit(book, data, as_of=as_of, regulations=named, progress=progress)
    say(result.problems)
    if output:
        from auditor.report import write

        write(result, output, lang=lang)  # type: ignore[arg-type]
        click.echo(f"→ {output}", err=True)
    _show(result, form, lang)
    return _exit_code(result, fail_on)


def _show(result: object, form: str, lang: str) -> None:
    from rich.console import Console

    from auditor.report.json import to_json
    from auditor.report.terminal import print_summary

    if form == "json":
        click.echo(to_json(result, lang))  # type: ignore[arg-type]
        return
    print_summary(result, Console(highlight=False), lang)  # type: ignore[arg-type]


def _exit_code(result: object, fail_on: str) -> int:
    from auditor.pipeline import Audit

    assert isinstance(result, Audit)
    if not result.complete:
        click.echo("\n".join(str(problem) for problem in result.problems if problem.fatal), err=True)
        for one in result.evaluation.results:
            if one.status == "error":
                click.echo(f"{one.entry.rule.id}: the rule raised an error: {one.detail}", err=True)
        return 3
    levels = () if fail_on == "never" else LEVELS[: LEVELS.index(fail_on) + 1]
    return int(any(result.severities.get(level) for level in levels))
