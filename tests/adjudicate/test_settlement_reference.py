"""Consequences against a settlement that is written anew, over random policies and facts."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.adjudicate.because import Derivation, Ground
from auditor.adjudicate.compile import compile_policy
from auditor.adjudicate.model import Policy
from auditor.adjudicate.session import run
from auditor.adjudicate.settle import settle
from tests.reference.settlement import Fact, Got, Settlement

MONTHS = st.sampled_from(["2025-03", "2025-04"])
GROUNDS = st.sampled_from(["damage", "delay", "rescue"])
COUNTS = st.integers(0, 3)
ATTRIBUTES: dict[str, st.SearchStrategy[Any]] = {"period": MONTHS, "ground": GROUNDS, "count": COUNTS}
GIVEN = ("incident", "merit")
LADDER = {
    "sanctions": [{"id": name, "zh": name, "en": name} for name in ("oral", "written", "notice", "dismissal")],
    "rewards": [{"id": name, "zh": name, "en": name} for name in ("praise", "bonus")],
    "escalations": [{"id": "weighing", "zh": "weighing", "en": "weighing"}],
}
KINDS = {
    "penalty": ["oral", "written", "notice", "dismissal"],
    "reward": ["praise", "bonus"],
    "escalation": ["weighing"],
}


@st.composite
def antecedents(draw: st.DrawFn, facts: tuple[str, ...]) -> list[dict[str, Any]]:
    when = []
    for place in range(draw(st.integers(1, 2))):
        where: dict[str, Any] = {}
        if draw(st.booleans()):
            where["ground"] = {"any_of": draw(st.lists(GROUNDS, min_size=1, max_size=2))}
        if draw(st.booleans()):
            where["count"] = {"at_least": draw(COUNTS)}
        when.append({"fact": draw(st.sampled_from(facts)), "as": f"a{place}", "where": where})
    return when


@st.composite
def terms(draw: st.DrawFn, width: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(["penalty", "penalty", "penalty", "reward", "escalation"]))
    keys = [f"a{place}.ground" for place in range(width)] + ["damage", "other"]
    looked_up = st.builds(lambda key: {"map": f"{kind}_for", "key": key}, st.sampled_from(keys))
    measure = draw(st.one_of(st.sampled_from(KINDS[kind]), looked_up))
    term: dict[str, Any] = {"kind": kind, "measure": measure}
    term |= {"points": draw(COUNTS), "amount": draw(st.integers(0, 3)) * 100}
    if draw(st.integers(0, 4)) == 0:
        term["mandatory"] = True
    return term


@st.composite
def exemptions(draw: st.DrawFn, ids: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(list(KINDS)))
    asked: dict[str, Any] = {"kind": kind}
    if draw(st.booleans()):
        asked["measure"] = draw(st.sampled_from(KINDS[kind]))
    if draw(st.booleans()):
        asked["policy"] = draw(st.sampled_from(ids))
    return asked


@st.composite
def conclusions(draw: st.DrawFn, width: int, ids: list[str]) -> dict[str, Any]:
    sort = draw(st.sampled_from(["consequence"] * 4 + ["exempt", "step", "step", "offset"]))
    if sort == "consequence":
        return {sort: draw(terms(width))}
    if sort == "exempt":
        return {sort: draw(exemptions(ids))}
    if sort == "step":
        kinds = st.sampled_from(["penalty", "penalty", "reward"])
        return {sort: {"kind": draw(kinds), "by": draw(st.sampled_from([-2, -1, 1, 2]))}}
    return {sort: {"rewards": draw(st.sampled_from(["points", "amount"])), "against": "penalties"}}


@st.composite
def facts_concluded(draw: st.DrawFn, width: int, name: str) -> dict[str, Any]:
    conclude: dict[str, Any] = {"fact": name}
    for key in draw(st.lists(st.sampled_from(sorted(ATTRIBUTES)), max_size=2, unique=True)):
        source = {"from": f"a{draw(st.integers(0, width - 1))}.{key}"}
        conclude[key] = draw(st.one_of(ATTRIBUTES[key], st.just(source)))
    return conclude


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    ids = [f"p{number}" for number in range(draw(st.integers(1, 6)))]
    chained = draw(st.integers(0, min(2, len(ids) - 1)))
    entries = []
    for number, name in enumerate(ids):
        concluded = ("low", "high")[:chained]
        readable = GIVEN + concluded[:number]
        when = draw(antecedents(readable))
        conclude = draw(
            facts_concluded(len(when), concluded[number]) if number < chained else conclusions(len(when), ids)
        )
        entries.append({"id": name, "title": {"zh": name, "en": name}, "from": "ours", "reason": "r"})
        entries[-1] |= {"when": when, "conclude": conclude}
    hits = st.sampled_from(["worst", "worst", "sum", "unique", "all"])
    ladder = {name: [dict(step) for step in steps] for name, steps in LADDER.items()}
    for step in ladder["sanctions"]:
        if draw(st.integers(0, 3)) == 0:
            step["by_raising"] = draw(st.booleans())
    caps = st.fixed_dictionaries(
        {}, optional={"points": st.integers(0, 4), "amount": st.integers(0, 5).map((100).__mul__)}
    )
    return {
        "ladder": ladder,
        "hit": {name: draw(hits) for name in LADDER},
        "caps": draw(caps),
        "maps": {
            f"{kind}_for": draw(st.dictionaries(GROUNDS, st.sampled_from(measures), max_size=2))
            for kind, measures in KINDS.items()
        },
        "policies": entries,
    }


def facts() -> st.SearchStrategy[list[Fact]]:
    values = st.fixed_dictionaries({}, optional=ATTRIBUTES)
    held = st.sampled_from([frozenset()] * 3 + [frozenset({"suspect_rule"}), frozenset({"disputed"})])
    return st.lists(st.tuples(st.sampled_from(GIVEN), values, held), max_size=4)


def consequences(policy: Policy, subjects: list[list[Fact]]) -> list[list[Got]]:
    plain = [[(name, values) for name, values, _ in each] for each in subjects]
    out = []
    for given_facts, sent, outcome in zip(subjects, plain, run(compile_policy(policy), plain), strict=True):
        grounds = [
            Ground(str(number), name, held=tuple(sorted(held)), records=(f"r{number}",), count=1)
            for number, (name, _, held) in enumerate(given_facts)
        ]
        settled = settle(policy, "person", "张敏", Derivation(policy, grounds, sent, outcome))
        assert len({each.key for each in settled}) <= len(settled)
        out.append(sorted((got(each) for each in settled), key=repr))
    return out


def got(one: Any) -> Got:
    return Got(
        one.kind, one.period, one.measure, one.policy, one.state, one.held_because,
        one.points, one.amount, one.points_cut, one.amount_cut,
    )  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_consequences_are_those_of_a_settlement_written_anew(data: st.DataObject) -> None:
    written = data.draw(policies())
    subjects = data.draw(st.lists(facts(), min_size=1, max_size=3))
    policy = Policy.model_validate(written)
    assert consequences(policy, subjects) == [Settlement(written, each).all() for each in subjects]
