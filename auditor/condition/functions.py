"""The functions a condition may call; whatever is not here is refused by name."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from auditor.condition.emit import Emitter, handles
from auditor.condition.names import Value, ValueType

TEXT, NUMBER, TIME, SPAN, YESNO = (
    ValueType.TEXT, ValueType.NUMBER, ValueType.TIME, ValueType.SPAN, ValueType.YESNO,
)  # fmt: skip

Writer = Callable[[Emitter, list[Value]], str]

_SIGNATURES: dict[str, tuple[tuple[ValueType, ...], ValueType, Writer]] = {
    "length": ((TEXT,), NUMBER, lambda _, a: f"length({a[0].sql})"),
    "lower": ((TEXT,), TEXT, lambda _, a: f"lower({a[0].sql})"),
    "trim": ((TEXT,), TEXT, lambda _, a: f"trim({a[0].sql})"),
    "abs": ((NUMBER,), NUMBER, lambda _, a: f"abs({a[0].sql})"),
    "contains": ((TEXT, TEXT), YESNO, lambda _, a: f"(strpos({a[0].sql}, {a[1].sql}) > 0)"),
    "starts_with": ((TEXT, TEXT), YESNO, lambda _, a: f"(left({a[0].sql}, length({a[1].sql})) = {a[1].sql})"),
    "ends_with": ((TEXT, TEXT), YESNO, lambda _, a: f"(right({a[0].sql}, length({a[1].sql})) = {a[1].sql})"),
    "minutes": ((SPAN,), NUMBER, lambda _, a: f"({_to_the_second(a[0])} / 60.0)"),
    "hours": ((SPAN,), NUMBER, lambda _, a: f"({_to_the_second(a[0])} / 3600.0)"),
    "days": ((SPAN,), NUMBER, lambda _, a: f"({a[0].sql} / 86400.0)"),
    "day": ((TIME,), NUMBER, lambda e, a: e.names.local_day(a[0].sql)),
    "year": ((TIME,), NUMBER, lambda e, a: _part("year", e, a[0])),
    "month": ((TIME,), NUMBER, lambda e, a: _part("month", e, a[0])),
}

FUNCTIONS = frozenset({*_SIGNATURES, "coalesce"})


def _to_the_second(span: Value) -> str:
    """A difference of times of day: two bare dates are so many days apart, but nobody knows how many hours."""
    return f"(CASE WHEN NOT coalesce({span.dateonly}, FALSE) THEN {span.sql} END)" if span.dateonly else span.sql


def _part(part: str, emitter: Emitter, value: Value) -> str:
    """Year or month of a local day, from the day number."""
    return f"{part}(DATE '1970-01-01' + CAST({emitter.names.local_day(value.sql)} AS INTEGER))"


@handles(exp.Anonymous, exp.Length, exp.Lower, exp.Trim, exp.Abs, exp.Contains, exp.StartsWith, exp.EndsWith,
         exp.Day, exp.Year, exp.Month)  # fmt: skip
def _call(self: Emitter, node: exp.Expr) -> Value:
    name, arguments = _name(node), _arguments(node)
    wanted, result, writer = _SIGNATURES[name]
    if len(arguments) != len(wanted):
        what = f"'{name}' takes {len(wanted)} value(s), not {len(arguments)}."
        raise self.error("condition-function", what, f"Write {name}({', '.join(wanted)}).", name)
    values = [self.typed(argument, kind) for argument, kind in zip(arguments, wanted, strict=True)]
    return Value(writer(self, values), result)


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower()
    return {"startswith": "starts_with", "endswith": "ends_with"}.get(node.key, node.key)


def _arguments(node: exp.Expr) -> list[exp.Expr]:
    if isinstance(node, exp.Anonymous):
        return list(node.expressions)
    given = [value for value in node.args.values() if isinstance(value, exp.Expr)]
    return [value.this if isinstance(value, exp.TsOrDsToDate) else value for value in given]


@handles(exp.Coalesce)
def _coalesce(self: Emitter, node: exp.Expr) -> Value:
    values = [self.emit(part) for part in (node.this, *node.expressions)]
    kinds = {value.type for value in values} - {ValueType.NULL}
    if len(kinds) > 1:
        what = f"'coalesce' mixes {' and '.join(sorted(kinds))}."
        raise self.error("condition-type", what, "Give it values of one type.", "coalesce")
    kind = kinds.pop() if kinds else ValueType.NULL
    bare = [value.dateonly for value in values if value.dateonly]
    return Value(f"coalesce({', '.join(v.sql for v in values)})", kind, f"({' OR '.join(bare)})" if bare else None)
