"""The worker: reads a request on stdin, infers under its own memory limit, answers on stdout, and ends.

The engine never gives memory back and can hang, so it runs in a process that can be ended.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from auditor.adjudicate.compile import Compiled

NO_ENGINE, UNTRUSTED, NO_MEMORY = "no-engine", "untrusted", "no-memory"


def main() -> None:
    """Answer the one request on stdin with outcomes, or with a reason why there are none."""
    request = json.load(sys.stdin)
    _limit_memory(request["memory_bytes"])
    try:
        answer = _answer(request)
    except ImportError as error:
        answer = {"failed": NO_ENGINE, "what": str(error)}
    except MemoryError:
        answer = {"failed": NO_MEMORY, "what": ""}
    except Exception as error:
        answer = {"failed": UNTRUSTED, "what": _what(error)}
    json.dump(answer, sys.stdout)


def _what(error: Exception) -> str:
    problems = getattr(error, "problems", None)
    return str(problems[0].what) if problems else f"The inference failed: {type(error).__name__}: {error}."


def _answer(request: Mapping[str, Any]) -> dict[str, Any]:
    from auditor.adjudicate.session import run

    compiled = Compiled.model_validate(request["compiled"])
    outcomes = run(compiled, request["subjects"])
    return {
        "outcomes": [
            [each.concluded, [(firing.provision, firing.facts, firing.concluded) for firing in each.firings]]
            for each in outcomes
        ]
    }


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the wall time still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main()
