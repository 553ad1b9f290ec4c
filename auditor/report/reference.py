"""Rule reference: a page for each regulation, with its clauses, the rules that check them and their examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from auditor.report.delivery import deliver
from auditor.report.examples import examples_of
from auditor.report.markdown import cell, code, table
from auditor.report.wording import COVERED, SEVERITIES
from auditor.rulebook import Entry, Rulebook, coverage, rules_named
from auditor.rulebook.clause import Clause, Regulation

_SAID = ("id", "title", "covers", "severity", "kind", "note", "examples", "items", "enabled", "off_because")
"""Keys of a rule that its section says otherwise than in the table of its fields."""


def write_reference(book: Rulebook, folder: Path, only: str | None = None) -> list[Path]:
    """Write ``<regulation>.md`` for every regulation (or ``only`` one) into ``folder``; the paths written.

    Raises RuleError for an unknown regulation and NotDelivered when a page cannot be written.
    """
    rules_named(book, (), only)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in sorted(book.regulations):
        if only in (None, name):
            text = regulation_page(book, name)
            path = folder / f"{name}.md"
            deliver(path, lambda draft, text=text: draft.write_text(text, encoding="utf-8"))  # type: ignore[misc]
            written.append(path)
    return written


def regulation_page(book: Rulebook, name: str) -> str:
    """The page of one regulation as Markdown, Chinese first."""
    regulation = book.regulations[name]
    entries = rules_named(book, (), name)
    return (
        "\n".join([*_head(book, regulation, entries), *_rules(regulation, entries), *_clauses(book, regulation)]) + "\n"
    )


def _head(book: Rulebook, regulation: Regulation, entries: Sequence[Entry]) -> Iterator[str]:
    (part,) = coverage(book, regulation.regulation)
    yield f"# {regulation.title.zh}"
    yield f"\n{regulation.title.en}\n"
    yield f"<!-- Written by `auditor rules reference` from rules/{regulation.regulation}; do not edit. -->\n"
    clauses, rules = len(part.rows), len(entries)
    yield f"条款 {clauses} 条：可检查 {part.checkable}，已有规则 {part.covered}，建议 {part.advice}；规则 {rules} 条。"
    yield f"{clauses} clauses: {part.checkable} checkable, {part.covered} covered, {part.advice} advice; {rules} rules"
    yield ""


def _rules(regulation: Regulation, entries: Sequence[Entry]) -> Iterator[str]:
    clauses = {clause.id: clause for clause in regulation.clauses}
    yield "## 规则 Rules\n"
    for entry in entries:
        yield from _rule(entry, clauses)


def _rule(entry: Entry, clauses: Mapping[str, Clause]) -> Iterator[str]:
    rule, severity = entry.rule, SEVERITIES[entry.rule.severity]
    yield f'<a id="{rule.id.lower()}"></a>'
    yield f"### {rule.id} {rule.title.zh}\n"
    yield f"{rule.title.en}\n"
    yield f"{severity['zh']} · {rule.words.zh} ({severity['en']} {rule.words.en})\n"
    if not rule.enabled:
        yield f"停用 off: {rule.off_because}\n"
    for name in rule.covers:
        yield f"* {name} {clauses[name].place}: {clauses[name].zh}. {clauses[name].requirement}"
    yield ""
    if rule.note:
        yield f"{rule.note}\n"
    yield from _fields(entry)
    yield from _items(entry)
    yield from examples_of(entry)


def _fields(entry: Entry) -> Iterator[str]:
    """How the rule is judged: its fields as they are written, and its figures."""
    written = [(key, value) for key, value in entry.raw().items() if key not in _SAID]
    yield from table(("字段 field", "内容 value"), [(code(key), code(value)) for key, value in written])
    origins = {"source": "制度原文 source", "ours": "本规则设定 ours"}
    figures = [
        (code(f"${{{name}}}"), code("-" if one.value is None else one.value), origins[one.origin], cell(one.note or ""))
        for name, one in entry.parameters.items()
    ]
    if figures:
        yield from table(("参数 parameter", "取值 value", "来源 from", "说明 note"), figures)


def _items(entry: Entry) -> Iterator[str]:
    """The items of a checklist."""
    items = getattr(entry.rule, "items", ())
    if items:
        rows = []
        for item in items:
            severity = SEVERITIES[item.severity or entry.rule.severity]["zh"]
            rows.append((code(item.code), cell(item.title.zh), cell(item.title.en), ", ".join(item.covers), severity))
        yield from table(("编号 code", "检查项", "item", "条款 clause", "程度"), rows)


def _clauses(book: Rulebook, regulation: Regulation) -> Iterator[str]:
    (part,) = coverage(book, regulation.regulation)
    rules = {clause: found for clause, _, found in part.rows}
    yield "## 条款 Clauses\n"
    rows = []
    for clause in regulation.clauses:
        links = ", ".join(f"[{name}](#{name.lower()})" for name in rules[clause.id])
        how = COVERED[clause.how]
        shown = links or cell(clause.why or "—")
        rows.append((clause.id, cell(clause.place), cell(clause.zh), f"{how['zh']} {how['en']}", shown))
    yield from table(("条款 clause", "出处 place", "要求", "方式 how", "规则 rules"), rows)
