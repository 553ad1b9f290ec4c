"""The fence around the inference engine: each test fails if the hazard it names gets through."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from auditor.adjudicate import (
    AdjudicationError,
    Limits,
    Merit,
    Policy,
    Tally,
    adjudicate,
    facts_of,
    parse_policy,
)
from auditor.adjudicate import host as host_module
from auditor.adjudicate import launch as launch_module
from auditor.adjudicate.compile import Compiled, compile_policy
from auditor.adjudicate.facts import Fact
from auditor.adjudicate.identity import Identities, engine_hash
from auditor.adjudicate.outcome import Firing, Plain
from auditor.adjudicate.session import Engine, run

Where = dict[str, Any]


def provision(name: str, when: list[Where], conclude: Where) -> Where:
    """A provision as a file would hold it, without the parts that do not matter here."""
    return {"id": name, "title": {"zh": name, "en": name}, "from": "ours", "reason": "test", "when": when} | {
        "conclude": conclude
    }


def compiled(*provisions: Where) -> Compiled:
    return compile_policy(Policy.model_validate({"policies": list(provisions)}))


def tally(number: int, subject: str = "张敏", **changed: Any) -> Tally:
    values: dict[str, Any] = {
        "subject_kind": "person", "role": None, "department": None, "rule": "R1", "regulation": "real_estate",
        "severity": "major", "tags": (), "period": "2025-03", "count": 1, "fingerprints": (f"f{number}",),
    }  # fmt: skip
    return Tally(id=f"t{number}", subject=subject, **(values | changed))


SEEN = provision("seen", [{"fact": "tally"}], {"fact": "noted"})
PAIR = provision("pair", [{"fact": "tally", "where": {"count": 1}}, {"fact": "merit"}], {"fact": "both"})
A_TALLY: Plain = ("tally", {"severity": "major", "count": 1})


def test_two_equal_facts_count_as_two() -> None:
    (outcome,) = run(compiled(SEEN), [[A_TALLY, A_TALLY, A_TALLY]])
    assert outcome.firings == (Firing(0, (1,), 3 + 1), Firing(0, (2,), 4), Firing(0, (3,), 4))


def test_ids_that_hash_alike_are_noticed_before_loading() -> None:
    assert engine_hash("costarring") == engine_hash("liquid")
    ids = Identities()
    ids.admit("costarring")
    with pytest.raises(AdjudicationError, match="'costarring' and 'liquid' are one and the same"):
        ids.admit("liquid")


def test_fact_ids_are_admitted_before_the_engine_sees_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.adjudicate.identity.engine_hash", lambda text: len(text))
    with pytest.raises(AdjudicationError, match="'1' and '2' are one and the same"):
        run(compiled(SEEN), [[A_TALLY, A_TALLY]])


def test_sessions_that_hash_alike_are_noticed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.adjudicate.identity.engine_hash", lambda text: len(text))
    with pytest.raises(AdjudicationError, match="'1' and '2' are one and the same"):
        run(compiled(SEEN), [[], []])


def test_a_session_in_which_nothing_fires_can_be_ended() -> None:
    """Without its opening fact such a session takes the whole process with it."""
    outcomes = run(compiled(PAIR), [[A_TALLY], [("merit", {})], [("tally", {"count": 2})]] * 20)
    assert all(outcome.firings == () for outcome in outcomes)


def test_a_session_that_does_not_open_aborts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_module.QuietHost, "_open", lambda self, context: None)
    with pytest.raises(AdjudicationError, match="did not open session 1"):
        run(compiled(SEEN), [[A_TALLY]])


def test_subjects_never_mix() -> None:
    first, second, third = run(compiled(PAIR), [[A_TALLY], [("merit", {"count": 1})], [A_TALLY, ("merit", {})]])
    assert (first.firings, second.firings) == ((), ())
    assert third.firings == (Firing(0, (1, 2), 3),)


def test_no_thread_is_started_and_everything_has_fired_on_return() -> None:
    before = threading.active_count()
    (outcome,) = run(compiled(SEEN), [[A_TALLY] * 2_000])
    assert len(outcome.firings) == 2_000
    assert threading.active_count() == before


def test_a_fact_no_rule_cares_for_is_fine() -> None:
    narrow = provision("narrow", [{"fact": "tally", "where": {"count": 7}}], {"fact": "noted"})
    (outcome,) = run(compiled(narrow), [[A_TALLY]])
    assert outcome.firings == ()


def test_a_fact_the_engine_has_seen_aborts() -> None:
    host = host_module.QuietHost()
    (rules,) = compiled(SEEN).sets
    host.load(rules.name, rules.rules, lambda rule, context: None)
    host.open(rules.name, "1")
    message = {"fact": "tally", "id": "1", "sid": "1"}
    assert host.post(rules.name, message) is True
    with pytest.raises(AdjudicationError, match="took fact 1 for one it had seen"):
        host.post(rules.name, message)


def test_any_other_answer_of_the_engine_aborts() -> None:
    with pytest.raises(AdjudicationError, match="failed on fact 1: Ruleset with name nowhere not found"):
        host_module.QuietHost().post("nowhere", {"fact": "tally", "id": "1", "sid": "1"})


def test_a_fact_that_is_lost_on_the_way_aborts(monkeypatch: pytest.MonkeyPatch) -> None:
    real = host_module.QuietHost.post

    def losing(self: host_module.QuietHost, name: str, message: dict[str, Any]) -> bool:
        return message["id"] == "2" or real(self, name, message)

    monkeypatch.setattr(host_module.QuietHost, "post", losing)
    with pytest.raises(AdjudicationError, match="holds 1 of the 2 facts it took"):
        run(compiled(SEEN), [[A_TALLY, A_TALLY]])


def test_all_policies_see_a_fact_it_is_not_consumed() -> None:
    again = provision("again", [{"fact": "tally"}], {"fact": "noted_too"})
    (outcome,) = run(compiled(SEEN, again), [[A_TALLY]])
    assert sorted(firing.provision for firing in outcome.firings) == [0, 1]


def test_a_value_listed_twice_does_not_fire_twice() -> None:
    doubled = provision("doubled", [{"fact": "tally", "where": {"count": {"any_of": [1, 1]}}}], {"fact": "noted"})
    (outcome,) = run(compiled(doubled), [[A_TALLY]])
    assert outcome.firings == (Firing(0, (1,), 2),)


def test_absence_is_a_tally_of_none_and_does_not_depend_on_order() -> None:
    absent = provision("absent", [{"fact": "tally", "where": {"count": 0}}], {"fact": "clean"})
    none: Plain = ("tally", {"count": 0})
    for facts in ([none, A_TALLY], [A_TALLY, none]):
        (outcome,) = run(compiled(absent), [facts])
        assert [name for name, _ in outcome.concluded] == ["clean"]


@pytest.mark.parametrize("count", [1.0, "3", True, None, 2**60])
def test_a_count_that_is_no_whole_number_is_refused(count: object) -> None:
    with pytest.raises(AdjudicationError, match=r"^consequences: The tally 't1' cannot become a fact: "):
        facts_of([tally(1, count=count)])


@pytest.mark.parametrize("ground", [1, True, 1.5, None])
def test_a_ground_that_is_no_text_is_refused(ground: Any) -> None:
    with pytest.raises(AdjudicationError, match=r"^consequences: The merit 'm1' cannot become a fact: "):
        facts_of([Merit("m1", "张敏", ground, 1, ())])


def test_an_unknown_role_is_left_out_and_tags_are_true() -> None:
    (fact,) = facts_of([tally(1, role=None, department="客服部", tags=("attitude", "非 ASCII"))])
    assert isinstance(fact, Fact)
    assert "role" not in fact.values
    assert (fact.values["department"], fact.values["tag_attitude"]) == ("客服部", True)
    assert all(key.isascii() for key in fact.values)


def test_an_exception_while_a_rule_fires_is_raised_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Engine, width: int, context: Any) -> tuple[int, ...]:
        raise RuntimeError("broken action")

    monkeypatch.setattr(Engine, "matched", broken)
    with pytest.raises(RuntimeError, match="broken action"):
        run(compiled(SEEN), [[A_TALLY]])


def test_more_subjects_than_the_engine_has_sessions() -> None:
    outcomes = run(compiled(SEEN), [[A_TALLY]] * 1_500)
    assert all(len(outcome.firings) == 1 for outcome in outcomes)


def numbered(number: int, facts: int = 1) -> Where:
    when = [{"fact": "tally", "where": {"count": number * facts + place}} for place in range(facts)]
    return provision(f"p{number}", when, {"fact": f"c{number}"})


def test_a_large_policy_is_split_and_every_part_answers() -> None:
    parts = compiled(*(numbered(number) for number in range(700)))
    assert [len(each.rules) for each in parts.sets] == [200, 200, 200, 100]
    (outcome,) = run(parts, [[("tally", {"count": number}) for number in range(700)]])
    assert sorted(firing.provision for firing in outcome.firings) == list(range(700))


def test_wide_policies_are_split_earlier() -> None:
    parts = compiled(*(numbered(number, facts=12) for number in range(60)))
    assert [len(each.rules) for each in parts.sets] == [33, 27]
    (outcome,) = run(parts, [[("tally", {"count": number}) for number in range(720)]])
    assert sorted(firing.provision for firing in outcome.firings) == list(range(60))


def test_a_chain_crosses_the_parts_in_both_directions() -> None:
    last = provision("last", [{"fact": "middle"}], {"fact": "end"})
    first = provision("first", [{"fact": "tally", "where": {"count": 3}}], {"fact": "start"})
    middle = provision("middle", [{"fact": "start"}], {"fact": "middle"})
    filling = [numbered(number) for number in range(1_000, 1_199)]
    parts = compiled(last, *filling, first, *filling, middle)
    assert [len(each.rules) for each in parts.sets] == [200, 200, 1]
    (outcome,) = run(parts, [[("tally", {"count": 3})]])
    assert [name for name, _ in outcome.concluded] == ["start", "middle", "end"]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ([{"fact": "tally"}] * 13, "has 13 facts under 'when'; the most is 12"),
        (
            [{"fact": "tally", "where": {"count": {"any_of": list(range(201))}}}],
            "has 201 values under 'any_of'; the most is 200",
        ),
        (
            [{"fact": "tally", "where": {f"k{number}": 1 for number in range(201)}}],
            "has 201 attributes of one fact; the most is 200",
        ),
    ],
)
def test_what_the_engine_cannot_bear_is_refused_when_compiling(when: list[Where], said: str) -> None:
    with pytest.raises(AdjudicationError, match=said):
        compiled(provision("large", when, {"fact": "noted"}))


def test_twelve_facts_at_once_still_fire() -> None:
    (outcome,) = run(compiled(numbered(0, facts=12)), [[("tally", {"count": number}) for number in range(12)]])
    assert outcome.firings == (Firing(0, tuple(range(1, 13)), 13),)


def test_a_fact_with_too_many_attributes_is_refused() -> None:
    with pytest.raises(AdjudicationError, match="A fact 'tally' has 198 attributes; the most is 197"):
        run(compiled(SEEN), [[("tally", {f"k{number}": 1 for number in range(198)})]])


def test_names_that_mean_something_to_the_engine_are_ordinary_here() -> None:
    odd = provision("chart_state", [{"fact": "s", "as": "m"}, {"fact": "m", "as": "s"}], {"fact": "flow"})
    (outcome,) = run(compiled(odd), [[("s", {}), ("m", {})]])
    assert outcome.concluded == (("flow", {}),)


SMALL = """\
ladder: {sanctions: [{id: oral, zh: 口头警告, en: Oral, cites: [REA-146]}]}
policies:
  - id: warned
    title: {zh: 警告, en: Warned}
    from: ours
    reason: A test.
    when: [{fact: tally, where: {count: 1}}]
    conclude: {consequence: {kind: penalty, measure: oral}}
    examples: [{given: [{fact: tally, count: 1}], expect: [{measure: oral}]}]
