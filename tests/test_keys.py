"""Every key a terminal can send, at every kind of prompt: it does what a writer expects of it, or nothing at all."""

from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.output import DummyOutput

from coach.conversation.asker import Answer, Back, Interruption, Prompt, Reply, ToHeart
from coach.conversation.turn import Ask, Remark
from coach.ear.ear import Heard
from coach.sequences.sequence import AnswerType, Option, Question, Scale
from coach.terminal.asker import TerminalAsker
from coach.terminal.keyboard import Keyboard, read_with
from key_sequences import BACK, DELETIONS, ENTER, HARMLESS, NEW_LINES, TYPED, is_whole
from systems import needs_line_feeds

END, HOME = "\x1b[F", "\x1b[H"
LINES = ("line", "scale", "date")  # one field, so each gets a third of the keys that a text gets
OPTIONS = (Option("high", "High"), Option("low", "Low"), Option("other", "Something else"))
YES_NO = (Option("yes", "yes"), Option("no", "no"))


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        read_with(pipe)  # before the first prompt does so: on Windows a key is read where it is sent
        yield pipe


def ask(
    type_: AnswerType,
    options: tuple[Option, ...] = (),
    default: str = "",
    *,
    leads_to_heart: bool = False,
    asker: TerminalAsker | None = None,
) -> Answer:
    """Ask a question of a type, of which the keys have been pressed already."""
    scale = Scale(0, 10) if type_ == "scale" else None
    question = Question("x", "?", type_, options=options, scale=scale)
    prompt = Prompt(Ask(question, "?", (), "", 2, 3, default, leads_to_heart=leads_to_heart))
    return (asker or TerminalAsker()).ask(prompt, lambda _draft: None)


def remark() -> str | None:
    heard = Heard("closed_question", "Are you tired?", "With yes or no.", "How are you?")
    question = Question("x", "?", "line")
    return TerminalAsker().remark(Remark(Ask(question, "?", (), "", 2, 3, ""), heard, ()))


@pytest.mark.parametrize(
    ("type_", "sequences"), [("text", HARMLESS), *zip(LINES, (HARMLESS[n::3] for n in range(3)), strict=True)]
)
def test_a_key_that_is_not_for_writing_adds_nothing_to_a_text_and_takes_nothing_away(
    keys: PipeInput, type_: AnswerType, sequences: list[str]
) -> None:
    keys.send_text("".join(f"{sequence}{END}a" for sequence in sequences) + "\r")
    assert ask(type_) == Reply("a" * len(sequences))


@pytest.mark.parametrize(
    ("type_", "options", "first"), [("choice", OPTIONS, "high"), ("choices", OPTIONS, ""), ("yes-no", YES_NO, "yes")]
)
def test_a_key_that_is_not_for_choosing_chooses_nothing(
    keys: PipeInput, type_: AnswerType, options: tuple[Option, ...], first: str
) -> None:
    keys.send_text("".join(HARMLESS) + HOME + "\r")
    assert ask(type_, options) == Reply(first)


def test_a_key_that_is_not_for_choosing_says_nothing_again_after_a_remark(keys: PipeInput) -> None:
    keys.send_text("".join(HARMLESS) + HOME + "\r")
    assert remark() is None


def test_each_make_of_terminal_starts_a_new_line_by_its_own_keys(keys: PipeInput) -> None:
    keys.send_text("".join(f"a{sequence}" for sequence in sorted(NEW_LINES)) + "a\r")
    assert ask("text") == Reply("\n".join("a" * (len(NEW_LINES) + 1)))


@pytest.mark.parametrize(("sequence", "text"), TYPED.items())
def test_a_character_that_comes_as_a_sequence_is_typed(keys: PipeInput, sequence: str, text: str) -> None:
    keys.send_text(f"a{sequence}b\r")
    assert ask("text") == Reply(f"a{text}b")


@pytest.mark.parametrize("sequence", sorted(BACK))
def test_two_keys_go_back_with_what_is_half_typed(keys: PipeInput, sequence: str) -> None:
    keys.send_text(f"half{sequence}")
    assert ask("text") == Back("half")


@pytest.mark.parametrize("sequence", sorted(BACK))
def test_two_keys_go_back_with_what_is_marked(keys: PipeInput, sequence: str) -> None:
    keys.send_text(f" \x1b[B\x1b[B {sequence}")
    assert ask("choices", OPTIONS) == Back("high\nother")


def test_one_key_goes_to_the_heart_with_what_is_typed_or_marked_where_there_is_one(keys: PipeInput) -> None:
    keys.send_text("half\x14")
    assert ask("text", leads_to_heart=True) == ToHeart("half")
    keys.send_text(" \x14")
    assert ask("choices", OPTIONS, leads_to_heart=True) == ToHeart("high")
    keys.send_text("half\x14\r")
    assert ask("text") == Reply("half")


@pytest.mark.parametrize("sequence", sorted(ENTER - {"\n"}))
def test_enter_accepts(keys: PipeInput, sequence: str) -> None:
    keys.send_text(f"a{sequence}")
    assert ask("text") == Reply("a")


