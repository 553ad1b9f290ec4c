"""``auditor ledger``: where each consequence stands, and the next step of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands.settings import history_options

if TYPE_CHECKING:
    from auditor.history import Standing, State

_format = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
_STEPS: tuple[tuple[str, State, str], ...] = (
    ("approve", "approved", "Approve proposed consequences."),
    ("reject", "rejected", "Reject proposed consequences."),
    ("apply", "applied", "Say that approved consequences were carried out."),
    ("appeal", "appealed", "Appeal against consequences in force; the person concerned may."),
    ("uphold", "upheld", "Uphold consequences after an appeal."),
    ("reverse", "reversed", "Reverse consequences after an appeal."),
)


@click.group()
def ledger() -> None:
    """Show rewards and penalties that were proposed, and take the next step. No entry is ever changed or deleted."""


@ledger.command("list")
@click.option("--state", help="Only those in this state, e.g. proposed.")
@click.option("--subject", help="Only those of this person or role.")
@_format
@history_options
def list_ledger(state: str | None, subject: str | None, form: str, folder: Path) -> None:
    """Every consequence that was ever proposed, and where it stands."""
    from auditor.commands.table import as_json, columns
    from auditor.history import open_history

    with open_history(folder, write=False) as history:
        found = [one for one in history.ledger() if state in (None, one.state)]
    found = [one for one in found if subject in (None, one.consequence.subject)]
    if form == "json":
        click.echo(as_json([_document(one) for one in found]))
        return
    head = ("key", "state", "since", "subject", "period", "kind", "measure", "points", "amount")
    click.echo(columns([head, *map(_line, found)]))


@ledger.command("show")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@_format
@history_options
def show(keys: tuple[str, ...], form: str, folder: Path) -> None:
    """Every step of the consequences with these KEYs, or beginnings of keys."""
    from auditor.commands.table import as_json, columns
    from auditor.history import open_history
    from auditor.history.ledger import find_standings

    with open_history(folder, write=False) as history:
        found = find_standings(history.ledger(), keys)
    if form == "json":
        click.echo(as_json([_document(one) for one in found]))
        return
    for one in found:
        click.echo("  ".join(_line(one)))
        steps = [(str(entry.on), entry.state, entry.by, entry.why, ", ".join(entry.findings)) for entry in one.entries]
        click.echo(columns([("", *step) for step in steps]))


def _line(standing: Standing) -> tuple[str, ...]:
    one, last = standing.consequence, standing.entries[-1]
    return (
        one.key, standing.state, str(last.on), one.subject, one.period or "-", one.kind, one.measure or "-",
        str(one.points), f"{one.amount / 100:.2f}" if one.amount else "-",
    )  # fmt: skip


def _document(standing: Standing) -> dict[str, Any]:
    from dataclasses import asdict

    entries = [asdict(entry) for entry in standing.entries]
    drawn = {**asdict(standing.consequence), "drawn": standing.consequence.state}
    return {**drawn, "state": standing.state, "entries": entries}


def _step(name: str, state: State, text: str) -> click.Command:
    """The command that takes one kind of step."""

    @click.command(name, help=f"{text} KEYs may be cut short where one consequence alone begins so.")
    @click.argument("keys", nargs=-1, required=True, metavar="KEY...")
    @click.option("--by", required=True, help="Who takes the step.")
    @click.option("--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day of the step: 2025-07-01.")
    @click.option("--why", required=True, help="The reason.")
    @history_options
    def command(keys: tuple[str, ...], by: str, on: datetime, why: str, folder: Path) -> None:
        from auditor.history import open_history

        with open_history(folder, write=True) as history:
            entries = history.advance(keys, state, by, on.date(), why)
        for entry in entries:
            click.echo(f"{entry.key}  {entry.state}  {entry.on}  {entry.by}: {entry.why}")

    return command


for one in _STEPS:
    ledger.add_command(_step(*one))
