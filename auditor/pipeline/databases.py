"""Databases on their way into a Dataset: each is read into a snapshot, which is read like a file."""

from __future__ import annotations

import glob
import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from auditor.intake.database import DatabaseSource, extract
from auditor.intake.settings import Settings, SheetMapping
from auditor.location import Location
from auditor.problem import Problem


@dataclass(frozen=True)
class Snapshots:
    """The files that databases were read into, and ``settings`` completed by what is known of them."""

    paths: tuple[Path, ...]
    settings: Settings


def take_snapshots(
    databases: Sequence[DatabaseSource],
    folder: Path,
    zone: str,
    settings: Settings,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Snapshots, list[Problem]]:
    """Read every database into ``folder``; each that cannot be read is one fatal Problem."""
    problems = _doubled(databases)
    paths: list[Path] = []
    mappings: list[SheetMapping] = []
    for number, source in enumerate(databases if not problems else (), start=1):
        if progress:
            progress(source.shown, number, len(databases))
        found, told = extract(source, folder, zone=zone)
        problems += told
        if found is not None:
            paths.append(found.path)
            mappings += _mapping(source)
    return Snapshots(tuple(paths), settings.model_copy(update={"mappings": (*mappings, *settings.mappings)})), problems


def _mapping(source: DatabaseSource) -> list[SheetMapping]:
    """What is known of a source's snapshot before anything in it is recognised."""
    if not source.record and not source.columns:
        return []
    return [SheetMapping(file=glob.escape(source.shown), record=source.record, columns=source.columns)]


def passing_folder(connection: duckdb.DuckDBPyConnection) -> Path:
    """A folder for snapshots that goes when ``connection`` does: its tables look into them."""
    folder = Path(tempfile.mkdtemp(prefix="auditor-snapshots-"))
    weakref.finalize(connection, shutil.rmtree, folder, True)
    return folder


def _doubled(databases: Sequence[DatabaseSource]) -> list[Problem]:
    """Two sources of one name could not be told apart in evidence."""
    counted = Counter(source.shown.casefold() for source in databases)
    what, remedy = "Several databases are called so.", "Give each a `name:` of its own."
    first = {source.shown.casefold(): source.shown for source in reversed(databases)}
    return [
        Problem(Location(first[name]), "source-doubled", what, remedy, True)
        for name, count in counted.items()
        if count > 1
    ]
