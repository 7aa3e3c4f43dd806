"""How a person names a session: its id, a part of that, latest, or words of whom it is about; and what a shell completes."""

import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from driver import environ
from shelf import MONDAY, Result, coach, make_shelf, put
from systems import needs_shells
from talk import RUN, crashed, program

TUESDAY = MONDAY + timedelta(days=1)
MOTHER, TEAM, BACK = "2026-03-02-090000-prepare", "2026-03-03-090000-prepare", "2026-03-03-100000-reflect"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelf = make_shelf(tmp_path)
    put(shelf, MONDAY, about="the mother of S.", fear="Silence.")
    put(shelf, TUESDAY, about="Téam K.", fear="Noise.")
    put(shelf, TUESDAY + timedelta(hours=1), "reflect", about="team K.", finished=False, learned="Listen.")
    return shelf


def shown(done: Result) -> str:
    assert (done.code, done.err) == (0, "")
    return str(json.loads(done.out)["id"])


@pytest.mark.parametrize("name", ["mother", "Mother", "moth s", "03-02", MOTHER, f"{MOTHER}.md", f"/x/{MOTHER}.md"])
def test_a_session_is_found_by_its_name_and_by_words_of_whom_it_is_about(name: str, home: Path) -> None:
    assert shown(coach(home, "show", name, "--json")) == MOTHER


def test_where_several_are_meant_they_are_named(home: Path) -> None:
    told = f"'team' can mean 2 sessions; give the name of one:\n  {BACK}  team K.\n  {TEAM}  Téam K.\n"
    assert coach(home, "show", "team") == Result(1, "", told)


@pytest.mark.parametrize(
    ("name", "cure"),
    [("mothr", "did you mean 'mother'?"), ("zzz", "`coach list` shows the sessions there are"), ("...", "`coach list` shows")],
)
def test_where_none_is_meant_the_nearest_is_named(name: str, cure: str, home: Path) -> None:
    done = coach(home, "show", name)
    assert (done.code, done.err.startswith(f"there is no session '{name}'; {cure}")) == (1, True)


def test_words_name_the_session_that_a_command_is_for(home: Path) -> None:
    assert "Noise." in coach(home, "card", "team").out
    assert "Noise." in coach(home, "card", "latest").out
    assert coach(home, "resume", "team", "--close") == Result(0, f"Finished as it is: {BACK}.md\n")
    assert "Silence." in coach(home, "export", "mother", "--yes").out
    assert 'This goes on from "Talk: Téam K."' in coach(home, "reflect", "--follows", "team", typed="").out


def test_what_is_sought_is_not_looked_for_inside_words(home: Path) -> None:
    assert coach(home, "show", "other").err == "there is no session 'other'; did you mean 'mother'?\n"


