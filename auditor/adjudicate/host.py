"""The engine's host without its threads: nothing runs but what we post, and it has run when we return."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from durable import engine

from auditor.adjudicate.failure import AdjudicationError


class _Silent(engine.Host):
    """A host that starts no dispatcher and no timer thread."""

    def __init__(self) -> None:
        super().__init__()

    def _run(self) -> None:
        """Start nothing."""


class QuietHost:
    """The few things we ask of the engine, with its answers turned into ours."""

    def __init__(self) -> None:
        """An engine without rules."""
        self._host: Any = _Silent()

    def load(self, name: str, rules: dict[str, Any], action: Callable[[str, Any], None]) -> None:
        """Load one rule set; ``action(rule, context)`` is called for each firing."""
        attached = {rule: {**body, "run": _runner(rule, action)} for rule, body in rules.items()}
        self._host.register_rulesets({name: attached})

    def post(self, name: str, message: dict[str, Any]) -> bool:
        """Assert one fact; True if some rule cares for it, False if none does.

        Raises AdjudicationError when the engine refuses the fact as already seen or answers anything else.
        """
        try:
            self._host.assert_fact(name, message)
        except engine.MessageNotHandledException:
            return False
        except engine.MessageObservedException as error:
            raise AdjudicationError(f"The inference engine took fact {message['id']} for one it had seen.") from error
        except Exception as error:
            raise AdjudicationError(f"The inference engine failed on fact {message['id']}: {error}.") from error
        return True

    def held(self, name: str, sid: str) -> int:
        """How many facts the engine holds in the session."""
        return len(self._host.get_facts(name, sid))

    def forget(self, name: str, sid: str) -> None:
        """Delete the session."""
        self._host.delete_state(name, sid)


def _runner(rule: str, action: Callable[[str, Any], None]) -> Callable[[Any], None]:
    def run(context: Any) -> None:
        action(rule, context)

    return run
