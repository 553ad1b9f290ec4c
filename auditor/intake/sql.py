"""Small pieces of SQL text: quoted names and literals."""

from __future__ import annotations


def name(identifier: str) -> str:
    """``identifier`` quoted as a name."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """``text`` quoted as a literal."""
    return "'" + text.replace("'", "''") + "'"
