"""Starts the program: options in, messages and an exit code out."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO

from coach.cli.message import say
from coach.errors import CoachError, Problem, UsageError
from coach.home import choose_language, find_home
from coach.language import _, speak

INTERRUPTED = 130
PRIVATE = 0o077  # what others may not do with any file this program makes
_ANYWHERE = {"--lang": "--lang nl", "--home": "--home ~/coach"}


def main() -> None:
    """Run the command that was typed and leave with its exit code."""
    sys.excepthook = _hide_answers
    os.umask(PRIVATE)
    _mend_streams()
    try:
        sys.exit(run(sys.argv[1:]))
    finally:
        for stream in (sys.stdout, sys.stderr):
            _write_out(stream)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        speak(choose_language(None, {"LANG": os.environ.get("LANG", "")}))
        given, rest = _take_anywhere(list(arguments))
        language = choose_language(given.get("--lang"), os.environ)
        speak(language)
        return _run_command(given.get("--home"), language, rest)
    except CoachError as error:
        say(str(error), sys.stderr)  # the one place that reports mistakes
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _silence(sys.stdout)
        return 0
    except OSError as error:
        say(_("The output cannot be written: {why}").format(why=error.strerror), sys.stderr)
        _silence(sys.stdout)
        return 1


def _mend_streams() -> None:
    """Fill the place of a stream that is closed, lest a log be opened there; read UTF-8 where only ASCII is promised."""
    for fd in range(3):
        try:
            os.fstat(fd)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # it stays open
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            is_ascii = stream is sys.stdin and codecs.lookup(stream.encoding).name == "ascii"
            reconfigure(errors="replace", **({"encoding": "utf-8"} if is_ascii else {}))


def _write_out(stream: TextIO) -> None:
    """Write what a stream still holds; what cannot be written is dropped, lest Python change the exit code at its very end."""
    try:
        stream.flush()
    except OSError:
        _silence(stream)


def _silence(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run_command(home: str | None, language: str, arguments: list[str]) -> int:
    from coach.cli.app import build  # their help is in the language
    from coach.cli.context import Setting
    from coach.cli.localised import NOT_UNDERSTOOD, explain

    setting = Setting(
        home=find_home(home, os.environ, Path.cwd(), Path.home()),
        language=language,
        working=Path.cwd(),
        environment=os.environ,
    )
    try:
        code = build(arguments[0] if arguments else "").main(arguments, prog_name="coach", standalone_mode=False, obj=setting)
    except NOT_UNDERSTOOD as error:
        raise explain(error) from None
    if isinstance(code, int) and code:  # it stands, also where the window to write to is gone
        return code
    sys.stdout.flush()
    return 0


def _take_anywhere(arguments: list[str]) -> tuple[dict[str, str], list[str]]:
    """Take out the options that may stand anywhere, before or after the command."""
    given: dict[str, str] = {}
    rest: list[str] = []
    while arguments:
        argument = arguments.pop(0)
        name, is_joined, value = argument.partition("=")
        if argument == "--":
            return given, [*rest, argument, *arguments]
        if name not in _ANYWHERE:
            rest.append(argument)
        elif is_joined or arguments:
            given[name] = value if is_joined else arguments.pop(0)
        else:
            raise UsageError(
                Problem(name, _("its value is missing"), _("write for instance {example}").format(example=_ANYWHERE[name]))
            )
    return given, rest


def _hide_answers(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    """Show where a mistake of ours happened, without the texts it may have been about."""
    import traceback as traces  # only when something went wrong

    for line in traces.format_tb(traceback):
        print(line, end="", file=sys.stderr)
    print(kind.__name__, file=sys.stderr)
    where = _("This is a mistake in coach, not yours. What you confirmed is kept; `coach` shows how to go on.")
    print(where, file=sys.stderr)
    del error


if __name__ == "__main__":
    main()
