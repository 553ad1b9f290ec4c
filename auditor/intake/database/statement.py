"""The statement a source is read with: one that selects, and nothing else."""

from __future__ import annotations

import sqlglot
from sqlalchemy import ColumnClause, Executable, TextClause, bindparam, column, or_, select, table, text
from sqlalchemy.sql.selectable import FromClause
from sqlalchemy.types import NullType
from sqlglot import exp

from auditor.intake.database.dialect import Dialect
from auditor.intake.database.refusal import Refusal
from auditor.intake.database.source import DatabaseSource

_WRITES = (exp.DML, exp.DDL, exp.Command, exp.Into, exp.Lock)


def statement_of(source: DatabaseSource, dialect: Dialect, since: str | int | None) -> Executable:
    """What to execute, with ``since`` bound where it is given; raises Refusal unless the query is one SELECT.

    Columns are left without types, so that values arrive as the driver reads them. A row without a watermark
    is always read: nobody can say that it has not changed.
    """
    if source.query is None:
        schema, _, bare = (source.table or "").rpartition(".")
        origin: FromClause = table(bare, schema=schema or None)
    else:
        _check(source.query, dialect)
        query = _escaped(source.query)
        if since is None:
            return query
        origin = query.columns().subquery("source")
    chosen = select(text("*")).select_from(origin)
    if since is None or source.watermark is None:
        return chosen
    mark: ColumnClause[object] = column(source.watermark)
    return chosen.where(or_(mark >= bindparam("since", since, type_=NullType()), mark.is_(None)))


def _escaped(query: str) -> TextClause:
    """The query as it stands: its colons are no parameters, and a last comment does not swallow what follows."""
    return text(query.strip().removesuffix(";").replace(":", "\\:") + "\n")


def _check(query: str, dialect: Dialect) -> None:
    try:
        statements = [one for one in sqlglot.parse(query, dialect=dialect.sqlglot or None) if one is not None]
    except sqlglot.ParseError as error:
        first = next(iter(error.errors), {})
        where = f" at line {first['line']}, column {first['col']} of it" if first.get("line") else ""
        raise Refusal("database-query", f"The query cannot be understood{where}.", "Write one SELECT.") from None
    if len(statements) != 1:
        what = f"The query holds {len(statements)} statements." if statements else "The query is empty."
        raise Refusal("database-query", what, "Write one SELECT.")
    found = statements[0]
    if not isinstance(found, exp.Query) or found.find(*_WRITES):
        raise Refusal("database-query", "The query does something else than select.", "Write one SELECT.")
