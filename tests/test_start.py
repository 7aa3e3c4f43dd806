"""Which session is held: a new one or one that stopped half-way, whom it is about, and which one it looks back on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.conversation.coach import Coach
from coach.conversation.engine import Conversation, Listener
from coach.conversation.keeper import Keeper, finish_as_it_is
from coach.conversation.start import Wishes, find_unfinished, resume, start
from coach.conversation.turn import Ask
from coach.ear.ear import Heard
from coach.errors import CoachError
from coach.logs.session import Exchange, Session
from script import NOON, Script, coach_in, save, write_sequences

MAP = "title: Map\nsteps: [{id: observation, ask: What do you see?}]\n"
PREPARE = """
title: Prepare
follows: map
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: fear, ask: What do you fear?}
"""
REFLECT = """
title: Look back
follows: prepare
steps:
  - {id: about, ask: Whom is it about?, type: line}
  - {id: fear_outcome, ask: 'You feared "{prepare.fear}". Did it happen?', when: {prepare.fear: answered}}
  - {id: learned, ask: What did you learn?}
"""


def session(day: int, name: str, about: str, *, finished: bool = True, follows: str = "", **answers: str) -> Session:
    started = datetime(2026, 11, day, 9, tzinfo=UTC)
    return Session(
        id=f"2026-11-{day:02}-090000-{name}",
        sequence=name,
        kind=name,
        language="en",
        title=name.capitalize(),
        started=started,
        about=about,
        finished=started if finished else None,
        follows=follows,
        exchanges=tuple(Exchange(id_, f"{id_}?", (text,)) for id_, text in answers.items()),
    )


MAPPED = session(1, "map", "S.", observation="He is silent.")
PREPARED = replace(session(2, "prepare", "S.", follows=MAPPED.id, fear="That he leaves."), tags=("absence",))
PREPARED_K = session(3, "prepare", "K.", fear="Silence.")
HALFWAY = session(4, "reflect", "S.", finished=False, follows=PREPARED.id, fear_outcome="No.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_sequences(tmp_path, map=MAP, prepare=PREPARE, reflect=REFLECT)
    return tmp_path


def begin(coach: Coach, name: str, wishes: Wishes | None = None, *, offers: bool = False) -> tuple[Conversation, Keeper]:
    return start(coach, coach.catalogue("en").read(name), wishes or Wishes(), offers=offers)


def asked(conversation: Conversation) -> str:
    step = conversation.step
    assert isinstance(step, Ask)
    return step.text


def carried(conversation: Conversation) -> list[str]:
    return [earlier.id for earlier in conversation.carried]


def test_a_new_session_starts_now_with_what_was_wished_on_one_line(folder: Path) -> None:
    wishes = Wishes("parents\n of \x1b[1mS.", ("absence", " ", "a\tb"))
    _conversation, keeper = begin(coach_in(folder, Script()), "prepare", wishes)
    assert keeper.session == Session(
        id="",
        sequence="prepare",
        kind="prepare",
        language="en",
        title="Prepare",
        started=NOON,
        about="parents of S.",
        tags=("absence", "a b"),
        heard=True,
    )


def test_nothing_is_written_before_something_is_said(folder: Path) -> None:
    coach = coach_in(folder, Script())
    _conversation, keeper = begin(coach, "prepare", Wishes("S."))
    assert (keeper.is_saved, coach.library.folder.ids()) == (False, [])


def test_whom_it_is_about_is_asked_unless_it_was_wished(folder: Path) -> None:
    coach = coach_in(folder, Script())
    assert asked(begin(coach, "prepare")[0]) == "Whom is it about?"
    assert asked(begin(coach, "prepare", Wishes("S."))[0]) == "What do you fear?"


def test_where_nobody_chooses_the_latest_is_looked_back_on_and_whom_it_is_about_comes_from_it(folder: Path) -> None:
    coach = coach_in(folder, Script())
    save(coach.library, PREPARED_K, MAPPED, PREPARED)
    conversation, keeper = begin(coach, "reflect")
    assert (keeper.session.follows, keeper.session.about, keeper.session.tags) == (PREPARED_K.id, "K.", ())
    assert asked(conversation) == 'You feared "Silence.". Did it happen?'


def test_all_sessions_of_a_chain_are_carried_along_with_their_tags(folder: Path) -> None:
    coach = coach_in(folder, Script())
    save(coach.library, MAPPED, PREPARED)
    conversation, keeper = begin(coach, "reflect")
    assert carried(conversation) == [PREPARED.id, MAPPED.id]
    assert keeper.session.tags == ("absence",)


def test_what_is_wished_comes_before_what_the_followed_session_was_about(folder: Path) -> None:
    coach = coach_in(folder, Script())
    save(coach.library, PREPARED)
    _conversation, keeper = begin(coach, "reflect", Wishes("his mother", ("home",), PREPARED.id))
    assert (keeper.session.about, keeper.session.tags, keeper.session.follows) == ("his mother", ("home",), PREPARED.id)


def test_a_wish_for_somebody_narrows_what_is_looked_back_on(folder: Path) -> None:
    coach = coach_in(folder, Script())
    save(coach.library, PREPARED, PREPARED_K)
    assert carried(begin(coach, "reflect", Wishes("s."))[0]) == [PREPARED.id]
    assert carried(begin(coach, "reflect", Wishes("S."))[0]) == [PREPARED.id]
    assert carried(begin(coach, "reflect", Wishes("Z."))[0]) == []


def test_what_was_looked_back_on_or_is_not_finished_is_not_looked_back_on_again(folder: Path) -> None:
    coach = coach_in(folder, Script())
    save(coach.library, PREPARED, HALFWAY, session(5, "prepare", "T.", finished=False))
    assert carried(begin(coach, "reflect")[0]) == []


def test_one_who_wants_to_follow_none_follows_none(folder: Path) -> None:
    coach = coach_in(folder, Script())
    save(coach.library, PREPARED)
    conversation, keeper = begin(coach, "reflect", Wishes(follows="none"), offers=True)
    assert (carried(conversation), keeper.session.follows, keeper.session.about) == ([], "", "")


def test_one_who_wants_the_latest_is_offered_no_choice(folder: Path) -> None:
    script = Script()
    coach = coach_in(folder, script)
    save(coach.library, PREPARED, PREPARED_K)
    conversation, _keeper = begin(coach, "reflect", Wishes(follows="latest"), offers=True)
    assert (carried(conversation), script.options) == ([PREPARED_K.id], [])


def test_a_session_is_found_by_a_part_of_its_id_also_when_it_was_looked_back_on(folder: Path) -> None:
    coach = coach_in(folder, Script())
    save(coach.library, PREPARED, HALFWAY)
    assert carried(begin(coach, "reflect", Wishes(follows="11-02"))[0]) == [PREPARED.id]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("reflect", f"--follows: '{MAPPED.id}' is no session that 'reflect' looks back on; give a session of the kind 'prepare'"),
        ("map", f"--follows: '{MAPPED.id}' is no session that 'map' looks back on"),
    ],
)
def test_a_session_of_another_kind_is_refused(folder: Path, name: str, message: str) -> None:
    coach = coach_in(folder, Script())
    save(coach.library, MAPPED)
    with pytest.raises(CoachError) as refused:
        begin(coach, name, Wishes(follows=MAPPED.id))
    assert str(refused.value) == message


def test_a_person_chooses_among_the_latest_five_or_none_of_them(folder: Path) -> None:
    script = Script("2026-11-08-090000-prepare")
    coach = coach_in(folder, script)
    save(coach.library, *(session(day, "prepare", f"{day}.") for day in range(3, 10)))
    conversation, keeper = begin(coach, "reflect", offers=True)
    assert script.options == [
        {
            "2026-11-09-090000-prepare": "Monday 9 November: 9.",
            "2026-11-08-090000-prepare": "Sunday 8 November: 8.",
            "2026-11-07-090000-prepare": "Saturday 7 November: 7.",
            "2026-11-06-090000-prepare": "Friday 6 November: 6.",
            "2026-11-05-090000-prepare": "Thursday 5 November: 5.",
            "none": "None of these, a new situation",
        }
    ]
    assert (carried(conversation), keeper.session.about) == (["2026-11-08-090000-prepare"], "8.")


def test_a_person_who_chooses_none_begins_a_new_situation(folder: Path) -> None:
    coach = coach_in(folder, Script("none"))
    save(coach.library, PREPARED)
    conversation, keeper = begin(coach, "reflect", offers=True)
    assert (carried(conversation), keeper.session.follows, keeper.session.about) == ([], "", "")


def test_an_unfinished_session_is_gone_on_with_where_it_stopped(folder: Path) -> None:
    script = Script("resume")
    coach = coach_in(folder, script)
    save(coach.library, MAPPED, PREPARED, HALFWAY)
    conversation, keeper = begin(coach, "reflect", offers=True)
    assert script.told == [
        "You stopped half-way on Wednesday 4 November: S.",
        'You go on with "Reflect: S.", Wednesday 4 November',
        "fear_outcome?\nNo.",
    ]
    assert (keeper.session, keeper.is_saved, carried(conversation)) == (
        replace(HALFWAY, heard=True),
        True,
        [PREPARED.id, MAPPED.id],
    )
    assert [exchange.id for exchange in conversation.record] == ["fear_outcome"]
    assert (asked(conversation), conversation.today) == ("Whom is it about?", NOON.date())
    keeper.close()


def test_who_goes_on_sees_the_last_two_answers_as_they_were_read(folder: Path) -> None:
    script = Script()
    coach = coach_in(folder, script)
    halfway = session(4, "prepare", "S.", finished=False, wish="To listen.", fear="Silence.", left="")
    did_it = Exchange("did_it", "Did you?", ("no (Not yet)",), choice=True)
    save(coach.library, replace(halfway, exchanges=(*halfway.exchanges, did_it)))
    _conversation, keeper = resume(coach, find_unfinished(coach.library, ""))
    assert script.told[1:] == ["fear?\nSilence.", "Did you?\nNot yet"]
    keeper.close()


def test_an_unfinished_session_can_be_left_for_a_new_one(folder: Path) -> None:
    script = Script("new", "none")
    coach = coach_in(folder, script)
    save(coach.library, HALFWAY, PREPARED_K)
    _conversation, keeper = begin(coach, "reflect", offers=True)
    assert script.options[0] == {"resume": "Go on with it", "new": "Start a new one"}
    assert (keeper.session.started, keeper.is_saved) == (NOON, False)


def test_an_unfinished_session_of_another_sequence_and_one_nobody_can_choose_are_not_offered(folder: Path) -> None:
    script = Script()
    coach = coach_in(folder, script)
    save(coach.library, HALFWAY)
    begin(coach, "prepare", offers=True)
    begin(coach, "reflect")
    assert script.options == []


def test_a_session_is_listened_to_in_its_own_language(folder: Path) -> None:
    def listener(language: str) -> Listener:
        return lambda text, _checks: (Heard("closed_question", text, language, ""),)

    coach = coach_in(folder, Script())._replace(listener=listener)
    dutch = replace(HALFWAY, language="nl")
    save(coach.library, dutch)
    conversation, keeper = resume(coach, dutch)
    keeper.close()
    assert conversation.hear("Ja?", ()) == (Heard("closed_question", "Ja?", "nl", ""),)
    assert begin(coach, "prepare")[0].hear("Yes?", ()) == (Heard("closed_question", "Yes?", "en", ""),)


def test_who_hands_in_no_listener_hears_nothing(folder: Path) -> None:
    conversation, _keeper = begin(coach_in(folder, Script()), "prepare")
    assert conversation.hear("Did you do that?", ("closed_question",)) == ()


def test_a_session_whose_questions_cannot_be_read_says_how_to_finish_it(folder: Path) -> None:
    coach = coach_in(folder, Script())
    save(coach.library, HALFWAY)
    (folder / "prompts" / "reflect.yaml").write_text("title: Broken\n", "utf-8")
    with pytest.raises(CoachError) as refused:
        resume(coach, HALFWAY)
    assert str(refused.value).split("\n")[-1] == (
        f"{HALFWAY.id}: its questions in 'reflect' cannot be read; "
        f"mend it, or finish the session as it is with: coach resume {HALFWAY.id} --close"
    )


def test_the_latest_unfinished_session_is_meant_where_none_is_named(folder: Path) -> None:
    library = coach_in(folder, Script()).library
    earlier = replace(HALFWAY, id="2026-11-01-090000-reflect", started=datetime(2026, 11, 1, 9, tzinfo=UTC))
    save(library, earlier, HALFWAY, session(9, "prepare", "K."))
    assert find_unfinished(library, "") == HALFWAY
    assert find_unfinished(library, "11-01") == earlier


def test_a_finished_session_and_one_that_is_not_there_cannot_be_gone_on_with(folder: Path) -> None:
    library = coach_in(folder, Script()).library
    save(library, PREPARED)
    with pytest.raises(CoachError) as finished:
        find_unfinished(library, PREPARED.id)
    with pytest.raises(CoachError) as missing:
        find_unfinished(library, "")
    assert str(finished.value) == f"{PREPARED.id}: this session is finished; read it with: coach show {PREPARED.id}"
    assert str(missing.value) == "there is no unfinished session; start one with `coach prepare`"


def test_a_session_can_be_finished_as_it_is(folder: Path) -> None:
    library = coach_in(folder, Script()).library
    save(library, HALFWAY)
    path = finish_as_it_is(library, HALFWAY, NOON)
    assert path == library.folder.path(HALFWAY.id)
    assert library.find(HALFWAY.id) == replace(HALFWAY, finished=NOON)
