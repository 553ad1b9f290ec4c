"""The engine's host without its threads: nothing runs but what we post, and it has run when we return."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from durable import engine

from auditor.adjudicate.failure import AdjudicationError

OPENING = "Opening"
"""No fact of a policy can be called so: theirs are in small letters."""


class _Silent(engine.Host):
    """A host that starts no dispatcher and no timer thread."""

    def _run(self) -> None:
        """Start nothing."""


_silent: Callable[[], Any] = _Silent


class QuietHost:
    """The few things we ask of the engine, with its answers turned into ours."""

    def __init__(self) -> None:
        """An engine without rules."""
        self._host = _silent()
        self._opened: list[str] = []

    def load(self, name: str, rules: dict[str, Any], action: Callable[[str, Any], None]) -> None:
        """Load one rule set; ``action(rule, context)`` is called for each firing."""
        attached = {rule: {**body, "run": _runner(rule, action)} for rule, body in rules.items()}
        opening = {"all": [{"m0": {"$and": [{"fact": OPENING}]}}], "run": self._open}
        self._host.register_rulesets({name: {**attached, OPENING: opening}})

    def _open(self, context: Any) -> None:
        self._opened.append(context.m0.sid)

    def open(self, name: str, sid: str) -> None:
        """Begin a session with a fact that always fires. Raises AdjudicationError if it does not fire once.

        The engine crashes when a session in which nothing ever fired is deleted.
        """
        self._opened.clear()
        self.post(name, {"fact": OPENING, "id": OPENING, "sid": sid})
        if self._opened != [sid]:
            raise AdjudicationError(f"The inference engine did not open session {sid}.")

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
        """How many facts the engine holds in the session, beside the one that opened it."""
        return len(self._host.get_facts(name, sid)) - 1

    def forget(self, name: str, sid: str) -> None:
        """Delete the session."""
        self._host.delete_state(name, sid)


def _runner(rule: str, action: Callable[[str, Any], None]) -> Callable[[Any], None]:
    def run(context: Any) -> None:
        action(rule, context)

    return run
