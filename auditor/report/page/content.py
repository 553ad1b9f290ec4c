"""Content: what stands on the page, taken from the audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from auditor.adjudicate import Consequence
from auditor.evaluate import RuleResult
from auditor.evaluate.finding import fetch_findings
from auditor.kinds import Verdict
from auditor.problem import Problem
from auditor.report.because import because
from auditor.report.page.charts import bars
from auditor.report.proposal import amount_words, measure_words, state_words
from auditor.report.reviewing import decision_words, review_totals
from auditor.report.tailored import project_line
from auditor.report.telling import Told, tell
from auditor.report.terminal import open_points, percent
from auditor.report.texts import text
from auditor.report.totals import Counts, all_counts, rate, worst_rules, worst_subjects
from auditor.report.wording import SEVERITIES, Language

if TYPE_CHECKING:
    from auditor.history import Decision
    from auditor.pipeline import Audit

WORST = 10
MOST_PROBLEMS = 300


class Content:
    """One audit in one language, asked for piece by piece by the template."""

    def __init__(self, audit: Audit, lang: Language) -> None:
        self.audit = audit
        self.lang: Language = lang
        self.counts = all_counts(audit.evaluation.results)
        self.severities = audit.severities

    @property
    def project(self) -> str | None:
        """The project and its profile, in a line; None without a project."""
        tailoring = self.audit.book.tailoring
        return project_line(tailoring, self.lang) if tailoring else None

    def text(self, key: str) -> str:
        """A text of the reports in this language."""
        return text(key, self.lang)

    @property
    def titles(self) -> str:
        """The regulations in force."""
        names = [getattr(self.audit.book.regulations[name].title, self.lang) for name in self.audit.run.regulations]
        return ("、" if self.lang == "zh" else ", ").join(names)

    @property
    def covers(self) -> str:
        """The first and last day of the data."""
        span = self.audit.data.covers
        days = [self.audit.calendar.local_text(instant)[:10] for instant in span or ()]
        return text("to", self.lang).join(days) or "—"

    @property
    def rate(self) -> str:
        """The compliance rate over everything that was decided."""
        return percent_of(self.counts)

    def findings(self, most: int) -> Iterator[Told]:
        """The gravest findings in words."""
        return tell(self.audit, fetch_findings(self.audit.evaluation, most), self.lang)

    @property
    def reviews(self) -> str:
        """How many findings are in each state of review."""
        return review_totals(self.audit, self.lang)

    def decided(self, decision: Decision) -> str:
        """A decision in words."""
        return decision_words(decision, self.lang)

    def moment(self, instant: int | None) -> str:
        """An instant (UTC seconds) as local wall time."""
        return "—" if instant is None else self.audit.calendar.local_text(instant)

    def results(self, *, judged: bool) -> list[RuleResult]:
        """The rules that were judged, most failures first, or the others in the order of the rulebook."""
        found = [result for result in self.audit.evaluation.results if (result.status == "judged") is judged]
        return sorted(found, key=lambda one: -one.counts[Verdict.FAIL]) if judged else found

    def share(self, result: RuleResult) -> str:
        """The rate of one rule."""
        return "—" if result.rate is None else percent(result.rate)

    @cached_property
    def open_points(self) -> list[tuple[str, int]]:
        """What could not be judged, and why."""
        return open_points(self.audit, self.lang)

    @property
    def consequences(self) -> Sequence[Consequence]:
        """What is proposed."""
        return self.audit.consequences

    def measure(self, consequence: Consequence) -> str:
        """What is proposed, in words."""
        return measure_words(consequence, self.lang)

    def state(self, consequence: Consequence) -> str:
        """Where it stands, and if it is held, why."""
        return state_words(consequence, self.lang)

    def amount(self, cents: int) -> str:
        """An amount in yuan."""
        return amount_words(cents)

    def because(self, consequence: Consequence) -> list[str]:
        """The chain of reasons of a consequence."""
        return because(consequence, self._policies, self.lang)

    @cached_property
    def _policies(self) -> dict[str, str]:
        from auditor.adjudicate import read_policy

        policy = read_policy(self.audit.book.policy)[0] if self.audit.book.policy else None
        return {each.id: getattr(each.title, self.lang) for each in policy.policies} if policy else {}

    @property
    def problems(self) -> Sequence[Problem]:
        """The first problems of the data."""
        return self.audit.problems[:MOST_PROBLEMS]

    @cached_property
    def charts(self) -> list[tuple[str, Markup]]:
        """(title, drawing) of every chart that has anything to show."""
        found = (self._by_severity(), self._by_rule(), self._by_subject())
        return [(title, Markup(bars(title, rows, greatest))) for title, rows, greatest in found if rows]

    def _by_severity(self) -> tuple[str, list[tuple[str, float, str]], float]:
        rows = [(SEVERITIES[name][self.lang], float(count), str(count)) for name, count in self.severities.items()]
        return text("by-severity", self.lang), rows, max((row[1] for row in rows), default=1)

    def _by_rule(self) -> tuple[str, list[tuple[str, float, str]], float]:
        worst = worst_rules(self.audit.evaluation.results, WORST)
        rows = [
            self._bar(f"{one.entry.rule.id} {getattr(one.entry.rule.title, self.lang)}", one.counts) for one in worst
        ]
        return text("worst-rules", self.lang), rows, max((row[1] for row in rows), default=1)

    def _by_subject(self) -> tuple[str, list[tuple[str, float, str]], float]:
        worst = worst_subjects(self.audit.evaluation, WORST)
        rows = [self._bar(subject or text("nobody", self.lang), counts) for subject, counts in worst]
        return text("worst-subjects", self.lang), rows, max((row[1] for row in rows), default=1)

    def _bar(self, name: str, counts: Counts) -> tuple[str, float, str]:
        failed = counts[Verdict.FAIL]
        return name, float(failed), f"{failed} ({percent_of(counts)})"


def percent_of(counts: Counts) -> str:
    """The compliance rate of five counts, or a dash."""
    value = rate(counts)
    return "—" if value is None else percent(value)
