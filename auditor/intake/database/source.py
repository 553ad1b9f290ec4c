"""DatabaseSource: a table or a query of a database, as a project names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from auditor.intake.database.secret import REFERENCE
from auditor.mistake import Mistake

FORMS = {
    "sqlalchemy": "Write `sqlalchemy: ${DATABASE_URL}` and set that variable where this runs.",
    "name": "Write a short name of letters, digits, dots and dashes.",
}
"""Remedies for the fields of a DatabaseSource, for a Shape."""

_NAME = re.compile(r"\w[\w.-]*")
_PASSWORDS = re.compile(r"://[^/?#:]*:([^/?#]*)@|[?&][^=&]*(?:password|passwd|pwd)=([^&]*)", re.IGNORECASE)


class DatabaseSource(BaseModel):
    """Where rows come from: a ``table`` (``schema.table`` and views too) or a ``query``, at ``sqlalchemy``.

    ``sqlalchemy`` is a URL with its secrets as ``${NAME}`` or ``${file:/path}``. ``record`` and ``columns`` (column
    -> field, or nothing for a column nobody needs) say what is not to be recognised by name. Rows whose
    ``watermark`` column is at least ``since``, or empty, are read; without ``since`` all are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sqlalchemy: str = Field(repr=False)
    table: str | None = None
    query: str | None = None
    name: str | None = None
    record: str | None = None
    columns: Mapping[str, str | None] = {}
    watermark: str | None = None
    since: str | int | None = None

    @property
    def called(self) -> str:
        """The name that stands in snapshots and evidence."""
        return self.name or self.table or ""

    @property
    def shown(self) -> str:
        """The source as evidence and messages name it: ``db:repairs``."""
        return f"db:{self.called}"

    @property
    def relation(self) -> str:
        """What is read there, in a word or two: the table's name, or ``query``."""
        return self.table or "query"

    @model_validator(mode="after")
    def _hang_together(self) -> Self:
        if (self.table is None) == (self.query is None):
            raise Mistake("A database is read by either a table or a query.", "Write one of `table:` and `query:`.")
        if not _NAME.fullmatch(self.called):
            shown = f"'{self.called}' cannot be the name of a source." if self.called else "A query needs a name."
            raise Mistake(shown, "Write `name: repairs`, with letters, digits, dots and dashes.", "name")
        if self.since is not None and self.watermark is None:
            raise Mistake("'since' needs a column to compare with.", "Write `watermark: updated_at`.", "since")
        if _written_password(self.sqlalchemy):
            what = "A password stands in this file, where everybody can read it."
            raise Mistake(what, "Write ${DB_PASSWORD} or ${file:/run/secrets/db} in its place.", "sqlalchemy")
        return self


def _written_password(url: str) -> bool:
    """Whether a password is spelt out in ``url``."""
    bare = REFERENCE.sub("", url)
    return any(any(found) for found in _PASSWORDS.findall(bare))
