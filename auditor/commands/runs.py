"""``auditor runs``: the runs of a project, one of them, and what changed between two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands.settings import history_options

if TYPE_CHECKING:
    from auditor.history import History, RunRecord

_format = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)


@click.group()
def runs() -> None:
    """Show the runs that a project keeps, and what changed between two of them."""


@runs.command("list")
@_format
@history_options
def list_runs(form: str, folder: Path) -> None:
    """Every run, oldest first: its id, as of when it judges, how much it found and drew."""
    from auditor.commands.difference import run_facts
    from auditor.commands.table import as_json, columns
    from auditor.history import open_history

    with open_history(folder, write=False) as history:
        found, sizes = history.runs(), history.sizes()
    if form == "json":
        click.echo(as_json([{**run_facts(run), **_sizes(sizes[run.id])} for run in found]))
        return
    head = ("run", "as of", "regulations", "findings", "consequences", "")
    lines = [
        (run.id, run.as_of_text, ", ".join(run.regulations), *map(str, sizes[run.id]), _note(run)) for run in found
    ]
    click.echo(columns([head, *lines]))


@runs.command("show")
@click.argument("name", metavar="RUN")
@_format
@history_options
def show(name: str, form: str, folder: Path) -> None:
    """One RUN (its id, the beginning of it, last, last~1): what it read, and what each rule came to."""
    from dataclasses import asdict

    from auditor.commands.difference import run_facts
    from auditor.commands.table import as_json
    from auditor.history import open_history

    with open_history(folder, write=False) as history:
        run = history.run(name)
        sizes = history.sizes()[run.id]
    if form == "json":
        parts = {"inputs": [asdict(one) for one in run.inputs], "rules": [asdict(one) for one in run.rules]}
        click.echo(as_json({**run_facts(run), **_sizes(sizes), **parts}))
        return
    click.echo(_shown(run, sizes))


@runs.command("diff")
@click.argument("before", metavar="RUN")
@click.argument("after", metavar="RUN", default="last")
@_format
@history_options
def diff(before: str, after: str, form: str, folder: Path) -> None:
    """What changed from one RUN to another (default: the last): findings, consequences, counts of rules."""
    from auditor.commands.difference import show_difference
    from auditor.history import open_history
    from auditor.history.compare import compare

    with open_history(folder, write=False) as history:
        one, two = history.run(before), history.run(after)
        found = compare(_snapshot(history, one), _snapshot(history, two))
    show_difference(one, two, found, form)


def _snapshot(history: History, run: RunRecord) -> Any:
    from auditor.history.compare import Snapshot

    return Snapshot(run.rules, history.findings(run.id), history.consequences(run.id))


def _sizes(sizes: tuple[int, int]) -> dict[str, int]:
    return dict(zip(("findings", "consequences"), sizes, strict=True))


def _note(run: RunRecord) -> str:
    return "" if run.complete else "incomplete"


def _shown(run: RunRecord, sizes: tuple[int, int]) -> str:
    from auditor.commands.table import columns

    head = f"Run {run.id}, as of {run.as_of_text}: {sizes[0]} findings, {sizes[1]} consequences. {_note(run)}".rstrip()
    inputs = [("file", "sheet", "record", "rows", "sha256")]
    inputs += [(one.file, one.sheet, one.record, str(one.rows), one.sha256[:12]) for one in run.inputs]
    verdicts = ("pass", "fail", "pending", "not_applicable", "unknown")
    judged = [one for one in run.rules if one.status in ("judged", "error")]
    rules: list[tuple[str, ...]] = [("rule", "status", "pass", "fail", "pending", "not applicable", "unknown")]
    rules += [(one.rule, one.status, *(str(one.counts.get(name, 0)) for name in verdicts)) for one in judged]
    rest = f"{len(run.rules) - len(judged)} more rules had nothing to judge; the JSON form lists them."
    parts = (head, columns(inputs), columns(rules), *((rest,) if len(judged) < len(run.rules) else ()))
    return "\n\n".join(parts)
