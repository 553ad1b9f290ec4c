"""``auditor rules``: list, show, test, lint and coverage of a rulebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def _options(command: Command) -> Command:
    command = click.option(
        "--rules", "folder", type=click.Path(path_type=Path), help="A rules folder instead of the shipped one."
    )(command)
    return click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)(command)


@click.group()
def rules() -> None:
    """List, show, test and lint rules, and show which clauses they cover."""


@rules.command("list")
@_options
@click.option("--regulation", help="Only this regulation.")
def list_rules(folder: Path | None, lang: str, regulation: str | None) -> None:
    """One line for each rule: id, severity, kind, title."""
    from auditor.pipeline import read_rules
    from auditor.report.wording import SEVERITIES

    for entry in read_rules(folder).entries:
        rule = entry.rule
        if regulation in (None, rule.regulation):
            state = "" if rule.enabled and not entry.unconfigured else " *"
            title = getattr(rule.title, lang)
            severity = SEVERITIES[rule.severity][lang]
            click.echo(f"{rule.id:<12} {severity:<8} {rule.kind:<10} {title}{state}")


@rules.command("show")
@click.argument("rule_id")
@_options
def show(rule_id: str, folder: Path | None, lang: str) -> int:
    """Everything about one rule: clause, wording, parameters, examples."""
    from auditor.pipeline import read_rules
    from auditor.report.rulepage import rule_page

    click.echo(rule_page(read_rules(folder), rule_id, lang))  # type: ignore[arg-type]
    return 0


@rules.command("test")
@click.argument("ids", nargs=-1)
@_options
def test(ids: tuple[str, ...], folder: Path | None, lang: str) -> int:
    """Judge the examples of all rules (or of IDS) and list every one that gets another verdict."""
    from auditor.evaluate.rehearse import rehearse
    from auditor.pipeline import read_rules
    from auditor.report.rulepage import rule_named

    book = read_rules(folder)
    chosen = [rule_named(book, rule_id) for rule_id in ids] or book.entries
    problems = [problem for _, found in rehearse(book, chosen) for problem in found]
    for problem in problems:
        click.echo(str(problem), err=True)
    examples = sum(len(entry.examples) for entry in chosen)
    click.echo(f"{len(chosen)} rules, {examples} examples, {len(problems)} differences")
    return 2 if problems else 0


@rules.command("lint")
@_options
def lint_rules(folder: Path | None, lang: str) -> int:
    """Every mistake and weakness in the rules folder."""
    from auditor.pipeline import read_rules
    from auditor.rulebook import lint

    book = read_rules(folder)
    problems = lint(book)
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(f"{len(book.entries)} rules, {len(problems)} problems")
    return 2 if problems else 0


@rules.command("coverage")
@_options
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def coverage_table(folder: Path | None, lang: str, form: str) -> int:
    """Clause by clause, which rules check it; leaves with 2 when a checkable clause has none."""
    from auditor.pipeline import read_rules
    from auditor.report.coverage import coverage_json, coverage_text
    from auditor.rulebook import coverage

    parts = coverage(read_rules(folder))
    click.echo(coverage_json(parts) if form == "json" else coverage_text(parts))
    return 2 if any(part.uncovered or part.uncited for part in parts) else 0
