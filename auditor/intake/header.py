"""Header: which record type the columns of a header are, and which column is which field."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.fold import fold, fold_header, fold_without_unit
from auditor.intake.dataset import ColumnMatch
from auditor.intake.settings import UNMAPPED, SheetMapping
from auditor.intake.sheet import HeadRow, Understood
from auditor.records import RecordType

_TITLE_BONUS = 5.0
_LEAST_MATCHES = 2
_LEAST_SHARE = 0.34
_LONGEST = 60
MAPPED = "mapping"
_LOWEST = "lowest level"
_BY_LOWEST = 0.1
"""What a header that is known by its lowest levels alone counts less."""

_ANOTHER_TIME = re.compile(
    "计划|预计|预定|预约|拟定|要求|目标|应完成|上期|上月|去年|同期|plan|expect|due|target|previous|last"
)
"""Above a name these words make it another thing: 计划/开始时间 is no 开始时间."""


@dataclass(frozen=True)
class Candidate:
    """One way to understand a sheet: a header row and a record type, with its score and the reasons.

    ``doubled`` are fields that two columns claim: field -> their headers. ``titled`` says that the
    sheet's or the file's name is one of the record type's. ``mapping`` is what people have said of the sheet.
    """

    record: RecordType
    header: HeadRow
    score: float
    columns: tuple[ColumnMatch, ...]
    doubled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titled: bool = False
    mapping: SheetMapping = UNMAPPED

    @property
    def extras(self) -> tuple[str, ...]:
        """Headers that are no field, but for those that nobody wants."""
        known = {match.position for match in self.columns}
        places = [place for place, cell in enumerate(self.header.cells) if cell.strip() and place not in known]
        return tuple(self.header.cells[place] for place in places if not _unwanted(self.mapping, self.header, place))

    @property
    def unsaid(self) -> tuple[str, ...]:
        """Headers that people speak of and the sheet does not have."""
        known = {text for place, _ in enumerate(self.header.cells) for text in _names(self.header, place)}
        spoken = dict.fromkeys((*self.mapping.columns, *self.mapping.fill_down))
        return tuple(text for text in spoken if fold_header(text) not in known)

    @property
    def confident(self) -> bool:
        """Enough headers matched to be judged by; one will do where people have said what the sheet is."""
        if self.mapping.record is not None:
            return bool(self.columns)
        filled = sum(1 for cell in self.header.cells if cell.strip())
        matched = len(self.columns) + len(self.doubled)
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

    def candidates(
        self, head: Sequence[HeadRow], titles: Sequence[str], mapping: SheetMapping = UNMAPPED
    ) -> list[Candidate]:
        """All ways to understand the headers in ``head``, best first, one for each record type.

        ``titles`` are the names of the sheet; ``mapping`` decides what it speaks of.
        """
        titled = {name for name, record in self.records.items() if _is_titled(record, titles)}
        found = [candidate for row in head for candidate in self._of_row(row, titled, mapping)]
        order = list(self.records)
        best = sorted(found, key=lambda item: (-item.score, item.header.line, order.index(item.record.name)))
        seen: dict[str, Candidate] = {}
        for candidate in best:
            seen.setdefault(candidate.record.name, candidate)
        return list(seen.values())

    def understood(self, header: HeadRow, told: Understood) -> Candidate:
        """The one way to understand a sheet whose layout has said which column is which field."""
        cells = enumerate(zip(header.cells, told.fields, strict=True))
        hits = [ColumnMatch(cell, place, field, "layout") for place, (cell, field) in cells if field]
        return self._candidate(told.record, header, hits, 3.0 * len(hits), True, UNMAPPED)

    def _of_row(self, row: HeadRow, titled: set[str], mapping: SheetMapping) -> list[Candidate]:
        """A candidate for each record type that knows any cell of ``row``."""
        hits: dict[str, list[ColumnMatch]] = defaultdict(list)
        weight: dict[tuple[str, str], float] = {}
        for position, cell in enumerate(row.cells):
            fields = self._of_column(row, position, mapping) if cell.strip() else {}
            for name, (field_name, how) in fields.items():
                if mapping.record in (None, name):
                    hits[name].append(ColumnMatch(cell, position, field_name, how))
                    worth = 3.0 + 1.0 / len(fields) - _BY_LOWEST * how.endswith(_LOWEST)
                    weight[name, field_name] = max(weight.get((name, field_name), 0.0), worth)
        shape = _shape(row)
        scores = {name: shape + sum(worth for (one, _), worth in weight.items() if one == name) for name in hits}
        return [self._candidate(name, row, hits[name], scores[name], name in titled, mapping) for name in hits]

    def _of_column(self, row: HeadRow, position: int, mapping: SheetMapping) -> dict[str, tuple[str, str]]:
        """Record name -> (field, how it matched) for one column: as people say, by its whole name, by its lowest."""
        said, field_name = _said(mapping, row, position)
        if said:
            known = {name for name, record in self.records.items() if field_name in record.fields}
            return {name: (field_name, MAPPED) for name in known if field_name is not None}
        path = row.path(position)
        for start in range(len(path)):
            text = "/".join(path[start:])
            found = self.fields(text) if len(text) <= _LONGEST else {}
            if found and start:
                return self._of_lowest(found, path[:start])
            if found:
                return found
        return {}

    def _of_lowest(self, found: Mapping[str, tuple[str, str]], above: Sequence[str]) -> dict[str, tuple[str, str]]:
        """What the lowest levels mean below names that leave their meaning as it is."""
        another = any(_ANOTHER_TIME.search(fold(text)) for text in above)
        return {
            name: (item, f"{how}, {_LOWEST}")
            for name, (item, how) in found.items()
            if not another or self.records[name].fields[item].planned
        }

    def _candidate(
        self, name: str, row: HeadRow, hits: list[ColumnMatch], score: float, titled: bool, mapping: SheetMapping
    ) -> Candidate:
        record = self.records[name]
        by_field: dict[str, list[ColumnMatch]] = defaultdict(list)
        for hit in hits:
            by_field[hit.field].append(hit)
        for item, group in by_field.items():
            by_field[item] = _surest(group)
        doubled = {item: tuple(hit.header for hit in group) for item, group in by_field.items() if len(group) > 1}
        single = {group[0].position for group in by_field.values() if len(group) == 1}
        columns = tuple(hit for hit in hits if hit.position in single)
        bonus = sum(1.0 for item in (record.key, record.time) if item in by_field) + _TITLE_BONUS * titled
        return Candidate(record, row, score + bonus, columns, doubled, titled, mapping)


def _surest(hits: list[ColumnMatch]) -> list[ColumnMatch]:
    """Those that people have said, else those by their whole name, else all."""
    said = [hit for hit in hits if hit.how == MAPPED]
    return said or [hit for hit in hits if not hit.how.endswith(_LOWEST)] or hits


def _said(mapping: SheetMapping, row: HeadRow, position: int) -> tuple[bool, str | None]:
    """Whether people have said what a column is, and the field (None: nobody wants it).

    A column is named by all its levels or by the lowest.
    """
    names = _names(row, position) if mapping.columns else set()
    return next(((True, item) for text, item in mapping.columns.items() if fold_header(text) in names), (False, None))


def _names(row: HeadRow, position: int) -> set[str]:
    """By what a column can be called, folded: all its levels, or the lowest; nothing for a column without a name."""
    path = row.path(position)
    return {fold_header("".join(path)), fold_header(path[-1] if path else "")} - {""}


def places_of(header: HeadRow, names: Sequence[str]) -> tuple[int, ...]:
    """The 0-based columns that ``names`` speak of."""
    wanted = {fold_header(text) for text in names}
    return tuple(place for place in range(len(header.cells)) if wanted & _names(header, place))


def _unwanted(mapping: SheetMapping, row: HeadRow, position: int) -> bool:
    return _said(mapping, row, position) == (True, None)


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
