"""What differs between databases: how a transaction is kept from writing, and how long to wait for a connection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@dataclass(frozen=True)
class Dialect:
    """``sqlglot`` is the dialect a query is checked in; ``begin`` are the first statements of a transaction.

    They make it read only and, where the database can, one view of the data as it stands at its beginning. ``{zone}``
    in them is the zone in which wall times are shown.
    """

    sqlglot: str
    begin: tuple[str, ...] = field(default=())


DIALECTS: Mapping[str, Dialect] = {
    "postgresql": Dialect("postgres", (_SNAPSHOT, "SET LOCAL TIME ZONE '{zone}'")),
    "mysql": Dialect("mysql", (_SNAPSHOT,)),
    "mariadb": Dialect("mysql", (_SNAPSHOT,)),
    "oracle": Dialect("oracle", ("SET TRANSACTION READ ONLY",)),
    "mssql": Dialect("tsql"),
    "sqlite": Dialect("sqlite", ("PRAGMA query_only = ON",)),
}
UNKNOWN = Dialect("")
"""Any other database: its own defaults."""

TIMEOUTS: Mapping[str, Mapping[str, int]] = {
    driver: {"connect_timeout": 15} for driver in ("psycopg", "psycopg2", "pymysql", "mysqldb")
}
"""Seconds a driver waits for a server that does not answer."""
