"""Emits SQL for the allow-listed nodes of a condition, carrying the type of every part."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from auditor.condition.names import Names, Value, ValueType

TYPE_REMEDY = "Text and ids are written in single quotes ('报修'), numbers without; yes/no columns stand alone."


class ConditionError(Exception):
    """A mistake in a condition: a code, what is wrong, what to do and the 0-based offset in its text."""

    def __init__(self, code: str, what: str, remedy: str, offset: int = 0) -> None:
        """Keep the parts for the Problem that reports them."""
        super().__init__(what)
        self.code, self.what, self.remedy, self.offset = code, what, remedy, offset


class Emitter:
    """Turns one condition tree into a Value; ``reads`` collects the names it used, in order."""

    def __init__(self, names: Names, text: str) -> None:
        """``text`` is the condition as written, to find where a name stands in it."""
        self.names, self.text = names, text
        self.reads: dict[tuple[str | None, str], None] = {}

    def emit(self, node: exp.Expr) -> Value:
        """The Value of ``node``; raises ConditionError for anything not on the allow-list."""
        handler = HANDLERS.get(type(node))
        if handler is None:
            what = f"'{written(node)}' is not allowed in a condition."
            remedy = "Use comparisons, and, or, not, in, between, like, is null, case and the listed functions."
            raise self.error("condition-syntax", what, remedy, written(node))
        return handler(self, node)

    def typed(self, node: exp.Expr, *wanted: ValueType) -> Value:
        """Emit ``node`` and demand one of the types; NULL fits everywhere."""
        value = self.emit(node)
        if value.type not in (*wanted, ValueType.NULL):
            what = f"'{written(node)}' is a {value.type}, not a {' or '.join(wanted)}."
            raise self.error("condition-type", what, TYPE_REMEDY, written(node))
        return value

    def error(self, code: str, what: str, remedy: str, near: str = "") -> ConditionError:
        """A ConditionError at the first place where ``near`` stands in the text."""
        return ConditionError(code, what, remedy, max(self.text.find(near), 0))


Handler = Callable[[Emitter, exp.Expr], Value]
HANDLERS: dict[type[exp.Expr], Handler] = {}


def handles(*kinds: type[exp.Expr]) -> Callable[[Handler], Handler]:
    """Register a function as the one that emits these nodes: the registry is the allow-list."""

    def register(handler: Handler) -> Handler:
        HANDLERS.update(dict.fromkeys(kinds, handler))
        return handler

    return register


def written(node: exp.Expr) -> str:
    """A node as a person would write it, for messages."""
    return node.sql(dialect="duckdb")


def quoted(text: str) -> str:
    """``text`` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
