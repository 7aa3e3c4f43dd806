"""What was written in a log or on the command line is shown as it is, and steers neither the screen nor a page."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.language.dates import write_weekday
from coach.logs.session import Exchange
from shelf import MONDAY, Result, coach, make_shelf, put

STEERING = "\x1b[2J\x07\u202e"
SHOWN = "␛[2J␇\ufffd"
FIRST, SECOND = "2026-03-02-090000-prepare", "2026-03-03-090000-reflect"
LINK = f"http://x{STEERING}"
SCREENS = {
    "show 03-02": Result(
        0, f"title{SHOWN}\nabout{SHOWN}\nMonday 2 March 2026, 09:00\n\nsection{SHOWN}\n\nasked{SHOWN}\nhttp://x{SHOWN}\n"
    ),
    "show 03-03": Result(
        0,
        f"title{SHOWN}\nTuesday 3 March 2026, 09:00\n\nwish?\nx\n\nNot finished yet. Go on with: coach resume {SECOND}\n",
    ),
    "list": Result(0, f"{SECOND}  reflect  not finished\n{FIRST}  about{SHOWN}  looked back on\n"),
    "": Result(
        0,
        f"{write_weekday(date(2026, 3, 3), date.today())}, half-way: title{SHOWN}\n"
        f"  coach resume {SECOND}\nAll commands: coach --help\n",
    ),
    "card 03-02": Result(
        0,
        f"╭─ about{SHOWN} ────────────────────────────────────────────────────────────────╮\n"
        "│                                                                              │\n"
        f"│  section{SHOWN}                                                               │\n"
        f"│  http://x{SHOWN}                                                              │\n"
        "│                                                                              │\n"
        "╰──────────────────────────────────────────────────────────────────────────────╯\n",
    ),
    "forget 03-02": Result(
        2,
        f"This goes for good:\n  {FIRST}.md  about{SHOWN}\n"
        "This stays, without its link to it and without its words in the questions:\n"
        f"  {SECOND}.md  title{SHOWN}\n",
        "nobody can be asked whether this is right; add --yes\n",
    ),
    f"export 03-02 --yes --keep {LINK} --replace own{STEERING}=new{STEERING}": Result(
        0,
        f"# title{SHOWN}: about{SHOWN}\n\n## section{SHOWN}\n\n### asked{SHOWN}\n\n> http://x{SHOWN}\n",
        f"What is replaced:\n  own{SHOWN}  →  new{SHOWN}  (0)\n"
        "Not seen are nicknames, names without a capital, and what tells who somebody is without a name.\n"
        "Read the copy yourself too, and change it with --replace or --keep.\n",
    ),
    "export 03-02 --yes --starr": Result(
        0,
        f"# title{SHOWN}: about{SHOWN}\n\n## Task\n\n### asked{SHOWN}\n\n> [link]\n",
        f"What is replaced:\n  http://x{SHOWN}  →  [link]  (1)\n"
        "Not seen are nicknames, names without a capital, and what tells who somebody is without a name.\n"
        "Read the copy yourself too, and change it with --replace or --keep.\n",
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a hostile log, and one that follows it and has only a title."""
    shelf = make_shelf(tmp_path_factory.mktemp("screen"))
    fear = Exchange("fear", f"asked{STEERING}", (LINK,), f"section{STEERING}")
    put(shelf, MONDAY, "prepare", fear, about=f"about{STEERING}", title=f"title{STEERING}")
    second = MONDAY + timedelta(days=1)
    put(shelf, second, "reflect", about="", title=f"title{STEERING}", follows=FIRST, finished=False, wish="x")
    return shelf


@pytest.mark.parametrize("command", SCREENS, ids=lambda command: command[:11])
def test_a_hostile_log_is_inert_on_every_screen(home: Path, command: str) -> None:
    assert coach(home, *command.split()) == SCREENS[command]


def test_whom_it_is_about_is_stored_clean_and_inert_on_the_screen(tmp_path: Path) -> None:
    home = make_shelf(tmp_path, "title: Talk\nsteps:\n  - {id: wish, ask: What?}\n  - {id: fear, ask: And?}\n")
    begun = coach(home, "run", "talk", "--about", f"S.{STEERING}", typed="To listen.\n")
    resumed = coach(home, "resume", typed="")
    assert set("\x1b\x07\u202e") & set(begun.out + begun.err + resumed.out + resumed.err) == set()
    assert 'You go on with "Talk: S.\ufffd", ' in resumed.out
    (log,) = (home / "sessions").glob("2*.md")
    assert '\nabout: "S.\u202e"\n' in log.read_text("utf-8")


def test_a_page_to_share_holds_every_part_of_a_log_as_text(tmp_path: Path) -> None:
    home = make_shelf(tmp_path)
    markup = "<img src=x onerror=alert(1)>"
    put(home, MONDAY, "prepare", Exchange("fear", f"Q{markup}", (f"A{markup}",), f"S{markup}"), about=markup, title=f"T{markup}")
    page = coach(home, "export", "--yes", "--format", "html").out
    text = "&lt;img src=x onerror=alert(1)&gt;"
    assert f"<title>T{text}: {text}</title>" in page
    assert page.partition("<body>\n")[2] == (
        f"<main>\n<h1>T{text}: {text}</h1>\n<h2>S{text}</h2>\n<h3>Q{text}</h3><p>A{text}</p>\n</main>\n</body>\n</html>\n"
    )
