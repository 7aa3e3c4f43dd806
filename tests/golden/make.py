"""The golden logs, as they came to be: by running version 0.1.0 (commit 2a4ef8b), and with no other version.

`PYTHONPATH=tests python tests/golden/make.py`, in a checkout of that commit, holds every conversation in talks/ anew and writes
logs/, safety/, sealed/, the shipped prompts/ and expected/. What is sealed differs every time, the rest does not.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Mapping
from contextlib import chdir
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from coach import __version__
from driver import Terminal, environ
from golden_logs import ABOUT_SAFETY, GOLDEN, PASSPHRASE, QUESTIONS, ask, describe, read, with_recovery_key
from golden_logs import make_home as copy_home

RUN = [sys.executable, "-P", "-m", "coach"]
INTERRUPTED = 130
NEW_LINE, DOWN, BACK, STOP, CLEAR = "\x1b\r", "\x1b[B", "\x02", "\x03", "\x15"
SCREEN = {
    "nl": {"again": "Anders zeggen", "changing": "nog een keer", "review": "Wil je nog iets veranderen?"},
    "en": {"again": "Say it in other words", "changing": "once more", "review": "change anything?"},
}
CLOCK = """
import os
from datetime import datetime

import coach.commands

begun, ended = (datetime.fromisoformat(os.environ[name]).astimezone() for name in ("BEGUN", "ENDED"))
coach.commands.now = lambda: begun

import coach.commands.keeping

coach.commands.keeping.now = lambda: ended
"""

Event = Mapping[str, Any]


def main() -> None:
    if __version__ != "0.1.0":
        sys.exit("Only version 0.1.0 makes these logs.")
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("clock").mkdir()
        Path("clock/sitecustomize.py").write_text(CLOCK, "utf-8")
        for logs in ("logs", "safety", "sealed"):
            for path in (GOLDEN / logs).glob("*"):
                path.unlink()
        for talk, logs in (("nl", "logs"), ("en", "logs"), ("safety", "safety"), ("sealed", "sealed")):
            home = make_home(Path(folder) / talk)
            hold_all(home, talk)
            keep(home, GOLDEN / logs)
    for language in ("nl", "en"):
        for path in (GOLDEN.parents[1] / "prompts" / language).glob("*.yaml"):
            shutil.copy(path, GOLDEN / "prompts" / language)
    write_expected()


def make_home(home: Path) -> Path:
    """Return a home with the sequences of one's own."""
    (home / "sessions").mkdir(parents=True, mode=0o700)
    shipped = {path.name for path in (GOLDEN.parents[1] / "prompts" / "nl").iterdir()}
    shutil.copytree(GOLDEN / "prompts", home / "prompts", ignore=lambda _folder, names: shipped.intersection(names))
    return home


def hold_all(home: Path, talk: str) -> None:
    for event in yaml.load((GOLDEN / "talks" / f"{talk}.yaml").read_text("utf-8"), yaml.BaseLoader):  # noqa: S506 # texts only
        match event:
            case {"edit": id_, "changes": changes}:
                edit(home / "sessions" / f"{id_}.md", changes)
            case {"prompt": name, "changes": changes}:
                edit(home / "prompts" / name, changes)
            case {"seal": _}:
                seal(home)
            case {"keys": keys}:
                at_terminal(home, event, keys)
            case _:
                through_a_pipe(home, event)


def keep(home: Path, folder: Path) -> None:
    """Put the logs in a folder of ours."""
    folder.mkdir(exist_ok=True)
    for path in [*(home / "sessions").glob("2*"), *home.glob("key.*"), *home.glob("recovery.txt")]:
        shutil.copyfile(path, folder / path.name)


def edit(path: Path, changes: list[list[str]]) -> None:
    """Change a file as a person does in an editor."""
    text = path.read_text("utf-8")
    for old, new in changes:
        if old not in text:
            raise ValueError(f"{path.name}: {old}")
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def environment(event: Event) -> dict[str, str]:
    begun = datetime.fromisoformat(event["at"])
    ended = begun + timedelta(minutes=int(event.get("minutes", "7")), seconds=len(event["at"]) * begun.day % 60)
    clock = str(Path.cwd() / "clock")
    return {"BEGUN": str(begun), "ENDED": str(ended), "PYTHONPATH": clock, "TZ": event.get("zone", "Europe/Amsterdam")}


def command(event: Event) -> list[str]:
    options = event.get("options", [])
    if "command" in event:
        return [*event["command"], *options]
    if "resume" in event:
        return ["resume", event["resume"], *options]
    shipped = event["run"] in {"prepare", "reflect", "map", "follow-up"}
    about = ["--about", unicodedata.normalize(event.get("form", "NFC"), event["about"])] if "about" in event else []
    follows = ["--follows", event.get("follows", "none")]
    return [*([] if shipped else ["run"]), event["run"], *about, *follows, *options]


