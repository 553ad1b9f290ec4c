"""Reading files into a Dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from auditor.intake.accounts import check_accounts, lacking
from auditor.intake.assemble import assemble
from auditor.intake.dataset import Dataset, Source, event_fields
from auditor.intake.derive import CompileWhere, derive_tables, where_as_written
from auditor.intake.digest import Digest
from auditor.intake.fewpart import few_part
from auditor.intake.fewrows import few_rows
from auditor.intake.folder import expand, pardon_strays
from auditor.intake.header import Candidate, HeaderIndex
from auditor.intake.layout import refusals
from auditor.intake.opening import open_file
from auditor.intake.parquetfile import damaged, parquet_part, readable
from auditor.intake.part import Part
from auditor.intake.people import name_people
from auditor.intake.recognise import matches, tables_of
from auditor.intake.repeated import set_repeats_aside
from auditor.intake.settings import UNSAID, Settings
from auditor.intake.sheet import Sheet
from auditor.intake.sniff import Format
from auditor.intake.sql import name
from auditor.intake.standing import changing, standing
from auditor.intake.textpart import text_part
from auditor.location import Location
from auditor.problem import Problem
from auditor.records import RecordType, Table

Progress = Callable[[str, int, int], None]


def read_files(
    paths: Sequence[Path],
    records: Mapping[str, RecordType],
    zone: str,
    *,
    progress: Progress | None = None,
    connection: duckdb.DuckDBPyConnection | None = None,
    schema: str = "main",
    compile_where: CompileWhere = where_as_written,
    settings: Settings = UNSAID,
) -> tuple[Dataset, list[Problem]]:
    """Read files and folders into tables of ``schema``; wall times are those of ``zone`` (IANA).

    ``progress`` is told each file with its number and how many there are. ``compile_where`` turns the
    conditions of derived records into SQL; ``settings`` are a project's own words about its files. Nothing is
    raised for a bad input: it is a Problem, fatal when a whole file could not be used, unless it merely lies in
    a folder beside others that could.
    """
    connection = connection or duckdb.connect()
    files, problems = expand([Path(path) for path in paths])
    reader = _Reader(connection, HeaderIndex(records), zone, settings)
    for number, path in enumerate(files, start=1):
        if progress:
            progress(str(path), number, len(files))
        reader.read(path)
    problems += reader.unused()
    problems += pardon_strays(reader.problems, files, [part.source.file for part in reader.parts])
    try:
        data, more = _dataset(connection, schema, reader.parts, records, compile_where, settings)
    except duckdb.Error:
        broken = [part.source.file for part in reader.parts if part.in_place and not readable(connection, part)]
        if not broken:
            raise
        return Dataset(connection, {}, (), schema), [*problems, *map(damaged, broken)]
    return data, problems + more


def _dataset(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    parts: Sequence[Part],
    records: Mapping[str, RecordType],
    compile_where: CompileWhere,
    settings: Settings,
) -> tuple[Dataset, list[Problem]]:
    """The parts as tables; raises duckdb.Error when a file that is read in place turns out to be damaged."""
    tables, sources = _tables(connection, schema, parts)
    namesakes, named = name_people(connection, schema, tables, sources)
    tables, sources, repeated = _without_repeats(connection, schema, parts, tables, sources, settings)
    in_place = {part.record.name for part in parts if part.in_place}
    check_accounts(connection, schema, tables.keys() - in_place, sources)
    derived, derive_problems = derive_tables(connection, schema, records, tables, compile_where)
    data = Dataset(connection, tables | derived, sources, schema, namesakes=namesakes)
    return data, [*lacking(sources), *named, *repeated, *derive_problems]


class _Reader:
    """Gathers the parts of all files; their order is the order of the sources."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, index: HeaderIndex, zone: str, settings: Settings
    ) -> None:
        self._connection = connection
        self._index = index
        self._zone = zone
        self._settings = settings
        self._seen: list[Digest] = []
        self.parts: list[Part] = []
        self.problems: list[Problem] = []
        self._used: set[int] = set()

    def read(self, path: Path) -> None:
        """Read one file; the same bytes are read once."""
        before, at_first = len(self.parts), standing(path)
        kind, sheets, problems = open_file(self._connection, path, self._settings.encoding_of(path))
        self.problems += problems
        if not sheets:
            return
        digest = Digest(path)
        twin = next((seen for seen in self._seen if seen.size == digest.size and seen.sha256 == digest.sha256), None)
        if twin is not None:
            what = f"This file is the same as {twin.path}, so it was read once."
            self.problems.append(Problem(Location(str(path)), "same-file", what, "Give each file once."))
            return
        self._seen.append(digest)
        try:
            for found in sheets:
                self._read_sheet(found, digest, kind)
        except duckdb.Error:
            if kind is not Format.PARQUET:
                raise
            self.problems.append(damaged(sheets[0].file))
            return
        if standing(path) != at_first:
            del self.parts[before:]
            self.problems.append(changing(path))
        elif len(self.parts) == before:
            what = "No table in this file was recognised, so nothing was read from it."
            remedy = "Run `auditor inspect` on it, then rename its columns or add aliases."
            self.problems.append(Problem(Location(str(path)), "file-not-recognised", what, remedy, True))

    def _read_sheet(self, found: Sheet, digest: Digest, kind: Format) -> None:
        """Read the tables of one sheet."""
        said = [mapping for mapping in self._settings.mappings if matches(mapping, found)]
        self._used |= {*map(id, said)}
        for table in tables_of(found, self._index, said):
            self.problems += table.problems
            if table.chosen is not None:
                self._read_table(table.sheet, table.chosen, digest, kind)

    def _read_table(self, sheet: Sheet, chosen: Candidate, digest: Digest, kind: Format) -> None:
        told = sheet.understood or few_rows(sheet, chosen)
        place = (chosen, self._zone, digest, len(self.parts))
        if told is not None:
            part, problems = few_part(self._connection, sheet, told, *place)
        else:
            make = parquet_part if kind is Format.PARQUET else text_part
            part, problems = make(self._connection, sheet, *place)
        self.parts.append(part)
        self.problems += problems

    def unused(self) -> list[Problem]:
        """One Problem for each mapping that speaks of a sheet and matches none."""
        idle = [one for one in self._settings.mappings if one.names_sheets and id(one) not in self._used]
        return [refusals.unused(mapping) for mapping in idle]


