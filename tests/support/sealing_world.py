"""A folder of logs that a person, a synchronising program and the coach all work on, and what must hold after every step.

Every answer holds a token of its own, so that each can be followed through all files.
"""

import contextlib
import os
import random
import re
import shutil
import signal
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyrage

from coach import files
from coach.conversation.engine import Conversation
from coach.errors import CoachError
from coach.logs.encryption import SEALED, Seal, identity
from coach.logs.forgetting import Farewell, forget, plan_to_forget, plan_to_forget_about
from coach.logs.library import Library
from coach.logs.maintenance import seal_all, unseal_all
from coach.logs.session import Session
from coach.sequences.sequence import Sequence
from conversing import TODAY, read

SECRET, RECOVERY = (str(pyrage.x25519.Identity.generate()) for _number in range(2))
TALK = """
title: Prepare
steps: [{id: fear, ask: What do you fear?}, {id: wish, ask: What do you wish?, optional: true}, {id: step, ask: Step?}]
"""
BACK = """
title: Look back
follows: prepare
steps:
  - {id: happened, ask: 'You feared "{prepare.fear}" ("rust"). Did it happen?', when: {prepare.fear: answered}}
  - id: more
    ask: 'Not "{prepare.fear}", but {happened}? What of *{prepare.fear}*?'
    when: {prepare.fear: answered, happened: answered}
"""
TOKEN = re.compile(r"zz\d+zz")
ANSWER = re.compile(r"^- (?!about)[a-z_]+:: (.*)$", re.MULTILINE)
MARKS = (
    " (conflicted copy).md",
    ".sync-conflict-20261124-091502-ABCDEFG.md",
    "-laptop.md",
    ".md~",
    ".md.bak",
    ".md.txt",
    " 2.md",
)
SEALED_MARKS = (".md.sync-conflict-20261124-091502-ABCDEFG.age", ".md (conflicted copy).age", " 2.md.age", ".md.age~")


@cache
def sequence_of(text: str) -> Sequence:
    return read(text, TALK)


class FastSeal(Seal):
    """A seal whose key is under no passphrase, so that thousands of sequences can be tried."""

    def _read_key(self) -> pyrage.x25519.Identity:
        text = files.read(self.key).decode()
        self._in_key = tuple(line[2:] for line in text.split("\n") if line[:1] == "#")
        return identity(text)

    def _write_key(self, secret: str, publics: object, _passphrase: str) -> None:
        files.write(self.key, ("".join(f"# {one}\n" for one in publics) + secret).encode())  # type: ignore[attr-defined]


class Dying:
    """The operating system, in which the process is killed at one of its calls."""

    def __init__(self, number: int) -> None:
        self._left = number

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:  # any call of `os`
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return getattr(os, name)(*arguments)

        return call


