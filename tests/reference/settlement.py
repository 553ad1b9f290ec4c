"""What a subject gets of what follows for it, written anew from the words of docs/policy.md, one month at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from tests.reference.policy import Conclusion, Derived, reference

Fact = tuple[str, dict[str, Any], frozenset[str]]
"""A given fact: its name, its attributes, and why it is held."""
LADDERS = {"penalty": "sanctions", "reward": "rewards", "escalation": "escalations"}


class Got(NamedTuple):
    """One consequence, without its words."""

    kind: str
    period: str | None
    measure: str | None
    policy: str
    state: str
    held: tuple[str, ...]
    points: int
    amount: int
    points_cut: int
    amount_cut: int


class Entry:
    """A proposal on its way."""

    def __init__(self, number: int, term: dict[str, Any], rank: int, word: str, held: set[str]) -> None:
        self.number, self.term, self.rank, self.word, self.held = number, term, rank, word, held
        self.order = (number, rank, word)
        self.mandatory = term.get("mandatory", False)
        self.left = {"points": term.get("points", 0), "amount": term.get("amount", 0)}
        self.cut = {"points": 0, "amount": 0}
        self.members: list[Entry] = [self]
        self.exempt = False

    @property
    def waits(self) -> bool:
        return bool(self.held) or self.rank < 0

    @property
    def teller(self) -> int:
        return min((not one.term.get("mandatory", False), one.number) for one in self.members)[1]


class Settlement:
    """All that is known of one subject."""

    def __init__(self, policy: dict[str, Any], given: list[Fact]) -> None:
        self.policy, self.given = policy, given
        self.derived = reference(policy["policies"], [(name, values) for name, values, _ in given])
        self.ways: dict[Conclusion | int, list[Derived]] = {}
        for number, chosen in sorted(self.derived, key=repr):
            conclude = self.conclude(number)
            if "fact" in conclude:
                self.ways.setdefault(self.made(number, chosen), []).append((number, chosen))

    def conclude(self, number: int) -> dict[str, Any]:
        found: dict[str, Any] = self.policy["policies"][number]["conclude"]
        return found

    def values(self, fact: Conclusion | int) -> dict[str, Any]:
        return self.given[fact - 1][1] if isinstance(fact, int) else dict(fact[1])

    def made(self, number: int, chosen: tuple[Conclusion | int, ...]) -> Conclusion:
        values = {}
        for key, value in self.conclude(number).items():
            if key == "fact":
                continue
            if isinstance(value, dict):
                alias, source = value["from"].split(".")
                value = self.values(chosen[int(alias[1:])]).get(source)
            if value is not None:
                values[key] = value
        return self.conclude(number)["fact"], frozenset(values.items())

    def reasons(self, fact: Conclusion | int) -> set[str]:
        """Why a fact is held: a given one by itself, a concluded one if every way to it is."""
        if isinstance(fact, int):
            return set(self.given[fact - 1][2])
        ways = [self.held(way) for way in self.ways[fact]]
        return set().union(*ways) if all(ways) else set()

    def held(self, way: Derived) -> set[str]:
        return set().union(*(self.reasons(fact) for fact in way[1]))

    def month(self, way: Derived) -> str | None:
        months = []
        for fact in way[1]:
            own = self.values(fact).get("period")
            inner = [] if isinstance(fact, int) else [self.month(each) for each in self.ways[fact]]
            months += [own] if own is not None else inner
        return max((each for each in months if each is not None), default=None)

    def having(self, word: str, month: str | None) -> Iterable[tuple[int, dict[str, Any], Derived]]:
        """The circumstances of a sort that bear on a month."""
        for way in self.derived:
            conclude = self.conclude(way[0])
            if word in conclude and "fact" not in conclude and self.month(way) in (None, month):
                yield way[0], conclude[word], way

    def ladder(self, kind: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.policy["ladder"][LADDERS[kind]]
        return found

    def entries(self, kind: str, month: str | None) -> list[Entry]:
        slots: dict[tuple[int, int, str], list[set[str]]] = {}
        for way in self.derived:
            term = self.conclude(way[0]).get("consequence")
            if term and term["kind"] == kind and self.month(way) == month:
                slots.setdefault((way[0], *self.place(term, way)), []).append(self.held(way))
        out = []
        for (number, rank, word), held in slots.items():
            why = set().union(*held) if all(held) else set()
            out.append(Entry(number, self.conclude(number)["consequence"], rank, word, why))
        return sorted(out, key=lambda one: one.order)

    def place(self, term: dict[str, Any], way: Derived) -> tuple[int, str]:
        """The rank of the measure, -1 with the word that was looked up in vain."""
        measure, word = term["measure"], ""
        if isinstance(measure, dict):
            alias, _, key = measure["key"].partition(".")
            found = self.values(way[1][int(alias[1:])]).get(key) if key else alias
            word = "" if found is None else str(found)
            measure = self.policy["maps"][measure["map"]].get(found)
        names = [each["id"] for each in self.ladder(term["kind"])]
        return (-1, word) if measure is None else (names.index(measure), "")

    def exempts(self, one: Entry, month: str | None) -> bool:
        measure = self.ladder(one.term["kind"])[one.rank]["id"] if one.rank >= 0 else None
        return not one.mandatory and any(
            asked["kind"] == one.term["kind"]
            and asked.get("policy") in (None, self.policy["policies"][one.number]["id"])
            and asked.get("measure") in (None, measure)
            for _, asked, _ in self.having("exempt", month)
        )

    def move(self, one: Entry, month: str | None) -> None:
        if one.mandatory or one.rank < 0:
            return
        moves = {
            number: asked["by"]
            for number, asked, way in self.having("step", month)
            if asked["kind"] == one.term["kind"] and not (asked["by"] > 0 and self.held(way))
        }
        ladder, by = self.ladder(one.term["kind"]), sum(moves.values())
        one.rank = max(one.rank + min(by, 0), 0)
        for _ in range(by):
            above = one.rank + 1
            if above < len(ladder) and ladder[above].get("by_raising", above + 1 < len(ladder)):
                one.rank = above
            else:
                break

    def pick(self, hit: str, standing: list[Entry]) -> list[Entry]:
        if hit in ("all", "unique"):
            return standing
        unset = [one for one in standing if one.rank < 0]
        free = [one for one in standing if one.rank >= 0 and not one.held]
        held = [one for one in standing if one.rank >= 0 and one.held]
        if hit == "worst":
            best = max((one.rank for one in free), default=-1)
            held = [one for one in held if one.rank > best or one.mandatory]
        return [*unset, *self.merge(free, hit), *self.merge(held, hit)]

    def merge(self, part: list[Entry], hit: str) -> list[Entry]:
        if not part:
            return []
        best = max(one.rank for one in part)
        groups = {best: [one for one in part if one.rank == best]}
        for one in part:
            if one.rank < best and one.mandatory:
                groups.setdefault(one.rank, []).append(one)
        lost = [one for one in part if one.rank < best and not one.mandatory]
        out = []
        for rank, members in groups.items():
            whole = members[0]
            whole.members = members
            counted = members + (lost if rank == best else [])
            for field in whole.left:
                values = [one.term.get(field, 0) for one in counted]
                own = [one.term.get(field, 0) for one in members]
                whole.left[field] = sum(values) if hit == "sum" else max(own)
            whole.held = set().union(*(one.held for one in members))
            whole.mandatory = any(one.mandatory for one in members)
            out.append(whole)
        return out

    def take(self, entries: list[Entry], field: str, much: int) -> None:
        """Take from the end of the list up."""
        for one in reversed(entries):
            part = min(much, one.left[field])
            one.left[field] -= part
            one.cut[field] += part
            much -= part

    def in_month(self, month: str | None) -> list[tuple[str, Entry]]:
        chosen: list[tuple[str, Entry]] = []
        for kind, ladder in LADDERS.items():
            standing, gone = [], []
            for one in self.entries(kind, month):
                if self.exempts(one, month):
                    one.exempt = True
                    one.cut, one.left = one.left, {"points": 0, "amount": 0}
                    gone.append(one)
                else:
                    self.move(one, month)
                    standing.append(one)
            picked = self.pick(self.policy["hit"][ladder], standing)
            picked.sort(key=lambda one: (-one.rank, one.teller, one.order))
            chosen += [(kind, one) for one in (*picked, *gone)]
        self.cut(chosen, month)
        return chosen

    def cut(self, chosen: list[tuple[str, Entry]], month: str | None) -> None:
        penalties = [one for kind, one in chosen if kind == "penalty"]
        rewards = [one for kind, one in chosen if kind == "reward"]
        for field in ("points", "amount"):
            if any(asked["rewards"] == field for _, asked, _ in self.having("offset", month)):
                sides = [[o for o in s if not (o.waits or o.exempt or o.mandatory)] for s in (rewards, penalties)]
                common = min(sum(one.left[field] for one in side) for side in sides)
                for side in sides:
                    self.take(side, field, common)
            if field in self.policy["caps"]:
                over = sum(one.left[field] for one in penalties) - self.policy["caps"][field]
                loose = [one for one in penalties if not one.mandatory]
                self.take(sorted(loose, key=lambda one: one.waits and not one.exempt), field, max(over, 0))

    def all(self) -> list[Got]:
        months = {self.month(way) for way in self.derived if "consequence" in self.conclude(way[0])}
        return sorted((self.got(kind, month, one) for month in months for kind, one in self.in_month(month)), key=repr)

    def got(self, kind: str, month: str | None, one: Entry) -> Got:
        held = set() if one.exempt else one.held | ({"measure_not_configured"} if one.rank < 0 else set())
        measure = self.ladder(kind)[one.rank]["id"] if one.rank >= 0 else None
        policy = self.policy["policies"][one.teller]["id"]
        state = "exempted" if one.exempt else "held" if held else "proposed"
        figures = (one.left["points"], one.left["amount"], one.cut["points"], one.cut["amount"])
        return Got(kind, month, measure, policy, state, tuple(sorted(held)), *figures)
