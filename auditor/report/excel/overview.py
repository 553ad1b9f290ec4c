"""总览: what was checked and what could not be, the result, and where it is worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.evaluate import RuleResult
from auditor.kinds import Verdict, outcome_of
from auditor.report.excel.canvas import Canvas
from auditor.report.excel.look import Look
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.page import protect
from auditor.report.excel.pen import Pen
from auditor.report.excel.rules import why_unjudged
from auditor.report.excel.run import period
from auditor.report.reviewing import review_totals
from auditor.report.tailored import project_line
from auditor.report.texts import text
from auditor.report.totals import Counts, all_counts, rate, worst_rules, worst_subjects
from auditor.report.wording import OUTCOMES, SEVERITIES, STATUSES, VERDICTS, Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

WORST = 10

Shown = tuple[object, Look] | None

_WIDTHS = (20, 46, 13, 10, 10, 10, 10, 12, 10)
_LAST = len(_WIDTHS) - 1
_NAME = (0, 2)
"""The columns that hold the name of a line."""
_COUNTED = (Verdict.FAIL, Verdict.PASS, Verdict.PENDING, Verdict.NOT_APPLICABLE, Verdict.UNKNOWN)


def write_overview(audit: Audit, problems: int, sheet: Sheet, pen: Pen, lang: Language) -> None:
    """Fill the sheet; ``problems`` is how many lines the sheet of data problems has."""
    canvas = Canvas(sheet, pen, _WIDTHS)
    canvas.title(text("report", lang))
    _checked(audit, problems, canvas, lang)
    _result(audit, canvas, lang)
    _severities(audit, canvas, lang)
    _worst_rules(audit, canvas, lang)
    _worst_subjects(audit, canvas, lang)
    _not_judged(audit, canvas, lang)
    _undecided(audit, canvas, lang)
    protect(sheet)


def _checked(audit: Audit, problems: int, canvas: Canvas, lang: Language) -> None:
    canvas.section(text("checked", lang))
    sources = audit.data.sources
    rows = {
        "read": sum(source.rows_read for source in sources),
        "kept": sum(source.rows_kept for source in sources),
        "aside": sum(source.rows_set_aside for source in sources),
    }
    facts = {
        **({"project": project_line(audit.book.tailoring, lang)} if audit.book.tailoring else {}),
        "as-of": f"{audit.run.as_of_text} ({audit.run.zone})",
        "regulations": ", ".join(getattr(audit.book.regulations[name].title, lang) for name in audit.run.regulations),
        "data": text("data.rows", lang).format(sources=len(sources), problems=problems, **rows),
        "covers": period(audit, audit.data.covers, lang),
        "scope": _scope(audit, lang),
        "complete": text("complete.no" if audit.evaluation.incomplete else "complete.yes", lang),
        **({"reviews": review_totals(audit, lang)} if audit.states else {}),
        "rulebook": f"{audit.run.rulebook} · auditor {audit.run.versions['auditor']}",
    }
    for key, fact in facts.items():
        canvas.row([(text(key, lang), Look.LABEL), (fact, Look.WRAPPED)], spread=(1, _LAST))


def _scope(audit: Audit, lang: Language) -> str:
    """How many rules were judged, and how many were not, by status."""
    counts = dict.fromkeys(STATUSES, 0)
    for result in audit.evaluation.results:
        counts[result.status] += 1
    return " · ".join(f"{STATUSES[status][lang]} {count}" for status, count in counts.items() if count)


def _result(audit: Audit, canvas: Canvas, lang: Language) -> None:
    canvas.section(text("result", lang))
    canvas.header(_header(["", None, None], lang), spread=_NAME)
    label: list[Shown] = [(text("obligations", lang), Look.LABEL), None, None]
    canvas.row([*label, *_counts(all_counts(audit.evaluation.results))], spread=_NAME)
    canvas.row([(text("rate-note", lang), Look.NOTE)], spread=(0, _LAST))


def _header(names: list[str | None], lang: Language) -> list[str | None]:
    return [*names, *(VERDICTS[verdict][lang] for verdict in _COUNTED), text("rate", lang)]


def _counts(counts: Counts) -> list[Shown]:
    """The five counts, failures in red, and the rate."""
    looks = dict.fromkeys(_COUNTED, Look.COUNT)
    if counts.get(Verdict.FAIL, 0):
        looks[Verdict.FAIL] = Look.ALARM
    return [*((counts.get(verdict, 0), look) for verdict, look in looks.items()), _rate(rate(counts))]


def _rate(value: float | None) -> Shown:
    return ("—", Look.CENTRED) if value is None else (value, Look.RATE)


def _severities(audit: Audit, canvas: Canvas, lang: Language) -> None:
    canvas.section(text("by-severity", lang))
    found = audit.severities
    provisional: dict[str, int] = {}
    for finding in audit.findings:
        if finding.provisional:
            provisional[finding.severity] = provisional.get(finding.severity, 0) + 1
    heads = [text("severity", lang), None, None, VERDICTS["fail"][lang], text("of-which-provisional", lang)]
    canvas.header(heads, spread=_NAME)
    for name, words in SEVERITIES.items():
        counts: list[Shown] = [(found.get(name, 0), Look.COUNT), (provisional.get(name, 0), Look.COUNT)]
        canvas.row([(words[lang], Look(name)), ("", Look.TEXT), ("", Look.TEXT), *counts])


def _worst_rules(audit: Audit, canvas: Canvas, lang: Language) -> None:
    worst = worst_rules(audit.evaluation.results, WORST)
    if not worst:
        return
    canvas.section(text("worst-rules", lang))
    canvas.header(_header([text("rule", lang), text("title", lang), text("severity", lang)], lang))
    for result in worst:
        rule = result.entry.rule
        severity = (SEVERITIES[rule.severity][lang], Look(rule.severity))
        head: list[Shown] = [(rule.id, Look.TEXT), (getattr(rule.title, lang), Look.WRAPPED), severity]
        canvas.row([*head, *_counts(result.counts)])


def _worst_subjects(audit: Audit, canvas: Canvas, lang: Language) -> None:
    worst = worst_subjects(audit.evaluation, WORST)
    if not worst:
        return
    canvas.section(text("worst-subjects", lang))
    canvas.header(_header([text("subject", lang), None, None], lang), spread=_NAME)
    for subject, counts in worst:
        name = text("nobody", lang) if subject is None else subject
        canvas.row([(name, Look.TEXT), None, None, *_counts(counts)], spread=_NAME)


def _not_judged(audit: Audit, canvas: Canvas, lang: Language) -> None:
    left: dict[tuple[str, str], list[RuleResult]] = {}
    for result in audit.evaluation.results:
        if result.status != "judged":
            left.setdefault((result.status, why_unjudged(result, audit.book.records, lang)), []).append(result)
    if not left:
        return
    canvas.section(text("not-judged", lang))
    spread = (3, _LAST)
    canvas.header([text(key, lang) for key in ("status", "reason", "rules", "which")], spread=spread)
    for (status, why), results in sorted(left.items(), key=_by_status):
        ids = ", ".join(result.entry.rule.id for result in results)
        head: list[Shown] = [(STATUSES[status][lang], Look.TEXT), (why, Look.WRAPPED), (len(results), Look.CENTRED)]
        canvas.row([*head, (ids, Look.WRAPPED)], spread=spread)


def _by_status(group: tuple[tuple[str, str], list[RuleResult]]) -> tuple[int, int, str]:
    (status, why), results = group
    return list(STATUSES).index(status), -len(results), why


def _undecided(audit: Audit, canvas: Canvas, lang: Language) -> None:
    counts: dict[str, int] = {}
    for result in audit.evaluation.results:
        for code, count in result.reasons.items():
            outcome = outcome_of(code)
            if outcome.verdict is Verdict.UNKNOWN:
                label = OUTCOMES[outcome][lang]
                counts[label] = counts.get(label, 0) + count
    if not counts:
        return
    canvas.section(text("undecided", lang))
    canvas.header([text("status", lang), text("reason", lang), text("count", lang)])
    for label, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        canvas.row([(VERDICTS["unknown"][lang], Look.TEXT), (label, Look.WRAPPED), (count, Look.COUNT)])
