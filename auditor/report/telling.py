"""Telling: a finding in words, with its clauses and the cells it was read from, as every report shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.evaluate.evidence import Cells
from auditor.evaluate.finding import Finding
from auditor.intake import Source
from auditor.report.reviewing import Review, tell_review
from auditor.report.sentence import sentence
from auditor.report.texts import text
from auditor.report.wording import Language

if TYPE_CHECKING:
    from auditor.pipeline import Audit

AT_ONCE = 2000
"""For how many findings the evidence is fetched together."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with its record's ``key`` as people know it, its sentence, lines for clauses and rows, its review."""

    finding: Finding
    key: str
    sentence: str
    clauses: tuple[str, ...]
    evidence: tuple[str, ...]
    review: Review


def tell(audit: Audit, findings: Sequence[Finding], lang: Language) -> Iterator[Told]:
    """Every one of ``findings`` in words, in their order."""
    clauses = clause_places(audit, lang)
    places = _places(audit.data.sources)
    headers = [{column.field: column.header for column in source.columns} for source in audit.data.sources]
    for start in range(0, len(findings), AT_ONCE):
        part = findings[start : start + AT_ONCE]
        evidence = audit.evidence(part)
        for finding in part:
            cells = evidence[finding.fingerprint]
            yield Told(
                finding,
                shown_key(finding.key, lang),
                sentence(finding, audit.calendar, audit.book.records, lang),
                tuple(clauses.get(name, name) for name in finding.clause.split(", ")),
                tuple(_evidence(one, places[one.source], headers[one.source], lang) for one in cells),
                tell_review(audit, finding.fingerprint, lang),
            )


def clause_places(audit: Audit, lang: Language) -> dict[str, str]:
    """``DEC-084 第四章 …: what it asks`` for every clause of the regulations in force, by its id."""
    regulations = [audit.book.regulations[name] for name in audit.run.regulations]
    return {
        clause.id: f"{clause.id} {clause.place}: {clause.zh if lang == 'zh' else clause.requirement}"
        for regulation in regulations
        for clause in regulation.clauses
    }


def shown_key(key: str, lang: Language) -> str:
    """The key of a record; a row that has none is told by its number."""
    head, _, number = key.partition(" ")
    return text("row", lang).format(number) if head == "row" and number.isdecimal() else key


def _places(sources: Sequence[Source]) -> list[str]:
    """``file › sheet`` of each source, the file without its folder unless two files share a name."""
    names = {Path(source.file).name: source.file for source in sources}
    short = {file: name for name, file in names.items()} if len(names) == len({one.file for one in sources}) else {}
    return [" › ".join([short.get(one.file, one.file), *([one.sheet] if one.sheet else [])]) for one in sources]


def _evidence(cells: Cells, place: str, headers: Mapping[str, str], lang: Language) -> str:
    """``file › sheet › 第 7 行: header = value, …``, with the headers of the file itself."""
    empty = text("empty", lang)
    read = (f"{headers.get(name, name)} = {empty if value is None else value}" for name, value in cells.values.items())
    return f"{place} › {text('row', lang).format(cells.line)}: {', '.join(read)}"