@dataclass
class World:
    """All of it; `log` tells the steps that were taken."""

    root: Path
    dice: random.Random
    log: list[str] = field(default_factory=list)
    backups: list[tuple[str, bytes]] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.sessions.mkdir(parents=True, mode=0o700)
        self.root.chmod(0o700)

    @property
    def sessions(self) -> Path:
        return self.root / "sessions"

    def library(self, system: files.System = os) -> Library:
        return Library(self.sessions, FastSeal(self.root, lambda: ""), system)

    def paths(self) -> list[Path]:
        return [path for path in sorted(self.sessions.rglob("*")) if path.is_file() and path.suffix not in {"", ".lock"}]

    def text(self, path: Path) -> str:
        data = path.read_bytes()
        return (bytes(pyrage.decrypt(data, [identity(SECRET)])) if data.startswith(SEALED) else data).decode()

    def texts(self) -> dict[str, str]:
        return {path.relative_to(self.sessions).as_posix(): self.text(path) for path in self.paths()}

    def said(self) -> set[tuple[str, str]]:
        """Return all answers that are on the disk, each with its session."""
        return {
            (found[1], token)
            for text in self.texts().values()
            if (found := re.search(r"^id: (.*)$", text, re.MULTILINE))
            for answer in ANSWER.findall(text)
            for token in TOKEN.findall(answer)
        }

    # what the coach does

    def prepare(self, library: Library) -> None:
        self._hold(library, TALK, "prepare", ())

    def look_back(self, library: Library) -> None:
        found = [one for one in library.sessions() if one.kind == "prepare" and one.exchange("fear")]
        if found:
            followed = self.dice.choice(found)
            self._hold(library, BACK, "reflect", (followed, *library.chain(followed)))

    def go_on(self, library: Library) -> None:
        found = [one for one in library.sessions() if not one.finished]
        if found:
            session = self.dice.choice(found)
            writer = library.reopen(session)
            exchange = session.exchanges[-1]
            lines = (*exchange.lines, self._words())
            writer.save(replace(session, exchanges=(*session.exchanges[:-1], exchange._replace(lines=lines))))
            writer.close()

    def seal(self, library: Library) -> None:
        seal = library.folder.seal
        assert seal
        library.folder.prepare()
        if not seal.is_set and not library.folder.is_sealed:
            seal.set_up("", SECRET, RECOVERY)
        seal_all(library.folder)

    def unseal(self, library: Library) -> None:
        turned = unseal_all(library.folder)
        if not turned.problems and library.folder.seal:
            library.folder.seal.forget()

    def forget(self, library: Library) -> Farewell | None:
        found = list(library.sessions())
        if not found:
            return None
        session = self.dice.choice(found)
        farewell = (
            plan_to_forget_about(library, session.about) if self.dice.random() < 0.3 else plan_to_forget(library, session.file)
        )
        forget(library.folder, farewell)
        return farewell

    # what others do

    def back_up(self) -> None:
        self.backups += [(path.relative_to(self.root).as_posix(), path.read_bytes()) for path in self.paths()]

    def restore(self) -> None:
        if self.backups:
            name, data = self.dice.choice(self.backups)
            (self.root / name).parent.mkdir(exist_ok=True, parents=True)
            (self.root / name).write_bytes(data)

    def write_elsewhere(self) -> None:
        """Put the session of a file there as another computer has it: with more words, and in either form."""
        path = self._any()
        if path and path.name.endswith((".md", ".md.age")):
            more = f"{self.text(path).rstrip()}\n- step:: {self._words()}\n".encode()
            stem = path.name.removesuffix(".age").removesuffix(".md")
            if (self.root / "key.age").exists() and self.dice.random() < 0.5:
                publics = [identity(SECRET).to_public()]
                path.with_name(f"{stem}.md.age").write_bytes(pyrage.encrypt(more, publics))
            else:
                path.with_name(f"{stem}.md").write_bytes(more)

    def copy(self) -> None:
        if path := self._any():
            stem = path.name.removesuffix(".age").removesuffix(".md")
            marks = SEALED_MARKS if path.read_bytes().startswith(SEALED) else MARKS
            shutil.copy(path, path.with_name(stem + self.dice.choice(marks)))

    def rename(self) -> None:
        path = self._any()
        if path and path.name.endswith((".md", ".md.age")):
            stem, _dot, end = path.name.partition(".md")
            target = path.with_name(self.dice.choice((f"{stem}-mother.md{end}", f"mother {self.count}.md{end}")))
            target = target if self.dice.random() < 0.8 else path.parent / "archive" / path.name
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                path.rename(target)

    def lose_public(self) -> None:
        (self.root / "key.pub").unlink(missing_ok=True)

    def format(self) -> None:
        """Change what editors change, and make a log of one of before, which has no marks."""
        if (path := self._any()) and not path.read_bytes().startswith(SEALED):
            text = path.read_text()
            changes: tuple[Callable[[str], str], ...] = (
                lambda text: text.replace("\n", "\r\n"),
                lambda text: text if text[:1] == "\ufeff" else f"\ufeff{text}",
                lambda text: text.replace("*", "_"),
                lambda text: re.sub(r"^(follows): (\S+)$", r'\1: "[[\2]]"', text, flags=re.MULTILINE),
            )
            with path.open("w", newline="") as file:
                file.write(self.dice.choice(changes)(text))

    def _any(self) -> Path | None:
        paths = self.paths()
        return self.dice.choice(paths) if paths else None

    def _words(self) -> str:
        self.count += 1
        return self.dice.choice(("That {} leaves.", '{} said "no"', "rust {} *rust*", "{}", "a_{}_b, and more")).format(
            f"zz{self.count}zz"
        )

    def _hold(self, library: Library, text: str, kind: str, carried: tuple[Session, ...]) -> None:
        sequence = sequence_of(text)
        conversation = Conversation(sequence, carried, TODAY)
        for _question in range(self.dice.randint(1, 2)):
            conversation = conversation.answer(self._words())
        started = datetime(2026, 11, 24, 9, tzinfo=UTC) + timedelta(seconds=self.count)
        session = Session("", kind, kind, "en", kind, started, self.dice.choice(("S.", "A.S.", "team K.")), heard=True)
        follows = carried[0].id if carried else ""
        finished = started if self.dice.random() < 0.5 else None
        writer = library.begin(started, kind)
        writer.save(replace(session, id=writer.id, follows=follows, finished=finished, exchanges=conversation.record))
        writer.close()


