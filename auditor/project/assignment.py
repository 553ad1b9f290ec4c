"""Assignment: everything a run needs to know, from the command line and the project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from auditor.history import History
from auditor.intake import Dataset
from auditor.intake.database.source import DatabaseSource
from auditor.intake.settings import UNSAID, Settings
from auditor.location import Location
from auditor.pipeline import Audit, audit, read_data, read_rules
from auditor.problem import AuditorError, Problem, RuleError
from auditor.project.book import project_book
from auditor.project.check import check_names, read_covers_until
from auditor.project.load import PROJECT_FILE, read_project
from auditor.project.model import Level
from auditor.project.options import Options
from auditor.project.project import Project
from auditor.project.sources import find_files, settings_of
from auditor.report.wording import Language
from auditor.rulebook import Rulebook

SNAPSHOTS = "snapshots"
"""The folder of a project that holds what was read from databases."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Report:
    """A report to be written; ``{as_of}`` in ``file`` stands for the instant of judgement.

    Its folder is made when it is the project that names it.
    """

    file: str
    lang: Language
    makes_folder: bool = False


@dataclass(frozen=True)
class Assignment:
    """What to read, by which rules to judge it, and what to write; ``covers_until`` is in UTC seconds.

    Without ``files``, the sources of the ``project`` are read. The run is kept in the folder ``history``, if any.
    """

    book: Rulebook
    files: tuple[str, ...]
    databases: tuple[DatabaseSource, ...] = ()
    settings: Settings = UNSAID
    regulations: tuple[str, ...] | None = None
    covers_until: Mapping[str, int] = field(default_factory=dict)
    reports: tuple[Report, ...] = ()
    fail_on: Level = "observation"
    lang: Language = "zh"
    project: Project | None = None
    history: Path | None = None

    def run(
        self,
        as_of: str | int | None = None,
        progress: Progress | None = None,
        history: History | None = None,
        *,
        waivers: bool = True,
    ) -> Audit:
        """Read and judge by what ``history`` knows of decisions, or as if nothing had been waived.

        Raises what ``read_data`` and ``audit`` raise.
        """
        data = self.read(progress)
        return audit(
            self.book,
            data,
            as_of=as_of,
            regulations=self.regulations,
            covers_until=self.covers_until,
            decisions=[one for one in history.decision_log() if waivers or one.decision != "waive"] if history else (),
            ledger=history.ledger() if history else (),
            progress=progress,
        )

    def read(self, progress: Progress | None = None) -> Dataset:
        """Read the files and databases; a project keeps what it read from databases.

        Raises InputError for a source that cannot be read.
        """
        files = find_files(self.project) if self.project and not self.files else self.files
        return read_data(
            *files,
            book=self.book,
            settings=self.settings,
            databases=self.databases,
            snapshots=self.project.folder / SNAPSHOTS if self.project and self.databases else None,
            progress=progress,
        )


def assign(options: Options) -> Assignment:
    """What the command line asks for, completed by the project if there is one.

    Raises RuleError with every mistake in the project and the rules.
    """
    project, problems = _find(options)
    if project is None:
        if problems:
            raise RuleError(problems)
        return _without_project(options)
    return _of_project(project, options, problems)


def _find(options: Options) -> tuple[Project | None, list[Problem]]:
    """The project that is named, or that of the current folder where no file is named."""
    if options.project is not None:
        return read_project(options.project)
    if options.files:
        return None, []
    if not Path(PROJECT_FILE).exists():
        what = f"No file was named, and there is no {PROJECT_FILE} in this folder."
        remedy = "Name the files to judge, go to the folder of a project, or make one with `auditor init DIR`."
        return None, [Problem(Location("FILES"), "no-project", what, remedy, True)]
    return read_project(Path(PROJECT_FILE))


def _without_project(options: Options) -> Assignment:
    if options.profile:
        what = "A profile belongs to a project, and there is none."
        raise RuleError([Problem(Location("--profile"), "no-project", what, "Name it with --project.", True)])
    lang = options.lang or "zh"
    return Assignment(
        book=read_rules(options.rules, options.policy),
        files=options.files,
        regulations=options.regulations,
        reports=_reports(options, (), lang),
        fail_on=options.fail_on or "observation",
        lang=lang,
        history=None if options.no_history else options.history,
    )


def _of_project(project: Project, options: Options, problems: Sequence[Problem]) -> Assignment:
    try:
        book, more = project_book(project, options)
    except AuditorError as error:
        raise RuleError([*problems, *error.problems]) from None
    covers_until, unread = read_covers_until(project, book)
    problems = [*problems, *more, *check_names(project, book), *unread]
    if any(problem.fatal for problem in problems):
        raise RuleError(sorted(problems, key=_place))
    keys, lang = project.keys, options.lang or project.keys.lang
    written = tuple(
        Report(str(project.folder / one.value.file), one.value.lang or lang, True) for one in project.outputs
    )
    return Assignment(
        book=book,
        files=options.files,
        databases=() if options.files else tuple(item.value for item in project.databases),
        settings=settings_of(project),
        regulations=options.regulations or keys.regulations or None,
        covers_until=covers_until,
        reports=_reports(options, written, lang),
        fail_on=options.fail_on or keys.fail_on,
        lang=lang,
        project=project,
        history=None if options.no_history else options.history or project.folder / keys.history,
    )


def _reports(options: Options, written: tuple[Report, ...], lang: Language) -> tuple[Report, ...]:
    return (Report(str(options.output), lang),) if options.output else written


def _place(problem: Problem) -> tuple[str, int, str]:
    where = problem.where
    return where.file, where.line or 0, str(where.column).rjust(6)
