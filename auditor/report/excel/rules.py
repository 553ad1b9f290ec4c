"""规则: every rule of the run with its counts, or why it was not judged, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from auditor.evaluate import RuleResult
from auditor.kinds import Verdict, outcome_of
from auditor.records import RecordType
from auditor.report.excel.look import Look
from auditor.report.excel.openpyxl_types import Sheet
from auditor.report.excel.page import protect
from auditor.report.excel.pen import Pen
from auditor.report.excel.table import Column, Row, Shown, write_table
from auditor.report.tailored import change_reason
from auditor.report.texts import text
from auditor.report.wording import OUTCOMES, REASONS, SEVERITIES, STATUSES, VERDICTS, Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

Records = Mapping[str, RecordType]


def write_rules(audit: Audit, sheet: Sheet, pen: Pen, lang: Language) -> None:
    """Fill the sheet in the order of the rulebook."""
    columns = [
        Column(text("rule", lang), Look.TEXT, 10, 16),
        Column(text("title", lang), Look.WRAPPED, 20, 36),
        Column(text("words", lang), Look.WRAPPED, 10, 18),
        Column(text("severity", lang), Look.CENTRED, 8, 13),
        Column(text("cites", lang), Look.WRAPPED, 10, 18),
        Column(text("status", lang), Look.CENTRED, 8, 14),
        *(Column(VERDICTS[verdict][lang], Look.COUNT, 6, 14) for verdict in Verdict),
        Column(text("rate", lang), Look.RATE, 8, 9),
        Column(text("reason", lang), Look.WRAPPED, 14, 34),
        Column(text("figures", lang), Look.WRAPPED, 12, 34),
    ]
    rows = (_row(result, audit.book.records, lang) for result in audit.evaluation.results)
    protect(sheet)
    write_table(sheet, "Rules", columns, rows, pen, frozen=2, empty=text("none", lang))


def _row(result: RuleResult, records: Records, lang: Language) -> Row:
    rule = result.entry.rule
    return (
        rule.id,
        getattr(rule.title, lang),
        getattr(rule.words, lang),
        Shown(SEVERITIES[rule.severity][lang], Look(rule.severity)),
        ", ".join(rule.cited()),
        STATUSES[result.status][lang],
        *(result.counts.get(verdict) for verdict in Verdict),
        result.rate,
        "\n".join(_reasons(result, records, lang)),
        "\n".join(_figures(result, lang)),
    )


def why_unjudged(result: RuleResult, records: Records, lang: Language) -> str:
    """Why a rule has no verdicts, in words: what is missing or not set, or who turned it off."""
    reason = REASONS.get(result.reason, {}).get(lang, result.reason)
    detail = result.entry.rule.off_because if result.status == "off" else result.detail
    if detail and result.status == "not_checked":
        detail = ", ".join(_named(part, records, lang) for part in detail.split(", "))
    return f"{reason}: {detail}" if detail else reason


def _named(missing: str, records: Records, lang: Language) -> str:
    """A missing ``record`` or ``record.column`` by the names people write over their sheets."""
    name, _, column = missing.partition(".")
    record = records.get(name)
    if record is None or lang == "en":
        return missing
    field = record.fields.get(column)
    header = field.aliases[0] if field and field.aliases else column
    return f"{record.name_zh}·{header} ({missing})" if column else f"{record.name_zh} ({missing})"


def _reasons(result: RuleResult, records: Records, lang: Language) -> list[str]:
    if result.status != "judged":
        return [why_unjudged(result, records, lang)]
    counts: dict[str, int] = {}
    for code, count in sorted(result.reasons.items()):
        outcome = outcome_of(code)
        if outcome in OUTCOMES:
            label = f"{VERDICTS[outcome.verdict][lang]}: {OUTCOMES[outcome][lang]}"
            counts[label] = counts.get(label, 0) + count
    return [f"{label} {count}" for label, count in counts.items()]


def _figures(result: RuleResult, lang: Language) -> list[str]:
    entry = result.entry
    lines = []
    for name, parameter in entry.parameters.items():
        change = entry.changes.get(("parameter", name))
        origin = f" ({change_reason(change)})" if change else text("ours", lang) if parameter.origin == "ours" else ""
        lines.append(f"{name} = {parameter.value if parameter.configured else text('not-set', lang)}{origin}")
    return lines
