"""Consequences against a settlement that is written anew, over random policies and facts."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.adjudicate.because import Derivation, Ground
from auditor.adjudicate.compile import compile_policy
from auditor.adjudicate.model import Policy
from auditor.adjudicate.session import run
from auditor.adjudicate.settle import settle
from tests.reference.settlement import Fact, Got, Settlement

MONTHS = ("2025-03", "2025-03", "2025-04")
GROUNDS = ("damage", "delay")
FACTS = ("incident", "merit")
KINDS = {
    "penalty": ["oral", "written", "notice", "dismissal"],
    "reward": ["praise", "bonus"],
    "escalation": ["weighing"],
}
LADDERS = {"penalty": "sanctions", "reward": "rewards", "escalation": "escalations"}
SORTS = ["consequence"] * 6 + ["step", "step", "exempt", "offset"]


def attribute(random: Random, key: str) -> Any:
    return random.choice({"period": MONTHS, "ground": GROUNDS, "count": (0, 1, 2, 3)}[key])


def antecedent(random: Random, place: int, facts: list[str]) -> dict[str, Any]:
    where: dict[str, Any] = {}
    if random.random() < 0.3:
        where["ground"] = {"is": random.choice(GROUNDS)}
    if random.random() < 0.3:
        where["count"] = {"at_least": random.randint(0, 3)}
    return {"fact": random.choice(facts), "as": f"a{place}", "where": where}


def term(random: Random, width: int) -> dict[str, Any]:
    kind = random.choice(["penalty"] * 4 + ["reward"] * 2 + ["escalation"])
    key = random.choice([f"a{random.randrange(width)}.ground", "damage"])
    looked_up = {"map": f"{kind}_for", "key": key}
    measure = looked_up if random.random() < 0.3 else random.choice(KINDS[kind])
    written = {"kind": kind, "measure": measure, "points": random.randint(0, 3), "amount": random.randint(0, 3) * 100}
    return written | ({"mandatory": True} if random.random() < 0.15 else {})


def exemption(random: Random, names: list[str]) -> dict[str, Any]:
    kind = random.choice(["penalty", "penalty", "reward"])
    chosen = {"measure": random.choice(KINDS[kind]), "policy": random.choice(names)}
    return {"kind": kind} | {key: value for key, value in chosen.items() if random.random() < 0.5}


def conclusion(random: Random, width: int, names: list[str]) -> dict[str, Any]:
    sort = random.choice(SORTS)
    if sort == "consequence":
        return {sort: term(random, width)}
    if sort == "exempt":
        return {sort: exemption(random, names)}
    if sort == "step":
        return {sort: {"kind": random.choice(["penalty", "penalty", "reward"]), "by": random.choice([-2, -1, 1, 1, 2])}}
    return {sort: {"rewards": random.choice(["points", "amount"]), "against": "penalties"}}


def fact_concluded(random: Random, width: int, name: str) -> dict[str, Any]:
    out: dict[str, Any] = {"fact": name}
    for key in random.sample(["period", "ground", "count"], random.randint(0, 2)):
        source = {"from": f"a{random.randrange(width)}.{key}"}
        out[key] = random.choice([attribute(random, key), source])
    return out


def policies(random: Random) -> dict[str, Any]:
    names = [f"p{number}" for number in range(random.randint(3, 8))]
    concluded, entries = ["low", "high"][: random.randint(0, 2)], []
    for number, name in enumerate(names):
        readable = [*FACTS, *concluded[:number]]
        when = [antecedent(random, place, readable) for place in range(random.choice([1, 1, 1, 2]))]
        chained = number < len(concluded)
        conclude = (
            fact_concluded(random, len(when), concluded[number]) if chained else conclusion(random, len(when), names)
        )
        entry = {"id": name, "title": {"zh": name, "en": name}, "from": "ours", "reason": "r"}
        entries.append(entry | {"when": when, "conclude": conclude})
    ladder = {LADDERS[kind]: [{"id": name, "zh": name, "en": name} for name in steps] for kind, steps in KINDS.items()}
    for step in ladder["sanctions"]:
        if random.random() < 0.2:
            step["by_raising"] = random.random() < 0.5
    maps = {
        f"{kind}_for": {ground: random.choice(steps) for ground in GROUNDS if random.random() < 0.5}
        for kind, steps in KINDS.items()
    }
    hit = {name: random.choice(["worst", "worst", "sum", "sum", "unique", "all"]) for name in ladder}
    caps = {key: most for key, most in (("points", random.randint(1, 5)), ("amount", 300)) if random.random() < 0.4}
    return {"ladder": ladder, "hit": hit, "caps": caps, "maps": maps, "policies": entries}


def facts(random: Random) -> list[Fact]:
    return [fact(random) for _ in range(random.randint(1, 4))]


def fact(random: Random) -> Fact:
    values = {key: attribute(random, key) for key in ("period", "ground", "count") if random.random() < 0.85}
    held = random.choice([frozenset()] * 2 + [frozenset({"suspect_rule"}), frozenset({"disputed"})])
    return random.choice(FACTS), values, held


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


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_consequences_are_those_of_a_settlement_written_anew(seed: int) -> None:
    """Ten policies out of each seed, since values that are drawn one by one seldom make a policy apply."""
    random = Random(seed)
    for _ in range(10):
        written, subjects = policies(random), [facts(random) for _ in range(4)]
        assert consequences(Policy.model_validate(written), subjects) == [
            Settlement(written, one).all() for one in subjects
        ]
