"""What is released: one version, a wheel with all it needs and nothing else, and the same bytes from the same source."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from coach import __version__, sequences
from coach.sequences.catalogue import shipped_folder
from driver import environ
from shelf import coach

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".*_cache", ".venv", ".git", ".lowest", ".other", ".hypothesis", "__pycache__", "dist", "*.mo", "*.stored"
)
OWN = ("sessions/2026-11-24-091502-prepare.md", "sessions/looking-back-2026-11-24.html", "key.age", "copy.html")
NOTES = {"CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "PKG-INFO", "README.md", "pyproject.toml", "requirements.lock"}
DOTS = {".ci", ".editorconfig", ".gitattributes", ".gitignore", ".pre-commit-config.yaml", ".pre-commit-hooks.yaml", ".readme"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two folders with what was built, one after the other, of a source in which somebody also kept sessions."""
    place = tmp_path_factory.mktemp("release")
    shutil.copytree(ROOT, source := place / "source", ignore=LEFT_OUT)
    for name in OWN:
        (source / name).write_text("private", "utf-8")
    environment = {**environ(place / "home", "en"), "SOURCE_DATE_EPOCH": "1795651200"}
    for name in ("one", "other"):
        command = [sys.executable, "-m", "hatchling", "build", "-d", str(place / name)]
        subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True)
        (source / "coach" / "text.py").touch()
    return place / "one", place / "other"


def wheel_of(folder: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(folder / f"reflection_coach-{__version__}-py3-none-any.whl")


@pytest.mark.slow
def test_the_same_source_gives_the_same_bytes(built: tuple[Path, Path]) -> None:
    one, other = (
        {path.name: hashlib.sha256(path.read_bytes()).digest() for path in folder.glob("reflection*")} for folder in built
    )
    assert sorted(one) == [f"reflection_coach-{__version__}-py3-none-any.whl", f"reflection_coach-{__version__}.tar.gz"]
    assert one == other


@pytest.mark.slow
def test_the_wheel_holds_the_program_its_data_and_nothing_else(built: tuple[Path, Path]) -> None:
    names = {name for name in wheel_of(built[0]).namelist() if ".dist-info/" not in name}
    package = {str(path.relative_to(ROOT).as_posix()) for path in (ROOT / "coach").rglob("*") if path.is_file()}
    expected = {name for name in package if "__pycache__" not in name and not name.endswith((".po", ".pot", "locale/build.py"))}
    prompts = {f"coach/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "prompts").rglob("*.yaml")}
    made = {
        "coach/locale/nl/LC_MESSAGES/coach.mo",
        *(f"coach/ear/{name}.stored" for name in ("en", "en_safety", "nl", "nl_safety")),
    }
    assert names == {*expected, *prompts, *made}


@pytest.mark.slow
def test_the_source_that_is_released_holds_nobodys_words(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0] / f"reflection_coach-{__version__}.tar.gz") as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert {name.partition("/")[0] for name in names} == {"coach", "prompts", "sessions", "tests", *NOTES, *DOTS}
    assert [name for name in names if name.startswith("sessions")] == ["sessions/.gitignore"]
    assert [name for name in names if name.endswith((".mo", ".stored"))] == []


@pytest.mark.slow
def test_what_is_said_of_the_release_is_so(built: tuple[Path, Path]) -> None:
    wheel = wheel_of(built[0])
    (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
    said = message_from_bytes(wheel.read(name))
    keys = ("Name", "Version", "Requires-Python", "License-Expression", "Description-Content-Type")
    assert [said[key] for key in keys] == ["reflection-coach", __version__, ">=3.11", "MIT", "text/markdown"]
    assert said.get_payload(decode=True) == (ROOT / "README.md").read_bytes()
    assert wheel.read(name.replace("METADATA", "entry_points.txt")) == b"[console_scripts]\ncoach = coach.__main__:main\n"


def test_the_changelog_has_this_version_with_its_day_below_what_is_to_come() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert re.fullmatch(rf"\[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d", headings[1])


def test_the_version_stands_in_one_place(tmp_path: Path) -> None:
    assert coach(tmp_path, "--version").out == f"coach {__version__}\n"
    assert f'"{__version__}"' not in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_schema_stays_where_the_reference_says(tmp_path: Path) -> None:
    path = Path(sequences.__file__).with_name("sequence.schema.json")
    references = [(ROOT / ".readme" / f"reference.{language}.md").read_text("utf-8") for language in ("en", "nl")]
    assert [f"`coach/sequences/{path.name}`" in reference for reference in references] == [True, True]
    assert json.loads(path.read_text("utf-8")) == json.loads(coach(tmp_path, "sequences", "schema").out)
    assert (shipped_folder() / "en" / "prepare.yaml").is_file()
