"""What can go wrong, in words a person can act on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

from coach.language import _


class Problem(NamedTuple):
    """One thing that is wrong: where, what, and what to do about it.

    `line` and `column` count from 1; 0 means the whole file.
    """

    where: str
    what: str
    cure: str = ""
    line: int = 0
    column: int = 0

    @property
    def message(self) -> str:
        """What is wrong and what to do, without the place."""
        return f"{self.what}; {self.cure}" if self.cure else self.what

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        return f"{place}: {self.message}" if place else self.message


class CoachError(Exception):
    """A mistake that its maker can mend, with every problem found; it is shown without a traceback."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class UsageError(CoachError):
    """What was typed on the command line cannot be meant."""

    exit_code = 2


class PipeClosedError(Exception):
    """Nobody reads any more what is written."""


@dataclass(slots=True)
class Problems:
    """Collects the problems of one file, so that all are reported together."""

    where: str
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, column: int, what: str, cure: str = "") -> None:
        """Note one problem at `line` and `column`, both from 1."""
        self.found.append(Problem(self.where, what, cure, line, column))

    def fail(self, line: int, column: int, what: str, cure: str = "") -> NoReturn:
        """Note one problem after which nothing can be read, and raise all."""
        self.add(line, column, what, cure)
        raise CoachError(*self.found)

    def raise_any(self) -> None:
        """Raise all problems found, in the order of their lines."""
        if self.found:
            raise CoachError(*sorted(self.found, key=lambda problem: (problem.line, problem.column)))


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """Return what to do about a word that is not `allowed`: the nearest one, or all of them."""
    known = list(filter(None, allowed))  # what cannot be a name was told by itself
    if near := nearest(word, known):
        return _("did you mean '{word}'?").format(word=near)
    if not known:
        return ""
    return _("use one of: {words}").format(words=", ".join(known))


def nearest(word: str, known: list[str]) -> str:
    """Return the word that is so near that it may be meant, or ""."""
    from difflib import get_close_matches  # only when something is wrong

    return next(iter(get_close_matches(word, known, n=1)), "")
