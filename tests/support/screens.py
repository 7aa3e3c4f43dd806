"""Every page and screen there is, with one text in each place that somebody's words can come to."""

import inspect
import pkgutil
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

import coach.terminal
from coach.conversation.asker import Prompt
from coach.conversation.card import Card, CardLine
from coach.conversation.turn import Ask, Remark
from coach.ear.ear import Heard
from coach.insights.efforts import Effort
from coach.insights.fears import FEAR_OUTCOMES, Fear, Fears, Setback
from coach.insights.first_steps import FirstStep
from coach.insights.own_words import Words
from coach.insights.patterns import Patterns
from coach.insights.returning import Line, Pattern, Returning
from coach.insights.search import Hit
from coach.insights.tallies import Tally
from coach.insights.thoughts import Thought
from coach.insights.trends import HeardAnswer, Hearing, Point, Trend
from coach.insights.visits import Visit
from coach.logs.session import Exchange, Memory, Session
from coach.sequences.sequence import Experience, Option, Question, Scale, Sequence, Statement
from coach.terminal.card import card_page
from coach.terminal.help_page import help_page
from coach.terminal.hits import hits_parts
from coach.terminal.looking_back import fears_page, patterns_page
from coach.terminal.question import answer_line, question_screen, remark_screen, review_screen, sequence_page, title
from coach.terminal.session import session_page
from coach.terminal.session_list import Row, session_lines, session_rows
from coach.terminal.theme import Divider, Facts, OneLine, dated, loop_lines, words
from coach.terminal.year import year_page

PIECES = {"readable", "inert", "indented"}  # these show what they get, and have no words of their own
DAYS = tuple(datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=40 * number) for number in range(3))
CHECK = "closed_question"


_OWN_WORDS = ("question", "loosened", "helped", "not_yours", "learned", "purpose")


def screens(text: str) -> dict[str, RenderableType]:
    """Return each page under the name of what makes it."""
    exchange = Exchange(text, text, (text,), text, before=(text,), heard=(CHECK,), draft=(text,), note=text)
    session = Session(text, text, "prepare", "en", text, DAYS[0], text, tags=(text,), exchanges=(exchange,), note=text)
    question = Question(text, text, "choice", text, text, text, scale=Scale(0, 10, text, text), options=(Option(text, text),))
    steps = (Experience("x"), Statement(text), Question(text, text, say=text, say_back=text, more=text, section=text))
    ask = Ask(question, text, (text,), text, 1, 2, text, say_back=text, costs=(text,))
    heard = Heard(CHECK, text, text, text)
    line = CardLine(text, text)
    return {
        "session_page": session_page(session),
        "session_lines": Listed(session_rows([session], ["prepared"])),
        "card_page": card_page(Card(text, (line, CardLine(text, text, is_named=True)), (line,)), text, text),
        "everything": card_page(Card(text, (line,), (line,)), text, text, everything=True),
        "hits_parts": Group(*hits_parts([Hit(session, text, text, text, ((0, 3),))])),
        "fears_page": fears_page(fears(text), 0),
        "patterns_page": patterns_page(patterns(text), 0, 0),
        "year_page": year_page(text, fears(text), patterns(text), [Visit(DAYS[0], "prepare")]),
        "question_screen": question_screen(Prompt(ask, (Memory(DAYS[0], text, text),))),
        "problem": question_screen(Prompt(ask, problem=text)),
        "remark_screen": remark_screen(Remark(ask, heard, (heard,))),
        "review_screen": review_screen((exchange,)),
        "sequence_page": sequence_page(Sequence(text, text, text, text, "en", steps)),
        "title": title(text),
        "answer_line": answer_line(question, text),
        "dated": dated(DAYS[0].date(), text, text),
        "Divider": Divider(text, "1 / 2"),
        "OneLine": OneLine(text),
        "loop_lines": loop_lines([(text, text)]),
        "Facts": Facts([(text, text), ("a", text)]),
        "help_page": help_page(text, text, {text: [("a", text), (text, text)]}, text),
        "words": words(text),
    }


class Listed:
    """The list of sessions, which is written without rich."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from map(Text, session_lines(self.rows, options.max_width))


def makers() -> Iterable[str]:
    """Return the names of all that makes a page."""
    for module in pkgutil.iter_modules(coach.terminal.__path__, "coach.terminal."):
        for name, made in vars(import_module(module.name)).items():
            is_own = getattr(made, "__module__", "") == module.name and not name.startswith("_") and name not in PIECES
            is_page = hasattr(made, "__rich_console__") or (
                inspect.isfunction(made) and made.__annotations__.get("return") in {"RenderableType", "Text"}
            )
            if is_own and is_page:
                yield name


def fears(text: str) -> Fears:
    all_fears = tuple(Fear(text, text, DAYS[0], text, 7, 0.7, text, 7, text, outcome, 3, text, text) for outcome in FEAR_OUTCOMES)
    return Fears(all_fears, (Setback(text, text, DAYS[0], text),))


def patterns(text: str) -> Patterns:
    tallies = (Tally(text, text, ("a", "b")), Tally("y", "y", ("a",)))
    return Patterns(
        DAYS,
        (Returning("fear", 3, (Pattern(text, tuple(Line(str(day), text, day, text) for day in DAYS)),)),),
        tallies,
        tallies,
        tallies,
        (Trend("nervous", tuple(Point(str(day), day, 4) for day in DAYS)),),
        (Hearing("honest_question", tuple(HeardAnswer(str(day), day, (CHECK,)) for day in DAYS)),),
        (FirstStep(text, text, DAYS[0], text, date(2026, 4, 1)),),
        (Thought(text, text, DAYS[0], text, text, text),),
        tuple(Effort(text, text, day, 8, 5) for day in DAYS),
        {field: (Words(text, text, DAYS[0], text),) for field in _OWN_WORDS},
    )
