"""Asks in plain numbered lines, one line an answer: for pipes and screen readers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from coach.conversation.asker import (
    INTERRUPTED,
    LEAVE,
    SAY_AGAIN,
    Answer,
    Back,
    Interruption,
    Prompt,
    Reply,
    ToHeart,
    ask_about_safety,
    ways_after_remark,
)
from coach.conversation.meaning import meant
from coach.conversation.turn import Ask, Remark
from coach.language import _
from coach.language.dates import write_day
from coach.logs.session import Exchange
from coach.text import cut

INPUT_ENDED = 3
BACK = "<"
TO_HEART = ">>"
_LONGEST = 40  # letters of what is no choice, as it is told


class PlainAsker:
    """Asks in plain numbered lines, one line an answer: for pipes and screen readers."""

    def __init__(
        self,
        read: Callable[[], str],
        write: Callable[[str], object],
        listening: Callable[[], AbstractContextManager[None]] = nullcontext,
        *,
        is_watched: bool = False,
    ) -> None:
        """`read` returns one line with its line end, or "" when the input has ended; `write` shows a text.

        `listening` lets the signals that came in be heard: nothing is lost then. `is_watched` tells that a person types the
        lines, who can be asked more than the questions.
        """
        self._read = read
        self._write = write
        self._listening = listening
        self._is_watched = is_watched
        self._has_told_of_heart = False

    def ask(self, prompt: Prompt, keep_draft: Callable[[str], None]) -> Answer:  # a line is typed whole
        """Show a question and return the next line as its answer."""
        ask = prompt.ask
        if prompt.problem:
            self.tell(prompt.problem)
        else:
            self._write("\n" + "\n".join(self._lines(prompt)) + "\n")
        line = self._line()
        if line.strip() == BACK:
            return Back()
        if line.strip() == TO_HEART:
            return ToHeart("")
        if not line.strip() and ask.default:
            return Reply(ask.default)
        return Reply(_by_number(ask, line))

    def tell_safety(self, remark: Remark) -> bool:
        """Say what there is to say about safety; only a person who types is asked whether it is about that, never a pipe."""
        if self._is_watched:
            return ask_about_safety(self, remark)
        for heard in remark.safety:
            self.tell(heard.remark)
        return True

    def remark(self, remark: Remark) -> str | None:
        """Say what was heard; only a person who types is asked about it, never a pipe. What is no choice says it again."""
        if remark.heard is None:
            return None
        self.tell(remark.heard.remark)
        self._write(f'"{remark.heard.words}"\n' + _("For example: {hint}").format(hint=remark.heard.example) + "\n")
        if not self._is_watched:
            return None
        labels = ways_after_remark()
        self._list(_("What would you like?"), labels)
        line = self._line().strip()
        key = meant(line, labels, yes=SAY_AGAIN, no=LEAVE) if line else LEAVE
        return {LEAVE: None, SAY_AGAIN: ""}.get(key, line) if key else line

    def review(self, exchanges: tuple[Exchange, ...]) -> None:
        """Leave all answers as they are: plain mode has no review."""

    def tell(self, text: str) -> None:
        """Write a text."""
        self._write(f"\n{text}\n")

    def choose(self, text: str, options: dict[str, str]) -> str:
        """Let one of `options` be chosen by its number or its label; an empty line takes the first."""
        self._list(text, options)
        while line := self._line().strip():
            if (key := meant(line, options)) is not None:
                return key
            self.tell(_('No choice begins with "{typed}".').format(typed=cut(line, _LONGEST)))
        return next(iter(options))

    def _list(self, text: str, options: dict[str, str]) -> None:
        self.tell("\n".join([text, *(f"{number}. {label}" for number, label in enumerate(options.values(), start=1))]))

    def _line(self) -> str:
        self._write("> ")
        try:
            with self._listening():
                line = self._read()
        except KeyboardInterrupt:
            raise Interruption("", INTERRUPTED) from None
        except SystemExit as ending:
            raise Interruption("", int(ending.code or 0)) from None
        except OSError:
            line = ""  # the window is gone
        if not line:
            raise Interruption("", INPUT_ENDED)
        return line

    def _lines(self, prompt: Prompt) -> list[str]:
        ask = prompt.ask
        lines = [*ask.says, *(f"{write_day(memory.started.date())}: {memory.text}" for memory in prompt.memories)]
        lines += filter(None, [ask.say_back])
        lines.append(f"{ask.place}  {ask.heading}")
        if ask.hint:
            lines.append(_("For example: {hint}").format(hint=ask.hint))
        costs = ask.costs or ("",) * len(ask.question.options)
        labels = [", ".join(filter(None, (one.label, cost))) for one, cost in zip(ask.question.options, costs, strict=True)]
        lines += [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
        if ask.question.type == "choices":
            lines.append(_("Give one or more numbers, with spaces between them."))
        if ask.question.optional:
            lines.append(_("You may leave this empty."))
        if ask.leads_to_heart and not self._has_told_of_heart:
            self._has_told_of_heart = True
            lines.append(_("{sign} goes straight to your question.").format(sign=TO_HEART))
        if ask.default:
            lines.append(_("Enter keeps: {answer}").format(answer=" / ".join(ask.default.split("\n"))))
        return lines


def _by_number(ask: Ask, line: str) -> str:
    """Return the keys of the options that are named by their number; anything else as it is."""
    options = ask.question.options
    words = line.replace(",", " ").split()
    keys = {option.key for option in options}
    if not options or not words or any(word in keys or not word.isascii() or not word.isdigit() for word in words):
        return line
    numbers = [int(word) for word in words]
    if not all(1 <= number <= len(options) for number in numbers):
        return line
    return "\n".join(options[number - 1].key for number in numbers)
