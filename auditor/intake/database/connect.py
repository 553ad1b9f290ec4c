"""Connecting: from a URL with secrets to a transaction that can only read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from auditor.intake.database.dialect import DIALECTS, TIMEOUTS, UNKNOWN, Dialect
from auditor.intake.database.refusal import Refusal
from auditor.intake.database.secret import Revealed, reveal

_AS_WRITTEN = ("json", "jsonb", "interval")
"""PostgreSQL's types that a Python value would round or reorder; they are taken as the server writes them."""

_LONGEST = 300


@dataclass(frozen=True)
class Database:
    """A database that can be connected to: its parsed URL and what must not be said of it."""

    url: URL
    revealed: Revealed

    @property
    def dialect(self) -> Dialect:
        """What is particular to this kind of database."""
        return DIALECTS.get(self.url.get_backend_name(), UNKNOWN)

    def reason(self, error: BaseException) -> str:
        """The first line of what the driver says is wrong, without any secret."""
        said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        return self.revealed.hide(said, self.url.password or "")[:_LONGEST].rstrip(". ") or type(error).__name__


def locate(template: str) -> Database:
    """The database that ``template`` names; raises Refusal (Mistake for a missing secret)."""
    revealed = reveal(template)
    try:
        url = make_url(revealed.text)
    except (ArgumentError, ValueError):
        url = None
    if url is None or (url.host and "@" in url.host + (url.database or "")):
        what = "The database's URL cannot be understood."
        remedy = "Write it as postgresql+psycopg://user:password@host:5432/database, with @ in a password written %40."
        raise Refusal("database-url", what, remedy)
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        what = "There is no such SQLite file."
        raise Refusal("database-unreachable", what, "Check the path in the URL: sqlite:////absolute/path.db.")
    return Database(url, revealed)


@contextmanager
def reading(database: Database, zone: str) -> Iterator[Connection]:
    """A connection inside a transaction that only reads; wall times are those of ``zone``. Raises Refusal."""
    driver = _driver(database.url)
    try:
        connection = _engine(database.url, driver).connect()
    except Exception as error:  # a driver may raise anything, and none of it may be shown as it stands
        what = f"The database cannot be connected to: {database.reason(error)}."
        remedy = "Check that it runs, the address, the user and the password."
        raise Refusal("database-unreachable", what, remedy) from None
    with connection:
        _take_as_written(connection)
        try:
            for statement in database.dialect.begin:
                connection.execute(text(statement.format(zone=zone)))
            yield connection
        except SQLAlchemyError as error:
            what = f"The database refused: {database.reason(error)}."
            raise Refusal("database-refused", what, "Check the names, the query and what the user may read.") from None


def _engine(url: URL, driver: str) -> Engine:
    waiting = {key: value for key, value in TIMEOUTS.get(driver, {}).items() if key not in url.query}
    return create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=waiting)


def _driver(url: URL) -> str:
    """The name of the URL's driver; raises Refusal when it is not installed."""
    try:
        driver = url.get_driver_name()
        url.get_dialect().import_dbapi()
    except NoSuchModuleError:
        what = f"No driver is known by the name {url.drivername}."
        remedy = "Install the package of its dialect, or correct the URL: postgresql+psycopg, mysql+pymysql, sqlite."
        raise Refusal("database-driver", what, remedy) from None
    except ImportError as error:
        what = f"The driver of {url.drivername} is not installed."
        raise Refusal("database-driver", what, f"Install the Python package {error.name}.") from None
    return driver


def _take_as_written(connection: Connection) -> None:
    if connection.dialect.driver == "psycopg":
        from psycopg.types.string import TextLoader

        driver: Any = connection.connection.driver_connection
        for kind in _AS_WRITTEN:
            driver.adapters.register_loader(kind, TextLoader)
