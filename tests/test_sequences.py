"""Every shipped sequence, in both languages, down every branch."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from coach.sequences.catalogue import shipped_folder
from coach.sequences.condition import PLACEHOLDER
from coach.sequences.sequence import CardItem, CardPlan, Experience, Option, Question, Sequence, Statement, Step
from walks import LANGUAGES, NAMES, counts, sequence, walks

pytestmark = pytest.mark.slow

PROMPTS = Path(__file__).parents[1] / "prompts"
LARGE = ("follow-up", "intervision", "map", "prepare", "reflect")
SMALL = tuple(name for name in NAMES if name not in LARGE)
EVERY = [(name, language) for name in NAMES for language in LANGUAGES]
MOST = {"minimal": 3, "short": 10, "longer": 18, "full": 25}  # beside whom it is about and how long it may take
SAFETY = {"consult", "safe_to_talk", "who_knows", "talk_to"}

# what a statement quotes, or else its words, and the questions it may come to stand above
STANDS_ABOVE: dict[str, dict[str, set[str]]] = {
    "follow-up": {
        "Je had het gesprek toen nog niet gevoerd. Je kunt het opnieuw voorbereiden.": {"how_now"},
        "{prepare.first_thought}": {"thought_now"},
        "{reflect.thought_now}": {"thought_now"},
        "{map.helpers}": {"referral"},
    },
    "intervision": {
        "{prepare.own_part}": {"own_part"},
        "De rest is voor na de bijeenkomst. Stop nu met Ctrl-C; daarna zie je hoe je later verdergaat.": {"question_stayed"},
    },
    "map": {"{involved}": {"strengths_each"}},
    "prepare": {
        "{map.observation}": {"decided", "hoped_for"},
        "{map.interpretation}": {"decided"},
        "{map.other_meaning}": {"change_mind"},
        "{map.need}": {"other_story"},
        "{map.bothers_most}": {"other_story"},
        "{map.exception}": {"hoped_for"},
        "{map.hard_for_us}": {"own_part"},
        "{map.going_well}": {"acknowledgement"},
        "{map.strengths_each}": {"hoped_for"},
        "Een paar woorden zijn genoeg.": {"fear"},
        "{map.consult}": {"who_knows"},
        "{map.act_today}": {"who_knows"},
    },
    "reflect": {
        "Je hebt het gedaan. Hoe het ook ging.": {"time"},
        "Een deel doen is ook doen.": {"time"},
        "{prepare.if_it_happens}": {"coped"},
        "Dat is niet niks. Je hoeft er vandaag niets van te leren.": {"gentle", "talk_to"},
        "{prepare.consult}": {"who_knows"},
        "{prepare.who_knows}": {"who_knows"},
        "{prepare.dare}": {"said_of_it"},
        "{prepare.acknowledgement}": {"what_happened"},
        "{prepare.other_story}": {"seen_leaving"},
        "{prepare.says_of_me}": {"touched"},
        "{prepare.way_back}": {"way_back", "next_way_back"},
        "{prepare.hoped_for}": {"came_of_it"},
        "{prepare.change_mind}": {"loosened"},
        "{prepare.be_there}": {"presence"},
        "{prepare.effort_expected}": {"effort"},
        "{prepare.observation|map.observation}": {"core"},
        "{map.learning}": {"learned"},
        "{prepare.first_thought}": {"thought_now"},
        "{map.interpretation}": {"thought_now"},
        "{prepare.question_beneath|prepare.honest_question}": {"first_step"},
        "Maak de stap gerust kleiner dan je van plan was.": {"first_step"},
        "{prepare.own_part}": {"differently"},
    },
}


def bare(step: Step) -> Step:
    """Return a step without its words."""
    if isinstance(step, Experience):
        return step
    if isinstance(step, Statement):
        return replace(step, say=quoted(step.say))
    return replace(
        step,
        ask=quoted(step.ask),
        say=quoted(step.say),
        say_back=quoted(step.say_back),
        more=quoted(step.more),
        hint=quoted(step.hint),
        section="",
        scale=step.scale._replace(low="", high="") if step.scale else None,
        options=tuple(Option(option.key, "") for option in step.options),
    )


def quoted(text: str) -> str:
    """Return a text without its words but for the answers it quotes."""
    return " ".join(match[0] for match in PLACEHOLDER.finditer(text)) or "*" * bool(text)


def structure(read: Sequence) -> Sequence:
    """Return a sequence without its words."""
    plan = read.card
    card = CardPlan(plan.title and unlabelled(plan.title), tuple(map(unlabelled, plan.door)), tuple(map(unlabelled, plan.more)))
    share = read.share._replace(room="*" if read.share.room else "")
    return read._replace(title="", description="", language="", steps=tuple(map(bare, read.steps)), card=card, share=share)


def unlabelled(item: CardItem) -> CardItem:
    """Return what is on a card without its words for the door."""
    return item._replace(words="*" if item.words else "")


def sections(read: Sequence) -> list[str]:
    """Return the ids at which a section starts."""
    headed = [("", ""), *((question.id, question.section) for question in read.questions)]
    return [id_ for (_, before), (id_, section) in pairwise(headed) if section != before]


def is_said(statement: Statement, text: str) -> bool:
    """Return whether a text is a statement with its quotes filled in."""
    pattern = ".*".join(re.escape(part) for part in PLACEHOLDER.sub("\0", statement.say).split("\0"))
    return bool(re.fullmatch(pattern, text))


def test_the_shipped_sequences_are_those_of_the_repository() -> None:
    shipped = {f"{path.parent.name}/{path.stem}" for path in shipped_folder().glob("*/*.yaml")}

    assert shipped == {f"{path.parent.name}/{path.stem}" for path in PROMPTS.glob("*/*.yaml")}
    assert shipped - {"nl/ear", "en/ear"} == {f"{language}/{name}" for name, language in EVERY}


@pytest.mark.parametrize("name", NAMES)
def test_a_sequence_is_built_the_same_in_both_languages(name: str) -> None:
    assert structure(sequence(name, "nl")) == structure(sequence(name, "en"))
    assert sections(sequence(name, "nl")) == sections(sequence(name, "en"))


@pytest.mark.parametrize("name", NAMES)
def test_every_question_and_statement_is_reached(name: str) -> None:
    found = walks(name, "nl")
    asked = {moment.ask.question.id for moment in found.moments}
    said = [say for moment in found.moments for say in moment.ask.says] + [say for end in found.ends for say in end.done.says]
    unreached = [step for step in sequence(name, "nl").steps if not is_reached(step, asked, said)]

    assert unreached == []


def is_reached(step: Step, asked: set[str], said: list[str]) -> bool:
    if isinstance(step, Question):
        return step.id in asked
    return isinstance(step, Experience) or any(is_said(step, say) for say in said)


@pytest.mark.parametrize("name", NAMES)
def test_every_placeholder_is_filled_in_on_every_way(name: str) -> None:
    found = walks(name, "nl")
    shown = {text for moment in found.moments for text in (moment.ask.text, moment.ask.hint, *moment.ask.says)}
    shown |= {say for end in found.ends for say in end.done.says}

    assert [text for text in shown if "..." in text or "{" in text] == []


@pytest.mark.parametrize("name", LARGE)
def test_a_statement_stands_above_the_question_it_belongs_to(name: str) -> None:
    statements = [step for step in sequence(name, "nl").steps if isinstance(step, Statement)]
    found: dict[str, set[str]] = {}
    for moment in walks(name, "nl").moments:
        for step in (one for said in moment.ask.says for one in statements if is_said(one, said)):
            found.setdefault(quoted(step.say).replace("*", step.say), set()).add(moment.ask.question.id)

    assert found == STANDS_ABOVE[name]


@pytest.mark.parametrize("name", NAMES)
def test_at_most_two_things_are_said_above_a_question(name: str) -> None:
    assert [moment.ask.says for moment in walks(name, "nl").moments if len(moment.ask.says) > 2] == []


@pytest.mark.parametrize("name", SMALL)
def test_a_small_sequence_asks_at_most_eight_questions(name: str) -> None:
    assert max(end.count for end in walks(name, "nl").ends) <= 8


@pytest.mark.parametrize("length", MOST)
@pytest.mark.parametrize("name", ["prepare", "reflect"])
def test_no_way_of_a_length_is_longer_than_its_name_promises(name: str, length: str) -> None:
    ways = [end for end in counts(name, "nl", length) if "time" in end.given and not SAFETY & end.given.keys()]

    assert max(end.count for end in ways) - len(("about", "time")) <= MOST[length]


@pytest.mark.parametrize("length", MOST)
def test_every_preparation_asks_for_the_fear_and_for_one_question(length: str) -> None:
    ways = [end.given.keys() for end in counts("prepare", "nl", length)]

    assert [given for given in ways if not {"fear", "honest_question"} <= given] == []


@pytest.mark.parametrize("length", MOST)
def test_every_reflection_asks_what_happened_and_how_one_comes_out_of_it(length: str) -> None:
    ways = [end.given.keys() for end in counts("reflect", "nl", length) if end.given["did_it"] != "no"]

    assert [given for given in ways if not {"what_happened", "coming_out"} <= given] == []


@pytest.mark.parametrize("length", ["short", "longer", "full"])
def test_who_takes_it_gently_meets_no_scale_no_quality_and_no_step(length: str) -> None:
    ways = [end.given.keys() for end in counts("reflect", "nl", length) if end.given.get("gentle") == "yes"]
    hard = {"presence", "effort", "fear_badness_actual", "quality", "helped", "first_step", "learned"}

    assert len(ways) > 1
    assert [given for given in ways if hard & given or not {"glad_of", "talk_to"} <= given] == []


@pytest.mark.parametrize("length", ["short", "longer", "full"])
def test_who_comes_out_lighter_is_asked_to_take_it_gently_only_where_the_whole_fear_came_true(length: str) -> None:
    lighter = [end.given for end in counts("reflect", "en", length) if end.given.get("coming_out") == "lighter"]
    gentle = {given["fear_outcome"] for given in lighter if "gentle" in given}

    assert gentle == {"yes"}


def test_a_reflection_on_what_was_not_done_is_short() -> None:
    assert max(end.count for end in walks("reflect", "nl").ends if end.given["did_it"] == "no") <= 10


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
    return re.sub(r'^.*"\{[\w.|-]+\}"', "", ask)


def sentences(text: str) -> list[str]:
    return re.findall(r"[^.?]+[.?]*", own_words(text))


def test_a_number_of_sentences_is_counted() -> None:
    assert sentences("One thing. And another?") == ["One thing.", " And another?"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_text_names_a_command_which_is_typed_in_more_than_one_way(language: str) -> None:
    files = sorted((shipped_folder() / language).glob("*.yaml"))
    assert [path.name for path in files if re.search(r"\bcoach [a-z]", path.read_text("utf-8"))] == []
