"""Parameters: how ``${name}`` is replaced, and what a figure that nobody has set means."""

from typing import Any

import pytest

from auditor.rulebook.parameters import Parameter, read_parameters, references, substitute
from auditor.yamlfile import parse_yaml


def figure(value: Any, **more: Any) -> Parameter:
    return Parameter.model_validate({"value": value, "from": "ours", **more})


FIGURES = {
    "hours": figure("24h"), "least": figure(10), "share": figure(2.5), "word": figure("报修"), "quote": figure("it's"),
    "yes": figure(True), "open": figure(None, proposed="8h"), "open_count": figure(None, proposed=3),
}  # fmt: skip

# what stands in the rule, what comes of it
SUBSTITUTED = [
    ("${hours}", "24h"),
    ("${least}", 10),
    ("${share}", 2.5),
    ("${yes}", True),
    ("${open}", "8h"),
    ("length(note) >= ${least}", "length(note) >= 10"),
    ("fee < ${share} and kind = ${word}", "fee < 2.5 and kind = '报修'"),
    ("kind = ${quote}", "kind = 'it''s'"),
    ("polite = ${yes}", "polite = true"),
    ("count > ${open_count}", "count > 3"),
    ("no figure", "no figure"),
    (7, 7),
    (["${hours}", {"within": "${hours}"}], ["24h", {"within": "24h"}]),
    ({"examples": ["${hours}"]}, {"examples": ["${hours}"]}),
]


@pytest.mark.parametrize(("written", "became"), SUBSTITUTED, ids=[str(case[0]) for case in SUBSTITUTED])
def test_substitution(written: Any, became: Any) -> None:
    assert substitute(written, FIGURES) == became


def test_references_have_their_paths_in_reading_order() -> None:
    rule = {"within": "${a}", "unless": [{"if": "x > ${b} and y > ${a}"}], "examples": ["${c}"]}
    assert references(rule) == [(("within",), "a"), (("unless", 0, "if"), "b"), (("unless", 0, "if"), "a")]


@pytest.mark.parametrize(
    ("parameter", "configured"), [(figure("24h"), True), (figure(0), True), (figure(None, proposed=1), False)]
)
def test_configured(parameter: Parameter, configured: bool) -> None:
    assert parameter.configured is configured


# the parameters as written, the message
MISTAKES = [
    ("{a: {value: 1}}", "1:14: A parameter needs 'from'. Add `from: source` (the regulation) or `from: ours`."),
    ("{a: 24h}", "1:14: A parameter needs 'from'. Add `from: source` (the regulation) or `from: ours`."),
    ("{a: {value: [1], from: ours}}", "1:25: 'value' should be text, not a list. Write text."),
    ("{a: {value: 1, form: ours}}", "1:28: There is no key 'form' in a parameter. Did you mean 'from'?"),
    ("[a, b]", "1:13: 'parameters' should be a mapping. Write `name: {value: 24h, from: source}`."),
]


@pytest.mark.parametrize(("written", "message"), MISTAKES)
def test_a_mistake_is_told_with_its_place(written: str, message: str) -> None:
    file, _ = parse_yaml(f"parameters: {written}\n", "p.yaml")
    assert file is not None
    assert [str(problem) for problem in read_parameters(file)[1]] == [f"p.yaml:{message}"]
