"""What a collector makes of sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from coach.insights.collect import Collector, collect
from coach.logs.session import Session

_Result_co = TypeVar("_Result_co", covariant=True)


class _Collecting(Collector, Protocol[_Result_co]):
    def result(self) -> _Result_co: ...


def collected(
    sessions: Iterable[Session], collector: _Collecting[_Result_co], counts: Callable[[Session], bool] = lambda _session: True
) -> _Result_co:
    """Return the result of one collector after a pass over the sessions."""
    collect(sessions, (collector,), counts)
    return collector.result()
