"""open_history: the file is looked at before it is trusted, and made under another name before it has its own."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from auditor.history.history import History
from auditor.history.lock import Lock, busy
from auditor.history.schema import TABLES, VERSION, statements
from auditor.history.store import Store, damaged
from auditor.location import Location
from auditor.problem import InputError, NotDelivered, Problem

FILE = "auditor.duckdb"
HEADERS = 3 * 4096
"""Bytes of a file before its first block."""


def open_history(folder: Path, *, write: bool) -> History:
    """Open the history in ``folder``; to ``write`` makes it where there is none and keeps other writers out.

    Raises Busy when another process writes, InputError when the file is damaged, missing or of a newer version,
    NotDelivered when it cannot be made. Nothing is changed then.
    """
    path = folder / FILE
    if not write:
        if not path.exists():
            what = "There is no history yet."
            remedy = "`auditor run` in the folder of a project begins one; name another folder with --history."
            raise InputError([Problem(Location(str(path)), "no-history", what, remedy, True)])
        return History(_looked_at(path))
    _make_folder(folder)
    lock = Lock(folder)
    try:
        if not path.exists():
            _make(path)
        _looked_at(path).close()
        return History(Store(_connect(path, read_only=False), path), lock)
    except BaseException:
        lock.free()
        raise


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"The folder of the history cannot be made ({error.strerror or error})."
        remedy = "Name another one with --history, or run with --no-history."
        raise NotDelivered([Problem(Location(str(folder)), "no-history", what, remedy, True)]) from None


def _make(path: Path) -> None:
    """Make an empty history; a process that dies meanwhile leaves a draft that counts for nothing."""
    draft = path.with_name(f"{path.name}.new")
    for left in (draft, draft.with_name(f"{draft.name}.wal")):
        left.unlink(missing_ok=True)
    with duckdb.connect(str(draft)) as connection:
        for statement in statements():
            connection.execute(statement)
    os.replace(draft, path)


def _looked_at(path: Path) -> Store:
    """The file, open to be read, once it has its whole length and tables that are known here."""
    store = Store(_connect(path, read_only=True), path)
    try:
        if path.stat().st_size < _least_size(store):
            raise damaged(path, ValueError("its end is missing"))
        [[version]] = store.rows("SELECT max(version) FROM versions")
        if version > VERSION:
            what = (
                f"The history was written by a newer auditor (version {version} of its tables, {VERSION} known here)."
            )
            raise InputError([Problem(Location(str(path)), "history-newer", what, "Update auditor.", True)])
    except BaseException:
        store.close()
        raise
    return store


def _least_size(store: Store) -> int:
    """How many bytes the file must have for every block that is in use; free blocks may be missing at its end."""
    blocks = [f"SELECT block_id FROM pragma_storage_info('{table}')" for table in TABLES]
    blocks.append("SELECT block_id FROM pragma_metadata_info()")
    [[last]] = store.rows(f"SELECT max(block_id) FROM ({' UNION ALL '.join(blocks)})")
    [[size]] = store.rows("SELECT block_size FROM pragma_database_size()")
    return 0 if last is None else int(HEADERS + size * (last + 1))


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        if "Could not set lock" in str(error) or isinstance(error, duckdb.ConnectionException):
            raise busy(path.parent) from None
        raise damaged(path, error) from error
