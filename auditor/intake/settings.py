"""Settings: what people have said about their files, so that nothing about them need be guessed."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import reduce
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from auditor.intake.layout.span import span_of
from auditor.mistake import Mistake, nearest

Counts = Literal["last", "first", "all", "refuse"]
"""Which of several rows of one key counts; ``all`` judges each, ``refuse`` makes them fatal."""

_ENCODINGS = ("gb18030", "gbk", "big5", "utf-8", "utf-16")


def _known_encoding(value: str) -> str:
    try:
        codecs.lookup(value)
    except LookupError:
        raise Mistake(f"'{value}' is not an encoding.", nearest(value, _ENCODINGS)) from None
    return value


Encoding = Annotated[str, AfterValidator(_known_encoding)]
"""The name of an encoding of text; raises Mistake for an unknown one."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SheetMapping(_Frozen):
    """How the sheets that match ``file``, ``sheet`` (globs) and ``layout`` (a fingerprint) are to be read.

    ``columns`` maps headers to fields, or to nothing for a column nobody needs. ``range`` is a span of columns
    (``A:F``). ``fill_down`` names the headers whose blank cells repeat the cell above. ``year`` completes dates
    without one; ``order`` says how ``5/1/2024`` is meant.
    """

    file: str | None = None
    sheet: str | None = None
    layout: str | None = None
    record: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    range: str | None = None
    transposed: bool = False
    columns: Mapping[str, str | None] = {}
    fill_down: tuple[str, ...] = ()
    encoding: Encoding | None = None
    year: int | None = Field(default=None, ge=1970, le=2099)
    order: Literal["dmy", "mdy"] | None = None

    @field_validator("range")
    @classmethod
    def _a_span(cls, value: str | None) -> str | None:
        if value is not None:
            span_of(value)
        return value

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and last 0-based column, or None for all."""
        return None if self.range is None else span_of(self.range)

    @property
    def lays_out(self) -> bool:
        """Whether it says where the table stands or what its columns are, so that no layout need be guessed."""
        return bool(self.header_row or self.range or self.transposed or self.columns)

    @property
    def names_sheets(self) -> bool:
        """Whether it says something of certain sheets, and more than the encoding of a file."""
        return bool((self.file or self.sheet or self.layout) and (self.lays_out or self.record or self.fill_down))

    def also(self, other: SheetMapping) -> SheetMapping:
        """The mapping, with what only ``other`` says."""
        more = {key: getattr(other, key) for key in other.model_fields_set - self.model_fields_set}
        return self.model_copy(update={**more, "columns": {**other.columns, **self.columns}})


class Settings(_Frozen):
    """Everything a project says about reading; the default says nothing."""

    mappings: tuple[SheetMapping, ...] = ()
    duplicates: Mapping[str, Counts] = {}
    encoding: Encoding | None = None

    def encoding_of(self, path: Path) -> str | None:
        """The encoding that somebody has set for the text file at ``path``, by its name or its whole path."""
        said = (
            one.encoding
            for one in self.mappings
            if one.encoding and any(fnmatchcase(name, one.file or "*") for name in (path.name, str(path)))
        )
        return next(said, self.encoding)


UNSAID = Settings()
"""Nobody has said anything."""

UNMAPPED = SheetMapping()
"""A mapping that says nothing."""


def together(mappings: Iterable[SheetMapping]) -> list[SheetMapping]:
    """The tables that the ``mappings`` of one sheet ask for: one for each range, or one; what is said first wins."""
    found = list(mappings)
    common = reduce(SheetMapping.also, (one for one in found if one.range is None), UNMAPPED)
    return [one.also(common) for one in found if one.range is not None] or [common]
