"""Conditions with one sign changed: a comparison turned, a word or figure replaced, a part of it denied."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import Token, TokenType
from sqlglot.errors import SqlglotError

from auditor.rulebook.mutants.figures import moved_numbers
from auditor.rulebook.mutants.slip import Slip

_TURNED = {
    TokenType.LT: "<=", TokenType.LTE: "<", TokenType.GT: ">=", TokenType.GTE: ">", TokenType.EQ: "<>",
    TokenType.NEQ: "=", TokenType.AND: "or", TokenType.OR: "and", TokenType.TRUE: "false", TokenType.FALSE: "true",
}  # fmt: skip
_ORDERED = {TokenType.LT, TokenType.LTE, TokenType.GT, TokenType.GTE}
OTHER = "非"
"""Stands before a word to make another one that no cell holds."""


@dataclass(frozen=True)
class _Edit:
    """The tokens from ``first`` to ``last`` become ``text``."""

    first: int
    last: int
    text: str
    lacks: str


def expressions(text: str) -> Iterator[Slip]:
    """Every condition that differs from ``text`` in one sign; none when it cannot be read."""
    try:
        tokens = sqlglot.tokenize(text, dialect="duckdb")
    except SqlglotError:
        return
    for edit in _edits(tokens):
        start, end = tokens[edit.first].start, tokens[edit.last].end + 1
        left = tokens[max(edit.first - 2, 0)].start
        right = tokens[min(edit.last + 1, len(tokens) - 1)].end + 1
        changed = text[:start] + edit.text + text[end:]
        yield Slip(changed, text[left:right], text[left:start] + edit.text + text[end:right], edit.lacks)


def _edits(tokens: Sequence[Token]) -> Iterator[_Edit]:
    between = False
    for at, (token, after) in enumerate(itertools.zip_longest(tokens, tokens[1:])):
        kind = token.token_type
        if kind is TokenType.BETWEEN:
            between = True
        elif kind is TokenType.AND and between:
            between = False
        elif kind in _TURNED:
            yield _Edit(at, at, _TURNED[kind], _lacking(kind, token, after))
        elif kind is TokenType.IS and after is not None:
            denied = after.token_type is TokenType.NOT
            yield _Edit(at, at + denied, "is" if denied else "is not", "one where it is empty and one where it is not")
        elif kind is TokenType.NOT and tokens[at - 1].token_type is not TokenType.IS:
            yield _Edit(at, at, "", "one where what follows `not` holds and one where it does not")
        elif kind is TokenType.NUMBER:
            for moved in moved_numbers(token.text):
                yield _Edit(at, at, moved, f"one that comes to exactly {token.text} and one that comes to {moved}")
        elif kind is TokenType.STRING and token.text:
            other = "'" + (OTHER + token.text).replace("'", "''") + "'"
            yield _Edit(at, at, other, f"one that turns on '{token.text}'")


def _lacking(kind: TokenType, token: Token, after: Token | None) -> str:
    if kind in _ORDERED:
        limit = f" {after.text}" if after is not None and after.token_type is TokenType.NUMBER else " the limit"
        return f"one exactly at{limit}"
    if kind in (TokenType.AND, TokenType.OR):
        return f"one in which only one side of `{token.text}` holds"
    return f"one on each side of `{token.text}`"
