"""Taking a snapshot: the rows of a source as a Parquet file, in batches, in an order of their own."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from auditor.intake.database.column import Column
from auditor.intake.database.connect import locate, reading
from auditor.intake.database.refusal import Refusal
from auditor.intake.database.source import DatabaseSource
from auditor.intake.database.statement import statement_of
from auditor.intake.engine import open_engine
from auditor.intake.parquetfile import RELATION, SOURCE
from auditor.intake.sql import literal
from auditor.mistake import nearest

BATCH = 50_000
"""Rows that are held in memory at a time."""


@dataclass(frozen=True)
class Extract:
    """A snapshot at ``path`` with ``rows`` rows; ``watermark`` is the highest one seen, to go on from next time."""

    path: Path
    rows: int
    watermark: str | int | None


def take_snapshot(source: DatabaseSource, folder: Path, since: str | int | None, zone: str) -> Extract:
    """Read ``source`` into ``folder``; raises Refusal or Mistake when it cannot be read.

    The file is named by its content, so no later one ever takes its place.
    """
    database = locate(source.sqlalchemy)
    statement = statement_of(source, database.dialect, since)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".reading-") as staging:
        with reading(database, zone) as connection:
            result = connection.execution_options(yield_per=BATCH).execute(statement)
            columns = _columns(source, list(result.keys()))
            staged = _stage(columns, result.partitions(), Path(staging))
        rows = sum(pq.read_metadata(file).num_rows for file in staged)
        ordered = _ordered(source, staged, Path(staging) / "snapshot")
        with ordered.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        path = folder / f"{source.called}-{digest[:12]}.parquet"
        os.replace(ordered, path)
    return Extract(path, rows, _highest(path, source.watermark, since))


def _columns(source: DatabaseSource, names: Sequence[str]) -> list[Column]:
    """The columns of the result; raises Refusal when they cannot be told apart or the watermark is not there."""
    folded = [name.casefold() for name in names]
    doubled = next((name for name in names if folded.count(name.casefold()) > 1), None)
    if doubled is not None:
        remedy = "Give each column a name of its own with AS."
        raise Refusal("database-columns", f"There are two columns called '{doubled}'.", remedy)
    for wanted in (*([source.watermark] if source.watermark else []), *source.columns):
        if wanted not in names:
            raise Refusal("database-columns", f"There is no column '{wanted}'.", nearest(wanted, names))
    return [Column(name) for name in names]


def _stage(columns: Sequence[Column], batches: Iterable[Sequence[Sequence[object]]], folder: Path) -> list[Path]:
    """Write every batch to a file of its own, then all of them in the types that hold the whole."""
    files: list[Path] = []
    for batch in batches:
        arrays = [column.take(values) for column, values in zip(columns, zip(*batch, strict=True), strict=True)]
        files.append(folder / f"{len(files):06}.parquet")
        pq.write_table(pa.table(arrays, [column.name for column in columns]), files[-1])
    schema = pa.schema([(column.name, column.type) for column in columns])
    if not files:
        files.append(folder / "empty.parquet")
        pq.write_table(schema.empty_table(), files[-1])
    for file in files:
        if pq.read_schema(file) != schema:
            table = pq.read_table(file)
            settled = [column.settle(table[column.name]) for column in columns]
            pq.write_table(pa.table(settled, schema=schema), file)
    return files


def _ordered(source: DatabaseSource, staged: Sequence[Path], target: Path) -> Path:
    """The rows in the order of their values, column by column: a server may give them in any order."""
    files = ", ".join(literal(str(file)) for file in staged)
    about = f"{{{SOURCE}: {literal(source.shown)}, {RELATION}: {literal(source.relation)}}}"
    with open_engine() as connection:
        connection.execute("SET threads = 1")
        connection.execute(
            f"COPY (SELECT * FROM read_parquet([{files}]) ORDER BY ALL)"
            f" TO {literal(str(target))} (FORMAT parquet, KV_METADATA {about})"
        )
    return target


def _highest(path: Path, watermark: str | None, since: str | int | None) -> str | int | None:
    """The highest watermark in the file, else ``since``; times as text in ISO 8601."""
    if watermark is None:
        return None
    found = pc.max(pq.read_table(path, columns=[watermark])[watermark]).as_py()
    if isinstance(found, datetime):
        return (found if found.tzinfo is None else found.astimezone(UTC)).isoformat()
    if isinstance(found, date):
        return found.isoformat()
    return since if found is None else found if isinstance(found, int) else str(found)