@pytest.mark.parametrize("sequence", sorted(DELETIONS))
def test_a_key_that_takes_away_takes_the_selection_away(keys: PipeInput, sequence: str) -> None:
    is_undo = sequence == "\x1f"
    keys.send_text(f"one two\x1b[1;6D{'x' * is_undo}{sequence}\r")
    assert ask("text") == Reply("one two" if is_undo else "one ")


def test_ctrl_c_stops_with_what_is_half_typed(keys: PipeInput) -> None:
    keys.send_text("half\x03")
    with pytest.raises(Interruption) as stop:
        ask("text")
    assert (stop.value.draft, stop.value.exit_code) == ("half", 130)


EDITS = {
    "typing replaces what is selected": ("one two\x1b[1;6Dthree", "one three"),
    "a paste replaces what is selected": ("one two\x1b[1;2D\x1b[1;2D\x1b[200~x\x1b[201~", "one tx"),
    "a new line replaces what is selected": ("one two\x1b[1;6D\x1b\r", "one \n"),
    "a move lets go of what is selected": ("one two\x1b[1;6D\x1b[Fx", "one twox"),
    "all is selected to the beginning of the line": ("one two\x1b[1;2Hx", "x"),
    "a word with accents is one word": ("zei één woord\x1b[1;5D\x1b[1;5Dx", "zei xéén woord"),
    "a word is passed by Alt too": ("one two\x1bbx\x1b[1;3Dy\x1bf!", "one yxtwo!"),
    "a word is taken away": ("one, two!\x17", "one, "),
    "a word is taken away by Alt": ("one two\x1b\x7f", "one "),
    "the next word is taken away": ("one two\x01\x1bd", " two"),
    "the line is taken away up to here": ("one\x1b\rtwo three\x1b[1;5D\x15", "one\nthree"),
    "the rest of the line is taken away": ("one two\x01\x0b", ""),
    "at its end two lines become one": ("one\x1b\rtwo\x1b[A\x05\x0b", "onetwo"),
    "a letter that is built up goes as one": ("e\u0301n\x1b[D\x7f", "n"),
    "a picture that is built up goes as one": ("a\U0001f469\u200d\U0001f467\x7f", "a"),
    "undo takes back what was typed in one go": ("one \x1b[Ftwo \x1b[Fthree\x1f\x1f", "one "),
    "what was taken back is done again": ("one \x1b[Ftwo \x1b[Fthree\x1f\x1f\x19", "one two "),
    "undo gives back what was taken away": ("one two\x15\x1f", "one two"),
    "the beginning and the end of all": ("one\x1b\rtwo\x1b[1;5Hx\x1b[1;5Fy", "xone\ntwoy"),
    "a line on the screen is one up": ("a" * 77 + "b" * 10 + "\x1b[Ax", "a" * 10 + "x" + "a" * 67 + "b" * 10),
    "a line on the screen is one down": ("a" * 77 + "b" * 10 + "\x1b[A\x1b[Bx", "a" * 77 + "b" * 10 + "x"),
    "up in the highest line is the beginning": ("one\x1b[Ax", "xone"),
    "Delete takes away what is behind": ("one\x1b[D\x1b[3~", "on"),
    "Ctrl-D takes away what is behind": ("one\x01\x04", "ne"),
    "Alt with a letter is no letter": ("one\x1bx\x1b5\x1b#\x1b<", "one"),
    "no search": ("one\x13\x12two", "onetwo"),
}


@pytest.mark.parametrize(("pressed", "text"), EDITS.values(), ids=EDITS)
def test_a_writer_edits(keys: PipeInput, pressed: str, text: str) -> None:
    keys.send_text(pressed + "\r")
    assert ask("text") == Reply(text)


MENUS = {
    "a number": ("2\r", "low"),
    "a letter": ("l\r", "low"),
    "capitals": ("LOW\r", "low"),
    "the later of two numbers": ("2\x7f3\r", "other"),
    "the key of an option": ("other\r", "other"),
    "an arrow after letters": ("l\x1b[B\r", "other"),
    "what fits nothing can be mended": ("x\x7fl\r", "low"),
    "j is a letter": ("jk\x15\r", "high"),
    "round": ("\x1b[A\r", "other"),
    "a line feed is Enter": ("l\n", "low"),
    "a paste is typed": ("\x1b[200~Something e\x1b[201~\r", "other"),
}


@pytest.mark.parametrize(("pressed", "key"), MENUS.values(), ids=MENUS)
def test_a_menu_takes_what_is_typed(keys: PipeInput, pressed: str, key: str) -> None:
    keys.send_text(pressed)
    assert ask("choice", OPTIONS) == Reply(key)


@pytest.mark.parametrize(("typed", "key"), [(word, "yes") for word in ("y", "yes", "j", "Ja", "1")])
def test_yes_is_taken_in_both_languages(keys: PipeInput, typed: str, key: str) -> None:
    keys.send_text(f"\x1b[B{typed}\r")
    assert ask("yes-no", YES_NO) == Reply(key)


