"""Tables of text for a terminal: columns as wide as what is in them, Chinese characters two wide."""

from __future__ import annotations

from collections.abc import Sequence


def columns(lines: Sequence[Sequence[str]]) -> str:
    """The lines with their cells below each other."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(text + " " * (width - cell_len(text)) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_json(found: object) -> str:
    """Records as JSON; days are written as text."""
    import json

    return json.dumps(found, ensure_ascii=False, indent=1, default=str)
