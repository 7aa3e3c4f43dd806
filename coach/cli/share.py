"""The commands that make a page or a copy: report, export."""

from __future__ import annotations

import sys
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach import files
from coach.cli.confirm import confirm, nobody_to_ask
from coach.cli.context import Setting, is_person, now
from coach.cli.filters import collect_from, read_filter
from coach.cli.json_output import name_damaged, print_json
from coach.cli.localised import Panels, register
from coach.cli.message import say
from coach.cli.options import About, Id, Json, SequenceName, Since, Tag, Until
from coach.errors import CoachError, Problem, UsageError
from coach.home import is_ignored, is_versioned, without_tilde
from coach.language import _
from coach.language.dates import write_day, write_weekday
from coach.logs.library import Oddity
from coach.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.documents.anonymise import Replacement
    from coach.documents.export import Format

_FORMATS = {"markdown": ".md", "html": ".html", "text": ".txt"}
_SCREEN = Path("-")
_OURS = b"<!doctype html>\n<html lang="
_LEFT = 1
_DAY = len("2026-11-24")

Output = Annotated[Path | None, typer.Option("--output", metavar=_("FILE"), help=_("Where to write it; - is the screen."))]


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    register(
        app,
        Panels.READ,
        (
            "report",
            _report,
            _("Looking back as a page with pictures, for a browser or paper."),
            _("coach report --output looking-back.html"),
        ),
        (
            "export",
            _export,
            _("A copy of a session to share, with names replaced."),
            _('coach export latest --replace "S.=child A" --output copy.md'),
        ),
    )


def _report(
    context: typer.Context,
    output: Output = None,
    about: About = "",
    sequence: SequenceName = "",
    since: Since = "",
    until: Until = "",
    tag: Tag = "",
) -> None:
    from coach.documents.report import Report, render_report
    from coach.insights.fears import FearCollector
    from coach.insights.patterns import PatternCollector
    from coach.insights.visits import VisitCollector

    setting: Setting = context.obj
    today = now().date()
    filter_ = read_filter(about=about, sequence=sequence, since=since, until=until, tag=tag, today=today)
    damaged: list[Oddity] = []
    days = ((_("from {day} on"), filter_.first), (_("up to {day}"), filter_.last))
    spans = (words.format(day=write_day(day)) for words, day in days if day)
    only = " · ".join(filter(None, (about, sequence, *spans, tag)))
    fears, patterns, visits = FearCollector(), PatternCollector(), VisitCollector()
    collect_from(setting.library, filter_, damaged, fears, patterns, visits)
    report = Report(fears.result(), patterns.result(), visits.result(), only)
    document = render_report(report, setting.language, today)
    if not report.visits:
        say(_("No sessions like that."), sys.stderr)
        name_damaged(damaged, setting.library.folder)
        raise typer.Exit(_LEFT)
    if output:
        _write(output, document, setting.working, may_replace=True)
    else:  # beside the logs: private, out of version control, and never over the one of before
        _write(_free(setting.home.sessions, _("looking-back-{day}.html").format(day=today)), document, setting.working)
    name_damaged(damaged, setting.library.folder)


