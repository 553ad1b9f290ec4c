"""The verbs: read the rules, read the data, audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.evaluate import Evaluation, RuleResult, evaluate, make_plan
from auditor.evaluate.doubts import find_doubts
from auditor.evaluate.duplicates import report_duplicates
from auditor.evaluate.finding import evidence_hashes
from auditor.evaluate.implausible import find_implausible
from auditor.evaluate.namesakes import excuse_namesakes
from auditor.evaluate.staleness import report_stale
from auditor.evaluate.unmatched import report_unmatched
from auditor.intake import Dataset, read_files
from auditor.intake.database import DatabaseSource
from auditor.intake.engine import open_engine, seal, sparing
from auditor.intake.settings import UNSAID, Settings
from auditor.kinds import World
from auditor.location import Location
from auditor.pipeline.choice import choose_instant, choose_regulations
from auditor.pipeline.consequences import draw_consequences
from auditor.pipeline.databases import passing_folder, take_snapshots
from auditor.pipeline.result import Audit, Run
from auditor.problem import InputError, NothingEvaluated, Problem, RuleError
from auditor.report.wording import REASONS
from auditor.review import Reviewed, review
from auditor.rulebook import Rulebook, read_rulebook
from auditor.version import versions

if TYPE_CHECKING:
    from auditor.history import Decision, Standing

Progress = Callable[[str, int, int], None]


def read_rules(folder: str | Path | None = None, policy: str | Path | None = None) -> Rulebook:
    """Read a rules folder (default: the shipped one); raises RuleError with every mistake in it.

    ``policy`` is a policy file to go by instead of the one in the folder.
    """
    place = Path(folder) if folder else shipped_rules()
    book, problems = read_rulebook(place)
    named = Path(policy) if policy else place / "policy.yaml"
    if policy or named.exists():
        from auditor.adjudicate import read_policy

        problems = [*problems, *read_policy(named, world=book.declared() if book else None)[1]]
    if book is None or any(problem.fatal for problem in problems):
        raise RuleError(problems)
    return book.with_policy(named) if policy else book


def shipped_rules() -> Path:
    """The folder of the rules that come with the product."""
    package = Path(__file__).parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def read_data(
    *files: str | Path,
    book: Rulebook | None = None,
    settings: Settings = UNSAID,
    databases: Sequence[DatabaseSource] = (),
    snapshots: Path | None = None,
    progress: Progress | None = None,
) -> Dataset:
    """Read files, folders, patterns and databases into a Dataset; raises InputError when one cannot be read.

    ``book`` says which record types there are (default: the shipped rules), ``settings`` what is known of the
    files. What is read from a database is kept in the folder ``snapshots`` (default: for as long as the Dataset).
    Once the data is in, nothing that is computed over it can reach another file.
    """
    book = book or read_rules()
    zone = book.calendars[book.calendars.default].zone
    paths = [path for name in files for path in expand_pattern(str(name))]
    connection = open_engine()
    refused: list[Problem] = []
    if databases:
        folder = snapshots or passing_folder(connection)
        taken, refused = take_snapshots(databases, folder, zone, settings, progress)
        paths, settings = [*paths, *taken.paths], taken.settings
    with sparing(connection):
        data, problems = read_files(
            paths,
            book.records,
            zone,
            progress=progress,
            connection=connection,
            compile_where=book.compile_where,
            settings=settings,
        )
    problems = [*refused, *problems]
    if any(problem.fatal for problem in problems):
        raise InputError(problems)
    seal(data.connection, [str(source.digest.path) for source in data.sources if source.digest])
    return replace(data, problems=tuple(problems))


def expand_pattern(name: str) -> list[Path]:
    """The files and folders that a path or pattern names, sorted; a path that names nothing stays as it is."""
    path = Path(name)
    if any(mark in name for mark in "*?[") and not path.exists():
        anchor = Path(path.anchor) if path.is_absolute() else Path()
        found = sorted(anchor.glob(str(path.relative_to(anchor)) if path.is_absolute() else name))
        if found:
            return found
    return [path]


def audit(
    book: Rulebook,
    data: Dataset,
    *,
    as_of: str | int | None = None,
    regulations: Iterable[str] | None = None,
    covers_until: Mapping[str, int] | None = None,
    decisions: Iterable[Decision] = (),
    ledger: Iterable[Standing] = (),
    progress: Progress | None = None,
) -> Audit:
    """Judge the data by the regulations in force, as of one instant (default: the newest event in the data).

    ``as_of`` is local time as text or UTC seconds; ``covers_until`` says until when (UTC seconds) the log of a
    record is known to be complete, so that rules that read it are judged no later; ``decisions`` is all that
    reviewers ever said, in its order, ``ledger`` where earlier consequences stand. Raises RuleError for an unknown
    or undecided choice of regulations or an unreadable ``as_of``, NothingEvaluated when no rule found anything to
    judge.
    """
    calendar = book.calendars[book.calendars.default]
    instant = choose_instant(as_of, data, calendar)
    covered = dict(covers_until or {})
    world = World(book.records, data.tables, book.calendars, book.calendars.default, instant, data.schema, covered)
    book = book.of(choose_regulations(book, world, regulations))
    plan = make_plan(book.entries, world)
    evaluation = evaluate(plan, book.entries, data.connection, progress=progress)
    if not evaluation.judged and not evaluation.incomplete:
        raise NothingEvaluated(_nothing(evaluation))
    doubts = [
        *find_doubts(evaluation, data, world),
        *find_implausible(data),
        *report_stale(evaluation, data, world),
        *report_duplicates(evaluation, data),
        *report_unmatched(plan, data),
    ]
    excuse_namesakes(evaluation, data)
    states = _states(evaluation, decisions, calendar.local_text(instant))
    consequences, adjudicated, more = draw_consequences(book, plan, evaluation, data, states, ledger)
    problems = (*data.problems, *doubts, *more)
    return Audit(_run(book, instant, covered), book, data, evaluation, consequences, problems, adjudicated, states)


def _states(evaluation: Evaluation, decisions: Iterable[Decision], as_of: str) -> dict[str, Reviewed]:
    """The findings that reviewers decided on, by fingerprint; waivers lapse by the day of ``as_of``."""
    log = list(decisions)
    evidence = evidence_hashes(evaluation, {one.finding_key for one in log}) if log else {}
    return review(log, evidence, date.fromisoformat(as_of[:10]))


def _run(book: Rulebook, instant: int, covers_until: Mapping[str, int]) -> Run:
    calendar = book.calendars[book.calendars.default]
    return Run(
        as_of=instant,
        as_of_text=calendar.local_text(instant),
        zone=calendar.zone,
        regulations=tuple(sorted({entry.rule.regulation for entry in book.entries})),
        rulebook=book.version,
        calendars={name: one.version for name, one in book.calendars.items()},
        versions=versions(),
        covers_until={name: calendar.local_text(covers_until[name]) for name in sorted(covers_until)},
    )


def _nothing(evaluation: Evaluation) -> list[Problem]:
    reasons = sorted({_reason(result) for result in evaluation.results})
    what = "No rule found anything to judge."
    remedy = f"What is missing: {'; '.join(reasons[:8])}. `auditor inspect FILE` shows what was understood."
    return [Problem(Location("data"), "nothing-evaluated", what, remedy, True)]


def _reason(result: RuleResult) -> str:
    """Why a rule judged nothing, in English words."""
    words = REASONS.get(result.reason, {}).get("en", result.reason)
    return f"{words}: {result.detail}" if result.detail and result.status != "off" else words
