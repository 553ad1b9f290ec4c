"""Advice: a line of ``mappings:`` that says what could not be decided, ready to be pasted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from auditor.intake.layout.transposed import TURNED
from auditor.intake.settings import SheetMapping
from auditor.intake.sheet import Sheet

_PLAIN = re.compile(r"[A-Za-z_一-鿿][\w一-鿿]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def mapping_line(sheet: Sheet, said: SheetMapping, **more: object) -> str:
    """One entry of ``mappings:`` for ``sheet``: where it stands, what was ``said`` of that already, and ``more``."""
    return f"- {flow({**place_of(sheet, said), **more})}"


def place_of(sheet: Sheet, said: SheetMapping) -> dict[str, object]:
    """The keys of a mapping that name ``sheet``, and those that were ``said`` of where its table stands."""
    place: dict[str, object] = {"file": sheet.path.name}
    if sheet.title is not None:
        place["sheet"] = sheet.title.removesuffix(TURNED)
        if sheet.title.endswith(TURNED):
            place["transposed"] = True
    kept = {key: getattr(said, key) for key in ("range", "record", "header_row")}
    return {**place, **{key: value for key, value in kept.items() if value is not None}}


def paste(*lines: str) -> str:
    """The remedy that asks to paste ``lines``."""
    return f"put {' or '.join(f'`{line}`' for line in lines)} under `mappings:` in auditor.yaml."


def flow(value: object) -> str:
    """``value`` in YAML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value) if isinstance(value, int) else _text(str(value))


def _text(value: str) -> str:
    text = " ".join(value.split())
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return "'" + text.replace("'", "''") + "'"
