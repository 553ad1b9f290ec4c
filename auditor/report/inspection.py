"""Inspection as text and as JSON: what intake understood of a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.intake import ColumnView, Inspection, SheetView
from auditor.report.wording import SET_ASIDE, Language

MOST_PROBLEMS = 20
MOST_MISSING = 12

_WORDS: dict[str, dict[Language, str]] = {
    "rows": {
        "zh": "读取 {read} 行 = 采用 {kept} + 搁置 {aside}",
        "en": "read {read} = kept {kept} + set aside {aside}",
    },
    "table": {"zh": "表头在第 {rows} 行", "en": "header at row {rows}"},
    "no-table": {"zh": "没有找到表头", "en": "no header found"},
    "known": {"zh": "{record}(得分 {score};其次 {next})", "en": "{record} (score {score}; next {next})"},
    "unknown": {"zh": "没有认出来(最接近 {next})", "en": "not recognised (closest {next})"},
    "by": {"zh": "{field}({how})", "en": "{field} ({how})"},
    "doubled": {"zh": "(没有读取:另一列也是 {field})", "en": "(not read: another column means {field} too)"},
    "near": {"zh": "(没有用到;是“{near}”吗?)", "en": "(no field; is it {near}?)"},
    "aside": {"zh": "(没有用到)", "en": "(no field)"},
    "sample": {"zh": "例如", "en": "e.g."},
    "missing": {"zh": "这张表没有的列:{fields}", "en": "not in this sheet: {fields}"},
    "problems": {"zh": "数据问题:", "en": "problems: "},
    "more": {"zh": "还有 {count} 个", "en": "and {count} more"},
    "paste": {
        "zh": "要说明它没有认定的内容,改正下面几行,放进 auditor.yaml:",
        "en": "To settle what it left open, correct these lines and put them into auditor.yaml:",
    },
}
_HOW: dict[str, str] = {
    "alias": "列名", "English name": "英文名", "folded": "不计字形与空格", "without its unit": "不计单位",
    "lowest level": "按最下一级表头", "mapping": "按 mappings", "layout": "按版式",
}  # fmt: skip


def inspection_text(found: Inspection, lang: Language) -> str:
    """Sheet by sheet, column by column, then problems by kind, the first of them, and the mappings to paste."""
    return "\n".join(_lines(found, lang))


def inspection_json(found: Inspection) -> str:
    """The same as one JSON document; its keys are English whatever the language."""
    document = {
        "file": found.file,
        "format": found.format.name.lower(),
        "rows_read": found.rows_read,
        "rows_kept": found.rows_kept,
        "rows_set_aside": dict(found.set_aside),
        "tables": [_table(sheet) for sheet in found.sheets],
        "problem_kinds": dict(found.kinds),
        "problems": [
            {"where": str(one.where), "code": one.code, "what": one.what, "remedy": one.remedy, "count": one.count,
             "fatal": one.fatal} for one in found.problems
        ],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2)


def _table(sheet: SheetView) -> Mapping[str, Any]:
    columns = [
        {"header": one.header, "column": one.letter, "field": one.match and one.match.field,
         "how": one.match and one.match.how, "doubled": one.doubled, "near": one.near, "samples": list(one.samples)}
        for one in sheet.columns
    ]  # fmt: skip
    return {
        "sheet": sheet.sheet,
        "header_row": sheet.header_row,
        "last_header_row": sheet.last_header_row,
        "record": sheet.record,
        "score": sheet.score,
        "runners_up": [{"record": name, "score": score} for name, score in sheet.runners_up],
        "layout": sheet.layout,
        "columns": columns,
        "missing": list(sheet.missing),
        "mapping": list(sheet.mapping),
    }


def _say(word: str, lang: Language, **parts: object) -> str:
    return _WORDS[word][lang].format(**parts)


def _lines(found: Inspection, lang: Language) -> Iterator[str]:
    reasons = ", ".join(f"{SET_ASIDE.get(word, {}).get(lang, word)} {n}" for word, n in found.set_aside.items())
    aside = str(sum(found.set_aside.values())) + (f" ({reasons})" if reasons else "")
    rows = _say("rows", lang, read=found.rows_read, kept=found.rows_kept, aside=aside)
    yield f"{found.file}: {found.format.name.lower()}, {rows}"
    for sheet in found.sheets:
        yield from _sheet(sheet, lang)
    if found.kinds:
        yield _WORDS["problems"][lang] + ", ".join(f"{kind} {count}" for kind, count in found.kinds.items())
    yield from (f"  {problem}" for problem in found.problems[:MOST_PROBLEMS])
    if len(found.problems) > MOST_PROBLEMS:
        yield f"  … {_say('more', lang, count=len(found.problems) - MOST_PROBLEMS)}"
    mapping = [line for sheet in found.sheets for line in sheet.mapping]
    if mapping:
        yield _WORDS["paste"][lang]
        yield "mappings:"
        yield from (f"  {line}" for line in mapping)


def _sheet(sheet: SheetView, lang: Language) -> Iterator[str]:
    following = ", ".join(f"{name} {score:.2f}" for name, score in sheet.runners_up) or "—"
    kind = "known" if sheet.record else "unknown"
    known = _say(kind, lang, record=sheet.record, score=f"{sheet.score:.2f}", next=following)
    last = "" if sheet.last_header_row == sheet.header_row else f"–{sheet.last_header_row}"
    place = _say("table" if sheet.header_row else "no-table", lang, rows=f"{sheet.header_row}{last}")
    named = f" · {sheet.layout}" if sheet.layout else ""
    yield f"[{sheet.sheet or '-'}] {place}{named}: {known}"
    for column in sheet.columns:
        header = " ".join(column.header.split())
        samples = " | ".join(" ".join(text.split()) for text in column.samples) or "—"
        named = f"{column.letter} {header}".lstrip()
        yield f"  {named} -> {_meaning(column, lang)}   {_WORDS['sample'][lang]} {samples}"
    if sheet.missing:
        more = len(sheet.missing) - MOST_MISSING
        rest = f", … {_say('more', lang, count=more)}" if more > 0 else ""
        yield f"  {_say('missing', lang, fields=', '.join(sheet.missing[:MOST_MISSING]) + rest)}"


def _meaning(column: ColumnView, lang: Language) -> str:
    """Which field a column is and why, or why it is none."""
    if column.match is not None:
        how = column.match.how
        words = [_HOW.get(word, word) for word in how.split(", ")]
        return _say("by", lang, field=column.match.field, how=how if lang == "en" else "、".join(words))
    if column.doubled:
        return _say("doubled", lang, field=column.doubled)
    return _say("near", lang, near=column.near) if column.near else _WORDS["aside"][lang]
