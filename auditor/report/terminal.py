"""The terminal: rules with their counts, then the worst subjects, then what could not be judged and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from auditor.evaluate import RuleResult
from auditor.kinds import Verdict, outcome_of
from auditor.report.reviewing import review_totals
from auditor.report.tailored import project_line
from auditor.report.texts import text
from auditor.report.totals import worst_subjects
from auditor.report.wording import OUTCOMES, REASONS, SEVERITIES, STATUSES, VERDICTS, Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

WORST_SUBJECTS = 10

_TEXTS: dict[str, dict[Language, str]] = {
    "rule": {"zh": "规则", "en": "rule"},
    "title": {"zh": "名称", "en": "title"},
    "rate": {"zh": "合格率", "en": "rate"},
    "subject": {"zh": "责任人", "en": "subject"},
    "worst": {"zh": "违规最多的责任人", "en": "Subjects with most findings"},
    "open": {"zh": "未能检查或判定的部分", "en": "What could not be judged, and why"},
    "count": {"zh": "数量", "en": "count"},
    "why": {"zh": "原因", "en": "why"},
    "rules": {"zh": "条规则", "en": "rules"},
    "nobody": {"zh": "(未写明)", "en": "(nobody named)"},
}


def print_summary(audit: Audit, console: Console, lang: Language) -> None:
    """Print the summary in at most the console's width; data goes to standard output."""
    if audit.book.tailoring:
        console.print(project_line(audit.book.tailoring, lang), highlight=False, soft_wrap=True, markup=False)
    console.print(_headline(audit, lang), highlight=False, soft_wrap=True)
    console.print(_rules(audit, console.width, lang))
    worst = _worst(audit, lang)
    if worst.row_count:
        console.print(worst)
    unjudged = _unjudged(audit, lang)
    if unjudged.row_count:
        console.print(unjudged)
    if audit.states:
        console.print(f"{text('reviews', lang)}: {review_totals(audit, lang)}", highlight=False, soft_wrap=True)
    console.print(_closing(audit, lang), highlight=False, soft_wrap=True)


def _headline(audit: Audit, lang: Language) -> str:
    titles = [getattr(audit.book.regulations[name].title, lang) for name in audit.run.regulations]
    if lang == "zh":
        return f"检查时点 {audit.run.as_of_text}({audit.run.zone}),制度:{'、'.join(titles)}"
    return f"As of {audit.run.as_of_text} ({audit.run.zone}), regulations: {', '.join(titles)}"


def _rules(audit: Audit, width: int, lang: Language) -> Table:
    rows = [_rule_row(result, lang) for result in audit.evaluation.results if result.status == "judged"]
    heads = [_TEXTS["rule"][lang], _TEXTS["title"][lang]]
    heads += [VERDICTS[verdict][lang] for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.PENDING, Verdict.UNKNOWN)]
    heads.append(_TEXTS["rate"][lang])
    widths = [
        max(text.cell_len for text in column) for column in zip(*[[Text(head) for head in heads], *rows], strict=True)
    ]
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    room = width - sum(widths) + widths[1] - 2 * (len(heads) - 1)
    for place, head in enumerate(heads):
        fits = min(widths[place], max(room, 10)) if place == 1 else widths[place]
        table.add_column(head, justify="right" if place > 1 else "left", no_wrap=True, overflow="ellipsis", width=fits)
    for row in rows:
        table.add_row(*row)
    return table


def _rule_row(result: RuleResult, lang: Language) -> list[Text]:
    counts, failed = result.counts, result.counts[Verdict.FAIL]
    rate = "—" if result.rate is None else percent(result.rate)
    return [
        Text(result.entry.rule.id),
        Text(getattr(result.entry.rule.title, lang)),
        Text(str(counts[Verdict.PASS])),
        Text(str(failed), style="red" if failed else ""),
        Text(str(counts[Verdict.PENDING])),
        Text(str(counts[Verdict.UNKNOWN])),
        Text(rate),
    ]


def percent(rate: float) -> str:
    """A rate to one decimal, never rounded up to 100 % or down to 0 %."""
    shown = f"{rate:.1%}"
    if shown == "100.0%" and rate < 1:
        return "99.9%"
    return "0.1%" if shown == "0.0%" and rate > 0 else shown


def _worst(audit: Audit, lang: Language) -> Table:
    table = Table(
        title=_TEXTS["worst"][lang], box=None, pad_edge=False, title_justify="left", header_style="bold", min_width=40
    )
    table.add_column(_TEXTS["subject"][lang])
    for verdict in (Verdict.FAIL, Verdict.PASS):
        table.add_column(VERDICTS[verdict][lang], justify="right")
    for subject, counts in worst_subjects(audit.evaluation, WORST_SUBJECTS):
        name = subject if subject is not None else _TEXTS["nobody"][lang]
        table.add_row(Text(name), str(counts[Verdict.FAIL]), str(counts[Verdict.PASS]))
    return table


def _listing(title: str) -> Table:
    return Table(title=title, box=None, pad_edge=False, title_justify="left", header_style="bold", min_width=40)


def _unjudged(audit: Audit, lang: Language) -> Table:
    table = Table(
        title=_TEXTS["open"][lang], box=None, pad_edge=False, title_justify="left", header_style="bold", min_width=40
    )
    table.add_column(_TEXTS["count"][lang], justify="right", no_wrap=True)
    table.add_column(_TEXTS["why"][lang], overflow="fold")
    for line, count in open_points(audit, lang):
        table.add_row(str(count), line)
    return table


def open_points(audit: Audit, lang: Language) -> list[tuple[str, int]]:
    """What was left open: obligations that are unknown by reason, then rules that were not judged by reason."""
    unknown: dict[str, int] = {}
    left: dict[str, list[str]] = {}
    for result in audit.evaluation.results:
        for code, count in result.reasons.items():
            outcome = outcome_of(code)
            if outcome.verdict is Verdict.UNKNOWN:
                label = f"{VERDICTS['unknown'][lang]}: {OUTCOMES[outcome][lang]}"
                unknown[label] = unknown.get(label, 0) + count
        if result.status != "judged":
            reason = REASONS.get(result.reason, {}).get(lang, result.reason)
            detail = f" {result.detail}" if result.detail and result.status != "off" else ""
            left.setdefault(f"{STATUSES[result.status][lang]}: {reason}{detail}", []).append(result.entry.rule.id)
    found = sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    for label, ids in sorted(left.items(), key=lambda item: (-len(item[1]), item[0])):
        shown = ", ".join(ids[:3]) + (", …" if len(ids) > 3 else "")
        found.append((f"{label} ({_TEXTS['rules'][lang]}: {shown})", len(ids)))
    return found


def _closing(audit: Audit, lang: Language) -> str:
    parts = [f"{SEVERITIES[name][lang]} {count}" for name, count in audit.severities.items()]
    total = audit.finding_count
    follow, broken = len(audit.consequences), len(audit.problems)
    held = sum(one.state == "held" for one in audit.consequences)
    if lang == "zh":
        waiting = f"(其中暂缓 {held} 项)" if held else ""
        return f"共 {total} 项违规({'、'.join(parts) or '无'}),建议奖惩 {follow} 项{waiting},数据问题 {broken} 条。"
    listed = f" ({', '.join(parts)})" if parts else ""
    waiting = f" ({held} held)" if held else ""
    return f"{total} findings{listed}, {follow} proposed consequences{waiting}, {broken} data problems."