def completed(home: Path, shell: str, line: str, **environment: str) -> list[str]:
    asked = {"_COACH_COMPLETE": f"complete_{shell}", **environment}
    if shell == "bash":
        asked |= {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - (not line.endswith(" ")))}
    else:
        asked |= {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    if shell == "powershell" and not line.endswith(" "):
        asked["_TYPER_COMPLETE_WORD_TO_COMPLETE"] = line.rsplit(maxsplit=1)[-1]
    done = program(home, **asked)
    assert (done.returncode, crashed(done.stderr)) == (0, False)
    return done.stdout.decode().rstrip("\n").split("\n")


WHEN = ["Tuesday 3 March 2026: team K.", "Tuesday 3 March 2026: Téam K.", "Monday 2 March 2026: the mother of S."]
TAKE_A_SESSION = ("show", "card", "export", "forget", "reflect --follows")
FORMS = {
    "bash": [BACK, TEAM, MOTHER],
    "fish": [f"{id_}\t{when}" for id_, when in zip((BACK, TEAM, MOTHER), WHEN, strict=True)],
    "powershell": [f"{id_}:::{when}" for id_, when in zip((BACK, TEAM, MOTHER), WHEN, strict=True)],
}


@pytest.mark.parametrize(
    ("shell", "command"),
    [
        *(("bash", command) for command in TAKE_A_SESSION),
        pytest.param("fish", "show", marks=needs_shells),
        ("powershell", "forget"),
    ],
)
def test_a_shell_completes_sessions_with_whom_they_are_about(shell: str, command: str, home: Path) -> None:
    assert completed(home, shell, f"coach {command} ") == FORMS[shell]


@needs_shells
def test_zsh_gets_sessions_with_whom_they_are_about(home: Path) -> None:
    (first, *_rest) = completed(home, "zsh", "coach show ")
    assert first == f"""_arguments '*: :(("{BACK}":"{WHEN[0].replace(":", chr(92) * 2 + ":")}\""""


def test_a_shell_completes_only_what_can_be_gone_on_with_and_what_begins_so(home: Path) -> None:
    assert completed(home, "bash", "coach resume ") == [BACK]
    assert completed(home, "bash", "coach show 2026-03-02") == [MOTHER]
    assert "talk" in completed(home, "bash", "coach run ")
    assert "talk" in completed(home, "bash", "coach sequences show ")
    assert completed(home, "bash", "coach sequences new x --from ta") == ["talk"]
    assert completed(home, "bash", "coach sh") == ["show"]


@pytest.mark.parametrize("shell", [*(pytest.param(shell, marks=needs_shells) for shell in ("zsh", "fish")), "powershell"])
def test_nothing_a_person_or_a_file_is_called_is_run_by_the_shell_that_completes(shell: str, tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    put(home, MONDAY, about='S.\\"; touch x; "$(touch x)`touch x` [b]', fear="Silence.")
    path = home / "sessions" / "$(touch x).md"
    path.write_text((home / "sessions" / f"{MOTHER}.md").read_text("utf-8").replace(MOTHER, "odd"), "utf-8")
    out = "\n".join(completed(home, shell, "coach show "))
    assert (MOTHER in out, "Monday 2 March" in out) == (True, True)
    assert [mark for mark in ("$", "`", ";", "[", "x)") if mark in out] == []


def test_no_passphrase_is_asked_for_while_a_shell_completes(home: Path) -> None:
    sealed = home / "sessions" / f"{MOTHER}.md"
    sealed.rename(sealed.with_suffix(".md.age"))
    assert completed(home, "fish", "coach show ") == [BACK, TEAM, MOTHER]


def test_a_home_that_is_not_there_completes_nothing(tmp_path: Path) -> None:
    (tmp_path / "home").symlink_to("/nowhere/coach")
    assert completed(tmp_path / "home", "bash", "coach show ") == [""]


INSTALLED = {
    "bash": {".bash_completions/coach.sh", ".bashrc"},
    "zsh": {".zfunc/_coach", ".zshrc"},
    "fish": {".config/fish/completions/coach.fish"},
    "pwsh": set(),
}
SAID = {
    "pwsh": " --show-completion | Out-String | Invoke-Expression\n",
}


def test_completion_is_installed_once_in_a_start_up_file_of_any_encoding(home: Path) -> None:
    start = home.parent / ".bashrc"
    start.write_bytes(b"# \xe9\xe9n\n")
    odd = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    for _time in range(2):
        subprocess.run([*RUN, "--install-completion", "bash"], env={**environ(home, "en"), **odd}, check=True, timeout=60)
    assert start.read_bytes() == b"# \xe9\xe9n\n\nsource ~/.bash_completions/coach.sh\n"


@pytest.mark.parametrize("shell", ["bash", "pwsh", *(pytest.param(shell, marks=needs_shells) for shell in ("zsh", "fish"))])
def test_completion_is_installed_in_the_files_that_are_named_and_changes_nothing_of_powershell(shell: str, home: Path) -> None:
    done = program(home, "--install-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    made = {
        path.relative_to(home.parent).as_posix() for path in home.parent.rglob("*") if path.is_file() and home not in path.parents
    }
    assert (done.returncode, made) == (0, INSTALLED[shell])
    assert SAID.get(shell, "It works in a new window.\n") in (done.stdout + done.stderr).decode()
    reference = (Path(__file__).parents[1] / ".readme" / "reference.en.md").read_text("utf-8")
    assert [path for path in made if f"`~/{path}`" not in reference] == []
