"""Every shipped sequence, in both languages, down every branch."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from coach.sequences.catalogue import shipped_folder
from coach.sequences.condition import PLACEHOLDER, first_of
from coach.sequences.sequence import CardItem, CardPlan, Experience, Option, Question, Sequence, Statement, Step
from walks import LANGUAGES, NAMES, sequence, walks

pytestmark = pytest.mark.slow

PROMPTS = Path(__file__).parents[1] / "prompts"
LARGE = ("follow-up", "map", "prepare", "reflect")
SMALL = tuple(name for name in NAMES if name not in LARGE)
EVERY = [(name, language) for name in NAMES for language in LANGUAGES]

# what a statement waits for, and the questions it may come to stand above
STANDS_ABOVE = {
    "follow-up": {
        "prepare.first_thought: safe": {"thought_now"},
        "reflect.thought_now: safe": {"thought_now"},
    },
    "map": {},
    "prepare": {
        "time: longer|full; map.observation: safe": {"decided"},
        "time: longer|full; map.interpretation: safe": {"decided"},
        "time: longer|full; map.need: safe": {"need"},
    },
    "reflect": {
        "did_it: yes": {"time"},
        "did_it: partly": {"time"},
        "did_it: yes|partly; prepare.acknowledgement: safe": {"acknowledgement"},
        "time: longer|full; prepare.quality: safe": {"quality"},
        "quality: answered; prepare.quality_words: safe": {"quality_given"},
        "time: longer|full; old_road_taken: partly|yes; prepare.way_back: safe": {"way_back"},
        "time: longer|full; prepare.be_there: safe": {"presence"},
        "time: full; prepare.leave_with: safe": {"left_with"},
        "time: full; prepare.difficulties: safe": {"discussed"},
        "time: longer|full; prepare.first_thought: safe": {"thought_now"},
        "did_it: no; prepare.honest_question: safe": {"first_step"},
        "did_it: no": {"first_step"},
    },
}


def bare(step: Step) -> Step:
    """Return a step without its words."""
    if isinstance(step, Experience):
        return step
    if isinstance(step, Statement):
        return replace(step, say="")
    return replace(
        step,
        ask="",
        say="*" if step.say else "",
        say_back="*" if step.say_back else "",
        more="*" if step.more else "",
        hint="*" if step.hint else "",
        section="",
        scale=replace(step.scale, low="", high="") if step.scale else None,
        options=tuple(Option(option.key, "") for option in step.options),
    )


def structure(read: Sequence) -> Sequence:
    """Return a sequence without its words."""
    plan = read.card
    card = CardPlan(plan.title and unlabelled(plan.title), tuple(map(unlabelled, plan.door)), tuple(map(unlabelled, plan.more)))
    return replace(read, title="", description="", language="", steps=tuple(map(bare, read.steps)), card=card)


def unlabelled(item: CardItem) -> CardItem:
    """Return what is on a card without its words for the door."""
    return replace(item, words="*" if item.words else "")


def sections(read: Sequence) -> list[str]:
    """Return the ids at which a section starts."""
    headed = [("", ""), *((question.id, question.section) for question in read.questions)]
    return [id_ for (_, before), (id_, section) in pairwise(headed) if section != before]


def spoken(statement: Statement) -> str:
    """Return a statement as it is said on the walks, where the answer to `fear` is `<fear>`."""
    return PLACEHOLDER.sub(lambda match: f"<{first_of(match[1]).references[0].id}>", statement.say)


def waits_for(step: Step) -> str:
    return " or ".join("; ".join(map(str, way)) for way in step.when)


def test_the_shipped_sequences_are_those_of_the_repository() -> None:
    shipped = {f"{path.parent.name}/{path.stem}" for path in shipped_folder().glob("*/*.yaml")}

    assert shipped == {f"{path.parent.name}/{path.stem}" for path in PROMPTS.glob("*/*.yaml")}
    assert shipped - {"nl/ear", "en/ear"} == {f"{language}/{name}" for name, language in EVERY}


@pytest.mark.parametrize("name", NAMES)
def test_a_sequence_is_built_the_same_in_both_languages(name: str) -> None:
    assert structure(sequence(name, "nl")) == structure(sequence(name, "en"))
    assert sections(sequence(name, "nl")) == sections(sequence(name, "en"))


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_question_and_statement_is_reached(name: str, language: str) -> None:
    found = walks(name, language)
    asked = {moment.ask.question.id for moment in found.moments}
    said = [say for moment in found.moments for say in moment.ask.says] + [say for end in found.ends for say in end.done.says]
    unreached = [step for step in sequence(name, language).steps if not is_reached(step, asked, said)]

    assert unreached == []


def is_reached(step: Step, asked: set[str], said: list[str]) -> bool:
    if isinstance(step, Question):
        return step.id in asked
    if isinstance(step, Experience):
        return True
    pattern = re.compile(".*".join(re.escape(part) for part in PLACEHOLDER.sub("\0", step.say).split("\0")))
    return any(pattern.fullmatch(say) for say in said)


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_placeholder_is_filled_in_on_every_way(name: str, language: str) -> None:
    found = walks(name, language)
    shown = {text for moment in found.moments for text in (moment.ask.text, moment.ask.hint, *moment.ask.says)}
    shown |= {say for end in found.ends for say in end.done.says}

    assert [text for text in shown if "..." in text or "{" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LARGE)
def test_a_statement_stands_above_the_question_it_belongs_to(name: str, language: str) -> None:
    statements = {spoken(step): step for step in sequence(name, language).steps if isinstance(step, Statement)}
    found: dict[str, set[str]] = {}
    for moment in walks(name, language).moments:
        for step in (statements[said] for said in moment.ask.says if said in statements):
            found.setdefault(waits_for(step), set()).add(moment.ask.question.id)

    assert found == STANDS_ABOVE[name]


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_at_most_two_things_are_said_above_a_question(name: str, language: str) -> None:
    assert [moment.ask.says for moment in walks(name, language).moments if len(moment.ask.says) > 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SMALL)
def test_a_small_sequence_asks_at_most_eight_questions(name: str, language: str) -> None:
    assert max(end.count for end in walks(name, language).ends) <= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_preparation_asks_at_most_ten_questions(language: str) -> None:
    assert max(end.count for end in walks("prepare", language).ends if end.given["time"] == "short") <= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_preparation_asks_the_four_of_the_core(language: str) -> None:
    short = [end.given for end in walks("prepare", language).ends if end.given["time"] == "short"]

    assert [given for given in short if not {"honest_question", "acknowledgement", "old_road", "fear"} <= given.keys()] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("prepared", [True, False])
def test_a_short_reflection_asks_at_most_ten_questions_on_its_shortest_way(*, language: str, prepared: bool) -> None:
    ways = [end for end in walks("reflect", language).ends if end.given.get("time") == "short"]

    assert min(end.count for end in ways if ("question_asked" in end.given) == prepared) <= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reflection_on_what_was_not_done_is_short(language: str) -> None:
    assert max(end.count for end in walks("reflect", language).ends if end.given["did_it"] == "no") <= 10


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_what_the_coach_says_is_at_most_two_sentences(name: str, language: str) -> None:
    says = [getattr(step, "say", "") for step in sequence(name, language).steps]

    assert [say for say in says if len(sentences(say)) > 2] == []


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_question_is_one_question(name: str, language: str) -> None:
    asks = [question.ask for question in sequence(name, language).questions]

    assert [ask for ask in asks if not re.fullmatch(r"[^.?]*\?", own_words(ask))] == []


@pytest.mark.parametrize("path", sorted(PROMPTS.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_is_shouted(path: Path) -> None:
    assert "!" not in path.read_text(encoding="utf-8")


def own_words(ask: str) -> str:
    """Return a question without the quoted answer before it."""
    return re.sub(r'^.*"\{[\w.-]+\}"', "", ask)


def sentences(text: str) -> list[str]:
    return re.findall(r"[^.?]+[.?]*", own_words(text))


def test_a_number_of_sentences_is_counted() -> None:
    assert sentences("One thing. And another?") == ["One thing.", " And another?"]
