"""Start the worker, hand it the facts, and take its outcomes, within limits of memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import auditor.adjudicate.worker as worker
from auditor.adjudicate.compile import Compiled
from auditor.adjudicate.failure import AdjudicationError
from auditor.adjudicate.limits import Limits
from auditor.adjudicate.outcome import Firing, Outcome, Plain


class EngineMissing(Exception):
    """The inference engine cannot be imported here; the message is Python's reason."""


def infer(compiled: Compiled, subjects: Sequence[Sequence[Plain]], limits: Limits) -> list[Outcome]:
    """The outcome of each subject, in order.

    Raises EngineMissing, or AdjudicationError if the worker failed, died, or took too much memory or time.
    """
    request = {"compiled": compiled.model_dump(mode="json"), "subjects": subjects}
    answer = _ask(json.dumps(request), limits)
    if answer.get("failed") == worker.NO_ENGINE:
        raise EngineMissing(answer["what"])
    if "failed" in answer:
        raise AdjudicationError(answer["what"] or _out_of_memory(limits))
    return [_outcome(each) for each in answer["outcomes"]]


def _ask(request: str, limits: Limits) -> dict[str, Any]:
    command = [sys.executable, "-m", worker.__name__, str(limits.memory_bytes)]
    root = str(Path(worker.__file__).parents[2])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            command,
            input=request,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=limits.seconds,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired as error:
        what = f"The inference took longer than {limits.seconds:g} seconds and was ended."
        raise AdjudicationError(what) from error
    return _parsed(done)


def _parsed(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The worker's answer; one that died without an answer is an error, and most often lacked memory."""
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        what = f"The inference process ended with code {done.returncode} and no answer ({last})."
        raise AdjudicationError(what) from error
    return answer


def _out_of_memory(limits: Limits) -> str:
    return f"The inference needed more than {limits.memory_bytes // 1024**2} MB of memory."


def _outcome(answer: Any) -> Outcome:
    concluded = tuple((name, values) for name, values in answer[0])
    return Outcome(concluded, tuple(Firing(index, tuple(facts), made) for index, facts, made in answer[1]))
