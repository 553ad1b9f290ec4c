"""Texts of blank sheets, in Chinese and English."""

from __future__ import annotations

from auditor.records import FieldType, RecordType
from auditor.report.wording import Language

_TEXTS: dict[str, tuple[str, str]] = {
    "how": ("每项只在一栏内打“√”;不合格的写明所见。", "Tick one column for each item; say what was seen at a No."),
    "yes": ("合格", "Yes"),
    "no": ("不合格", "No"),
    "inapplicable": ("不适用", "N/A"),
    "points": ("分值", "Points"),
    "deducted": ("扣分", "Deducted"),
    "total": ("合计", "Total"),
    "words": ("只能填写:{}", "One of: {}"),
    "also": ("也可写作:{}", "Also known as: {}"),
    "field": ("字段:{}", "Field: {}"),
}

_TYPES: dict[FieldType, tuple[str, str]] = {
    FieldType.ID: ("编号,按原样填写,保留前面的零。", "A number or code as it is, leading zeros kept."),
    FieldType.TEXT: ("文字。", "Text."),
    FieldType.PERSON: ("姓名,一格一人。", "A name, one person a cell."),
    FieldType.TIME: (
        "日期和时间,如 2025-03-05 10:00;不知道时刻时只写日期。",
        "Date and time, such as 2025-03-05 10:00.",
    ),
    FieldType.NUMBER: ("数字,不带单位。", "A number without its unit."),
    FieldType.INTEGER: ("整数,不带单位。", "A whole number without its unit."),
    FieldType.YESNO: ("是、否或不适用;不知道就留空。", "Yes, no or not applicable; blank where nobody knows."),
    FieldType.CLOCK: ("时刻,如 09:30。", "A time of day, such as 09:30."),
}


def text(key: str, lang: Language, *parts: str) -> str:
    """The text of ``key`` with ``parts`` in its gaps; raises KeyError for one that is not here."""
    return _TEXTS[key][lang != "zh"].format(*parts)


def heading(record: RecordType, field: str, lang: Language) -> str:
    """The header of a column or the label of a field."""
    return record.header(field, "zh") if lang == "zh" else field.replace("_", " ").capitalize()


def meaning(record: RecordType, field: str, lang: Language) -> str:
    """What a column holds, how it is written, and by which other headers it is known."""
    model = record.fields[field]
    lines = [_TYPES[model.type][lang != "zh"], text("field", lang, field)]
    if words := record.values.get(field):
        lines.insert(0, text("words", lang, "、".join(words)))
    if others := [alias for alias in model.aliases if alias != heading(record, field, lang)]:
        lines.append(text("also", lang, "、".join(others)))
    return "\n".join(lines)
