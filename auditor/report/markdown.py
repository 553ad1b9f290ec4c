"""Markdown: tables whose cells cannot break them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence


def cell(text: object) -> str:
    """Text that may stand in a cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def code(value: object) -> str:
    """A value of a rule file as code in a cell; parts of a mapping or list are written as in a rule file."""
    text = " ".join((value if isinstance(value, str) else _written(value)).split()).replace("|", "\\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`" if text else "`''`"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table with a blank line after it; nothing without rows."""
    if rows:
        yield _line(heads)
        yield _line(["---"] * len(heads))
        yield from (_line(row) for row in rows)
        yield ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _written(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    return value if isinstance(value, str) else json.dumps(value)
