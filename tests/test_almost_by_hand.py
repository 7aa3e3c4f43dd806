"""Whatever a hand does to the shape of some logs, what is counted stays the same or `coach check` names the log."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from coach.insights.collect import collect
from coach.insights.fears import FearCollector
from coach.insights.patterns import PatternCollector
from coach.logs.check_folder import check_folder
from coach.logs.library import Library
from shelf import MONDAY, make_shelf, put

Edit = Callable[[str, int], str]
"""Returns a text after an edit at a place, of which any number is taken for one that there is."""

_ANSWER = re.compile(r"^- ([a-z_]+):: (.*)$", re.MULTILINE)
_BULLETS = [
    "* ",
    "+ ",
    "1. ",
    "-   ",
    "-\t",
    "- [ ] ",
    "- [x] ",
    "> - ",
    "   - ",
    "",
    "-",
    "> ",
    "\u2022 ",
    "- - ",
    "1) ",
    "12. ",
    "> > - ",
    "\u2013 ",
]
_NAMES = ["**{id}**::", "*{id}*::", "_{id}_::", "`{id}`::", "**{id}::**", "{id} ::", "{id}:", "{id} =", "[{id}::", "{id}::::"]
_NAMES += ["{id}\uff1a\uff1a", "<b>{id}</b>::", "{id}::{words}", "{Id}::", "{ID}::", "{i-d}::", "{i\\d}::", "{typo}::"]
_BEHIND = [
    " ^a1b2",
    " #later",
    " %%so%%",
    " <!-- so -->",
    "  ",
    "\t",
    ".",
    "\\",
    " ]",
    "\n\nMine.",
    "\nmine",
    "\n  and on",
    "\n\n---",
]
_VALUES = ["{Key}", "{KEY}", "{other}", "{Key} ({other})", "{key}  ({label})", "\\\\{words}", "~~{words}~~", "<b>{words}</b>"]
_VALUES += ["**{words}**", "({words})", "`{words}`", '"{words}"', "{words}/10", "{words},5", "about {words}", "{key}", "{label}"]
_LINES = [
    "Mine.",
    "> quoted",
    "```",
    "~~~\n- fear:: in code\n~~~",
    "---",
    "%%",
    "- [ ] call",
    "| a |",
    "<div>",
    "## Mine",
    "### Mine",
    "<!-- - fear:: in a remark -->",
    "%% - fear:: in a remark %%",
    "---\nid: x\nfear: y\n---",
]
_PASTED = [  # sections of another log
    "### What do you fear?\n\n- fear:: Pasted.\n",
    "## Fear\n\n### fear?\n\n- fear:: Pasted.\n",
    "### fear_likelihood?\n\n- fear_likelihood:: 5\n",
    "### How likely? (0 - 10)\n\n- fear_likelihood:: 5\n",
    "### fear_outcome?\n\n- fear_outcome:: yes (Yes)\n",
    "### effort?\n\n- effort:: 9\n",
    "### first_step_done?\n\n- first_step_done:: no (No)\n",
]
_ASKED = {"fear", "fear_likelihood", "fear_outcome", "first_step", "first_step_done", "effort"}
_DUTCH = {"no": "Nee", "yes": "Ja", "partly": "Deels"}
_FOLLOWS = ["[[{}]]", '"[[{}]]"', '"[[{}|S.]]"', "{}.md", "sessions/{}.md", "'{}'", "\n  - {}", "[S.]({}.md)"]


def at_answer(template: str) -> Edit:
    """Return the edit that writes one answer as in the template."""

    def edit(text: str, place: int) -> str:
        answers = list(_ANSWER.finditer(text))
        if not answers:
            return text
        match = answers[place % len(answers)]
        return text[: match.start()] + filled(template, match[1], match[2]) + text[match.end() :]

    return edit


def filled(template: str, id_: str, words: str) -> str:
    """Return a template with the id and the words of an answer in it, as a hand may have written them."""
    key, _bracket, label = words.partition(" (")
    forms = {
        "id": id_,
        "Id": id_.capitalize(),
        "ID": id_.upper(),
        "i-d": id_.replace("_", "-"),
        "i\\d": id_.replace("_", "\\_"),
        "typo": f"{id_[:-1]}x",
        "words": words,
        "key": key,
        "label": label.removesuffix(")") or words,
        "Key": key.capitalize(),
        "KEY": key.upper(),
        "other": _DUTCH.get(key, words),
    }
    return re.sub(r"\{([^}]*)\}", lambda match: forms[match[1]], template)


def at_line(template: str) -> Edit:
    """Return the edit that writes one line of the body as in the template."""

    def edit(text: str, place: int) -> str:
        front, mark, body = text.partition("\n---\n")
        lines = body.split("\n")
        number = place % len(lines)
        return front + mark + "\n".join([*lines[:number], template.replace("{}", lines[number]), *lines[number + 1 :]])

    return edit


def whole(pattern: str, to: str) -> Edit:
    """Return the edit that writes something otherwise wherever it stands."""
    return lambda text, _place: re.sub(pattern, to, text, flags=re.MULTILINE)


def broken_off(end: str) -> Edit:
    """Return the edit after which the last letters of a file are lost."""
    return lambda text, place: text[: len(text) - 1 - place % 40] + end


def twice(text: str, place: int) -> str:
    """Return a text in which one question stands twice, with its answer."""
    parts = re.split(r"^(?=### )", text, flags=re.MULTILINE)
    number = 1 + place % (len(parts) - 1) if len(parts) > 1 else 0
    return "".join([*parts[: number + 1], *parts[number:]])


def pasted(section: str) -> Edit:
    """Return the edit that puts a section of another log above one of its own, where that has an answer to the same question."""
    id_ = re.findall(r"^- [a-z_]+::", section, re.MULTILINE)[0]

    def edit(text: str, place: int) -> str:
        parts = re.split(r"^(?=### )", text, flags=re.MULTILINE)
        number = 1 + place % len(parts)
        return "".join([*parts[:number], section, *parts[number:]]) if f"\n{id_}" in text else text

    return edit


def half(text: str, place: int) -> str:
    """Return the beginning of a file."""
    return text[: place * len(text) // 1000]


SHAPES = [
    twice,
    half,
    *map(pasted, _PASTED),
    *(at_answer(f"{bullet}{{id}}:: {{words}}") for bullet in _BULLETS),
    *(at_answer(f"- {name} {{words}}") for name in _NAMES),
    *(at_answer(f"- {{id}}:: {{words}}{end}") for end in _BEHIND),
    *(at_answer(f"- {{id}}:: {value}") for value in _VALUES),
    at_answer("- {words}"),
    *(at_line(f"{{}}\n\n{line}\n") for line in _LINES),
    at_line("    {}"),
    at_line("{}\n"),
    *(whole(r"^follows: ([\w-]+)$", f"follows: {written.format(chr(92) + '1')}") for written in _FOLLOWS),
    whole(r"\n", "\r\n"),
    whole(r"\A", "\ufeff"),
    whole(r"\A", "\n\n"),
    whole(r"\n\n", "\n"),
    whole(r"\+00:00$", "Z"),
    whole(r"\+00:00$", ""),
    whole(r"_", r"\\_"),
    whole(r"(?<=\S{3})(.{30,40}?) ", r"\1\n  "),
    whole(r"^### .*$", "### What was it?"),
    whole(r"^# .*$", "# Mine"),
    whole(r"^# .*$", ""),
    whole(r"([.?!()*_])", r"\\\1"),
    whole(r"$", "  "),
    broken_off(""),
    broken_off("\0\0\0\0"),
]
NAMES = ["{}-mother.md", "{}.md.txt", "{}.MD", "talk with S.md", ".{}.md.icloud"]


class Hand(NamedTuple):
    """What a hand does: the edits of some logs by their number, each with its place, and the names it gives to some."""

    edited: list[tuple[int, list[tuple[Edit, int]]]]
    renamed: list[tuple[int, str]]


@st.composite
def hands(draw: st.DrawFn) -> Hand:
    edits = st.tuples(st.sampled_from(SHAPES), st.integers(0, 1000))
    edited = draw(st.lists(st.tuples(st.integers(0, 3), st.lists(edits, min_size=1, max_size=3)), min_size=1, max_size=2))
    renamed = draw(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(NAMES)), max_size=1))
    return Hand(edited, renamed)


def make(folder: Path) -> list[str]:
    """Put two preparations, a reflection and a follow-up in a home and return their ids."""
    home = make_shelf(folder)
    first = put(home, MONDAY, "prepare", fear="That she gets up, takes her bag and leaves without a word.", fear_likelihood="7")
    second = put(
        home,
        MONDAY + timedelta(days=1),
        "prepare",
        fear="That I fall silent.\nAnd then cry.",
        fear_likelihood="3",
        first_step="Call her.",
    )
    back = put(
        home,
        MONDAY + timedelta(days=2),
        "reflect",
        follows=first,
        fear_outcome="no (No)",
        effort="4",
        first_step="Write it down.",
    )
    later = put(
        home, MONDAY + timedelta(days=3), "follow-up", follows=back, first_step_done="yes (Yes)", fear_outcome="partly (In part)"
    )
    return [first, second, back, later]


def counted(library: Library) -> list[object]:
    """Return all that is counted: what came of fears and of first steps, and in how many sessions."""
    fears, patterns = FearCollector(), PatternCollector()
    collect(library.sessions(), (fears, patterns))
    found, kept = fears.result(), patterns.result()
    rows = [(fear.id, fear.outcome, fear.likelihood) for fear in found.fears]
    steps = [(step.id, step.outcome) for step in kept.first_steps]
    return [rows, len(kept.times), steps, [(point.id, point.value) for trend in kept.trends for point in trend.points]]


def names_something(library: Library) -> bool:
    """Return whether `coach check` has something to tell."""
    return any(report.problems for report in check_folder(library, lambda _name, _language: _ASKED))


@given(hands())
def test_an_edit_changes_nothing_that_is_counted_or_its_log_is_named(hand: Hand) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ids = make(Path(folder))
        library = Library(Path(folder) / "home" / "sessions")
        before = counted(library)
        for number, edits in hand.edited:
            path = library.folder.path(ids[number])
            text = path.read_bytes().decode()
            for edit, place in edits:
                text = edit(text, place)
            path.write_bytes(text.encode())
        for number, name in hand.renamed:
            library.folder.path(ids[number]).rename(library.folder.root / name.format(ids[number]))
        library.folder.look_again()
        assert counted(library) == before or names_something(library)
