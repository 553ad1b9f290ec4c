"""The examples of a policy as its tests: run each through the engine and say which go wrong."""

from __future__ import annotations

from pathlib import Path

from auditor.adjudicate.canary import canaries, strays
from auditor.adjudicate.compile import compile_policy
from auditor.adjudicate.launch import EngineMissing, infer
from auditor.adjudicate.limits import Limits
from auditor.adjudicate.policy import read_policy
from auditor.problem import Problem
from auditor.yamlfile import read_yaml


def failing_examples(path: Path, name: str | None = None) -> list[Problem]:
    """The mistakes of the policy file at ``path``, or else its examples that go wrong, each with its place.

    Raises AdjudicationError if the engine cannot be trusted.
    """
    policy, problems = read_policy(path, name)
    file, _ = read_yaml(path, name=name)
    if policy is None or file is None:
        return problems
    birds = canaries(policy)
    try:
        outcomes = infer(compile_policy(policy), [bird.facts for bird in birds], Limits())
    except EngineMissing as missing:
        what = f"The examples were not run because the inference engine cannot be loaded ({missing})."
        return [Problem(file.at(()), "no-inference-engine", what, "Install durable_rules for this Python.")]
    return [
        Problem(
            file.at(("policies", canary.provision, "examples", canary.number - 1)),
            "wrong-example",
            f"The example went wrong: {difference}.",
            "Correct the policy or the example.",
            True,
        )
        for canary, difference in strays(policy, birds, outcomes)
    ]
