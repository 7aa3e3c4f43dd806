"""What was feared and what happened, matched by the link between sessions and never by their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeVar, get_args

from coach.insights.links import nearest_before
from coach.logs.session import Exchange, Session

Outcome = Literal["no", "partly", "yes", "unknown", "open"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
IDS = frozenset(
    (
        "fear",
        "fear_likelihood",
        "fear_sign",
        "fear_badness",
        "let_go",
        "fear_outcome",
        "fear_badness_actual",
        "coped",
        "unexpected",
    )
)
ENOUGH = 5  # below so many known outcomes a rate says nothing

_HAPPENED = {"no": 0.0, "partly": 0.5, "yes": 1.0}
_SCALE = re.compile(r"\((-?\d+)(?: .*)? - (-?\d+)(?: .*)?\)")


@dataclass(frozen=True, slots=True)
class Fear:
    """One fear, the session `id` it was written in, and what came of it in the session `looked_back`.

    `expected` is the likelihood as a part of its scale, from 0 to 1.
    """

    id: str
    about: str
    started: datetime
    fear: str
    likelihood: int | None = None
    expected: float | None = None
    sign: str = ""
    badness: int | None = None
    let_go: str = ""
    outcome: Outcome = "open"
    badness_actual: int | None = None
    coped: str = ""
    looked_back: str = ""


@dataclass(frozen=True, slots=True)
class Setback:
    """Something that turned out badly and was not feared."""

    id: str
    about: str
    started: datetime
    text: str


_T = TypeVar("_T", Fear, Setback)


@dataclass(frozen=True, slots=True)
class Fears:
    """All fears and all setbacks, newest first."""

    fears: tuple[Fear, ...] = ()
    setbacks: tuple[Setback, ...] = ()

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many fears had each outcome."""
        found = [fear.outcome for fear in self.fears]
        return {outcome: found.count(outcome) for outcome in OUTCOMES}

    @property
    def comparison(self) -> Comparison | None:
        """What was expected beside what happened, over the fears where both are known; None when they are too few."""
        known = [fear for fear in self.fears if fear.expected is not None and fear.outcome in _HAPPENED]
        if len(known) < ENOUGH:
            return None
        expected = sum(fear.expected or 0 for fear in known) / len(known)
        return Comparison(len(known), expected, sum(_HAPPENED[fear.outcome] for fear in known) / len(known))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of `fears` fears the mean likelihood beforehand, and the part that came true, `partly` counting for a half."""

    fears: int
    expected: float
    happened: float


@dataclass(frozen=True, slots=True)
class _LookBack:
    """What one session says about a fear of another."""

    id: str
    started: datetime
    outcome: Outcome
    badness: int | None
    coped: str


def collect_fears(sessions: Iterable[Session], counts: Callable[[Session], bool] = lambda _session: True) -> Fears:
    """Return what the sessions say about fears, in one pass, in whatever order they come.

    Of a session that does not count, only what it tells about the fears of others is used.
    """
    fears: dict[str, Fear] = {}
    follows: dict[str, str] = {}
    looks: list[_LookBack] = []
    setbacks: dict[str, Setback] = {}
    left_out: set[str] = set()
    for session in sessions:
        if session.id in follows:
            continue
        follows[session.id] = session.follows
        if fear := _read_fear(session):
            fears[session.id] = fear
        if look := _read_look(session):
            looks.append(look)
        if not counts(session):
            left_out.add(session.id)
        elif text := _text(session, "unexpected"):
            setbacks[session.id] = Setback(session.id, session.about, session.started, text)
    for look in sorted(looks, key=lambda look: look.started):
        if found := nearest_before(look.id, follows, fears) or (look.id if look.id in fears else ""):
            fears[found] = _looked_back(fears[found], look)
    return Fears(_newest_first(fear for fear in fears.values() if fear.id not in left_out), _newest_first(setbacks.values()))


def _newest_first(found: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(sorted(found, key=lambda one: (one.started, one.id), reverse=True))


def _read_fear(session: Session) -> Fear | None:
    exchange = session.exchange("fear")
    if not exchange:
        return None
    likelihood = session.exchange("fear_likelihood")
    return Fear(
        session.id,
        session.about,
        session.started,
        exchange.text.strip(),
        _number(likelihood),
        _part(likelihood),
        _text(session, "fear_sign"),
        _number(session.exchange("fear_badness")),
        _text(session, "let_go"),
    )


def _read_look(session: Session) -> _LookBack | None:
    exchange = session.exchange("fear_outcome")
    outcome = next((known for known in OUTCOMES if exchange and exchange.keys[0].strip() == known), None)
    if not outcome:
        return None
    badness = _number(session.exchange("fear_badness_actual"))
    return _LookBack(session.id, session.started, outcome, badness, _text(session, "coped"))


def _looked_back(fear: Fear, look: _LookBack) -> Fear:
    """Return the fear with what a later session says of it; `unknown` never replaces what is known."""
    if look.outcome == "unknown" and fear.outcome != "open":
        return fear
    return replace(fear, outcome=look.outcome, badness_actual=look.badness, coped=look.coped, looked_back=look.id)


def _text(session: Session, id_: str) -> str:
    exchange = session.exchange(id_)
    return exchange.text.strip() if exchange else ""


def _number(exchange: Exchange | None) -> int | None:
    text = exchange.text.strip() if exchange else ""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text, re.ASCII) else None


def _part(exchange: Exchange | None) -> float | None:
    """Return where the number lies on the scale that its question names, or else on one from 0 to 10."""
    number = _number(exchange)
    if exchange is None or number is None:
        return None
    match = _SCALE.search(exchange.question)
    first, last = (int(match[1]), int(match[2])) if match else (0, 10)
    return (number - first) / (last - first) if first <= number <= last and first < last else None
