"""Compiles a condition: allow-listed syntax, known columns, sound types, then SQL text."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import Dialect, Token, TokenType, exp
from sqlglot.errors import SqlglotError

from auditor.condition import operators  # noqa: F401  (fills the allow-list)
from auditor.condition.emit import ConditionError, Emitter
from auditor.condition.functions import FUNCTIONS
from auditor.condition.names import Names, Value, ValueType
from auditor.location import Location
from auditor.mistake import nearest
from auditor.problem import Problem

_DUCKDB = Dialect.get_or_raise("duckdb")


@dataclass(frozen=True)
class Compiled:
    """A checked condition: its SQL value and the names it reads as ``(lookup or None, column)``."""

    value: Value
    reads: tuple[tuple[str | None, str], ...]

    @property
    def sql(self) -> str:
        """The SQL text of the condition, in parentheses."""
        return f"({self.value.sql})"


def compile_condition(
    text: str, names: Names, where: Location, *, expect: ValueType | None = ValueType.YESNO
) -> tuple[Compiled | None, list[Problem]]:
    """Compile ``text``; ``where`` is where its first character stands.

    ``expect`` is the type the whole must have (``None``: any). Returns ``(None, problems)`` on a mistake.
    """
    try:
        tree = _parse(text)
        emitter = Emitter(names, text)
        value = emitter.emit(tree)
        _check_type(value, expect)
    except ConditionError as error:
        column = where.column + error.offset if isinstance(where.column, int) else where.column
        place = Location(where.file, line=where.line, column=column, sheet=where.sheet, row=where.row)
        return None, [Problem(place, error.code, error.what, error.remedy, fatal=True)]
    return Compiled(value, tuple(emitter.reads)), []


def conjuncts(text: str) -> list[str]:
    """The parts of ``text`` that are joined by ``and``; none when it cannot be read."""
    try:
        tree = _parse(text)
    except ConditionError:
        return []
    parts = tree.flatten() if isinstance(tree, exp.And) else [tree]
    return [part.sql(dialect="duckdb") for part in parts]


def _check_type(value: Value, expect: ValueType | None) -> None:
    if expect is None or value.type is expect:
        return
    what = f"The expression gives a {value.type} where a {expect} is needed."
    raise ConditionError("condition-type", what, "Write a comparison, e.g. `amount > 5` or `name is not null`.")


def _parse(text: str) -> exp.Expr:
    try:
        tokens = _DUCKDB.tokenize(text)
    except SqlglotError:
        what = "The condition cannot be read: a quotation mark is not closed."
        raise ConditionError("condition-syntax", what, "Close every ' and \" that you open.") from None
    _refuse_foreign(tokens)
    try:
        statements = _DUCKDB.parser().parse(tokens, text)
    except SqlglotError as error:
        raise _syntax(error, text) from None
    if len(statements) != 1 or statements[0] is None:
        raise ConditionError("condition-syntax", "The condition is not one expression.", "Write one condition, no ';'.")
    return statements[0]


def _refuse_foreign(tokens: list[Token]) -> None:
    """Refuse statements, subqueries and unknown functions by their token, where the position is exact."""
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.token_type in _STATEMENTS:
            what = f"'{token.text}' is not allowed: a condition cannot contain a query or a statement."
            remedy = "Look rows of another record up with `lookup:` and use its columns here."
            raise ConditionError("condition-query", what, remedy, token.start)
        called = after is not None and after.token_type is TokenType.L_PAREN
        if called and token.token_type in _CALLABLE and token.text.lower() not in FUNCTIONS:
            what = f"The function '{token.text}' is not allowed in a condition."
            remedy = nearest(token.text.lower(), FUNCTIONS, f"Allowed are {', '.join(sorted(FUNCTIONS))}.")
            raise ConditionError("condition-function", what, remedy, token.start)


def _syntax(error: SqlglotError, text: str) -> ConditionError:
    details = getattr(error, "errors", None) or [{}]
    offset = min(max(int(details[0].get("col") or 1) - 1, 0), max(len(text) - 1, 0))
    near = str(details[0].get("highlight") or "").strip()
    what = f"The condition cannot be read near '{near}'." if near else "The condition cannot be read."
    remedy = "Write it as an SQL expression, e.g. `amount > 5 and paid`."
    return ConditionError("condition-syntax", what, remedy, offset)


_STATEMENTS = {
    TokenType.SELECT, TokenType.FROM, TokenType.WITH, TokenType.INSERT, TokenType.UPDATE, TokenType.DELETE,
    TokenType.CREATE, TokenType.DROP, TokenType.ATTACH, TokenType.COMMAND, TokenType.SEMICOLON, TokenType.UNION,
    TokenType.COPY, TokenType.PRAGMA, TokenType.SET,
}  # fmt: skip

_CALLABLE = {
    kind for kind in TokenType if kind.name not in {
        "AND", "OR", "NOT", "IN", "L_PAREN", "COMMA", "PLUS", "DASH", "STAR", "EQ", "NEQ", "LT", "LTE", "GT", "GTE",
        "BETWEEN", "LIKE", "IS", "CASE", "WHEN", "THEN", "ELSE", "END", "R_PAREN", "NUMBER", "STRING",
    }
}  # fmt: skip
