"""The whole pipeline on one screen.

rules folder -> Rulebook, files -> Dataset, both -> verdicts -> findings -> consequences -> Audit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from auditor.adjudicate import Consequence, adjudicate, read_policy
from auditor.adjudicate.gather import gather_tallies
from auditor.calendar import Calendar
from auditor.evaluate import Evaluation, RuleResult, evaluate, make_plan
from auditor.evaluate.evidence import Cells, fetch_evidence
from auditor.evaluate.finding import Finding, count_severities, fetch_findings
from auditor.intake import Dataset, read_files
from auditor.kinds import World
from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import InputError, NothingEvaluated, Problem, RuleError
from auditor.report.wording import REASONS
from auditor.rulebook import Rulebook, read_rulebook
from auditor.version import versions

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Run:
    """What was run on what: enough to do it again and get the same bytes. ``as_of`` is UTC seconds."""

    as_of: int
    as_of_text: str
    zone: str
    regulations: tuple[str, ...]
    rulebook: str
    calendars: dict[str, str]
    versions: dict[str, str]


@dataclass(frozen=True)
class Audit:
    """The result of a run: results by rule, findings, consequences, and what was wrong with the input."""

    run: Run
    book: Rulebook
    data: Dataset
    evaluation: Evaluation
    consequences: tuple[Consequence, ...]
    problems: tuple[Problem, ...] = field(repr=False)

    @property
    def calendar(self) -> Calendar:
        """The calendar in whose zone times are shown."""
        return self.book.calendars[self.book.calendars.default]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, gravest first."""
        return tuple(fetch_findings(self.evaluation))

    @property
    def finding_count(self) -> int:
        """How many findings there are, without fetching them."""
        return sum(self.severities.values())

    @property
    def severities(self) -> dict[str, int]:
        """How many findings there are of each severity that occurs, gravest first."""
        return count_severities(self.evaluation)

    def evidence(self, findings: Sequence[Finding]) -> dict[str, tuple[Cells, ...]]:
        """The cells behind findings, by fingerprint."""
        return fetch_evidence(self.evaluation, findings, self.data.tables, self.calendar, self.data.schema)


def read_rules(folder: str | Path | None = None) -> Rulebook:
    """Read a rules folder (default: the shipped one); raises RuleError with every mistake in it."""
    place = Path(folder) if folder else shipped_rules()
    book, problems = read_rulebook(place)
    if (place / "policy.yaml").exists():
        problems = [*problems, *read_policy(place / "policy.yaml")[1]]
    if book is None or any(problem.fatal for problem in problems):
        raise RuleError(problems)
    return book


def shipped_rules() -> Path:
    """The folder of the rules that come with the product."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"


def read_data(*files: str | Path, book: Rulebook | None = None, progress: Progress | None = None) -> Dataset:
    """Read files, folders or patterns into a Dataset; raises InputError when one of them cannot be read.

    ``book`` says which record types there are (default: the shipped rules).
    """
    book = book or read_rules()
    zone = book.calendars[book.calendars.default].zone
    paths = [path for name in files for path in _expand(str(name))]
    data, problems = read_files(paths, book.records, zone, progress=progress, compile_where=book.compile_where)
    if any(problem.fatal for problem in problems):
        raise InputError(problems)
    return replace(data, problems=tuple(problems))


def _expand(name: str) -> list[Path]:
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
    progress: Progress | None = None,
) -> Audit:
    """Judge the data by the regulations in force, as of one instant (default: the newest event in the data).

    ``as_of`` is local time as text or UTC seconds. Raises RuleError for an unknown or undecided choice of
    regulations or an unreadable ``as_of``, NothingEvaluated when no rule found anything to judge.
    """
    calendar = book.calendars[book.calendars.default]
    instant = _instant(as_of, data, calendar)
    world = World(book.records, data.tables, book.calendars, book.calendars.default, instant, data.schema)
    book = book.of(_in_force(book, world, regulations))
    plan = make_plan(book.entries, world)
    evaluation = evaluate(plan, book.entries, data.connection, progress=progress)
    if not evaluation.judged and not evaluation.incomplete:
        raise NothingEvaluated(_nothing(evaluation))
    consequences, more = _consequences(book, evaluation, calendar)
    run = Run(
        instant, calendar.local_text(instant), calendar.zone, tuple(sorted({e.rule.regulation for e in book.entries})),
        book.version, {name: one.version for name, one in book.calendars.items()}, versions(),
    )  # fmt: skip
    return Audit(run, book, data, evaluation, tuple(consequences), (*data.problems, *more))


def _instant(as_of: str | int | None, data: Dataset, calendar: Calendar) -> int:
    if isinstance(as_of, int):
        return as_of
    if as_of is None:
        newest = data.newest()
        return newest if newest is not None else 0
    try:
        return calendar.parse_local(as_of)[0]
    except ValueError:
        what = f"'{as_of}' is not a date or time."
        raise RuleError(
            [Problem(Location("--as-of"), "as-of", what, "Write 2025-06-30 or '2025-06-30 18:00'.", True)]
        ) from None


def _in_force(book: Rulebook, world: World, named: Iterable[str] | None) -> tuple[str, ...]:
    """The regulations to run: those named, or the only one whose rules find their records in the data."""
    known = sorted({entry.rule.regulation for entry in book.entries})
    if named is not None:
        chosen = tuple(named)
        for name in chosen:
            if name not in known:
                what = f"There is no regulation '{name}'."
                where = Location("--regulation")
                raise RuleError([Problem(where, "unknown-regulation", what, nearest(name, known), True)])
        return chosen
    counts: dict[str, int] = {}
    for group in make_plan(book.entries, world).groups:
        for member in group.members:
            name = member.entry.rule.regulation
            counts[name] = counts.get(name, 0) + 1
    if len(counts) > 1:
        listed = ", ".join(f"{name} ({count} rule{'s' * (count > 1)})" for name, count in sorted(counts.items()))
        what = f"Several regulations could judge these records: {listed}."
        remedy = "Say which are in force, e.g. --regulation " + sorted(counts)[0] + "."
        raise RuleError([Problem(Location("--regulation"), "regulation-open", what, remedy, True)])
    return tuple(counts) or tuple(known)


def _nothing(evaluation: Evaluation) -> list[Problem]:
    reasons = sorted({_reason(result) for result in evaluation.results})
    what = "No rule found anything to judge."
    remedy = f"What is missing: {'; '.join(reasons[:8])}. `auditor inspect FILE` shows what was understood."
    return [Problem(Location("data"), "nothing-evaluated", what, remedy, True)]


def _reason(result: RuleResult) -> str:
    """Why a rule judged nothing, in English words."""
    words = REASONS.get(result.reason, {}).get("en", result.reason)
    return f"{words}: {result.detail}" if result.detail and result.status != "off" else words


def _consequences(
    book: Rulebook, evaluation: Evaluation, calendar: Calendar
) -> tuple[list[Consequence], list[Problem]]:
    if book.policy is None:
        return [], []
    policy, problems = read_policy(book.policy)
    if policy is None or any(problem.fatal for problem in problems):
        raise RuleError(problems)
    found, more = adjudicate(policy, gather_tallies(evaluation, calendar), [])
    return found, [*problems, *more]
