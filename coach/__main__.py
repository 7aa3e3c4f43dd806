"""Starts the program: options in, messages and an exit code out."""

from __future__ import annotations

import codecs
import errno
import gc
import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from coach.cli.message import say
from coach.errors import CoachError, PipeClosedError, Problem, UsageError
from coach.home import choose_language, system_language
from coach.language import _, speak
from coach.program import ASKED_FOR, Call, call_me, typed

if TYPE_CHECKING:
    from coach.cli.context import Setting

INTERRUPTED = 130
PRIVATE = 0o077  # what others may not do with any file this program makes
_ANYWHERE = {"--lang": "--lang nl", "--home": "--home ~/coach"}


def main() -> None:
    """Run the command that was typed and leave with its exit code."""
    gc.disable()  # what a command makes has few cycles; where questions are asked, it is done while the person reads
    sys.excepthook = _hide_answers
    os.umask(PRIVATE)
    _mend_streams()
    call_me(_call())
    try:
        sys.exit(run(sys.argv[1:]))
    finally:
        for stream in (sys.stdout, sys.stderr):
            _write_out(stream)
        gc.freeze()  # Python looks once more through all there is when it leaves: a tenth of a short command


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        spoken = system_language(os.environ)  # before `speak` leaves its own word in the environment
        speak(spoken)
        given, rest = _take_anywhere(list(arguments))
        language = choose_language(given.get("--lang"), os.environ, spoken)
        speak(language)
        call_me(home=given.get("--home", ""), language=given.get("--lang", ""))
        return _run_command(given.get("--home", ""), language, rest)
    except CoachError as error:
        say(str(error), sys.stderr)  # the one place that reports mistakes
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except (BrokenPipeError, PipeClosedError):
        _silence(sys.stdout)
        return 0
    except OSError as error:
        return _tell(error)


def _tell(error: OSError) -> int:
    """Say what the system refused: the stream itself tells whether that was the output."""
    try:
        sys.stdout.flush()
    except OSError as refused:
        _silence(sys.stdout)
        if os.name == "nt" and refused.errno == errno.EINVAL:  # its word for a pipe that nobody reads any more
            return 0
        say(_("The output cannot be written: {why}").format(why=refused.strerror), sys.stderr)
        return 1
    from coach.files import refusal  # only when something is wrong

    say(str(refusal(error.filename or "", error)), sys.stderr)
    return 1


def _call() -> Call:
    def scripts() -> str:
        from sysconfig import get_path  # only where the program was not called by a script of its own

        return get_path("scripts")

    return Call(sys.argv[0], sys.orig_argv[0], scripts, os.environ)


def _mend_streams() -> None:
    """Fill the place of a stream that is closed, lest a log be opened there; what is no terminal reads and writes UTF-8."""
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
            reconfigure(**_ways(stream, is_input=stream is sys.stdin))


def _ways(stream: TextIO, *, is_input: bool) -> dict[str, Any]:
    """Return how a stream is to be read or written; input that is no UTF-8 stays recognisable as such."""
    if not stream.isatty():
        return (
            {"encoding": "utf-8-sig", "errors": "surrogateescape"}
            if is_input
            else {"encoding": "utf-8", "errors": "replace", "newline": "\n"}
        )
    is_ascii = is_input and codecs.lookup(stream.encoding).name == "ascii"
    return {"errors": "replace", **({"encoding": "utf-8"} if is_ascii else {})}


def _write_out(stream: TextIO) -> None:
    """Write what a stream still holds; what cannot be written is dropped, lest Python change the exit code at its very end."""
    try:
        stream.flush()
    except OSError:
        _silence(stream)


def _silence(stream: TextIO) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run_command(home: str, language: str, arguments: list[str]) -> int:
    from coach.cli.alone import ALONE, run_alone
    from coach.cli.context import Setting

    setting = Setting(language, os.environ, home)
    is_alone = not arguments or (len(arguments) == 1 and arguments[0] in ALONE)
    if code := run_alone(setting, *arguments) if is_alone and ASKED_FOR not in os.environ else _run_typed(setting, arguments):
        return code  # it stands, also where the window to write to is gone
    sys.stdout.flush()
    return 0


def _run_typed(setting: Setting, arguments: list[str]) -> int:
    from coach.cli.app import build  # their help is in the language
    from coach.cli.localised import NOT_UNDERSTOOD, explain

    try:
        code = build(arguments[0] if arguments else "").main(arguments, prog_name="coach", standalone_mode=False, obj=setting)
    except NOT_UNDERSTOOD as error:
        raise explain(error) from None
    return code if isinstance(code, int) else 0


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
    where = _("This is a mistake in coach, not yours. What you confirmed is kept; `{command}` shows how to go on.")
    print(where.format(command=typed()), file=sys.stderr)
    del error


if __name__ == "__main__":
    main()
