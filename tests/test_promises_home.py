"""Which folder is the home, which language is spoken, and what is said of a folder that others get to see."""

import json
from pathlib import Path

import pytest

from coach.home import warning
from shelf import Result, coach, make_shelf
from systems import needs_links
from talk import ANSWERS, log


def where(home: str, *options: str, **environment: str) -> tuple[str, str]:
    """Return the home and the language that `coach where` tells."""
    done = coach(Path("/nowhere"), *options, "where", "--json", COACH_HOME=home, **environment)
    told = json.loads(done.out)
    return told["home"], told["language"]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a home `outer`, in it half a home `half`, and in that the working directory `deep`."""
    folders = (
        "outer/prompts",
        "outer/sessions",
        "outer/half/prompts",
        "outer/half/deep",
        "outer/other/sessions/deep",
        "option",
        "user",
    )
    for name in folders:
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "outer/half/deep")
    return tmp_path


def test_the_option_goes_before_the_variable_and_that_before_the_nearest_folder(tree: Path) -> None:
    option, variable = str(tree / "option"), str(tree / "variable")
    assert where(variable, "--home", option)[0] == option
    assert where(variable)[0] == variable
    assert where("")[0] == str(tree / "outer")


def test_the_nearest_folder_upward_that_has_both_is_the_home(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert where("")[0] == str(tree / "outer")
    monkeypatch.chdir(tree / "outer/other/sessions/deep")
    assert where("")[0] == str(tree / "outer")
    (tree / "outer/other/prompts").mkdir()
    assert where("")[0] == str(tree / "outer/other")
    monkeypatch.chdir(tree / "outer/other")
    assert where("")[0] == str(tree / "outer/other")
    monkeypatch.chdir(tree)
    assert where("", HOME=str(tree / "user"), USERPROFILE=str(tree / "user"))[0] == str(tree / "user/coach")


def test_the_reason_for_a_home_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reason(home: str, *options: str) -> str:
        return coach(tree / "user/coach", *options, "where", COACH_HOME=home).out.partition(")")[0]

    assert reason("x", "--home", "y") == "Your folder (--home"
    assert reason("x") == "Your folder (COACH_HOME"
    assert reason("") == "Your folder (where you are now, or above it"
    monkeypatch.chdir(tree)
    assert reason("") == "Your folder (the usual place"


@pytest.mark.parametrize(
    ("options", "environment", "language"),
    [
        ((), {}, "en"),
        ((), {"LANG": "nl_NL.UTF-8"}, "nl"),
        ((), {"LANG": "NL"}, "nl"),
        ((), {"LANG": "fr_FR.UTF-8"}, "en"),
        ((), {"LC_ALL": "nl_BE.UTF-8", "LC_MESSAGES": "en_GB.UTF-8", "LANG": "en_GB.UTF-8"}, "nl"),
        ((), {"LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "nl_NL.UTF-8", "LANG": "nl_NL.UTF-8"}, "en"),
        ((), {"LC_MESSAGES": "nl_NL.UTF-8", "LANG": "en_GB.UTF-8"}, "nl"),
        ((), {"LC_ALL": "", "LANG": "nl_NL.UTF-8"}, "nl"),
        ((), {"LC_ALL": "en_GB.UTF-8", "COACH_LANG": "nl"}, "nl"),
        (("--lang", "en"), {"COACH_LANG": "nl", "LC_ALL": "nl_NL.UTF-8"}, "en"),
        (("--lang=nl",), {"COACH_LANG": "en"}, "nl"),
    ],
)
def test_the_language_is_that_of_the_option_the_variable_or_the_locale(
    options: tuple[str, ...], environment: dict[str, str], language: str
) -> None:
    assert where("/nowhere", *options, **{"COACH_LANG": "", **environment})[1] == language


@pytest.mark.parametrize(("place", "options"), [("--lang", ("--lang", "fr")), ("COACH_LANG", ())])
def test_a_language_that_is_not_spoken_is_named_with_where_it_was_asked(place: str, options: tuple[str, ...]) -> None:
    done = coach(Path("/nowhere"), *options, "list", COACH_LANG="fr")
    assert done == Result(2, "", f"{place}: the language 'fr' is not spoken here; use one of: nl, en\n")


def test_a_conversation_is_held_in_the_language_of_the_option(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    begun = coach(home, "run", "focus", "--lang", "nl", typed="x\n")
    assert begun.out.split("\n")[1:3] == ["Focus", "Houd je aandacht bij wat te veranderen is."]
    assert "\nlanguage: nl\n" in log(home)


NAMES = {
    "Dropbox": "Take note: Dropbox",
    "Dropbox (School)": "Take note: Dropbox",
    "OneDrive - School": "Take note: OneDrive",
    "Google Drive": "Take note: Google Drive",
    "Nextcloud": "Take note: Nextcloud",
    "Mobile Documents": "Take note: iCloud",
    "Documents": "",
}
FILES = {
    ".dropbox": "Take note: Dropbox",
    ".dropbox.cache": "Take note: Dropbox",
    ".stfolder": "Take note: Syncthing",
    ".nextcloudsync.log": "Take note: Nextcloud",
    ".owncloudsync.log": "Take note: Nextcloud",
}


def test_a_folder_is_known_as_synchronised_by_a_name_above_it(tmp_path: Path) -> None:
    told = {name: warning(tmp_path / name / "deep" / "coach" / "sessions").partition(" copies")[0] for name in NAMES}
    assert told == NAMES


@pytest.mark.parametrize(("name", "told"), FILES.items())
def test_a_folder_is_known_as_synchronised_by_a_file_above_it(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / name).touch()
    assert warning(tmp_path / "coach" / "sessions").partition(" copies")[0] == told


@pytest.mark.parametrize(
    ("ignored", "told"),
    [
        ("# Mine\n *\n!.gitignore\n", ""),
        (
            "*.txt\n# \xe9\n",
            "Take note: this folder is under version control, and its .gitignore does not keep your logs out: {folder}",
        ),
    ],
)
def test_a_folder_under_version_control_is_told_where_its_gitignore_does_not_work(
    tmp_path: Path, ignored: str, told: str
) -> None:
    sessions = make_shelf(tmp_path) / "sessions"
    (tmp_path / ".git").mkdir()
    (sessions / ".gitignore").write_text(ignored, "latin-1")
    assert warning(sessions) == told.format(folder=sessions)


@needs_links
def test_a_home_that_is_a_link_into_icloud_is_named_before_the_first_log_only(tmp_path: Path) -> None:
    cloud = tmp_path / "Library" / "Mobile Documents" / "com~apple~CloudDocs"
    home = tmp_path / "linked"
    home.symlink_to(make_shelf(cloud))
    told = f"Take note: iCloud copies this folder to other computers, and your words with it: {home / 'sessions'}\n"
    first, second = (coach(home, "run", "talk", typed=ANSWERS).out.count(told) for _time in range(2))
    assert (first, second) == (1, 0)
