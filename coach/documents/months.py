"""Sessions -> small months, with a mark on each day that has one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence

from coach.documents.html import tag, text
from coach.insights.labels import sessions_count
from coach.insights.visits import Visit
from coach.language import _
from coach.language.dates import month_name, write_month

_YEARS = 5
_KINDS = ("prepare", "reflect", "follow-up")
_Months = dict[tuple[int, int], dict[int, list[str]]]  # of each month with sessions the kinds of session on each day


def calendar(visits: Sequence[Visit]) -> Iterator[str]:
    """Yield the last years, with what the marks mean."""
    if not visits:
        return
    months: _Months = {}
    for visit in visits:
        days = months.setdefault((visit.started.year, visit.started.month), {})
        days.setdefault(visit.started.day, []).append(visit.kind if visit.kind in _KINDS else "other")
    (first, _month_number), (last, _last_month) = min(months), max(months)
    if last - first >= _YEARS:
        yield tag("p", text(_("The last {count} years").format(count=_YEARS)), class_="quiet small")
    for year in range(max(first, last - _YEARS + 1), last + 1):
        if shown := list(_months_of(year, months)):
            yield tag("h3", str(year))
            yield tag("ul", *shown, class_="months")
    yield tag("p", *_legends(months), class_="legends quiet small")


def _months_of(year: int, months: _Months) -> Iterator[str]:
    """Yield the months of a year from the first with a session to the last."""
    for month in range(1, 13):
        if min(months) <= (year, month) <= max(months):
            days = _month(year, month, months.get((year, month), {}))
            yield tag("li", tag("span", text(month_name(month)), class_="where"), days)


def _month(year: int, month: int, kinds: dict[int, list[str]]) -> str:
    """Return the days of a month, week under week."""
    first, days = monthrange(year, month)
    marks = (
        _mark(kinds.get(day, []), 8 + 14 * ((first + day - 1) % 7), 8 + 13 * ((first + day - 1) // 7))
        for day in range(1, days + 1)
    )
    title = f"{write_month(year, month)}: {sessions_count(sum(map(len, kinds.values())))}"
    return tag("svg", tag("title", text(title)), *marks, viewBox="0 0 100 82", role="img")


def _legends(months: _Months) -> Iterator[str]:
    """Yield the marks that are on the calendar, with their names."""
    marks = [kinds for days in months.values() for kinds in days.values()]
    alone = {kinds[0] for kinds in marks if len(kinds) == 1}
    names = (
        ("prepare", _("prepared")),
        ("reflect", _("looked back")),
        ("follow-up", _("a few weeks later")),
        ("other", _("another session")),
    )
    yield from (_legend([kind], name) for kind, name in names if kind in alone)
    if several := [kinds for kinds in marks if len(kinds) > 1]:
        yield _legend(several[0], _("sessions on one day"))


def _legend(kinds: Sequence[str], name: str) -> str:
    return tag("span", tag("svg", _mark(kinds, 7, 7), viewBox="0 0 14 14", class_="legend", aria_hidden="true"), text(name))


def _mark(kinds: Sequence[str], x: int, y: int) -> str:
    """Return the mark of a day: of the kind of its session, or how many there were."""
    if len(kinds) > 1:
        return tag("text", str(len(kinds)), x=x, y=f"{y + 3.6:.1f}", class_="several middle")
    match next(iter(kinds), ""):
        case "":
            return tag("circle", cx=x, cy=y, r=1.2, class_="day")
        case "prepare":
            return tag("circle", cx=x, cy=y, r=4.2, class_="mark prepare")
        case "reflect":
            return tag("circle", cx=x, cy=y, r=4.2, class_="mark reflect")
        case "follow-up":
            return tag("rect", x=f"{x - 3.6:.1f}", y=f"{y - 3.6:.1f}", width=7.2, height=7.2, rx=1, class_="mark follow-up")
        case _:
            return tag("path", d=f"M{x} {y - 4.4:.1f}l4.4 8h-8.8z", class_="mark other")