def _tables(
    connection: duckdb.DuckDBPyConnection, schema: str, parts: Sequence[Part]
) -> tuple[dict[str, Table], tuple[Source, ...]]:
    """The tables of all parts, by record name, and the sources with the time they cover."""
    grouped: dict[str, list[tuple[int, Part]]] = {}
    for index, part in enumerate(parts):
        grouped.setdefault(part.record.name, []).append((index, part))
    tables = {record: assemble(connection, schema, group) for record, group in grouped.items()}
    spans: dict[int, tuple[int, int]] = {}
    for record, group in grouped.items():
        if any(part.source.covers is None for _, part in group):
            spans |= _spans(connection, schema, tables[record])
    sources = (replace(part.source, covers=part.source.covers or spans.get(i)) for i, part in enumerate(parts))
    return tables, tuple(sources)


def _without_repeats(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    parts: Sequence[Part],
    tables: dict[str, Table],
    sources: tuple[Source, ...],
    settings: Settings,
) -> tuple[dict[str, Table], tuple[Source, ...], list[Problem]]:
    """Tables and sources without repeated rows; Parquet that is read in place is taken as it is."""
    in_place = {part.record.name for part in parts if part.in_place}
    problems: list[Problem] = []
    for record in [item for item in tables if item not in in_place]:
        counts = settings.duplicates.get(record, "last")
        tables[record], sources, told = set_repeats_aside(connection, schema, tables[record], sources, counts)
        problems += told
    return tables, sources, problems


def _spans(connection: duckdb.DuckDBPyConnection, schema: str, table: Table) -> dict[int, tuple[int, int]]:
    """The first and last event time of each source in ``table``."""
    fields = [name(field) for field in event_fields(table)]
    if not fields:
        return {}
    low, high = (", ".join(f"{word}({field})" for field in fields) for word in ("min", "max"))
    query = (
        f"SELECT _source, list_min([{low}]), list_max([{high}]) "
        f"FROM {name(schema)}.{name(table.record.name)} GROUP BY _source"
    )
    rows = connection.execute(query).fetchall()
    return {source: (first, last) for source, first, last in rows if first is not None}
