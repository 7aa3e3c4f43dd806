"""A session -> a copy to share, in which nobody can be recognised by name."""

# ruff: noqa: E501 # the ids of a part stand together

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coach.documents.anonymise import Replacement, find_replacements, replace_all
from coach.documents.html import lines, page, tag, text
from coach.language import _
from coach.logs.session import Exchange, Session

Format = Literal["markdown", "html", "text"]
STARR: dict[str, tuple[str, ...]] = {
    "situation": ("first_thought", "feeling", "hope", "observation", "interpretation", "other_meaning", "involved", "going_well", "hard",
                  "hard_for_whom", "hard_for_us", "exception", "learning", "strengths_each", "helpers", "present", "core", "core_when", "time", "moment",
                  "decided", "own_part", "case", "what_happened", "how_now"),
    "task": ("need", "greatest_need", "bothers_most", "changeable", "who_changes", "not_changeable", "difficulties", "leave_with",
             "change_mind", "begin_there", "hoped_for", "fear", "fear_likelihood", "fear_badness", "fear_sign", "if_it_happens", "let_go", "be_there",
             "effort_expected", "group_question", "from_group"),
    "action": ("did_it", "held_back", "honest_question", "question_asked", "acknowledgement", "quality_given", "quality_words", "dare",
               "dared", "old_road", "old_road_sign", "old_road_taken", "old_road_moment", "way_back", "focus_kept", "focus_sentence",
               "explored", "discussed", "steps_together", "coped", "step_brought", "step_waited", "first_step_done", "question_aloud", "question_beneath",
               "said_of_it", "left_it", "taken_along", "next_way_back", "tried"),
    "result": ("one_sentence", "other_said", "other_understood", "left_with", "pattern_recognised", "fear_outcome", "fear_badness_actual",
               "unexpected", "changed", "trust", "calm", "step_further", "referral", "one_question_enough", "coming_out", "instead", "loosened",
               "came_of_it", "mind_changed", "other_will_do", "seen_leaving", "heavier", "still_hard"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with questions and answers under it."""

    heading: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SharedCopy:
    """What is shared: a title, and parts; nothing that says when it was or whose it is."""

    title: str
    language: str
    parts: tuple[Part, ...]
    room: str = ""


_ROOM = 8  # lines to write on


def only(session: Session, ids: Container[str]) -> Session:
    """Return the session with only the answers to some questions."""
    return replace(session, exchanges=tuple(one for one in session.exchanges if one.id in ids))


def find_in_session(session: Session, own: Sequence[tuple[str, str]], first_names: Iterable[str] = ()) -> tuple[Replacement, ...]:
    """Return what would be replaced in a copy of the session."""
    texts = [words for exchange in _shared(session) for words in (exchange.question, *exchange.labels)]
    return find_replacements([session.title, *texts], session.about, own, first_names, session.tags)


def share(session: Session, replacements: Sequence[Replacement], *, starr: bool, room: str = "") -> SharedCopy:
    """Return the copy of a session with the replacements made; with `starr` in the order of situation, task, action, result."""
    title = f"{session.title}: {session.about}" if session.about else session.title
    answers = [
        (exchange, replace_all(exchange.question, replacements), replace_all("\n".join(exchange.labels), replacements))
        for exchange in _shared(session)
    ]
    parts: dict[str, list[tuple[str, str]]] = {heading: [] for heading in _starr_headings().values()} if starr else {}
    for exchange, question, answer in answers:
        heading = _starr_heading(exchange.id) if starr else replace_all(exchange.section, replacements)
        parts.setdefault(heading, []).append((question, answer))
    made = tuple(Part(heading, tuple(found)) for heading, found in parts.items() if found)
    return SharedCopy(replace_all(title, replacements), session.language, made, room)


def write_copy(copy: SharedCopy, format_: Format) -> str:
    """Return the copy as a text of one of the formats."""
    match format_:
        case "markdown":
            return _markdown(copy)
        case "html":
            return _html(copy)
        case "text":
            return _plain(copy)


def _shared(session: Session) -> list[Exchange]:
    """Return what is answered, apart from whom it is about: the title says that."""
    return [
        exchange._replace(draft=(), before=(), quotes=())
        for exchange in session.exchanges
        if exchange.answered and exchange.id != "about"
    ]


def _starr_headings() -> dict[str, str]:
    return {
        "situation": _("Situation"),
        "task": _("Task"),
        "action": _("Action"),
        "result": _("Result"),
        "reflection": _("Reflection"),
    }


def _starr_heading(id_: str) -> str:
    return _starr_headings()[next((part for part, ids in STARR.items() if id_ in ids), "reflection")]


def _markdown(copy: SharedCopy) -> str:
    blocks = [f"# {copy.title}"]
    for part in copy.parts:
        blocks += [f"## {part.heading}"] if part.heading else []
        blocks += [block for question, answer in part.answers for block in (f"### {question}", _quoted(answer))]
    blocks += [f"## {copy.room}", "\n".join(["-"] * _ROOM)] if copy.room else []
    return "\n\n".join(blocks) + "\n"


def _quoted(answer: str) -> str:
    """Return an answer in which no line can be taken for a heading or a list, nor for HTML."""
    return "\n".join(f"> {line}" for line in answer.replace("<", "\\<").split("\n"))


def _plain(copy: SharedCopy) -> str:
    blocks = [copy.title]
    for part in copy.parts:
        blocks += [part.heading.upper()] if part.heading else []
        blocks += [question + "\n" + "\n".join(f"  {line}" for line in answer.split("\n")) for question, answer in part.answers]
    blocks += [copy.room.upper() + "\n\n" + "\n\n".join(["_" * 60] * _ROOM)] if copy.room else []
    return "\n\n".join(blocks) + "\n"


def _html(copy: SharedCopy) -> str:
    return page(copy.title, copy.language, "\n".join((tag("h1", text(copy.title)), *_sections(copy.parts), *_room(copy.room))))


def _room(heading: str) -> Iterable[str]:
    if heading:
        yield tag("section", tag("h2", text(heading)), tag("hr") * _ROOM, class_="room")


def _sections(parts: Iterable[Part]) -> Iterable[str]:
    for part in parts:
        if part.heading:
            yield tag("h2", text(part.heading))
        for question, answer in part.answers:
            yield tag("h3", text(question)) + tag("p", lines(answer))
