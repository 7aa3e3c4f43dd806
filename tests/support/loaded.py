"""The program, loaded once: each run is forked from a process that has all modules and waits, and so starts in no time.

Run as a program, this is that process. It reads a line of JSON for each run or question, and answers with one.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import json
import os
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from pkgutil import walk_packages

import coach

AT_WORK = ("filelock", "prompt_toolkit.input.vt100")  # what is loaded by others only when they are at work


class Loaded:
    """A process that runs of the program are forked from; it ends with this one."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        command, pipe = [sys.executable, "-P", __file__], subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment, start_new_session=True)
        atexit.register(self._process.communicate)

    def fork(self, arguments: tuple[str, ...], environment: Mapping[str, str], folder: Path, terminal: str) -> int:
        """Start a run in a terminal, and return the number of its process."""
        streams = [terminal] * 3
        pid = self._answer(arguments=arguments, environment=dict(environment), folder=str(folder), streams=streams)
        assert pid is not None
        return pid

    def run(
        self, arguments: tuple[str, ...], environment: Mapping[str, str], folder: Path, typed: bytes
    ) -> subprocess.CompletedProcess[bytes]:
        """Make a run to its end, with nobody at a terminal."""
        with tempfile.TemporaryDirectory() as place:
            streams = [Path(place, name) for name in ("in", "out", "err")]
            for stream, data in zip(streams, (typed, b"", b""), strict=True):
                stream.write_bytes(data)
            request = {"arguments": arguments, "environment": dict(environment), "folder": str(folder)}
            code = self._answer(**request, streams=list(map(str, streams)), waits=True)
            assert code is not None
            return subprocess.CompletedProcess(arguments, code, streams[1].read_bytes(), streams[2].read_bytes())

    def exit_code(self, pid: int) -> int | None:
        """Return the exit code of a run, or None while it goes on; it is told once."""
        return self._answer(pid=pid)

    def _answer(self, **request: object) -> int | None:
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(request), file=self._process.stdin, flush=True)
        answer: int | None = json.loads(self._process.stdout.readline())
        return answer


@cache
def loaded() -> Loaded:
    """Return the process that all runs of these tests are forked from."""
    return Loaded({name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ} | {"LANG": "C.UTF-8"})


def main() -> None:
    """Load the program and wait; in a process that is forked, become a run of it."""
    from coach.__main__ import main as run

    for module in walk_packages(coach.__path__, "coach."):
        import_module(module.name)
    for name in AT_WORK:
        import_module(name)
    gc.freeze()  # else the first run of the collector copies all of it
    for request in map(json.loads, sys.stdin):
        if "pid" in request:
            answer = _exit_code(**request)
        else:
            streams = [os.open(name, os.O_RDWR | os.O_NOCTTY) for name in request.pop("streams")]
            waits = request.pop("waits", False)
            answer = os.fork()
            if answer == 0:
                _become(streams, **request)
                _end(run)
            for stream in streams:
                os.close(stream)
            if waits:
                answer = os.waitstatus_to_exitcode(os.waitpid(answer, 0)[1])
        print(json.dumps(answer), flush=True)


def _exit_code(pid: int) -> int | None:
    ended, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if ended else None


def _become(streams: list[int], arguments: list[str], environment: dict[str, str], folder: str) -> None:
    """Make of this process what a process of its own would be, in a terminal that is its own."""
    os.setsid()
    if os.isatty(streams[0]):
        fcntl.ioctl(streams[0], termios.TIOCSCTTY, 0)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", closefd=False)
    sys.argv = ["coach", *arguments]
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    for place in environment.get("PYTHONPATH", "").split(os.pathsep):
        _bring_in(Path(place, "sitecustomize.py"))


def _bring_in(path: Path) -> None:
    """Run what Python runs when it starts, where a test has written it."""
    spec = spec_from_file_location("brought_in", path)
    if path.exists() and spec and spec.loader:
        spec.loader.exec_module(module_from_spec(spec))


def _end(run: Callable[[], None]) -> None:
    """Run to the end, without taking down all that is loaded, which takes longer than most runs."""
    try:
        run()
    except SystemExit as ending:
        atexit._run_exitfuncs()  # noqa: SLF001 # as at every other end
        os._exit(int(ending.code or 0))


if __name__ == "__main__":
    main()
