"""What the reader says of a file, and what it reads."""

import shutil
from pathlib import Path

import pytest

from coach.__main__ import run

ERRORS = Path(__file__).parent / "errors"
MISTAKES = sorted(path.stem for path in ERRORS.glob("*.yaml"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which somebody made every mistake of the catalogue."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(ERRORS, home / "prompts")
    return home


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_its_cure(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)

    code = run(["--home", ".", "--lang", "en", "sequences", "check", f"prompts/{name}.yaml"])

    assert (code, capsys.readouterr().out) == (1, (ERRORS / f"{name}.txt").read_text(encoding="utf-8"))


def test_every_mistake_has_its_message_and_every_message_its_mistake() -> None:
    assert sorted(path.stem for path in ERRORS.glob("*.txt")) == MISTAKES