COACH = ("prepare", "look_back", "go_on", "seal", "unseal", "forget")
OTHERS = ("back_up", "restore", "copy", "rename", "lose_public", "format", "write_elsewhere")
OFTEN = ("prepare", "look_back", "look_back", "look_back", "go_on", "seal", "restore", "write_elsewhere")


def step(world: World) -> None:
    """Take one step, and see that nothing was lost and nothing was left."""
    name = world.dice.choice(COACH + OTHERS + OFTEN)
    world.log.append(name)
    if name in OTHERS:
        getattr(world, name)()
        return
    before, texts, is_sealed = world.said(), world.texts(), world.library().folder.is_sealed
    had_key = (world.root / "key.age").exists()
    if world.dice.random() < 0.25:
        killed(world, name)
        gone: set[str] | None = None
    else:
        gone = done(world, name)
    after = world.said()
    world.library().folder.prepare()
    if name != "forget":
        lost = {token for _id, token in before} - {token for _id, token in after}  # a renamed session may go on under that name
        assert not lost, f"lost: {lost}"
    if is_sealed and name not in {"unseal", "forget"}:
        new = [path for path in world.paths() if path.relative_to(world.sessions).as_posix() not in texts]
        assert all(path.read_bytes().startswith(SEALED) for path in new), f"in the clear: {new}"
    if had_key and any(path.read_bytes().startswith(SEALED) for path in world.paths()):
        assert (world.root / "key.age").exists(), "the key went while something needs it"
    if gone is not None:
        check_forgotten(world, gone, before, texts)
    list(world.library().entries())


def killed(world: World, name: str) -> None:
    """Let the coach do something in a process that is killed at one of its calls of the system; it may also come to its end."""
    number, count = world.dice.randint(1, 40), world.count
    child = os.fork()
    if child == 0:
        with contextlib.suppress(CoachError):
            getattr(world, name)(world.library(Dying(number)))
        os._exit(0)
    os.waitpid(child, 0)
    world.count = count + 10
    world.log[-1] += f" (killed at {number})"


def done(world: World, name: str) -> set[str] | None:
    """Let the coach do something; return the answers that were asked to be forgotten, but for those in files that it named."""
    try:
        farewell: Farewell | None = getattr(world, name)(world.library())
    except CoachError as error:
        world.log[-1] += f" ({error})"
        return None
    if farewell is None:
        return None
    world.log[-1] += f" {[trace.name for trace in farewell.gone]}"
    doubted = {str(doubt).split(":")[0] for doubt in farewell.doubts}
    world.log[-1] += f" doubts {sorted(doubted)}" if doubted else ""
    return {trace.id for trace in farewell.gone} | {f"?{name}" for name in doubted}


def check_forgotten(world: World, gone: set[str], before: set[tuple[str, str]], texts: dict[str, str]) -> None:
    """See that of what was forgotten no word is left, and that all else is as it was."""
    left = world.texts()
    forgotten = {token for id_, token in before if id_ in gone}
    kept = {token for id_, token in before if id_ not in gone}
    for name, text in left.items():
        if f"?{name}" not in gone:
            assert not forgotten.intersection(TOKEN.findall(text)) - kept, f"left in {name}: {text}"
        assert without_quotations(text) == without_quotations(texts[name]), f"changed {name}"


def without_quotations(text: str) -> str:
    """Return a log without what forgetting may change in it: the link, the marks, and what is quoted of another session."""
    text = re.sub(r"^follows:.*\n|^.*\.quotes::.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r'^(### You feared ").*(" \("rust"\)\. Did it happen\?\r?)$', r"\1\2", text, flags=re.MULTILINE)
    return re.sub(r'^(### Not ").*(", but .*\? What of [*_]).*([*_]\?\r?)$', r"\1\2\3", text, flags=re.MULTILINE)
