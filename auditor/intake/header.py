"""Header: which row of a sheet is the header, which record type it is, and which column is which field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.fold import fold, fold_header, fold_without_unit
from auditor.intake.dataset import ColumnMatch
from auditor.intake.sheet import HeadRow, Understood
from auditor.records import RecordType

_TITLE_BONUS = 5.0
_LEAST_MATCHES = 2
_LEAST_SHARE = 0.34


@dataclass(frozen=True)
class Candidate:
    """One way to understand a sheet: a header row and a record type, with its score and the reasons.

    ``doubled`` are fields that two columns claim: field -> their headers. ``titled`` says that the
    sheet's or the file's name is one of the record type's.
    """

    record: RecordType
    header: HeadRow
    score: float
    columns: tuple[ColumnMatch, ...]
    doubled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titled: bool = False

    @property
    def confident(self) -> bool:
        """Enough headers matched to be judged by."""
        filled = sum(1 for cell in self.header.cells if cell.strip())
        matched = len(self.columns)
        return matched >= _LEAST_MATCHES and (self.titled or matched >= 4 or matched >= filled * _LEAST_SHARE)


class HeaderIndex:
    """All headers by which the fields of some record types are known, folded."""

    def __init__(self, records: Mapping[str, RecordType]) -> None:
        self.records = {name: record for name, record in records.items() if record.derive is None}
        self._known: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        for name, record in self.records.items():
            for field_name, model in record.fields.items():
                self._known[fold_header(field_name)].setdefault(name, (field_name, "English name"))
                for alias in model.aliases:
                    self._known[fold_header(alias)][name] = (field_name, "alias")

    def fields(self, header: str) -> dict[str, tuple[str, str]]:
        """Record name -> (field, how it matched) for one header."""
        found = self._known.get(fold_header(header))
        if found:
            return {name: (item, how if self._exact(name, item, header) else f"{how}, folded")
                    for name, (item, how) in found.items()}  # fmt: skip
        bare = self._known.get(fold_without_unit(header), {})
        return {name: (item, f"{how}, without its unit") for name, (item, how) in bare.items()}

    def _exact(self, name: str, field_name: str, header: str) -> bool:
        return header == field_name or header in self.records[name].fields[field_name].aliases

    def candidates(self, head: Sequence[HeadRow], titles: Sequence[str]) -> list[Candidate]:
        """All ways to understand a sheet, best first; ``titles`` are the sheet's and the file's name."""
        titled = {name for name, record in self.records.items() if _is_titled(record, titles)}
        found = [candidate for row in head for candidate in self._of_row(row, titled)]
        order = list(self.records)
        best = sorted(found, key=lambda item: (-item.score, item.header.line, order.index(item.record.name)))
        seen: dict[str, Candidate] = {}
        for candidate in best:
            seen.setdefault(candidate.record.name, candidate)
        return list(seen.values())

    def understood(self, header: HeadRow, told: Understood) -> Candidate:
        """The one way to understand a sheet whose layout has said which column is which field."""
        cells = zip(header.cells, told.fields, strict=True)
        hits = [ColumnMatch(cell, place, field, "layout") for place, (cell, field) in enumerate(cells) if field]
        return self._candidate(told.record, header, hits, 3.0 * len(hits), True)

    def _of_row(self, row: HeadRow, titled: set[str]) -> list[Candidate]:
        """A candidate for each record type that knows any cell of ``row``."""
        hits: dict[str, list[ColumnMatch]] = defaultdict(list)
        weight: dict[str, float] = defaultdict(float)
        for position, cell in enumerate(row.cells):
            fields = self.fields(cell) if cell.strip() and len(cell) <= 60 else {}
            for name, (field_name, how) in fields.items():
                hits[name].append(ColumnMatch(cell, position, field_name, how))
                weight[name] += 3.0 + 1.0 / len(fields)
        shape = _shape(row)
        return [self._candidate(name, row, hits[name], weight[name] + shape, name in titled) for name in hits]

    def _candidate(self, name: str, row: HeadRow, hits: list[ColumnMatch], score: float, titled: bool) -> Candidate:
        record = self.records[name]
        by_field: dict[str, list[ColumnMatch]] = defaultdict(list)
        for hit in hits:
            by_field[hit.field].append(hit)
        doubled = {item: tuple(hit.header for hit in group) for item, group in by_field.items() if len(group) > 1}
        columns = tuple(hit for hit in hits if hit.field not in doubled)
        bonus = sum(1.0 for item in (record.key, record.time) if item in by_field) + _TITLE_BONUS * titled
        return Candidate(record, row, score + bonus, columns, doubled, titled)


def _shape(row: HeadRow) -> float:
    """How much a row looks like a header: cells that are words, and no two alike."""
    filled = [fold(cell) for cell in row.cells if cell.strip()]
    words = sum(1 for cell in filled if not any(character.isdigit() for character in cell))
    return (words + len(set(filled))) / len(filled) if filled else 0.0


def _is_titled(record: RecordType, titles: Sequence[str]) -> bool:
    """One of the record type's names stands in a title."""
    names = [fold_header(item) for item in (record.name, record.name_zh, *record.sheets)]
    folded = [fold_header(title) for title in titles]
    return any(known and known in title for known in names for title in folded)
