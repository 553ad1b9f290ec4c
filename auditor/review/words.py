"""Words: why a row of a review was not taken, and what to do about it, in Chinese and English."""

from __future__ import annotations

from auditor.report.wording import Language

Pair = tuple[str, str]

WORDS: dict[str, dict[Language, Pair]] = {
    "key-missing": {
        "zh": ("发现编号为空。", "从原报告复制该行的发现编号。"),
        "en": ("The finding's number is empty.", "Copy it from the report."),
    },
    "key-unknown": {
        "zh": ("报告中没有编号为 '{value}' 的发现。", "不要修改发现编号;从原报告复制。"),
        "en": ("The report has no finding '{value}'.", "Leave the numbers of findings alone; copy it from the report."),
    },
    "key-edited": {
        "zh": (
            "发现编号与这一行不符: 报告中 '{value}' 是 {expected}。",
            "编号可能被修改,或只有部分列被排序;从原报告重新填写。",
        ),
        "en": (
            "The number does not belong to this row: in the report '{value}' is {expected}.",
            "It was changed, or only some columns were sorted; fill in the report anew.",
        ),
    },
    "key-twice": {
        "zh": ("同一发现有不同的决定(另见第 {value} 行)。", "只保留一行。"),
        "en": ("The same finding has different decisions (see row {value}).", "Keep one of the rows."),
    },
    "decision-missing": {
        "zh": ("没有复核决定。", "填写 确认、豁免 或 有争议。"),
        "en": ("There is no decision.", "Write confirm, waive or dispute."),
    },
    "decision-unknown": {
        "zh": ("'{value}' 不是复核决定。", "填写 确认、豁免 或 有争议。"),
        "en": ("'{value}' is no decision.", "Write confirm, waive or dispute."),
    },
    "reviewer-missing": {
        "zh": ("没有复核人。", "填写作出决定的人。"),
        "en": ("There is no reviewer.", "Write who decided."),
    },
    "date-missing": {
        "zh": ("没有复核日期。", "填写作出决定的日期,例如 2025-04-02。"),
        "en": ("There is no day of the review.", "Write the day of the decision, e.g. 2025-04-02."),
    },
    "date-unreadable": {
        "zh": ("复核日期 '{value}' 无法识别。", "写成 2025-04-02。"),
        "en": ("The day of the review, '{value}', cannot be read.", "Write it as 2025-04-02."),
    },
    "date-far": {
        "zh": ("复核日期 {value} 与检查时点相差一年以上。", "更正日期。"),
        "en": ("The day of the review, {value}, is more than a year from the as-of day.", "Correct it."),
    },
    "reason-missing": {
        "zh": ("豁免没有写明理由。", "在复核意见中写明理由。"),
        "en": ("The waiver gives no reason.", "Write it as the opinion."),
    },
    "expiry-missing": {
        "zh": ("豁免没有到期日。", "填写最后一天,例如 2025-06-30。"),
        "en": ("The waiver has no last day.", "Write it, e.g. 2025-06-30."),
    },
    "expiry-unreadable": {
        "zh": ("豁免到期 '{value}' 无法识别,按已到期处理,不予豁免。", "写成 2025-06-30。"),
        "en": (
            "The last day, '{value}', cannot be read; it counts as lapsed, so nothing is waived.",
            "Write 2025-06-30.",
        ),
    },
    "expiry-past": {
        "zh": ("豁免到期日 {value} 已过。", "填写复核日期和检查时点之后的日期。"),
        "en": ("The last day, {value}, is over.", "Write one after the review and the as-of day."),
    },
    "expiry-beyond": {
        "zh": ("豁免到期日 {value} 太远: 该规则最多豁免 {expected} 天。", "填写更早的日期。"),
        "en": (
            "The last day, {value}, is too far: the rule can be waived for {expected} days.",
            "Write an earlier one.",
        ),
    },
    "self-waiver": {
        "zh": ("'{value}' 就是责任人,不能豁免自己。", "由其他人决定;同名时在姓名后写工号,例如 张敏（A017）。"),
        "en": (
            "'{value}' is responsible and cannot waive the own finding.",
            "Let somebody else decide; for a namesake write the staff number, e.g. 张敏（A017）.",
        ),
    },
}


def words(code: str, lang: Language, value: object = "", expected: object = "") -> Pair:
    """What is wrong and what to do, as two sentences."""
    what, remedy = WORDS[code][lang]
    return what.format(value=value, expected=expected), remedy
