"""What the commands about sequences do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from coach import files
from coach.cli.app import Setting, show
from coach.cli.json_output import print_json
from coach.errors import CoachError, Problem
from coach.language import _, ngettext
from coach.sequences.catalogue import Catalogue, shown
from coach.sequences.reader import read_sequence
from coach.sequences.sequence import NAME, Question, Sequence
from coach.terminal import question as screens
from coach.terminal import session as views


def list_sequences(setting: Setting, *, json_: bool) -> None:
    """Show all sequences; what is wrong with one's own comes after them."""
    catalogue = setting.catalogue
    sequences: list[tuple[Sequence, Path]] = []
    broken: list[CoachError] = []
    for name in catalogue.names():
        try:
            sequences.append((catalogue.read(name), catalogue.path(name) or Path()))
        except CoachError as error:
            broken.append(error)
    if json_:
        print_json(
            [
                {"name": s.name, "title": s.title, "description": s.description, "kind": s.kind, "path": str(path)}
                for s, path in sequences
            ]
        )
    else:
        show(views.facts((s.name, f"{s.title}. {s.description}") for s, _path in sequences))
    for mistakes in broken:
        print(mistakes, file=sys.stderr)


def show_sequence(setting: Setting, name: str, *, yaml_: bool, json_: bool) -> None:
    """Show the questions of a sequence, or its file."""
    catalogue = setting.catalogue
    if yaml_ and (source := catalogue.get(name)):
        print(source.data.decode("utf-8", "replace"), end="")
        return
    sequence = catalogue.read(name)
    if json_:
        print_json(_as_json(sequence))
    else:
        show(screens.sequence_page(sequence))


def _as_json(sequence: Sequence) -> dict[str, object]:
    steps = [
        {"id": step.id, "ask": step.ask, "type": step.type, "optional": step.optional, "section": step.section}
        if isinstance(step, Question)
        else {"say": step.say}
        for step in sequence.steps
    ]
    return {
        "name": sequence.name,
        "title": sequence.title,
        "kind": sequence.kind,
        "follows": sequence.follows or None,
        "steps": steps,
    }


def start_sequence(setting: Setting, name: str, from_: str) -> None:
    """Make the file of a new sequence in the home, and say what to do with it."""
    if not NAME.fullmatch(name):
        what = _("'{name}' cannot be the name of a sequence").format(name=name)
        raise CoachError(Problem("", what, _("use small letters without accents, digits and -")))
    path = setting.home.prompts / setting.language / f"{name}.yaml"
    if path.exists():
        cure = _("choose another name, or edit this file")
        raise CoachError(Problem(shown(path, setting.working), _("this file is there already"), cure))
    text = _copied(setting.catalogue, from_, name) if from_ else _starter()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoachError(files.refusal(path.parent, error)) from None
    files.write(path, text.encode())
    print(_("Made {path}").format(path=shown(path, setting.working)))
    print(_("Edit it, then: coach sequences check {path}").format(path=shown(path, setting.working)))
    print(_("Run it:        coach run {name}").format(name=name))


def _copied(catalogue: Catalogue, name: str, new_name: str) -> str:
    """Return the text of a sequence, with the kind it plays, so that sessions are linked as before."""
    sequence = catalogue.read(name)
    source = catalogue.get(name)
    text = source.data.decode() if source else ""
    if sequence.kind != new_name and "\nkind:" not in f"\n{text}":
        return f"kind: {sequence.kind}\n{text}"
    return text


def _starter() -> str:
    """Return a small sequence to begin with."""
    return "\n".join(
        [
            "title: " + json.dumps(_("My own questions"), ensure_ascii=False),
            "description: " + json.dumps(_("What these questions are for."), ensure_ascii=False),
            "steps:",
            "  - id: about",
            "    ask: " + json.dumps(_("Whom is it about?"), ensure_ascii=False),
            "    type: line",
            "  - id: moment",
            "    say: " + json.dumps(_("Take the moment that stayed with you."), ensure_ascii=False),
            "    ask: " + json.dumps(_("What happened?"), ensure_ascii=False),
            "    hint: " + json.dumps(_("She looked at the clock and said nothing."), ensure_ascii=False),
            "",
        ]
    )


def check_sequences(setting: Setting, files: list[Path]) -> int:
    """Print every problem of the files, or of all one's own sequences, and return the exit code."""
    paths = list(files) or sorted(setting.home.prompts.glob("**/*.yaml"))
    paths = [path for path in paths if path.name != "ear.yaml"]
    problems: dict[Problem, None] = {}
    for path in paths:
        language = path.absolute().parent.name
        catalogue = setting.catalogue_in(language if language in {"nl", "en"} else setting.language)
        try:
            read_sequence(catalogue.source(path), catalogue)
        except CoachError as error:
            problems |= dict.fromkeys(error.problems)
    for problem in problems:
        place = f"{problem.where}:{problem.line}:{problem.column}" if problem.line else problem.where
        print(f"{place}: {problem.message}")
    if problems:
        return 1
    count = len(paths)
    print(ngettext("{count} sequence, nothing to mend.", "{count} sequences, nothing to mend.", count).format(count=count))
    return 0
