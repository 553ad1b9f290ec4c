"""Wording: the words of verdicts, reasons and spans of time, in Chinese and English."""

from __future__ import annotations

from typing import Literal

from auditor.kinds import Outcome

Language = Literal["zh", "en"]

VERDICTS = {
    "pass": {"zh": "合格", "en": "pass"},
    "fail": {"zh": "违规", "en": "fail"},
    "pending": {"zh": "未到期", "en": "pending"},
    "not_applicable": {"zh": "不适用", "en": "not applicable"},
    "unknown": {"zh": "无法判定", "en": "unknown"},
}

SEVERITIES = {
    "critical": {"zh": "严重", "en": "critical"},
    "major": {"zh": "重要", "en": "major"},
    "minor": {"zh": "一般", "en": "minor"},
    "observation": {"zh": "提示", "en": "observation"},
}

COVERED = {
    "computed": {"zh": "由记录计算", "en": "computed"},
    "inspected": {"zh": "现场检查", "en": "inspected"},
    "reported": {"zh": "违规记录", "en": "reported"},
    "advice": {"zh": "建议", "en": "advice"},
}

STATUSES = {
    "judged": {"zh": "已检查", "en": "judged"},
    "no_cases": {"zh": "无相关记录", "en": "no cases"},
    "not_checked": {"zh": "未检查", "en": "not checked"},
    "not_configured": {"zh": "未配置", "en": "not configured"},
    "off": {"zh": "停用", "en": "off"},
    "error": {"zh": "出错", "en": "error"},
}

REASONS: dict[str, dict[Language, str]] = {
    "record-missing": {"zh": "数据中没有该记录", "en": "record not in the data"},
    "column-missing": {"zh": "缺少列", "en": "column missing"},
    "not-configured": {"zh": "参数未设置", "en": "parameter not set"},
    "off": {"zh": "规则停用", "en": "rule is off"},
    "no-cases": {"zh": "没有需要检查的记录", "en": "no row in its scope"},
    "error": {"zh": "规则出错", "en": "the rule raised an error"},
}

SET_ASIDE: dict[str, dict[Language, str]] = {
    "blank": {"zh": "空行", "en": "blank"},
    "totals": {"zh": "合计行", "en": "totals"},
    "signature": {"zh": "签字行", "en": "signature"},
    "note": {"zh": "说明行", "en": "note"},
    "heading": {"zh": "小标题", "en": "heading"},
    "repeated header": {"zh": "重复的表头", "en": "repeated header"},
    "unusable": {"zh": "残缺的行", "en": "unusable"},
    "repeated": {"zh": "重复的行", "en": "repeated"},
    "superseded": {"zh": "被后来的行取代", "en": "superseded"},
}
"""Why a row below the header is no record."""

OUTCOMES: dict[Outcome, dict[Language, str]] = {
    Outcome.EXCEPTION: {"zh": "符合例外条件", "en": "a cited exception applies"},
    Outcome.NO_WORKING_DAY: {"zh": "该期间没有工作日", "en": "no working day in the period"},
    Outcome.TOO_FEW_CASES: {"zh": "样本太少", "en": "too few cases"},
    Outcome.INAPPLICABLE: {"zh": "记录为不适用", "en": "the record says not applicable"},
    Outcome.NO_SCORE: {"zh": "各项均不适用", "en": "no item applied"},
    Outcome.SCOPE_UNKNOWN: {"zh": "相关单元格为空,无法确定是否适用", "en": "an empty cell leaves its scope open"},
    Outcome.UNREADABLE: {"zh": "单元格无法识别或该表缺列", "en": "a cell is unreadable or its sheet lacks the column"},
    Outcome.START_MISSING: {"zh": "缺少起始时间", "en": "the starting time is missing"},
    Outcome.FUTURE: {"zh": "时间晚于检查时点", "en": "the time lies after the as-of time"},
    Outcome.CALENDAR: {"zh": "日历未覆盖该日期", "en": "the calendar does not cover the date"},
    Outcome.NULL_CONDITION: {"zh": "判定所需的单元格为空", "en": "a cell the condition needs is empty"},
    Outcome.DATE_ONLY: {"zh": "只有日期没有时刻", "en": "only a date, no time of day"},
    Outcome.LOG_STARTS_LATER: {"zh": "记录开始得太晚", "en": "the log starts later"},
    Outcome.UNSURE_MATCH: {"zh": "无法确定对应的记录", "en": "the matching row is uncertain"},
    Outcome.UNANSWERED: {"zh": "检查项未填写", "en": "the item was not answered"},
    Outcome.TIME_MISSING: {"zh": "缺少发生时间", "en": "the time of the event is missing"},
    Outcome.GROUP_MISSING: {"zh": "缺少分组对象", "en": "the group (person or place) is missing"},
    Outcome.EXCEPTION_UNKNOWN: {"zh": "无法确定例外是否成立", "en": "cannot tell whether an exception applies"},
    Outcome.PAUSE_UNKNOWN: {"zh": "暂停的起止不明", "en": "the span of a pause is not known"},
    Outcome.PERSON_UNKNOWN: {"zh": "缺少经手人或审批人", "en": "the person is missing"},
}
"""Why an obligation is not applicable or unknown."""

_UNITS = ((86400, "天", "d"), (3600, "小时", "h"), (60, "分钟", "min"), (1, "秒", "s"))


def span(seconds: int, lang: Language) -> str:
    """A span of time in its two largest units: ``2 天 3 小时`` or ``2 d 3 h``."""
    parts = []
    for size, zh, en in _UNITS:
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(f"{amount} {zh if lang == 'zh' else en}")
    return " ".join(parts[:2]) or ("0 秒" if lang == "zh" else "0 s")
