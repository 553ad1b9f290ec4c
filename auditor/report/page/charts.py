"""Charts of the page: bars drawn by pygal, cleaned of everything that is not the drawing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType
from xml.etree import ElementTree

from rich.cells import cell_len

from auditor.report.characters import writable

_WIDTH = 640
_BAR = 30
_AROUND = 46
_AXIS = 24
_CHARACTER = 7.2
"""Pixels: the drawing, one bar with its gap, what lies around, the axis that is cut off, a narrow character."""

_SVG = "http://www.w3.org/2000/svg"
_LONGEST = 34


def bars(label: str, rows: Sequence[tuple[str, float, str]], greatest: float) -> str:
    """Horizontal bars as inline SVG, the first row on top: name, length and the words at its end.

    ``label`` is what a screen reader says; ``greatest`` the length of the axis. Looks come from the page.
    """
    pygal = _pygal()
    names = [_shortened(writable(name)[0]) for name, _, _ in rows]
    chart = pygal.HorizontalBar(
        uuid="chart", js=[], no_prefix=True, disable_xml_declaration=True, show_legend=False, print_values=True,
        show_x_guides=False, show_y_guides=False, x_labels_major_count=5, show_minor_x_labels=False,
        width=_WIDTH, height=_AROUND + _BAR * len(rows), margin=4, margin_right=70,
        margin_left=int(_CHARACTER * max(map(cell_len, names), default=0)) + 14, range=(0, greatest),
        print_values_position="top",
    )  # fmt: skip
    chart.x_labels = names[::-1]
    chart.add("", [{"value": value, "formatter": lambda _, words=words: words} for _, value, words in rows[::-1]])
    return _clean(chart.render(is_unicode=True), label)


def _pygal() -> ModuleType:
    """pygal, without the hook of old make that it leaves on every later import of this process."""
    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if not type(finder).__module__.startswith("pygal")]
    return pygal


def _shortened(name: str) -> str:
    """``name``, cut where it would take more than its share of the drawing."""
    if cell_len(name) <= _LONGEST:
        return name
    while cell_len(name) > _LONGEST - 1:
        name = name[:-1]
    return name + "…"


def _clean(drawing: str, label: str) -> str:
    """The drawing without styles, tooltips, texts for scripts and the date on which it was drawn."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(drawing)
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.tag.removeprefix(f"{{{_SVG}}}") if isinstance(child.tag, str) else ""
            if name in ("defs", "title", "desc", "script", "style") or "tooltip-overlay" in child.get("class", ""):
                parent.remove(child)
    root.attrib.pop("id", None)
    root.set("viewBox", f"0 0 {_WIDTH} {float(root.get('viewBox', '0').split()[-1]) - _AXIS:g}")
    root.set("role", "img")
    root.set("aria-label", label)
    return ElementTree.tostring(root, encoding="unicode")