def through_a_pipe(home: Path, event: Event) -> None:
    """Hold a conversation by an answers file, or with typed lines."""
    words = command(event)
    if "answers" in event:
        Path("answers.yaml").write_text("\n".join(map(answer, event["answers"].items())), "utf-8")
        words += ["--answers", "answers.yaml"]
    typed = "\n".join(event.get("typed", [])) + "\n"
    env = environ(home, event.get("language", "nl"), **environment(event))
    done = subprocess.run(
        [*RUN, *words], input=typed.encode(), capture_output=True, env=dict(env), check=False, timeout=60, start_new_session=True
    )
    if done.returncode != int(event.get("exit", "0")):
        raise ValueError(done.stdout.decode() + done.stderr.decode())


def answer(pair: tuple[str, str | list[str]]) -> str:
    id_, said = pair
    text = json.dumps(said if isinstance(said, str) else "\n".join(said), ensure_ascii=False)
    return f"{id_}: " + "".join(f"\\u{ord(one):04x}" if unicodedata.category(one) in {"Cf", "Zl"} else one for one in text)


def at_terminal(home: Path, event: Event, keys: list[Any]) -> None:
    """Hold a conversation with keys: answers to the questions in their order, and what else a person does."""
    language = event.get("language", "nl")
    screen, number = SCREEN[language], int(event.get("number", "1"))
    terminal = Terminal.__new__(Terminal)
    terminal.start([*RUN, *command(event)], environ(home, language, **environment(event)), 80, 300)
    for key in keys:
        match key:
            case {"leave": _}:
                terminal.wait_for(screen["again"])
                send(terminal, "\r")
            case {"again": text}:
                terminal.wait_for(screen["again"])
                send(terminal, DOWN + "\r")
                say_again(terminal, screen, text)
            case {"stop": text}:
                terminal.wait_for_question(number)
                stop(terminal, text)
                return
            case _:
                terminal.wait_for_question(number)
                typed, further = keystrokes(key)
                send(terminal, typed)
                number += further
    finish(terminal, screen, event.get("review", []))


def send(terminal: Terminal, typed: str) -> None:
    """Type on an empty screen, so that what is waited for next is new."""
    terminal.screen.erase_in_display(2)
    terminal.type(typed)


def keystrokes(key: str | Mapping[str, str]) -> tuple[str, int]:
    """Return what is typed to answer a question, and how many questions that brings one further."""
    match key:
        case str():
            return key.replace("\n", NEW_LINE) + "\r", 1
        case {"choose": place}:
            return DOWN * int(place) + "\r", 1
        case {"mark": places}:
            return f" {DOWN}" * int(places) + "\r", 1
        case {"back": _}:
            return BACK, -1
    raise ValueError(key)


def say_again(terminal: Terminal, screen: Mapping[str, str], text: str) -> None:
    terminal.wait_for(screen["changing"], "Ctrl-C")
    send(terminal, f"{CLEAR}{text}\r")


def stop(terminal: Terminal, text: str) -> None:
    """Stop half-way an answer."""
    terminal.type(text.replace("\n", NEW_LINE))
    terminal.wait_for(text.rsplit("\n", maxsplit=1)[-1][-20:])
    terminal.type(STOP)
    if terminal.wait() != INTERRUPTED:
        raise ValueError(terminal.text)


def finish(terminal: Terminal, screen: Mapping[str, str], changes: list[tuple[str, str]]) -> None:
    """Change answers afterwards and be content."""
    for place, text in changes:
        terminal.wait_for(screen["review"], "Enter")
        send(terminal, DOWN * int(place) + "\r")
        say_again(terminal, screen, text)
    terminal.wait_for(screen["review"], "Enter")
    terminal.type("\r")
    if terminal.wait() != 0:
        raise ValueError(terminal.text)


def seal(home: Path) -> None:
    """Set up sealing, as a person does in a terminal, and write the recovery key down."""
    terminal = Terminal("seal", home=home, columns=120)
    for text in ("A new passphrase:", "Once more:"):
        terminal.wait_for(text)
        terminal.type(PASSPHRASE + "\r")
    terminal.wait_for("Type it over")
    (recovery,) = re.findall(r"AGE-SECRET-KEY-1\w+", terminal.text)
    terminal.type(recovery + "\r")
    if terminal.wait() != 0:
        raise ValueError(terminal.text)
    (home / "recovery.txt").write_text(recovery + "\n", "ascii")


def write_expected() -> None:
    """Write down what this version reads in the logs."""
    with tempfile.TemporaryDirectory() as folder:
        homes = {name: copy_home(Path(folder) / name, name) for name in ("logs", "safety", "sealed")}
        for name in ("logs", "safety"):
            write(name, {path.stem: describe(read(path)) for path in sorted((GOLDEN / name).glob("*.md"))})
        write("sealed", {session.id: describe(session) for session in with_recovery_key(homes["sealed"]).sessions()})
        for name, questions in (("logs", QUESTIONS), ("safety", ABOUT_SAFETY)):
            for file, question in questions.items():
                write(file, ask(homes[name], *question))


def write(name: str, value: object) -> None:
    path = GOLDEN / "expected" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
