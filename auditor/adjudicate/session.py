"""The fenced run: one session for each subject and rule set, facts posted one by one, conclusions fed back."""

from __future__ import annotations

import warnings
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.adjudicate.compile import Compiled, RuleSet
from auditor.adjudicate.failure import AdjudicationError
from auditor.adjudicate.host import OPENING, QuietHost
from auditor.adjudicate.identity import Identities
from auditor.adjudicate.limits import FIRINGS_OF_A_SUBJECT, KEYS
from auditor.adjudicate.outcome import Firing, Outcome, Plain


def run(compiled: Compiled, subjects: Iterable[Sequence[Plain]]) -> list[Outcome]:
    """Infer for each subject by itself. Raises AdjudicationError if any fact was refused, lost or doubled."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"durable\.engine")
        engine = Engine(compiled)
        return [engine.infer(str(number), facts) for number, facts in enumerate(subjects, start=1)]


@dataclass
class Engine:
    """A host with the rule sets of one policy loaded, and what fired since the last drain."""

    compiled: Compiled
    host: QuietHost = field(default_factory=QuietHost)
    fired: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    sids: Identities = field(default_factory=Identities)

    def __post_init__(self) -> None:
        """Load the rule sets."""
        for each in self.compiled.sets:
            self.host.load(each.name, each.rules, self.append)

    def append(self, rule: str, context: Any) -> None:
        """Note a firing. An exception in here would be swallowed by the engine, so it is kept for later."""
        try:
            provision = int(rule[1:])
            self.fired.append((provision, self.matched(self._width(provision), context)))
        except BaseException as error:
            self.errors.append(error)

    def matched(self, width: int, context: Any) -> tuple[int, ...]:
        """The numbers of the facts a firing rests on, in the order of the antecedents."""
        return tuple(int(getattr(context, f"m{place}").id) for place in range(width))

    def _width(self, provision: int) -> int:
        rule = f"p{provision}"
        return next(len(each.rules[rule]["all"]) for each in self.compiled.sets if rule in each.rules)

    def infer(self, sid: str, facts: Sequence[Plain]) -> Outcome:
        """Everything that follows from ``facts`` in session ``sid``, which is deleted afterwards."""
        self.sids.admit(sid)
        case = _Case(self, sid, facts)
        try:
            case.exhaust()
            case.check()
        finally:
            for name in case.sent:
                self.host.forget(name, sid)
        return Outcome(tuple(case.facts[len(facts) :]), tuple(case.firings))


class _Case:
    """One subject's facts on their way through the rule sets."""

    def __init__(self, engine: Engine, sid: str, given: Sequence[Plain]) -> None:
        self.engine, self.sid = engine, sid
        self.facts: list[Plain] = list(given)
        self.firings: list[Firing] = []
        self.concluded: dict[tuple[str, frozenset[tuple[str, str | bool | int]]], int] = {}
        self.sent: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()
        self.uninteresting: Counter[str] = Counter()
        self.ids = Identities()
        for own in (OPENING, f"sid-{sid}"):
            self.ids.admit(own)

    def exhaust(self) -> None:
        """Offer each fact to every rule set that reads its name, then what follows from it, until nothing does."""
        waiting = deque(range(1, len(self.facts) + 1))
        while waiting:
            number = waiting.popleft()
            self.ids.admit(str(number))
            for each in self.engine.compiled.sets:
                if self.facts[number - 1][0] in each.reads:
                    self._post(each, number)
            waiting.extend(self._drain())

    def _post(self, rules: RuleSet, number: int) -> None:
        name, values = self.facts[number - 1]
        if len(values) + 3 > KEYS:
            raise AdjudicationError(f"A fact '{name}' has {len(values)} attributes; the most is {KEYS - 3}.")
        if rules.name not in self.sent:
            self.engine.host.open(rules.name, self.sid)
        self.sent[rules.name] += 1
        taken = self.engine.host.post(rules.name, {**values, "fact": name, "id": str(number), "sid": self.sid})
        (self.accepted if taken else self.uninteresting)[rules.name] += 1

    def _drain(self) -> list[int]:
        """Turn what fired into firings and new facts; returns the numbers of the new ones."""
        if self.engine.errors:
            raise self.engine.errors.pop()
        fired, before = self.engine.fired[:], len(self.facts)
        self.engine.fired.clear()
        if len(self.firings) + len(fired) > FIRINGS_OF_A_SUBJECT:
            raise AdjudicationError(_too_many(provision for provision, _ in fired))
        self.firings.extend(Firing(provision, used, self._conclude(provision, used)) for provision, used in fired)
        return list(range(before + 1, len(self.facts) + 1))

    def _conclude(self, provision: int, used: tuple[int, ...]) -> int | None:
        template = self.engine.compiled.templates[provision]
        if template.fact is None:
            return None
        values = dict(template.constants)
        for key, (place, source) in template.copied.items():
            given = self.facts[used[place] - 1][1]
            if source in given:
                values[key] = given[source]
        identity = (template.fact, frozenset(values.items()))
        if identity not in self.concluded:
            self.facts.append((template.fact, values))
            self.concluded[identity] = len(self.facts)
        return self.concluded[identity]

    def check(self) -> None:
        """The engine must hold exactly the facts it accepted, and have answered for every fact sent."""
        for name, sent in self.sent.items():
            held = self.engine.host.held(name, self.sid)
            if held != self.accepted[name] or self.accepted[name] + self.uninteresting[name] != sent:
                taken = self.accepted[name]
                raise AdjudicationError(f"The inference engine holds {held} of the {taken} facts it took.")


def _too_many(provisions: Iterable[int]) -> str:
    busiest = Counter(provisions).most_common(1)[0][0] + 1
    return f"More than {FIRINGS_OF_A_SUBJECT} combinations of one subject's facts fit; see policy number {busiest}."
