"""Settings: what people have said about their files, so that nothing about them need be guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

Counts = Literal["last", "first", "all", "refuse"]
"""Which of several rows of one key counts; ``all`` judges each, ``refuse`` makes them fatal."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SheetMapping(_Frozen):
    """How the sheets that match ``file``, ``sheet`` (globs) and ``layout`` (a fingerprint) are to be read.

    ``columns`` maps headers to fields, or to nothing for a column nobody needs. ``range`` is a span of columns
    (``A:F``). ``year`` completes dates without one; ``order`` says how ``5/1/2024`` is meant.
    """

    file: str | None = None
    sheet: str | None = None
    layout: str | None = None
    record: str | None = None
    header_row: int | None = None
    range: str | None = None
    transposed: bool = False
    columns: Mapping[str, str | None] = {}
    fill_down: tuple[str, ...] = ()
    encoding: str | None = None
    year: int | None = None
    order: Literal["dmy", "mdy"] | None = None


class Settings(_Frozen):
    """Everything a project says about reading; the default says nothing."""

    mappings: tuple[SheetMapping, ...] = ()
    duplicates: Mapping[str, Counts] = {}
    encoding: str | None = None


UNSAID = Settings()
"""Nobody has said anything."""
