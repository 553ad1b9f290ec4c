"""Columns, literals, logic, comparison and arithmetic of conditions."""

from __future__ import annotations

from sqlglot import exp

from auditor.condition.emit import TYPE_REMEDY, Emitter, handles, quoted, written
from auditor.condition.names import Names, Value, ValueType
from auditor.mistake import nearest

_COMPARE = {exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">="}
_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}


@handles(exp.Column)
def _column(self: Emitter, node: exp.Expr) -> Value:
    qualifier, column = node.text("table") or None, node.name
    value = self.names.value(qualifier, column)
    if value is not None:
        self.reads[(qualifier, column)] = None
        return value
    shown = f"{qualifier}.{column}" if qualifier else column
    remedy = nearest(shown, self.names.suggestions(qualifier))
    if node.this.args.get("quoted"):
        remedy = "Text is written in single quotes."
    if qualifier and not any(name.startswith(f"{qualifier}.") for name in self.names.suggestions(qualifier)):
        remedy = f"Declare '{qualifier}' under `lookup:`."
    raise self.error("unknown-column", f"There is no column '{shown}' here.", remedy, shown)


@handles(exp.Literal)
def _literal(self: Emitter, node: exp.Expr) -> Value:
    text = str(node.this)
    return Value(quoted(text), ValueType.TEXT) if node.args["is_string"] else Value(text, ValueType.NUMBER)


@handles(exp.Boolean)
def _boolean(self: Emitter, node: exp.Expr) -> Value:
    return Value("TRUE" if node.this else "FALSE", ValueType.YESNO)


@handles(exp.Null)
def _null(self: Emitter, node: exp.Expr) -> Value:
    return Value("NULL", ValueType.NULL)


@handles(exp.Paren)
def _paren(self: Emitter, node: exp.Expr) -> Value:
    return self.emit(node.this)


@handles(exp.And, exp.Or)
def _logic(self: Emitter, node: exp.Expr) -> Value:
    left = self.typed(node.this, ValueType.YESNO)
    right = self.typed(node.args["expression"], ValueType.YESNO)
    return Value(f"({left.sql} {'AND' if isinstance(node, exp.And) else 'OR'} {right.sql})", ValueType.YESNO)


@handles(exp.Not)
def _not(self: Emitter, node: exp.Expr) -> Value:
    return Value(f"(NOT {self.typed(node.this, ValueType.YESNO).sql})", ValueType.YESNO)


@handles(exp.Neg)
def _negative(self: Emitter, node: exp.Expr) -> Value:
    return Value(f"(-{self.typed(node.this, ValueType.NUMBER).sql})", ValueType.NUMBER)


@handles(exp.Is)
def _is(self: Emitter, node: exp.Expr) -> Value:
    value, right = self.emit(node.this), node.args["expression"]
    if isinstance(right, exp.Null):
        return Value(f"({value.sql} IS NULL)", ValueType.YESNO)
    if isinstance(right, exp.Boolean) and value.type is ValueType.YESNO:
        return Value(f"({value.sql} IS {'TRUE' if right.this else 'FALSE'})", ValueType.YESNO)
    raise self.error("condition-syntax", "'is' goes with null, true or false only.", "Use = to compare values.", "is")


@handles(*_COMPARE)
def _compare(self: Emitter, node: exp.Expr) -> Value:
    left, right = _pair(self, node.this, node.args["expression"])
    return comparison(left, _COMPARE[type(node)], right, self.names)  # type: ignore[index]


@handles(exp.Between)
def _between(self: Emitter, node: exp.Expr) -> Value:
    low_left, low = _pair(self, node.this, node.args["low"])
    high_left, high = _pair(self, node.this, node.args["high"])
    above = comparison(low_left, ">=", low, self.names).sql
    return Value(f"({above} AND {comparison(high_left, '<=', high, self.names).sql})", ValueType.YESNO)


@handles(exp.In)
def _in(self: Emitter, node: exp.Expr) -> Value:
    pairs = [_pair(self, node.this, item) for item in node.expressions]
    if not pairs:
        raise self.error("condition-syntax", "'in' needs a list of values.", "Write `type in ('a', 'b')`.", "in")
    listed = ", ".join(right.sql for _, right in pairs)
    return Value(f"({pairs[0][0].sql} IN ({listed}))", ValueType.YESNO)