"""


def test_policies_that_fit_in_too_many_ways_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.adjudicate.session.FIRINGS_OF_A_SUBJECT", 1_000)
    triples = provision("triples", [{"fact": "tally"}] * 3, {"fact": "noted"})
    with pytest.raises(AdjudicationError, match=r"More than 1000 combinations .* see policy number 2"):
        run(compiled(SEEN, triples), [[A_TALLY] * 20])


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(seconds=0.05), r"The inference took longer than 0\.05 seconds and was ended"),
        (Limits(memory_bytes=20 * 1024**2), "The inference needed more than 20 MB of memory"),
    ],
    ids=["time", "memory"],
)
def test_the_worker_is_ended_at_its_limits(limits: Limits, said: str) -> None:
    policy, problems = parse_policy(SMALL, "p.yaml")
    assert policy is not None, problems
    with pytest.raises(AdjudicationError, match=said) as caught:
        adjudicate(policy, [tally(1, period="2025-03" * 1_000_000)], limits)
    assert caught.value.exit_code == 3


def test_no_consequence_is_issued_when_a_canary_strays(monkeypatch: pytest.MonkeyPatch) -> None:
    policy, problems = parse_policy(SMALL, "p.yaml")
    assert policy is not None, problems
    assert len(adjudicate(policy, [tally(1)])[0]) == 1

    real = launch_module.infer

    def losing(*given: Any) -> Any:
        outcomes = real(*given)
        return [*outcomes[:-1], type(outcomes[-1])((), ())]

    monkeypatch.setattr("auditor.adjudicate.propose.infer", losing)
    with pytest.raises(AdjudicationError) as caught:
        adjudicate(policy, [tally(1)])
    assert str(caught.value) == (
        "p.yaml: Example 1 of the policy 'warned' went wrong: expected oral, came nothing. "
        "If the policy was changed, correct it or the example; else the engine is unwell. "
        "The findings stand; no consequence is proposed until this is cleared up."
    )


def test_without_the_engine_there_is_a_problem_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("shadow")
    (folder / "durable.py").write_text("raise ImportError('built for another Python')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    policy, problems = parse_policy(SMALL, "p.yaml")
    assert policy is not None, problems
    consequences, problems = adjudicate(policy, [tally(1)])
    assert consequences == []
    assert [str(each) for each in problems] == [
        "p.yaml: No consequences were inferred because the inference engine cannot be loaded "
        "(built for another Python). Install durable_rules for this Python; the findings stand without it."
    ]
    assert not problems[0].fatal


def test_a_worker_that_dies_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.adjudicate.launch.worker.__name__", "auditor.adjudicate.nowhere")
    policy, problems = parse_policy(SMALL, "p.yaml")
    assert policy is not None, problems
    with pytest.raises(AdjudicationError, match=r"ended with code 1 and no answer .*No module named"):
        adjudicate(policy, [tally(1)])
