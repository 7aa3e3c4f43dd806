"""What the reader says of a file, and what it reads."""

import shutil
from pathlib import Path

import pytest

from coach.__main__ import run
from coach.conversation.answers_file import read_answers
from coach.errors import CoachError, Problem
from coach.sequences.catalogue import Catalogue
from coach.sequences.condition import ALWAYS, Condition, FirstOf, OneOf, Reference, State
from coach.sequences.glance import glance
from coach.sequences.reader import Source, read_sequence
from coach.sequences.sequence import CardItem, CardPlan, Experience, Following, Option, Question, Sequence, Top
from coach.strict_yaml.parse import Text

ERRORS = Path(__file__).parent / "errors"
MISTAKES = sorted(path.stem for path in ERRORS.glob("*.yaml"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which somebody made every mistake of the catalogue."""
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(ERRORS, home / "prompts")
    return home


@pytest.mark.parametrize("begins", sorted({name[0] for name in MISTAKES}))
def test_a_mistake_is_told_with_its_line_and_its_cure(
    begins: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COACH_HOME", str(folder))
    monkeypatch.setenv("COACH_LANG", "en")
    names = [name for name in MISTAKES if name[0] == begins]
    told = {
        name: (
            run(["sequences", "check", f"prompts/{name}.yaml"]),
            capsys.readouterr().out.replace("prompts\\", "prompts/"),
        )
        for name in names
    }

    assert told == {name: (1, (ERRORS / f"{name}.txt").read_text(encoding="utf-8")) for name in names}


def test_every_mistake_has_its_message_and_every_message_its_mistake() -> None:
    assert sorted(path.stem for path in ERRORS.glob("*.txt")) == MISTAKES


class Folder:
    """Sequences by their name."""

    def __init__(self, **texts: str) -> None:
        self.texts = texts

    def get(self, name: str) -> Source | None:
        return Source(name, f"{name}.yaml", self.texts[name].encode(), "en") if name in self.texts else None

    def names(self) -> tuple[str, ...]:
        return tuple(self.texts)


def read(**texts: str) -> Sequence:
    """Return the first of some sequences."""
    folder = Folder(**texts)
    source = folder.get(next(iter(texts)))
    assert source is not None
    return read_sequence(source, folder)


def test_plain_words_of_yaml_stay_the_text_that_was_typed() -> None:
    sequence = read(
        mine="""
title: NO
description: 1.10
steps:
  - id: a
    title: 010
    say: 12:30:45
    ask: ~
    hint: null
    type: choice
    options: {yes: ON, no: 0x1F, off: "[/red] %s {}"}
"""
    )

    assert sequence == Sequence(
        name="mine",
        title="NO",
        description="1.10",
        kind="mine",
        language="en",
        steps=(
            Question(
                id="a",
                ask="~",
                type="choice",
                section="010",
                say="12:30:45",
                hint="null",
                options=(Option("yes", "ON"), Option("no", "0x1F"), Option("off", "[/red] %s {}")),
            ),
        ),
    )


@pytest.mark.parametrize(
    "typed", ["NO", "ja: yes", "010", "12:30:45", "1.10", "~", "null", "2026-99-99", "[/red]", "[naam]", "%s {}", "\t"]
)
def test_an_answer_between_quotes_or_not_stays_the_text_that_was_typed(typed: str) -> None:
    assert read_answers(f"about: '{typed}'\n".encode(), "answers.yaml")["about"].value == typed


@pytest.mark.parametrize("typed", ["NO", "010", "12:30:45", "1.10", "~", "null", "2026-99-99", "yes", "0o7", "1_000", ".inf"])
def test_an_answer_without_quotes_stays_the_text_that_was_typed(typed: str) -> None:
    assert read_answers(f"about: {typed}\n".encode(), "answers.yaml")["about"].value == typed


def test_an_escape_sequence_stays_text_until_it_is_shown() -> None:
    sequence = read(mine='title: T\nsteps: [{id: a, ask: "What \\e[31m now?"}]')

    assert sequence.questions[0].ask == "What \x1b[31m now?"


def test_an_included_text_is_held_to_the_questions_before_it() -> None:
    part = "title: Part\nsteps: [{id: about, ask: Who?}, {id: moment, ask: 'What did {about} do?'}]"
    mine = "title: Mine\nsteps: [{id: about, ask: Who?, optional: true}, {include: part, only: [moment]}]"

    with pytest.raises(CoachError) as caught:
        read(mine=mine, part=part)

    assert caught.value.problems == (
        Problem(
            "mine.yaml",
            "in 'moment': '{about}' may have no answer here",
            "add `when: {about: answered}` to this step",
            2,
            50,
        ),
    )


def test_an_included_sequence_that_looks_back_asks_once_to_follow() -> None:
    part = """
title: Part
follows: prepare
steps:
  - {id: a, ask: 'Was it "{prepare.fear}"?', when: {prepare.fear: answered}}
  - {id: b, ask: 'Still "{prepare.fear}"?', when: {prepare.fear: answered}}
"""
    prepare = "title: Prepare\nsteps: [{id: fear, ask: What?}]"

    with pytest.raises(CoachError) as caught:
        read(mine="title: Mine\nsteps: [{include: part}]", part=part, prepare=prepare)

    what = "'prepare.fear' looks back on a kind of session that this one does not follow"
    assert caught.value.problems == (Problem("mine.yaml", what, "add `follows: prepare` at the top", 2, 10),)


def test_answers_that_are_no_keys_are_refused() -> None:
    with pytest.raises(CoachError) as caught:
        read_answers(b"- one\n- two\n", "answers.yaml")

    assert str(caught.value) == ("answers.yaml:1: answers are written as `id: answer`; start each line with the id of a step")


def test_the_items_of_an_answer_are_its_lines() -> None:
    answers = read_answers(b"fear:\n  - That she leaves.\n  - That I freeze.\n", "answers.yaml")

    assert answers == {"fear": Text("That she leaves.\nThat I freeze.", 1, 1)}


def test_an_answer_inside_an_answer_is_refused_with_its_line() -> None:
    with pytest.raises(CoachError) as caught:
        read_answers(b"about: S.\nfear: {most: leaving}\n", "answers.yaml")

    assert str(caught.value) == "answers.yaml:2: the answer to 'fear' must be a text or a list"


def test_a_mistake_is_told_in_dutch(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(folder)

    run(["--home", ".", "--lang", "nl", "sequences", "check", "prompts/misspelt-key.yaml"])

    assert (
        capsys.readouterr().out.replace("prompts\\", "prompts/")
        == "prompts/misspelt-key.yaml:4:5: onbekende sleutel 'aks'; bedoel je 'ask'?\n"
    )


def test_what_stands_at_the_top_names_steps() -> None:
    sequence = read(
        mine="""
title: Mine
card:
  door: [[beneath, question], {id: plan, as: I will}, {id: [fear, plan], as: Without it}]
  more: [fear]
length: time
quick: [{time: short}, {fear: unanswered}]
heart: question
steps:
  - {id: time, ask: How long, type: choice, options: {short: Short, long: Long}}
  - {id: fear, ask: What do you fear, more: What would you see, when: {time: long}}
  - experience: fear
  - {id: question, ask: What do you ask, say_back: 'Without it: "{fear}"'}
  - {id: beneath, ask: What is beneath it, optional: true}
  - {id: plan, ask: 'How will you say "{beneath|question}"'}
"""
    )

    assert sequence.card == CardPlan(
        CardItem(("beneath", "question")),
        (CardItem(("plan",), "I will"), CardItem(("fear", "plan"), "Without it")),
        (CardItem(("fear",)),),
    )
    assert (sequence.length, sequence.heart) == ("time", "question")
    assert list(map(str, (condition for way in sequence.quick for condition in way))) == ["time: short", "fear: unanswered"]
    assert sequence.steps[2] == Experience("fear")
    assert [(one.id, one.say_back, one.more_id) for one in sequence.questions if one.say_back or one.more] == [
        ("fear", "", "fear_more"),
        ("question", 'Without it: "{fear}"', ""),
    ]


def test_a_card_that_is_a_list_is_all_for_the_door() -> None:
    sequence = read(mine="title: Mine\ncard: [a, [b, a]]\nsteps: [{id: a, ask: A}, {id: b, ask: B, optional: true}]")

    assert sequence.card == CardPlan(None, (CardItem(("a",)), CardItem(("b", "a"))))


def test_what_an_include_brings_is_held_to_the_same() -> None:
    part = "title: Part\nsteps: [{id: fear, ask: What?, more: What else?}, {experience: fear}]"
    mine = "title: Mine\nsteps: [{id: fear_more, ask: More?}, {include: part}, {include: other, only: [sure]}]"
    other = "title: Other\nsteps: [{id: say, ask: A}, {id: sure, ask: B, say_back: 'So \"{say}\"'}]"

    with pytest.raises(CoachError) as caught:
        read(mine=mine, part=part, other=other)

    assert [problem.message for problem in caught.value.problems] == [
        "'fear_more' is the id of what `more` asks after 'fear'; give the step on line 2 another id",
        "'sure' refers to 'say', which is not asked before it; include 'say' too",
    ]


FOLLOWING = """
title: Mine
follows:
  kind: prepare
  when: {prepare.fear: safe}
  soon: [{prepare.sure: no}, {prepare.fear|prepare.sure: unanswered}]
  again: true
heart: question
card: {door: [[beneath, question], about], more: [beneath]}
steps: [{id: about, ask: A}, {id: question, ask: B}, {id: beneath, ask: C, optional: true}]
"""
FOLLOWED = "title: Prepare\nsteps: [{id: fear, ask: What?}, {id: sure, ask: Sure?, type: yes-no}]"


def test_follows_says_which_sessions_of_its_kind_are_gone_on_from() -> None:
    sequence = read(mine=FOLLOWING, prepare=FOLLOWED)
    fear, sure = Reference("fear", "prepare"), Reference("sure", "prepare")

    assert (sequence.follows, sequence.following) == (
        "prepare",
        Following(
            when=((Condition(FirstOf((fear,)), State.SAFE),),),
            soon=(
                (Condition(FirstOf((sure,)), OneOf(("no",))),),
                (Condition(FirstOf((fear, sure)), State.UNANSWERED),),
            ),
            again=ALWAYS,
        ),
    )


def test_the_kind_alone_follows_all_its_sessions_once() -> None:
    sequences = [
        read(mine=f"title: Mine\nfollows: {follows}\nsteps: [{{say: A}}]", prepare=FOLLOWED)
        for follows in ("prepare", "{kind: prepare}")
    ]

    assert [(one.follows, one.following) for one in sequences] == [("prepare", Following(ALWAYS, (), again=()))] * 2


def test_a_glance_sees_the_same_at_the_top_as_reading_all() -> None:
    sequence = read(mine=FOLLOWING, prepare=FOLLOWED)

    assert glance(FOLLOWING.encode()) == Top(sequence.following, sequence.heart, sequence.card)


@pytest.mark.parametrize("text", ["- a list", "follows: [a]\nheart: [b]\ncard: c", "title: Mine"])
def test_a_glance_at_what_is_wrong_or_absent_sees_nothing(text: str) -> None:
    assert glance(text.encode()) == Top()


def test_what_leads_to_the_heart_first_is_on_top_of_the_card() -> None:
    assert [
        glance(FOLLOWING.encode()).hearts,
        glance(b"heart: question\ncard: [about]").hearts,
        Top().hearts,
    ] == [("beneath", "question"), ("question",), ("",)]


def test_the_top_of_a_sequence_that_is_gone_or_broken_is_empty(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("title: [")
    (tmp_path / "whole.yaml").write_text("heart: question")
    catalogue = Catalogue("en", tmp_path, tmp_path, tmp_path)

    assert [catalogue.top(name) for name in ("gone", "broken", "whole")] == [Top(), Top(), Top(heart="question")]
