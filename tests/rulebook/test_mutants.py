"""Which slips of the pen a rule is tried by, as tables of what is written and what it may become."""

from typing import Any

import pytest

from auditor.duration import Duration
from auditor.kinds import KINDS
from auditor.rulebook import Entry
from auditor.rulebook.mutants import mutants
from auditor.rulebook.mutants.expressions import expressions
from auditor.rulebook.mutants.figures import clocks, durations, numbers, periods
from auditor.rulebook.parameters import Parameter
from auditor.yamlfile import YamlFile

COMMON = {
    "id": "T-01",
    "title": {"zh": "规则", "en": "Rule"},
    "covers": ["T-1"],
    "severity": "major",
    "subject": {"role": "客服部"},
}
DEADLINE = {
    "kind": "deadline",
    "record": "ticket",
    "when": "type = '报修'",
    "unless": [{"if": "cancelled", "because": {"zh": "取消", "en": "cancelled"}}],
    "from": "opened_at",
    "to": "closed_at",
    "within": "${reply}",
    "boundary": "strict",
}


def entry(**rule: Any) -> Entry:
    written = {**COMMON, **rule}
    parameter = Parameter.model_validate({"value": "24h", "from": "ours"})
    model = KINDS[written["kind"]]
    full = {**written, "regulation": "t"} | ({"within": "24h"} if "within" in written else {})
    file = YamlFile("t.yaml", {"regulation": "t", "rules": [written]}, {}, {})
    return Entry(model.model_validate(full), file, 0, {"reply": parameter}, ())


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("a < 5", ["a <= 5", "a < 6", "a < 4"]),
        ("a >= 0", ["a > 0", "a >= 1"]),
        ("a > 9.5", ["a >= 9.5", "a > 9.6", "a > 9.4"]),
        ("a = '是'", ["a <> '是'", "a = '非是'"]),
        ("a <> b", ["a = b"]),
        ("a and b", ["a or b"]),
        ("a or not b", ["a and not b", "a or  b"]),
        ("a is null", ["a is not null"]),
        ("a is not null", ["a is null"]),
        ("a between 1 and 2", ["a between 2 and 2", "a between 0 and 2", "a between 1 and 3", "a between 1 and 1"]),
        ("a in ('x', 'y')", ["a in ('非x', 'y')", "a in ('x', '非y')"]),
        ("coalesce(a, '')", []),
        ("case when a then true end", ["case when a then false end"]),
        ("a = 'it''s", []),
    ],
)
def test_a_condition_is_changed_in_one_sign(text: str, others: list[str]) -> None:
    assert [slip.value for slip in expressions(text)] == others


@pytest.mark.parametrize(
    ("moved", "figure", "others"),
    [
        (durations, Duration(24, "h"), ["25h", "23h"]),
        (durations, Duration(0, "d"), ["1d"]),
        (numbers, 5, [6, 4]),
        (numbers, 0, [1]),
        (numbers, 0.5, [0.6, 0.4]),
        (periods, "7d", ["8d", "6d"]),
        (periods, "week", ["month"]),
        (clocks, "09:00", ["09:01", "08:59"]),
        (clocks, "00:00", ["00:01"]),
        (clocks, "received_at", []),
    ],
)
def test_a_figure_moves_by_one_step_of_its_own(moved: Any, figure: Any, others: list[object]) -> None:
    assert [slip.value for slip in moved(figure)] == others


def test_every_written_figure_choice_and_exception_of_a_rule_is_tried_and_nothing_else() -> None:
    assert [mutant.words for mutant in mutants(entry(**DEADLINE))] == [
        "when type = '报修' -> type <> '报修'",
        "when type = '报修' -> type = '非报修'",
        "unless.0 cancelled -> no exception",
        "within 24h -> 25h",
        "within 24h -> 23h",
        "boundary strict -> lenient",
    ]


def test_a_mutant_is_the_rule_but_for_its_slip() -> None:
    one = entry(**DEADLINE)
    found = {mutant.words: mutant.rule for mutant in mutants(one)}
    longer = found["within 24h -> 25h"]
    assert longer.model_copy(update={"within": Duration(24, "h")}) == one.rule
    assert found["unless.0 cancelled -> no exception"].unless == ()


def test_what_would_be_no_rule_is_no_mutant() -> None:
    rule = {"kind": "cadence", "of": {"record": "visit"}, "every": "week", "at_least": 1}
    assert [mutant.words for mutant in mutants(entry(**rule))] == ["every week -> month", "at_least 1 -> 2"]
