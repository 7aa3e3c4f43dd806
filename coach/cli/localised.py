"""Commands whose help and mistakes are in the language that is spoken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

from coach.cli.alone import run_alone
from coach.errors import PipeClosedError, Problem, UsageError, nearest, suggestion
from coach.language import _
from coach.program import instead, typed

_SEQUENCES = "sequences"  # a command of the program itself, not of a group
# what `typer.BadParameter` is a kind of: any mistake in what was typed
NOT_UNDERSTOOD: type[Exception] = typer.BadParameter.__mro__[1]


class SpokenCommand(TyperCommand):
    """A command."""

    def get_usage(self, ctx: Any) -> str:  # typer's own class is private
        """Return the usage line."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the help."""
        return _described(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help."""
        with _read_to_its_end():
            _show_help(self, ctx)


class SpokenGroup(TyperGroup):
    """A group of commands."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return _usage(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the help."""
        return _described(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help."""
        with _read_to_its_end():
            _show_help(self, ctx)

    def make_context(self, *arguments: Any, **more: Any) -> Any:
        """Read what was typed, which shows the help where that was asked for."""
        with _read_to_its_end():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is meant."""
        with _read_to_its_end():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is meant; a sequence is not one, but can be run."""
        name = args[0]
        if name in self.commands or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if name in ctx.find_root().obj.catalogue.names():
            what = _("'{name}' is a sequence").format(name=name)
            raise UsageError(Problem("", what, _("run it with: {command}").format(command=typed("run", name))))
        raise UsageError(Problem(name, _("there is no such command"), self._meant(name) or _see_help(ctx.command_path)))

    def _meant(self, name: str) -> str:
        """Return which command may be meant, also by a word of another language or program, or ""."""
        from coach.language.words import all_words  # only where something is not understood

        words = {command: command for command in self.commands}
        if _SEQUENCES in self.commands:
            words = {word: command for language in all_words() for word, command in language.commands.items()} | words
        near = nearest(name.casefold(), list(words))
        return _("did you mean '{word}'?").format(word=words[near]) if near else ""


def register(app: typer.Typer, panel: str | None, *rows: tuple[str, Callable[..., None], str, str]) -> None:
    """Add commands to the program, under a heading of the help: of each its name, what it runs, its help and an example."""
    for name, command, help_, example in rows:
        epilog = _("Example: {example}").format(example=instead(example))
        app.command(name, help=help_, epilog=epilog, rich_help_panel=panel, cls=SpokenCommand)(command)


def speak_completion(program: TyperGroup) -> None:
    """Describe the options of completion, which typer adds, in the language, and let installing change nothing unasked."""
    helps = {
        "install_completion": _("Install completion of commands for this shell."),
        "show_completion": _("Show what completion would add to this shell."),
    }
    for parameter in program.params:
        if parameter.name in helps:
            setattr(parameter, "help", helps[parameter.name])  # noqa: B010 # the type of an option is private to typer
        if parameter.name == "install_completion":
            setattr(parameter, "callback", _install)  # noqa: B010 # idem


def _install(*given: Any) -> Any:
    from coach.cli.completion import install  # nothing else completes

    return install(*given)


class Panels:
    """The headings in the help."""

    TALK: ClassVar[str] = _("A conversation")
    READ: ClassVar[str] = _("Reading back")
    OWN: ClassVar[str] = _("Sequences and files")


def explain(error: Exception) -> UsageError:
    """Return what was wrong with the command line."""
    option = str(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoSuchOption":
            cure = suggestion(option, near) if (near := getattr(error, "possibilities", None)) else _help_hint(error)
            return UsageError(Problem(option, _("there is no such option"), cure))
        case "BadOptionUsage" if "does not take" in str(getattr(error, "message", "")):
            return UsageError(Problem(option, _("this takes no value"), _help_hint(error)))
        case "BadOptionUsage":
            return UsageError(Problem(option, _("its value is missing"), _help_hint(error)))
        case "BadParameter" if parameter := getattr(error, "param", None):
            what = _("this takes a whole number, 0 or more")  # the only type that typer reads for us
            return UsageError(Problem(parameter.opts[0], what, _help_hint(error)))
        case "MissingParameter":
            parameter = getattr(error, "param", None)
            name = parameter.human_readable_name if parameter else ""
            return UsageError(Problem(name, _("this is missing"), _help_hint(error)))
    text = str(getattr(error, "message", error))
    if text.startswith("Got unexpected extra argument"):
        extra = text.rpartition("(")[2].rstrip(")")
        return UsageError(Problem(extra, _("this is one word too many"), _("put a text of several words between quotes")))
    return UsageError(Problem("", text.rstrip("."), _help_hint(error)))


@contextmanager
def _read_to_its_end() -> Iterator[None]:
    """Tell by an error of our own that nobody reads any more: typer takes it for a failure."""
    try:
        yield
    except BrokenPipeError:
        raise PipeClosedError from None


def _help_hint(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    return _see_help(context.command_path if context else "")


def _see_help(command: str) -> str:
    return _("see `{command}`").format(command=typed(*command.split()[1:], "--help"))


def _show_help(command: TyperCommand | TyperGroup, context: Any) -> None:
    """Show the help of a command, in lines that end between words; typer's own tables cut them."""
    from coach.terminal.console import show  # only here
    from coach.terminal.help_page import help_page

    names = {"argument": _("Arguments"), "option": _("Options")}
    parts: dict[str, list[tuple[str, str]]] = {}
    for parameter in command.get_params(context):
        if row := parameter.get_help_record(context):
            parts.setdefault(names[parameter.param_type_name], []).append(row)
    if isinstance(command, TyperGroup):
        for name, below in command.commands.items():
            heading = str(getattr(below, "rich_help_panel", None) or _("Commands"))
            parts.setdefault(heading, []).append((name, below.help or ""))
    show(help_page(command.get_usage(context), command.help or "", parts, command.epilog or ""))


def _usage(line: str) -> str:
    """Return the usage line with the words of typer in the language."""
    words = (("Usage:", _("Usage:")), ("[OPTIONS]", _("[OPTIONS]")), ("COMMAND [ARGS]...", _("COMMAND [ARGS]...")))
    for english, spoken in words:
        line = line.replace(english, spoken, 1)
    return line.replace(" coach", f" {typed()}", 1)


def _described(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this help.")
    return option


def overview(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help=_("Show the version."))] = False,
) -> None:
    """Run what is asked for when no command is named."""
    if version or context.invoked_subcommand is None:
        run_alone(context.obj, "--version" if version else "")
