"""What only some systems have: a test that needs it is skipped elsewhere, with its reason."""

import shutil
import sys
from pathlib import Path

import pytest

IS_WINDOWS = sys.platform == "win32"

READABLE = "" if IS_WINDOWS else " It is readable by you only."
"""What is said of a file, where its mode makes it so."""

NO_TERMINAL = "Windows has no pseudo-terminal to drive"
NO_SHELL = "Windows has no shell of Unix"

needs_terminal = pytest.mark.skipif(IS_WINDOWS, reason=NO_TERMINAL)
needs_fork = pytest.mark.skipif(IS_WINDOWS, reason="a process cannot be forked on Windows; tests/windows kills one")
needs_modes = pytest.mark.skipif(IS_WINDOWS, reason="Windows has no modes of files: there the folder of the profile is closed")
needs_links = pytest.mark.skipif(IS_WINDOWS, reason="only an administrator makes links on Windows")
needs_signals = pytest.mark.skipif(IS_WINDOWS, reason="Windows cannot send signals; tests/windows breaks off and closes")
needs_shells = pytest.mark.skipif(IS_WINDOWS, reason="of these shells only bash and PowerShell are on Windows")
needs_case = pytest.mark.skipif(IS_WINDOWS, reason="names that differ in capitals alone are one file on Windows")
needs_line_feeds = pytest.mark.skipif(IS_WINDOWS, reason="Windows keeps an Enter from before a prompt as the key it is")
SEALING_TOOLS = [
    pytest.param(tool, marks=pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not installed"))
    for tool in ("age", "rage")
]
"""The standard tool for sealed files, as it is written in Go and in Rust."""

_NOT_IN_A_NAME = dict.fromkeys(map(ord, "/\x00" if not IS_WINDOWS else '/\\:*?"<>|' + "".join(map(chr, range(32)))))


def name_of(text: str) -> str:
    """Return a text as the name of a file, without what this system takes in none."""
    return text.translate(_NOT_IN_A_NAME)


def need_tools() -> None:
    """Skip the test that asks for a tool of Unix."""
    if IS_WINDOWS:
        pytest.skip("grep and awk come with Unix")


def is_private(path: Path) -> bool:
    """Return whether only its owner may read or write a file."""
    return IS_WINDOWS or path.stat().st_mode & 0o777 == 0o600
