"""Sentence: what was expected and what was seen, in one sentence, for people who were not there."""

from __future__ import annotations

from auditor.calendar import Calendar
from auditor.evaluate.finding import Finding
from auditor.kinds import Outcome
from auditor.report.wording import Language, span

_TEMPLATES: dict[Outcome, dict[Language, str]] = {
    Outcome.LATE: {
        "zh": "{from}起算,应在 {due} 前完成,实际 {to} 完成,超时 {late}。",
        "en": "Counted from {from}, due by {due}, done {to}: {late} late.",
    },
    Outcome.ABSENT: {
        "zh": "{from}起算,应在 {due} 前完成,到 {observed} 仍无记录,已超时 {late}。",
        "en": "Counted from {from}, due by {due}, still nothing on record at {observed}: {late} late.",
    },
    Outcome.FORBIDDEN: {"zh": "禁止的行为:{title}。", "en": "A forbidden act: {title}."},
    Outcome.SURPLUS: {
        "zh": "{window}内第 {nth} 次,上限 {at_most} 次。",
        "en": "Number {nth} within {window}; at most {at_most} allowed.",
    },
    Outcome.CONDITION: {"zh": "不符合要求:{title}。{values}", "en": "Not as required: {title}. {values}"},
    Outcome.EMPTY: {"zh": "应填未填:{title}。{values}", "en": "Left empty: {title}. {values}"},
    Outcome.FORM_MISSING: {"zh": "没有找到{form}。", "en": "There is no {form}."},
    Outcome.FORM_LATE: {
        "zh": "{form}应在 {due} 前完成,实际 {at},迟 {late}。",
        "en": "{form} was due by {due} and is dated {at}: {late} late.",
    },
    Outcome.FORM_INCOMPLETE: {"zh": "{form}缺少内容:{fields}。", "en": "{form} lacks: {fields}."},
    Outcome.FORM_UNSIGNED: {"zh": "{form}没有签字。", "en": "{form} is not signed."},
    Outcome.FORM_COPIES: {"zh": "{form}份数不足:{copies},应为 {needed}。", "en": "{form}: {copies} copies, {needed} needed."},
    Outcome.TOO_FEW: {
        "zh": "{period}应有 {at_least} 次,只有 {count} 次。",
        "en": "{period}: {at_least} needed, only {count} on record.",
    },
    Outcome.GAP: {"zh": "间隔 {gap},最长允许 {max_gap}。", "en": "A gap of {gap}; at most {max_gap} allowed."},
    Outcome.NOT_BEFORE: {
        "zh": "{action} 办理,此前没有有效的批准或前置步骤。{values}",
        "en": "Done {action} without a valid earlier step or approval. {values}",
    },
    Outcome.ITEM: {"zh": "检查项不合格:{item}。", "en": "Item not met: {item}."},
    Outcome.SCORE: {"zh": "得分 {score},及格线 {pass_mark}。", "en": "Score {score}, pass mark {pass_mark}."},
    Outcome.TARGET: {
        "zh": "{period} 实际 {value},目标 {target}(样本 {n})。",
        "en": "{period}: {value}, target {target} (n = {n}).",
    },
    Outcome.UNANSWERED_FAIL: {"zh": "检查项未填写:{item}。", "en": "Item not answered: {item}."},
}


def sentence(finding: Finding, calendar: Calendar, lang: Language) -> str:
    """The finding in one sentence; times are local to ``calendar``."""
    template = _TEMPLATES[finding.outcome][lang]
    return template.format_map(_Filled(_values(finding, calendar, lang))).strip()


class _Filled(dict[str, str]):
    """Values of a template; what the rule does not tell is shown as a dash."""

    def __missing__(self, name: str) -> str:
        return "—"


def _values(finding: Finding, calendar: Calendar, lang: Language) -> dict[str, str]:
    title = finding.entry.rule.title
    values = {"title": title.zh if lang == "zh" else title.en, "item": finding.item or ""}
    values |= {name: _shown(finding, name, value, calendar, lang) for name, value in finding.seen.items() if value is not None}
    for name, instant in (("due", finding.due_at), ("observed", finding.observed_at)):
        if instant is not None:
            values[name] = calendar.due_text(instant) if name == "due" else calendar.local_text(instant)
    if finding.late_by is not None:
        values["late"] = span(finding.late_by, lang)
    seen = [f"{name} = {values[name] if name in values else '∅'}" for name in finding.seen]
    values["values"] = f"({'; '.join(seen)})" if seen else ""
    return values


def _shown(finding: Finding, name: str, value: str, calendar: Calendar, lang: Language) -> str:
    """A seen value as people write it: times local, spans in units, booleans as words."""
    if name in finding.times:
        return calendar.local_text(int(value))
    if name in ("gap", "max_gap"):
        return span(int(value), lang)
    if value in ("true", "false"):
        return {"zh": {"true": "是", "false": "否"}, "en": {"true": "yes", "false": "no"}}[lang][value]
    return value
