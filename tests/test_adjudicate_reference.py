"""The engine against a plain fixpoint over random small policies and facts."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.adjudicate.compile import compile_policy
from auditor.adjudicate.model import Policy
from auditor.adjudicate.outcome import Plain
from auditor.adjudicate.session import run
from tests.reference.policy import Conclusion, Derived, reference

TEXTS = st.sampled_from(["major", "minor", "", "重大", 'a"b\\'])
NUMBERS = st.integers(-1, 3)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "severity": TEXTS,
    "period": TEXTS,
    "count": NUMBERS,
    "tag_x": st.booleans(),
}
LEVELS = ("low", "middle", "high")
NAMES = ("tally", "merit", *LEVELS)


def comparison(key: str) -> st.SearchStrategy[Any]:
    value = VALUES[key]
    plain: list[st.SearchStrategy[Any]] = [
        value.map(lambda each: {"is": each}),
        value.map(lambda each: {"not": each}),
        st.lists(value, min_size=1, max_size=3).map(lambda each: {"any_of": each}),
    ]
    if key == "count":
        plain += [st.fixed_dictionaries({"at_least": NUMBERS}), st.fixed_dictionaries({"at_most": NUMBERS})]
        plain.append(st.fixed_dictionaries({"at_least": NUMBERS, "at_most": NUMBERS}))
    return st.one_of(plain)


@st.composite
def provisions(draw: st.DrawFn, number: int) -> dict[str, Any]:
    level = draw(st.integers(0, len(LEVELS)))
    readable = NAMES[: 2 + level]
    when: list[dict[str, Any]] = []
    for place in range(draw(st.integers(1, 3))):
        keys = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=2, unique=True))
        where = {key: draw(comparison(key)) for key in keys}
        if place and draw(st.booleans()):
            key = draw(st.sampled_from(sorted(VALUES)))
            where[key] = {"same_as": f"a{draw(st.integers(0, place - 1))}.{key}"}
        when.append({"fact": draw(st.sampled_from(readable)), "as": f"a{place}", "where": where})
    conclude: dict[str, Any] = {"consequence": {"kind": "penalty", "measure": "oral"}}
    if level < len(LEVELS):
        conclude = {"fact": LEVELS[level]}
        for key in draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=2, unique=True)):
            source = {"from": f"a{draw(st.integers(0, len(when) - 1))}.{key}"}
            conclude[key] = draw(st.one_of(VALUES[key], st.just(source)))
    title = {"zh": "某", "en": "some"}
    return {"id": f"p{number}", "title": title, "from": "ours", "reason": "r", "when": when, "conclude": conclude}


def facts() -> st.SearchStrategy[list[Plain]]:
    values = st.fixed_dictionaries({}, optional=VALUES)
    return st.lists(st.tuples(st.sampled_from(["tally", "merit"]), values), max_size=5)


def engine(policy: list[dict[str, Any]], subjects: list[list[Plain]]) -> list[set[Derived]]:
    compiled = compile_policy(Policy.model_validate({"policies": policy}))
    out = []
    for given_facts, outcome in zip(subjects, run(compiled, subjects), strict=True):
        ids: dict[int, Conclusion | int] = {number: number for number in range(1, len(given_facts) + 1)}
        for number, (name, values) in enumerate(outcome.concluded, start=len(given_facts) + 1):
            ids[number] = (name, frozenset(values.items()))
        firings = [(firing.provision, tuple(ids[each] for each in firing.facts)) for firing in outcome.firings]
        assert len(firings) == len(set(firings))
        out.append(set(firings))
    return out


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_engine_concludes_what_a_plain_fixpoint_concludes(data: st.DataObject) -> None:
    policy = [data.draw(provisions(number)) for number in range(data.draw(st.integers(1, 5)))]
    subjects = data.draw(st.lists(facts(), min_size=1, max_size=3))
    assert engine(policy, subjects) == [reference(policy, each) for each in subjects]