@pytest.mark.parametrize(("typed", "key"), [(word, "no") for word in ("n", "No", "nee", "2")])
def test_no_is_taken_in_both_languages(keys: PipeInput, typed: str, key: str) -> None:
    keys.send_text(f"{typed}\r")
    assert ask("yes-no", YES_NO) == Reply(key)


@pytest.mark.parametrize(
    ("pressed", "marked"),
    [("1 3 ", "high\nother"), ("2 ", "low"), ("  ", ""), ("low ", "low"), ("h s ", "high\nother")],
)
def test_a_number_or_a_letter_points_where_several_can_be_marked(keys: PipeInput, pressed: str, marked: str) -> None:
    keys.send_text(pressed + "\r")
    assert ask("choices", OPTIONS) == Reply(marked)


@pytest.mark.parametrize(
    ("typed", "other_words"),
    [
        ("\r", None),
        ("n\r", None),
        ("nee\r", None),
        ("1\r", None),
        ("2\r", ""),
        ("say\r", ""),
        ("ja\r", ""),
        ("W", "W"),
        ("Let me", "Let"),
        ("\x02", ""),
    ],
)
def test_a_remark_is_answered_by_its_options_or_by_other_words(keys: PipeInput, typed: str, other_words: str | None) -> None:
    keys.send_text(typed)
    assert remark() == other_words


def test_what_is_typed_on_after_a_remark_is_in_the_next_text(keys: PipeInput) -> None:
    keys.send_text("What tires you?\r")
    assert remark() == "W"
    assert ask("text", default="W") == Reply("What tires you?")


def presses(*pieces: str, waiting: bool = False) -> list[KeyPress]:
    """Return the keys that come of pieces of what a terminal sends, where `waiting` with time between them."""
    found: list[KeyPress] = []
    keyboard = Keyboard(found.append)
    for piece in pieces:
        keyboard.feed(piece)
        if waiting:
            keyboard.flush()
    return found


@pytest.mark.parametrize("more", ["", "\x1b[200~paste\x1b[201~"])
def test_a_sequence_that_comes_in_pieces_is_the_same_key(more: str) -> None:
    text = more + "a".join(filter(is_whole, [*HARMLESS, *NEW_LINES, *DELETIONS, *TYPED]))
    assert presses(*text) == presses(text)


@pytest.mark.parametrize(
    ("pieces", "typed"),
    [
        (("\x1b", "a"), "a"),  # Escape and then a word
        (("\x1b", "\r"), "\n"),  # Escape, and Enter a while later
        (("\x1b", "a", "\r"), "a\r"),
        (("\x1b\x1b", "a"), "a"),
        (("\x1b[13", ";2u", "a"), "\na"),  # a slow line
        (("\x1b[", "a"), "a"),  # Alt+[
        (("\x1bO", "a"), "a"),
        (("\x1b]11;rgb:ff", "ff/0/0\x07", "a"), "a"),
        (("\x1b[200~a\x1b[20", "1~b"), "ab"),
    ],
)
def test_time_tells_where_a_key_ends_only_where_nothing_else_does(pieces: tuple[str, ...], typed: str) -> None:
    assert "".join(press.data for press in presses(*pieces, waiting=True)) == typed


def test_what_was_typed_before_the_prompt_read_keys_has_line_feeds_for_enter() -> None:
    found: list[KeyPress] = []
    keyboard = Keyboard(found.append)
    keyboard.expect_early()
    keyboard.feed("a\n")
    keyboard.feed("\n")
    assert "".join(press.data for press in found) == "a\r\n"


def test_what_steers_a_terminal_is_taken_out_of_a_paste(keys: PipeInput) -> None:
    keys.send_text("\x1b[200~Mon\tTue \x1b[31mred\x1b[0m\x07\r\ntwo\x1b[201~\r")
    assert ask("text") == Reply("Mon\tTue red\ntwo")


@needs_line_feeds
def test_a_paste_from_before_the_prompt_is_one_answer(keys: PipeInput) -> None:
    keys.send_text("one\ntwo\nthree\n")
    assert ask("text") == Reply("one\ntwo\nthree")


@needs_line_feeds
def test_an_enter_from_before_the_prompt_is_enter_at_every_question(keys: PipeInput) -> None:
    asker = TerminalAsker()
    keys.send_text("a\n")
    assert ask("text", asker=asker) == Reply("a")
    keys.send_text("l\n")
    assert ask("choice", OPTIONS, asker=asker) == Reply("low")
    keys.send_text("b\n")
    assert ask("text", asker=asker) == Reply("b")


def test_what_can_wait_is_done_while_each_question_is_read(keys: PipeInput) -> None:
    done: list[str] = []
    asker = TerminalAsker(meanwhile=lambda: done.append("waited"))
    keys.send_text("a\r")
    ask("text", asker=asker)
    keys.send_text("l\r")
    ask("choice", OPTIONS, asker=asker)
    assert done == ["waited", "waited"]
