"""Rule page: one rule in full, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.report.wording import SEVERITIES, Language
from auditor.rulebook import Entry, Rulebook


def rule_page(book: Rulebook, entry: Entry, lang: Language) -> str:
    """The rule as text."""
    return "\n".join(_lines(book, entry, lang))


def _lines(book: Rulebook, entry: Entry, lang: Language) -> Iterator[str]:
    rule = entry.rule
    yield f"{rule.id}  {rule.title.zh}  /  {rule.title.en}"
    yield f"{SEVERITIES[rule.severity][lang]} · {getattr(rule.words, lang)} · {entry.place()}"
    clauses = {clause.id: clause for clause in book.regulations[rule.regulation].clauses}
    for name in rule.cited():
        clause = clauses[name]
        yield f"{name}  {clause.place}: {clause.zh if lang == 'zh' else clause.requirement}"
    for name, parameter in entry.parameters.items():
        yield f"${{{name}}} = {parameter.value} ({parameter.origin}) {parameter.note or ''}".rstrip()
    if not rule.enabled:
        yield f"off: {rule.off_because}"
    if rule.note:
        yield rule.note
    for key, value in entry.raw().items():
        if key not in ("id", "title", "covers", "severity", "note", "examples"):
            yield f"  {key}: {value}"
    for example in entry.raw().get("examples") or ():
        yield f"  · {example}"
