"""What was feared and what happened, matched by the link between sessions and never by their words."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple, get_args

from coach.insights.answers import number_of, outcome_of, text_of
from coach.insights.collect import MOMENT
from coach.insights.links import Links
from coach.logs.session import Exchange, Session
from coach.logs.value import scale

FearOutcome = Literal["no", "partly", "yes", "unknown", "open"]
FEAR_OUTCOMES: tuple[FearOutcome, ...] = get_args(FearOutcome)
ENOUGH = 5  # below so many fears with an outcome a rate says nothing

_HAPPENED = {"no": 0.0, "partly": 0.5, "yes": 1.0}
_SETBACKS = ("heavier", "unexpected")  # the second in logs of before


class Fear(NamedTuple):
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
    outcome: FearOutcome = "open"
    badness_actual: int | None = None
    coped: str = ""
    looked_back: str = ""


class Setback(NamedTuple):
    """Something that turned out badly and was not feared."""

    id: str
    about: str
    started: datetime
    text: str


class Fears(NamedTuple):
    """All fears and all setbacks, newest first."""

    fears: tuple[Fear, ...] = ()
    setbacks: tuple[Setback, ...] = ()

    @property
    def counts(self) -> dict[FearOutcome, int]:
        """How many fears had each outcome."""
        outcomes = [fear.outcome for fear in self.fears]
        return {outcome: outcomes.count(outcome) for outcome in FEAR_OUTCOMES}

    @property
    def are_enough(self) -> bool:
        """Whether there are so many with an outcome that counting them says something."""
        return sum(1 for fear in self.fears if fear.outcome in _HAPPENED) >= ENOUGH

    @property
    def comparison(self) -> Comparison | None:
        """What was expected beside what happened, over the fears that have both; None when they are too few."""
        pairs = [
            (fear.expected, _HAPPENED[fear.outcome])
            for fear in self.fears
            if fear.expected is not None and fear.outcome in _HAPPENED
        ]
        if len(pairs) < ENOUGH:
            return None
        expected, happened = (sum(parts) / len(pairs) for parts in zip(*pairs, strict=True))
        return Comparison(len(pairs), expected, happened, any(part == _HAPPENED["partly"] for _expected, part in pairs))


class Comparison(NamedTuple):
    """Of `fears` fears the mean likelihood beforehand, and the part that came true; what came true in part counts for a half."""

    fears: int
    expected: float
    happened: float
    has_partly: bool


class _LookBack(NamedTuple):
    """What one session says about a fear of another."""

    id: str
    started: datetime
    outcome: FearOutcome
    badness: int | None
    coped: str


class FearCollector:
    """Collects fears, what later sessions say came of them, and setbacks."""

    ids = frozenset(
        (
            "fear",
            "fear_likelihood",
            "fear_sign",
            "fear_badness",
            "let_go",
            "fear_outcome",
            "fear_badness_actual",
            "coped",
            *_SETBACKS,
        )
    )

    def __init__(self) -> None:
        self._links = Links()
        self._fears: dict[str, Fear] = {}
        self._look_backs: list[_LookBack] = []
        self._setbacks: list[Setback] = []
        self._uncounted: set[str] = set()

    def add(self, session: Session, *, counts: bool) -> None:
        """Take the fear and the setback of a session, and what the session says of an earlier fear."""
        self._links.add(session)
        if fear := _read_fear(session):
            self._fears[session.id] = fear
            if not counts:
                self._uncounted.add(session.id)
        if look_back := _read_look_back(session):
            self._look_backs.append(look_back)
        if counts and (text := next(filter(None, (text_of(session, id_) for id_ in _SETBACKS)), "")):
            self._setbacks.append(Setback(session.id, session.about, session.started, text))

    def result(self) -> Fears:
        """Return the fears and setbacks of the sessions that count, whoever looked back on them."""
        fears = dict(self._fears)
        for look_back in sorted(self._look_backs, key=lambda one: one.started):
            own = look_back.id if look_back.id in fears else ""
            if id_ := self._links.nearest_before(look_back.id, fears) or own:
                fears[id_] = _with_outcome(fears[id_], look_back)
        counted = (fear for fear in fears.values() if fear.id not in self._uncounted)
        return Fears(tuple(sorted(counted, key=MOMENT, reverse=True)), tuple(sorted(self._setbacks, key=MOMENT, reverse=True)))


def _read_fear(session: Session) -> Fear | None:
    text = text_of(session, "fear")
    if not text:
        return None
    likelihood = session.exchange("fear_likelihood")
    return Fear(
        session.id,
        session.about,
        session.started,
        text,
        number_of(likelihood),
        _part_of_scale(likelihood),
        text_of(session, "fear_sign"),
        number_of(session.exchange("fear_badness")),
        text_of(session, "let_go"),
    )


def _read_look_back(session: Session) -> _LookBack | None:
    key = outcome_of(session.exchange("fear_outcome"))
    outcome = next((outcome for outcome in FEAR_OUTCOMES if outcome == key), None)
    if not outcome:
        return None
    badness = number_of(session.exchange("fear_badness_actual"))
    return _LookBack(session.id, session.started, outcome, badness, text_of(session, "coped"))


def _with_outcome(fear: Fear, look_back: _LookBack) -> Fear:
    """Return the fear with what a later session says of it; `unknown` never replaces an outcome."""
    if look_back.outcome == "unknown" and fear.outcome != "open":
        return fear
    return fear._replace(
        outcome=look_back.outcome,
        badness_actual=look_back.badness,
        coped=look_back.coped,
        looked_back=look_back.id,
    )


def _part_of_scale(exchange: Exchange | None) -> float | None:
    """Return where the number lies on the scale that its question names, or else on one from 0 to 10."""
    number = number_of(exchange)
    if exchange is None or number is None:
        return None
    first, last = scale(exchange.question)
    return (number - first) / (last - first) if first <= number <= last and first < last else None