def _export(
    context: typer.Context,
    id_: Id = "latest",
    output: Output = None,
    format_: Annotated[str, typer.Option("--format", metavar="markdown|html|text", help=_("How it is written."))] = "",
    replace: Annotated[
        list[str] | None,
        typer.Option("--replace", metavar=_('"S.=child A"'), help=_("Put something in the place of a name; may be repeated.")),
    ] = None,
    keep: Annotated[
        list[str] | None, typer.Option("--keep", metavar=_("WORD"), help=_("Leave this as it is; may be given more than once."))
    ] = None,
    starr: Annotated[bool, typer.Option("--starr", help=_("In the order situation, task, action, result, reflection."))] = False,
    all_: Annotated[bool, typer.Option("--all", help=_("All answers, also where a sequence shares only some."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Write it without asking; you have seen the replacements."))] = False,
    json_: Json = False,
) -> None:
    from coach.documents.export import find_in_session, only, share, write_copy
    from coach.ear.stored import all_personal_words
    from coach.insights.safety import without_safety
    from coach.logs.markdown import heading
    from coach.logs.naming import find_session

    setting: Setting = context.obj
    format_ = _format(format_, output, usual="markdown" if output or json_ or not is_person() else "html")
    whole = find_session(setting.library, id_)
    plan = setting.catalogue_in(whole.language).top(whole.sequence).share
    if plan.ids and not all_:
        whole = only(whole, plan.ids)
    session = without_safety(whole)
    own = [_read_pair(pair) for pair in replace or ()]
    found = find_in_session(session, own, all_personal_words().first_names)
    replacements = [one for one in found if one.found not in (keep or ())]
    copy = write_copy(share(session, replacements, starr=starr, room=plan.room), format_)
    if json_:
        values = [{"found": one.found, "becomes": one.becomes, "reason": one.reason, "times": one.times} for one in replacements]
        print_json({"format": format_, "replacements": values, "safety_left_out": session is not whole, "copy": copy})
        return
    if session is not whole:
        say(_("What you wrote about safety is not in the copy."), sys.stderr)
    _review(replacements)
    if not yes and not _agreed():
        say(_("Nothing was written."), sys.stderr)
        raise typer.Exit(_LEFT)
    if output is None and is_person():  # beside the logs: somebody who shares it looks at it first
        output = _free(setting.home.sessions, _("copy-{day}").format(day=whole.id[:_DAY]) + _FORMATS[format_])
    copied = _("A copy of {title}, {day}.").format(title=heading(whole), day=write_weekday(whole.started.date(), now().date()))
    _write(output or _SCREEN, copy, setting.working, copied)


def _format(name: str, output: Path | None, usual: Format) -> Format:
    """Return the format that is asked for by its name, else by the end of the file, else the usual one."""
    name = name or next((one for one, end in _FORMATS.items() if output and output.suffix == end), usual)
    match name:
        case "markdown" | "html" | "text":
            return name
        case _:
            what = _("'{format}' is not a format").format(format=name)
            raise UsageError(Problem("--format", what, _("use one of: {words}").format(words=", ".join(_FORMATS))))


def _read_pair(pair: str) -> tuple[str, str]:
    old, is_pair, new = pair.partition("=")
    if not is_pair or not old.strip():
        what = _("'{text}' does not say what becomes what").format(text=pair)
        example = "--replace " + _('"S.=child A"')
        raise UsageError(Problem("--replace", what, _("write it as {example}").format(example=example)))
    return old.strip(), new.strip()


def _review(replacements: Sequence[Replacement]) -> None:
    """Say on standard error what was replaced, and where it stands, so that a copy can go to a pipe."""
    if replacements:
        say(_("What is replaced:"), sys.stderr)
    else:
        say(_("No names or personal data were found."), sys.stderr)
    wide = max((len(visible(one.found)) for one in replacements), default=0)
    for one in replacements:
        say(f"  {visible(one.found):{wide}}  →  {visible(one.becomes)}  ({one.times})", sys.stderr)
        if one.context not in {"", one.found}:
            say(f"      {one.context}", sys.stderr)
    say(_("Not seen are nicknames, names without a capital, and what tells who somebody is without a name."), sys.stderr)
    say(_("Read the copy yourself too, and change it with --replace or --keep."), sys.stderr)


def _agreed() -> bool:
    if nobody_to_ask():
        say(_("To write it, say that you have seen this: --yes"), sys.stderr)
        return False
    return confirm(_("Write the copy? [y/N] "), sys.stderr)


def _free(folder: Path, name: str) -> Path:
    """Return a name in a folder that no file has yet."""
    first = folder / name
    others = (first.with_stem(f"{first.stem}-{number}") for number in count(2))
    return next(path for path in chain((first,), others) if not path.exists())


def _write(path: Path, content: str, working: Path, copied: str = "", *, may_replace: bool = False) -> None:
    if path == _SCREEN:
        print(visible(content), end="")
        return
    target = working / without_tilde(str(path), "--output")
    if target.exists() and not (may_replace and target.is_file() and files.read(target).startswith(_OURS)):
        raise CoachError(Problem(str(path), _("there is a file with this name already"), _("give another name with --output")))
    files.write(target, content.encode("utf-8", "replace"))
    is_private = not target.stat().st_mode & files.OTHERS  # not everywhere: Windows has no such rights, nor has a stick
    text = _("Written to {path}. It is readable by you only.") if is_private else _("Written to {path}.")
    say(" ".join(filter(None, (copied, text.format(path=path)))))
    if is_versioned(target.parent) and not is_ignored(target.parent):
        text = _("Take note: this folder is under version control, which may take the file along: {folder}")
        say(text.format(folder=target.parent.resolve()), sys.stderr)
