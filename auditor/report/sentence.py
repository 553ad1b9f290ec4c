"""Sentence: what was expected and what was seen, in one sentence, for people who were not there."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.calendar import Calendar
from auditor.evaluate.finding import Finding
from auditor.kinds import Outcome
from auditor.records import RecordType
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
    Outcome.FORBIDDEN: {"zh": "出现禁止的行为:{title}。", "en": "A forbidden act is on record: {title}."},
    Outcome.SURPLUS: {
        "zh": "{group}:共 {count} 次,上限 {at_most} 次,本次超出。",
        "en": "{group}: {count} times, at most {at_most} allowed; this one is over.",
    },
    Outcome.CONDITION: {"zh": "不符合要求:{title}。{values}", "en": "Not as required: {title}. {values}"},
    Outcome.EMPTY: {"zh": "应填未填:{title}。{values}", "en": "Left empty: {title}. {values}"},
    Outcome.FORM_MISSING: {"zh": "没有找到{form}。", "en": "There is no {form} on record."},
    Outcome.FORM_LATE: {
        "zh": "{form}应在 {due} 前完成,实际日期 {at},迟 {late}。",
        "en": "{form} was due by {due} and is dated {at}: {late} late.",
    },
    Outcome.FORM_INCOMPLETE: {"zh": "{form}未填:{missing}。", "en": "{form} lacks: {missing}."},
    Outcome.FORM_UNSIGNED: {"zh": "{form}没有签字。", "en": "{form} is not signed."},
    Outcome.FORM_COPIES: {
        "zh": "{form}份数不足:{copies} 份,应为 {copies_needed} 份。",
        "en": "{form}: {copies} copies, {copies_needed} needed.",
    },
    Outcome.TOO_FEW: {
        "zh": "{period}({from} 至 {to})应有 {needed} 次,只有 {count} 次,缺 {missing} 次。",
        "en": "{period} ({from} to {to}): {needed} needed, {count} on record, {missing} missing.",
    },
    Outcome.GAP: {
        "zh": "{from} 至 {to} 间隔 {gap},最长允许 {max_gap}。",
        "en": "From {from} to {to}: a gap of {gap}, at most {max_gap} allowed.",
    },
    Outcome.NOT_BEFORE: {
        "zh": "{action} 办理,此前没有有效的批准或前置步骤。",
        "en": "Done {action} without a valid earlier step or approval.",
    },
    Outcome.ITEM: {"zh": "检查项不合格:{item}。", "en": "Item not met: {item}."},
    Outcome.SCORE: {"zh": "得分 {score},及格线 {pass_mark}。", "en": "Score {score}, pass mark {pass_mark}."},
    Outcome.TARGET: {
        "zh": "{group}:实际 {figure},目标 {target}(样本 {count})。",
        "en": "{group}: {figure}, target {target} (n = {count}).",
    },
    Outcome.UNANSWERED_FAIL: {"zh": "检查项未填写:{item}。", "en": "Item not answered: {item}."},
}


_EARLY: dict[Language, str] = {
    "zh": "记录的时间 {early} 早于起算时间,不能算完成。",
    "en": " The time on record, {early}, lies before the start and does not count.",
}
"""Added where a time is on record that cannot count."""


def sentence(finding: Finding, calendar: Calendar, records: Mapping[str, RecordType], lang: Language) -> str:
    """The finding in one sentence; times are local to ``calendar``, columns are called by their usual headers."""
    template = _TEMPLATES[finding.outcome][lang] + (_EARLY[lang] if finding.seen.get("early") else "")
    return template.format_map(_Filled(_values(finding, calendar, records, lang))).strip()


class _Filled(dict[str, str]):
    """Values of a template; what the rule does not tell is shown as a dash."""

    def __missing__(self, name: str) -> str:
        return "—"


def _values(finding: Finding, calendar: Calendar, records: Mapping[str, RecordType], lang: Language) -> dict[str, str]:
    rule = finding.entry.rule
    record = records[finding.record]
    values = {"title": getattr(rule.title, lang), "item": rule.item_title(finding.item or "", lang)}
    for name, value in finding.seen.items():
        if value is not None:
            values[name] = _shown(finding, name, value, calendar, lang)
    if "missing" in values:
        values["missing"] = ", ".join(header(records, name, lang) for name in values["missing"].split(", "))
    if finding.due_at is not None:
        values["due"] = calendar.due_text(finding.due_at)
    if finding.observed_at is not None:
        values["observed"] = _instant(finding.observed_at, calendar)
    if finding.late_by is not None:
        values["late"] = _lateness(finding, calendar, lang)
    empty = "空" if lang == "zh" else "empty"
    seen = [f"{record.header(name, lang)}: {values.get(name, empty)}" for name in finding.seen]
    values["values"] = f"({'; '.join(seen)})" if seen else ""
    return values


def header(records: Mapping[str, RecordType], name: str, lang: Language) -> str:
    """What a column is usually called, whichever record it is of."""
    found = (record.header(name, lang) for record in records.values() if name in record.fields)
    return next(found, name)


def _instant(t: int, calendar: Calendar) -> str:
    """Local wall time; midnight stands for a date that has no time of day."""
    return calendar.local_text(t).removesuffix(" 00:00")


def _lateness(finding: Finding, calendar: Calendar, lang: Language) -> str:
    """How late: in days where the limit is the end of a day, else in the two largest units."""
    due, late = finding.breach_after, finding.late_by or 0
    if due is not None and calendar.due_text(due).endswith("24:00"):
        days = calendar.day_of(due + late) - calendar.day_of(due)
        return span(days * 86400, lang)
    return span(late, lang)


def _shown(finding: Finding, name: str, value: str, calendar: Calendar, lang: Language) -> str:
    """A seen value as people write it: times local, spans in units, booleans as words."""
    if name in finding.times:
        return _instant(int(value), calendar)
    if name in ("gap", "max_gap"):
        return span(int(value), lang)
    return _WORDS[lang].get(value, value)


_WORDS: dict[Language, dict[str, str]] = {
    "zh": {"true": "是", "false": "否", "all": "全部"},
    "en": {"true": "yes", "false": "no", "all": "all"},
}
