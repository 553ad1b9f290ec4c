"""Conditions as nested tuples: ('and', left, right), ('name', 'size'), ('value', 3) and so on."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.reference.words import Word, split

Tree = tuple[Any, ...]
_COMPARISONS = frozenset(("=", "<>", "!=", "<", "<=", ">", ">="))


@lru_cache(maxsize=5000)
def parse(condition: str) -> Tree:
    """The tree of a condition; ValueError when it is not one."""
    reader = _Reader(split(condition))
    tree = reader.either()
    reader.expect("")
    return tree


def conjuncts(condition: str) -> list[Tree]:
    """The trees of the parts that a condition joins by 'and'."""
    parts, tree = [], parse(condition)
    while tree[0] == "and":
        _, tree, last = tree
        parts.append(last)
    return [tree, *parts]


def names(condition: str | Tree | None) -> set[str]:
    """The columns a condition mentions, lookup columns as 'lookup.column'."""
    return set() if condition is None else _names(parse(condition) if isinstance(condition, str) else condition)


def _names(tree: Any) -> set[str]:
    if isinstance(tree, list):
        return set().union(*(_names(part) for part in tree)) if tree else set()
    if not isinstance(tree, tuple) or tree[0] == "value":
        return set()
    if tree[0] == "name":
        return {tree[1]}
    return set().union(*(_names(part) for part in tree[1:]))


class _Reader:
    """Recursive descent, loosest words first: or, and, not, comparison, sum, product, sign."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words

    def expect(self, spelling: str) -> None:
        if not self.take(spelling):
            raise ValueError(f"expected {spelling!r}, found {self.words[0].spelling!r}")

    def take(self, *spellings: str) -> str | None:
        word = self.words[0]
        if word.sort in ("keyword", "sign", "end") and word.spelling in spellings:
            self.words = self.words[1:] or [word]
            return word.spelling or "end"
        return None

    def either(self) -> Tree:
        tree = self.both()
        while self.take("or"):
            tree = ("or", tree, self.both())
        return tree

    def both(self) -> Tree:
        tree = self.negation()
        while self.take("and"):
            tree = ("and", tree, self.negation())
        return tree

    def negation(self) -> Tree:
        return ("not", self.negation()) if self.take("not") else self.comparison()

    def comparison(self) -> Tree:
        left = self.total()
        while True:
            if sign := self.take(*_COMPARISONS):
                left = (sign, left, self.total())
            elif self.take("is"):
                negated = self.take("not")
                self.expect("null")
                left = ("not", ("is null", left)) if negated else ("is null", left)
            elif self.take("not"):
                left = ("not", self.predicate(left))
            elif self.words[0].spelling in ("in", "between", "like") and self.words[0].sort == "keyword":
                left = self.predicate(left)
            else:
                return left

    def predicate(self, left: Tree) -> Tree:
        if self.take("in"):
            self.expect("(")
            return ("in", left, self.list_of())
        if self.take("between"):
            low = self.total()
            self.expect("and")
            return ("and", (">=", left, low), ("<=", left, self.total()))
        self.expect("like")
        return ("like", left, self.total())

    def list_of(self) -> list[Tree]:
        if self.take(")"):
            return []
        members = [self.either()]
        while self.take(","):
            members.append(self.either())
        self.expect(")")
        return members

    def total(self) -> Tree:
        tree = self.product()
        while sign := self.take("+", "-"):
            tree = (sign, tree, self.product())
        return tree

    def product(self) -> Tree:
        tree = self.signed()
        while self.take("*"):
            tree = ("*", tree, self.signed())
        return tree

    def signed(self) -> Tree:
        return ("-", ("value", 0), self.signed()) if self.take("-") else self.single()

    def single(self) -> Tree:
        if self.take("("):
            tree = self.either()
            self.expect(")")
            return tree
        if self.take("case"):
            return self.choice()
        if constant := self.take("null", "true", "false"):
            return ("value", {"null": None, "true": True, "false": False}[constant])
        word, self.words = self.words[0], self.words[1:]
        if word.sort == "number":
            return ("value", Fraction(word.spelling))
        if word.sort == "text":
            return ("value", word.spelling)
        if word.sort != "name":
            raise ValueError(f"unexpected {word.spelling!r}")
        return ("call", word.spelling.lower(), self.list_of()) if self.take("(") else ("name", word.spelling)

    def choice(self) -> Tree:
        branches: list[Tree] = []
        while self.take("when"):
            condition = self.either()
            self.expect("then")
            branches.append(("branch", condition, self.either()))
        otherwise: Tree = self.either() if self.take("else") else ("value", None)
        self.expect("end")
        return ("case", branches, otherwise)
