"""Markup: cells and rows of large tables as the XML of a sheet.

openpyxl builds several objects for each cell, which makes minutes of the hundred thousands of cells that findings have;
here it is one text a cell, put into the sheet that openpyxl has written around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from auditor.report.excel.cell import Content

_FIRST = datetime(1899, 12, 30)
_DAY = timedelta(days=1)


def cell_markup(content: Content, style: int) -> str:
    """A cell in the style of this number, from behind the name of its place: ``<c r="B7"`` comes before it."""
    head = f' s="{style}"'
    value = content.value
    if value is None or value == "":
        return head + "/>"
    if isinstance(value, str):
        kept = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        return f'{head} t="inlineStr"><is><t{kept}>{escape(value)}</t></is></c>'
    if isinstance(value, bool):
        return f'{head} t="b"><v>{int(value)}</v></c>'
    return f"{head}><v>{_number(value)!r}</v></c>"


def _number(value: int | float | datetime | timedelta) -> int | float:
    """Moments and spans are counted in days; there are none before March 1900, where the count has its gap."""
    if isinstance(value, datetime):
        return (value - _FIRST) / _DAY
    return value / _DAY if isinstance(value, timedelta) else value


def row_markup(number: int, cells: Iterable[str], height: float | None) -> str:
    """The row of this 1-based number; ``height`` in points, None for the usual one."""
    tall = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{tall}>{"".join(cells)}</row>'
