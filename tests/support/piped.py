"""Drives the installed program through pipes, as another program would: this goes on every system."""

import os
import subprocess
from pathlib import Path

from driver import environ
from talk import RUN


class Piped:
    """One run of `coach` in a process of its own."""

    def __init__(self, *arguments: str, home: Path, language: str = "en", **environment: str) -> None:
        pipe, env = subprocess.PIPE, dict(environ(home, language, **environment))
        command = [*RUN, *arguments]
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, env=env)
        self.seen = ""

    def reads(self, text: str) -> bool:
        """Read until `text` was written; return whether it was before the end."""
        assert self.process.stdout
        while text not in self.seen and (data := os.read(self.process.stdout.fileno(), 65536)):
            self.seen += data.decode("utf-8", "replace").replace("\r", "")
        return text in self.seen

    def wait_for(self, text: str) -> None:
        """Read until `text` was written."""
        assert self.reads(text), self.seen

    def type(self, *lines: str) -> None:
        assert self.process.stdin
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self.process.stdin.flush()

    def kill(self) -> None:
        """End the program at once: SIGKILL, and TerminateProcess on Windows, as the task manager does."""
        self.process.kill()
        self.process.communicate()

    def end(self) -> int:
        """End the input, read to the end, and return the exit code."""
        rest, _errors = self.process.communicate()
        self.seen += rest.decode("utf-8", "replace").replace("\r", "")
        return self.process.returncode
