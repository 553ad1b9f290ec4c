"""``auditor review``: what managers decided on findings comes back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from auditor.commands.settings import history_option, options_of, project_options

if TYPE_CHECKING:
    from auditor.project.reviewing import Imported
    from auditor.report.wording import Language
    from auditor.review.listing import Listed

STATES = ("open", "confirmed", "waived", "disputed", "lapsed", "evidence_changed")
_format = click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
_on = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which waivers are in force; default: of the last run."
)


@click.group()
def review() -> None:
    """Take in what managers decided on findings, and show what was decided. No decision is ever changed or deleted."""


@review.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would be taken in, and keep nothing.")
@_format
@history_option
@project_options
def import_(file: Path, dry_run: bool, form: str, **words: Any) -> int:
    """Take in the decisions of FILE, a report that somebody filled in (.xlsx, or .csv saved from it).

    Leaves with 1 when a row was rejected, with 2 when the file as a whole cannot be taken.
    """
    from auditor.commands.table import as_json
    from auditor.project.reviewing import import_review, review_desk
    from auditor.review.told import import_document

    desk = review_desk(options_of(words))
    imported = import_review(desk, file, dry_run=dry_run)
    if form == "json":
        about = {"file": str(file), "sha256": imported.sha256, "dry_run": dry_run}
        click.echo(as_json({**about, **import_document(imported.taken, desk.lang)}))
    else:
        _print(imported, desk.lang)
    return int(bool(imported.taken.rejected))


def _print(imported: Imported, lang: Language) -> None:
    from auditor.review.told import counts, edit_lines, rejected_lines

    for line in (*edit_lines(imported.taken, lang), *rejected_lines(imported.taken, lang)):
        click.echo(line, err=True)
    if imported.rejects:
        click.echo(f"→ {imported.rejects}", err=True)
    click.echo(counts(imported.taken, lang))


@review.command("list")
@click.option("--state", type=click.Choice(STATES), help="Only those in this state; default: all but open.")
@click.option("--expiring-in", type=click.IntRange(0), metavar="DAYS", help="Only waivers that lapse within DAYS.")
@_on
@_format
@history_option
@project_options
def list_(state: str | None, expiring_in: int | None, on: datetime | None, form: str, **words: Any) -> None:
    """Every finding that was decided on, with the decisions that count or, where none does, the old ones."""
    from auditor.commands.table import as_json, columns
    from auditor.history import open_history
    from auditor.project.reviewing import review_desk
    from auditor.review.listing import expiring, known, list_reviews

    desk = review_desk(options_of(words))
    with open_history(desk.folder, write=False) as history:
        what = known(history)
    day = _day(on, what.day)
    found = [one for one in list_reviews(what, day) if state in (None, one.reviewed.state)]
    if state is None:
        found = [one for one in found if one.reviewed.decisions]
    if expiring_in is not None:
        found = [one for one in found if expiring(one, day, expiring_in)]
    if form == "json":
        click.echo(as_json([_document(one) for one in found]))
    elif found:
        click.echo(columns([_line(one, desk.lang) for one in found]))


@review.command("lint")
@_on
@history_option
@project_options
def lint_(on: datetime | None, **words: Any) -> int:
    """Waivers to look at again: without a finding, lapsed, too long, of changed evidence, of one's own findings."""
    from auditor.history import open_history
    from auditor.project.reviewing import review_desk, waivable_days
    from auditor.review.listing import known, lint

    desk = review_desk(options_of(words))
    with open_history(desk.folder, write=False) as history:
        what = known(history)
    found = list(lint(what, _day(on, what.day), waivable_days(desk.book)))
    for one, said, remedy in found:
        click.echo(f"{one.finding_key} ({one.reviewer} {one.decided_on}): {said} {remedy}")
    return int(bool(found))


def _day(on: datetime | None, last: date | None) -> date:
    from auditor.location import Location
    from auditor.problem import Problem, RuleError

    day = on.date() if on else last
    if day is None:
        what = "The history holds no run, so there is no day to look at."
        raise RuleError([Problem(Location("--on"), "no-day", what, "Write --on 2025-06-30.", True)])
    return day


def _line(one: Listed, lang: Language) -> tuple[str, ...]:
    from auditor.report.reviewing import decision_words
    from auditor.report.texts import text

    rule, subject = (one.finding.rule, one.finding.subject or "-") if one.finding else ("-", "-")
    said = " / ".join(decision_words(each, lang) for each in one.reviewed.decisions)
    return one.key, text(f"review.{one.reviewed.state}", lang), rule, subject, said


def _document(one: Listed) -> dict[str, Any]:
    from auditor.report.json import review_document

    return {
        "finding": one.key,
        "in_last_run": one.finding is not None,
        "rule": one.finding.rule if one.finding else None,
        "subject": one.finding.subject if one.finding else None,
        **review_document(one.reviewed),
    }
