"""The worker: reads a request on stdin, infers under its own memory limit, answers on stdout, and ends.

The engine never gives memory back and can hang, so it runs in a process that can be ended.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from auditor.adjudicate.compile import Compiled
from auditor.adjudicate.outcome import Outcome

NO_ENGINE, UNTRUSTED, NO_MEMORY = "no-engine", "untrusted", "no-memory"


def main() -> None:
    """Answer the one request on stdin with outcomes, or with a reason why there are none.

    The first argument is the most memory it may take, in bytes.
    """
    json.dump(_answer(int(sys.argv[1])), sys.stdout)


def _answer(memory_bytes: int) -> dict[str, Any]:
    """The engine is imported before memory is limited, so that one lack is not taken for the other."""
    try:
        from auditor.adjudicate.session import run
    except ImportError as error:
        return {"failed": NO_ENGINE, "what": str(error)}
    _limit_memory(memory_bytes)
    try:
        request = json.load(sys.stdin)
        outcomes = run(Compiled.model_validate(request["compiled"]), request["subjects"])
        return {"outcomes": [_plain(each) for each in outcomes]}
    except MemoryError:
        return {"failed": NO_MEMORY, "what": ""}
    except Exception as error:
        return {"failed": UNTRUSTED, "what": _what(error)}


def _plain(outcome: Outcome) -> list[object]:
    firings = [(firing.provision, firing.facts, firing.concluded) for firing in outcome.firings]
    return [outcome.concluded, firings]


def _what(error: Exception) -> str:
    problems = getattr(error, "problems", None)
    return str(problems[0].what) if problems else f"The inference failed: {type(error).__name__}: {error}."


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the wall time still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main()