@handles(exp.Like)
def _like(self: Emitter, node: exp.Expr) -> Value:
    text, pattern = (self.typed(part, ValueType.TEXT) for part in (node.this, node.args["expression"]))
    return Value(f"({text.sql} LIKE {pattern.sql})", ValueType.YESNO)


@handles(*_ARITHMETIC)
def _arithmetic(self: Emitter, node: exp.Expr) -> Value:
    left, right, sign = self.emit(node.this), self.emit(node.args["expression"]), _ARITHMETIC[type(node)]
    if sign == "-" and left.type is right.type is ValueType.TIME:
        return _difference(left, right)
    if {left.type, right.type} <= {ValueType.NUMBER, ValueType.NULL}:
        return Value(f"({left.sql} {sign} {right.sql})", ValueType.NUMBER)
    what = f"'{written(node)}' calculates with a {left.type} and a {right.type}."
    remedy = "Calculate with numbers, or subtract one time from another."
    raise self.error("condition-type", what, remedy, written(node))


def _difference(left: Value, right: Value) -> Value:
    """Seconds between two times; NULL when one of them is only a date and the other is not."""
    sql = f"({left.sql} - {right.sql})"
    if left.dateonly or right.dateonly:
        sql = f"(CASE WHEN ({left.dateonly or 'FALSE'}) = ({right.dateonly or 'FALSE'}) THEN {sql} END)"
    return Value(sql, ValueType.SPAN, left.dateonly and right.dateonly)


@handles(exp.Case)
def _case(self: Emitter, node: exp.Expr) -> Value:
    if node.this is not None:
        what = "`case x when` is not supported."
        raise self.error("condition-syntax", what, "Write `case when x = 1 then ...`.", "case")
    arms = [(self.typed(arm.this, ValueType.YESNO), self.emit(arm.args["true"])) for arm in node.args["ifs"]]
    default = self.emit(node.args["default"]) if node.args.get("default") else Value("NULL", ValueType.NULL)
    kinds = {value.type for _, value in arms} | {default.type}
    kinds.discard(ValueType.NULL)
    if len(kinds) > 1:
        raise self.error("condition-type", "The branches of `case` give different types.", TYPE_REMEDY, "case")
    body = " ".join(f"WHEN {test.sql} THEN {value.sql}" for test, value in arms)
    return Value(f"(CASE {body} ELSE {default.sql} END)", kinds.pop() if kinds else ValueType.NULL)


def comparison(left: Value, operator: str, right: Value, names: Names) -> Value:
    """``left operator right``; on one local day a bare date and a time of day cannot be ordered: NULL."""
    sql = f"({left.sql} {operator} {right.sql})"
    if left.dateonly == right.dateonly:
        return Value(sql, ValueType.YESNO)
    one, other = left.dateonly or "FALSE", right.dateonly or "FALSE"
    same_day = f"{names.local_day(left.sql)} = {names.local_day(right.sql)}"
    return Value(f"(CASE WHEN ({one}) <> ({other}) AND {same_day} THEN NULL ELSE {sql} END)", ValueType.YESNO)


def _pair(self: Emitter, left_node: exp.Expr, right_node: exp.Expr) -> tuple[Value, Value]:
    """Both sides of a comparison; a text literal beside a time is read as local time."""
    left, right = self.emit(left_node), self.emit(right_node)
    left, right = _as_time(self, left, left_node, right), _as_time(self, right, right_node, left)
    if ValueType.NULL not in (left.type, right.type) and left.type is not right.type:
        what = f"'{written(left_node)}' is a {left.type} but '{written(right_node)}' is a {right.type}."
        raise self.error("condition-type", what, TYPE_REMEDY, written(left_node))
    return left, right


def _as_time(self: Emitter, value: Value, node: exp.Expr, other: Value) -> Value:
    if other.type is not ValueType.TIME or not (isinstance(node, exp.Literal) and node.args["is_string"]):
        return value
    instant = self.names.instant(str(node.this))
    if instant is None:
        what = f"'{node.this}' is not a date or time."
        raise self.error("condition-time", what, "Write '2025-03-05' or '2025-03-05 10:00'.", str(node.this))
    bare = other.dateonly if ":" not in str(node.this) else None  # beside a date a date, else its midnight
    return Value(str(instant), ValueType.TIME, bare)
