"""A person who follows a script: an asker for tests, without a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from coach.conversation.asker import INTERRUPTED, Answer, Back, Interruption, Prompt, Reply, ToHeart
from coach.conversation.coach import Coach
from coach.conversation.turn import Remark
from coach.logs.library import Library
from coach.logs.session import Exchange, Session
from coach.sequences.catalogue import Catalogue, shipped_folder

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
BACK = "<"
TO_HEART = ">>"


class Script:
    """Gives the lines of a script one by one, at questions and at choices, and stops where it ends.

    A line that ends in `<` goes back, one that ends in `>>` straight to the heart; one that ends in `...` is typed half and then
    stopped, in `^C` broken off from outside.
    """

    def __init__(self, *lines: str) -> None:
        self._lines: Iterator[str] = iter(lines)
        self.prompts: list[Prompt] = []
        self.remarks: list[Remark] = []
        self.reviews: list[tuple[str, ...]] = []
        self.options: list[dict[str, str]] = []
        self.told: list[str] = []

    def ask(self, prompt: Prompt, keep_draft: Callable[[str], None]) -> Answer:
        self.prompts.append(prompt)
        line = next(self._lines, "...")
        if line.endswith("..."):
            raise Interruption(line.removesuffix("..."), INTERRUPTED)
        if line.endswith("^C"):
            keep_draft(line.removesuffix("^C"))
            raise KeyboardInterrupt
        if line.endswith(TO_HEART):
            return ToHeart(line.removesuffix(TO_HEART))
        return Back(line.removesuffix(BACK)) if line.endswith(BACK) else Reply(line)

    def tell_safety(self, remark: Remark) -> bool:
        self.remarks.append(remark)
        return remark.heard is not None or next(self._lines) != "something else"

    def remark(self, remark: Remark) -> str | None:
        self.remarks += [remark] if remark not in self.remarks else []
        return {"leave": None, "again": ""}[next(self._lines)]

    def review(self, exchanges: tuple[Exchange, ...]) -> str | None:
        self.reviews.append(tuple(exchange.text for exchange in exchanges))
        return next(self._lines, None)

    def choose(self, text: str, options: dict[str, str]) -> str:
        self.told.append(text)
        self.options.append(options)
        return next(self._lines)

    def tell(self, text: str) -> None:
        self.told.append(text)


def coach_in(folder: Path, script: Script) -> Coach:
    """Return a coach with a library and sequences of its own, for whom it is always noon."""

    def catalogue(language: str) -> Catalogue:
        return Catalogue(language, folder / "prompts", shipped_folder(), folder)

    return Coach(Library(folder / "sessions"), script, lambda: NOON, catalogue, folder / "rescued")


def write_sequences(folder: Path, **texts: str) -> None:
    (folder / "prompts").mkdir()
    for name, text in texts.items():
        (folder / "prompts" / f"{name}.yaml").write_text(text, "utf-8")


def save(library: Library, *sessions: Session) -> None:
    for session in sessions:
        writer = library.begin(session.started, session.sequence)
        writer.save(session)
        writer.close()


def texts(exchanges: Iterable[Exchange]) -> dict[str, str]:
    return {exchange.id: exchange.text for exchange in exchanges}
