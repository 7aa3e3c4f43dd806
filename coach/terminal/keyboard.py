"""What a terminal sends, of any make -> the keys that a prompt knows; whatever is no key of ours is left out, whole."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator

from prompt_toolkit.input import Input
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

NEW_LINE = KeyPress(Keys.ControlJ, "\n")
_ENTER = KeyPress(Keys.ControlM, "\r")
_BACKSPACE = KeyPress(Keys.ControlH, "\x7f")
_SHIFT_TAB = KeyPress(Keys.BackTab, "")
_WORD_BACK = KeyPress(Keys.ControlW, "\x17")
_STOP = KeyPress(Keys.ControlC, "\x03")

_PASTE, _PASTE_END = "\x1b[200~", "\x1b[201~"
_SEQUENCE = re.compile(
    r"""
    \x1b (?P<meta> \x1b (?= [\[O] ) )? (?:
        \[ (?: M [\s\S]{3} | \[ [A-Z] )                              # a mouse of the oldest kind; F1 to F5 on the Linux console
      | \[ (?P<shifted> \d+ ) \$                                     # Shift in rxvt
      | \[ (?! [M\[] ) (?P<private> [<=>?] )? (?P<numbers> [\d:;]{0,60} ) [\ -/]* (?P<final> [@-~] )
      | O (?P<modifier> \d? ) (?P<keypad> [@-~] )
      | \] \d [^\x00-\x1f\x7f]* (?: \x07 | \x1b\\ )                  # an answer: a title, a colour
      | P [\d!>=] [^\x00-\x1f\x7f]* \x1b\\                           # an answer: a name, a version
    )""",
    re.VERBOSE | re.ASCII,
)
_BEGINNING = re.compile(
    r"""
    \x1b \x1b? (?:
        \[ (?: M [\s\S]{0,2} | \[ | [<=>?]? [\d:;]{0,60} [\ -/]* )
      | O \d?
      | \] (?: \d [^\x00-\x1f\x7f]* \x1b? )?
      | P (?: [\d!>=] [^\x00-\x1f\x7f]* \x1b? )?
    )? \Z""",
    re.VERBOSE | re.ASCII,
)
_LINE_FEED = re.compile(r"(?<!\r)\n")
_LETTERS = dict(zip("ABCDFH", ("up", "down", "right", "left", "end", "home"), strict=True))
_NUMBERS = {1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end"}
_BY_WORD = (Keys.ControlLeft, Keys.ControlRight, Keys.ControlDelete)  # back, forward, delete
_BY_ALT = {
    **{letter: KeyPress(key, "") for letter, key in zip("bfd", _BY_WORD, strict=True)},
    "\r": NEW_LINE,
    "\n": NEW_LINE,
    "\t": _SHIFT_TAB,  # Shift+Tab on the Linux console
    "\x7f": _WORD_BACK,
    "\x08": _WORD_BACK,
    "\x03": _STOP,
}
_ON_KEYPAD = dict(zip("jklmnopqrstuvwxyX", "*+,-./0123456789=", strict=True))
_SHIFT, _ALT, _CTRL, _META = 1, 2, 4, 8
_RELEASED = ":3"
_PRIVATE_USE = range(0xE000, 0xF900)  # keys without a character, in the protocol of kitty


class Keyboard(Vt100Parser):
    """Reads what a terminal sends, in pieces of any length.

    Escape is no key of its own: with a key behind it in one piece it is Alt, and before Enter, however much later, a new line.
    """

    def __init__(self, feed_key_callback: Callable[[KeyPress], None]) -> None:
        """`feed_key_callback` takes each key."""
        super().__init__(feed_key_callback)
        self._beginning = ""
        self._pasted: str | None = None
        self._is_escaped = False
        self._is_early = False

    def expect_early(self) -> None:
        """Take a line feed in the next piece for Enter: the terminal made that of it before it gave single keys."""
        self._is_early = True

    def feed(self, data: str) -> None:
        """Take a piece of what is sent."""
        if self._is_early and data:
            data, self._is_early = _LINE_FEED.sub("\r", data), False
        if self._is_escaped and data:
            data, self._is_escaped = "\x1b" + data if data[0] in "\r\n" else data, False
        data, self._beginning = self._beginning + data, ""
        while data:
            data = self._feed_paste(data) if self._pasted is not None else self._feed_keys(data)

    def flush(self) -> None:
        """Give up waiting for the rest of a sequence, unless it is certain that there is one."""
        if len(self._beginning) <= len("\x1b["):
            self._is_escaped, self._beginning = self._is_escaped or self._beginning in {"\x1b", "\x1b\x1b"}, ""

    def _feed_paste(self, data: str) -> str:
        """Gather what is pasted, and return what comes after it."""
        text, end, rest = ((self._pasted or "") + data).partition(_PASTE_END)
        if not end:
            self._pasted = text
            return ""
        self._pasted = None
        self.feed_key_callback(KeyPress(Keys.BracketedPaste, text))
        return rest

    def _feed_keys(self, data: str) -> str:
        """Give the keys up to what is pasted, and return what comes after them."""
        place = 0
        while place < len(data):
            if data[place] != "\x1b":
                self._type(data[place])
                place += 1
            elif data.startswith(_PASTE, place):
                self._pasted = ""
                return data[place + len(_PASTE) :]
            elif match := _SEQUENCE.match(data, place):
                for press in _keys_of(match):
                    self.feed_key_callback(press)
                place = match.end()
            elif _BEGINNING.match(data, place):
                self._beginning = data[place:]
                return ""
            else:
                place = self._feed_alt(data, place + 1)
        return ""

    def _feed_alt(self, data: str, place: int) -> int:
        """Give the key that is pressed with Alt, and return the place behind it; a further Escape begins anew."""
        if data[place] == "\x1b":
            return place
        if data[place] in _BY_ALT:
            self.feed_key_callback(_BY_ALT[data[place]])
        return place + 1

    def _type(self, character: str) -> None:
        key = ANSI_SEQUENCES.get(character, character)
        if not isinstance(key, tuple) and not "\x80" <= character <= "\x9f":
            self.feed_key_callback(KeyPress(key, character))


def read_with(input_: Input) -> Keyboard | None:
    """Let the keys of an input be read our way, and return what reads them; None where the system itself tells keys apart."""
    reader = getattr(input_, "console_input_reader", input_)  # on Windows
    for name in ("vt100_parser", "_vt100_parser"):
        parser = getattr(reader, name, None)
        if isinstance(parser, Keyboard):
            return parser
        if parser:
            keyboard = Keyboard(parser.feed_key_callback)
            setattr(reader, name, keyboard)
            return keyboard
    return None


def _keys_of(match: re.Match[str]) -> Iterator[KeyPress]:
    """Yield the key that a sequence stands for, if there is one."""
    meta = _ALT if match["meta"] else 0
    if match["shifted"]:
        yield from _named(_NUMBERS.get(int(match["shifted"])), _SHIFT | meta)
    elif match["keypad"]:
        yield from _on_keypad(match["keypad"], _modifiers(match["modifier"]) | meta)
    elif match["final"] and not match["private"]:
        yield from _controlled([part or "1" for part in match["numbers"].split(";")], match["final"], meta)


def _controlled(numbers: list[str], final: str, meta: int) -> Iterator[KeyPress]:
    """Yield the key of a sequence with numbers, of which the second tells what is held down with it."""
    first, modifier = _first(numbers[0]), numbers[1] if len(numbers) > 1 else numbers[0] if final in _LETTERS else "1"
    if modifier.endswith(_RELEASED):
        return
    held = _modifiers(modifier) | meta
    if final == "u":
        yield from _typed(first, held)
    elif final == "~" and (first, len(numbers)) == (27, 3):
        yield from _typed(_first(numbers[2]), held)
    elif final in "~^@":
        yield from _named(_NUMBERS.get(first), held | {"~": 0, "^": _CTRL, "@": _CTRL | _SHIFT}[final])
    elif final == "Z":
        yield _SHIFT_TAB
    elif final in _LETTERS:
        yield from _named(_LETTERS[final], held)
    elif final in "abcd":  # rxvt
        yield from _named(_LETTERS[final.upper()], _SHIFT | meta)


def _on_keypad(final: str, held: int) -> Iterator[KeyPress]:
    """Yield a key of the keypad, or an arrow: rxvt writes them small with Ctrl, Konsole has Shift+Enter here."""
    if final == "M":
        yield NEW_LINE
    elif final in _LETTERS:
        yield from _named(_LETTERS[final], held)
    elif final in "abcd":
        yield from _named(_LETTERS[final.upper()], _CTRL | held)
    elif final in _ON_KEYPAD:
        yield KeyPress(_ON_KEYPAD[final])


def _named(name: str | None, held: int) -> Iterator[KeyPress]:
    """Yield an arrow or such; Alt and Ctrl do the same with it."""
    if name:
        yield KeyPress(Keys(("c-" if held & (_ALT | _CTRL) else "") + ("s-" if held & _SHIFT else "") + name), "")


def _typed(code: int, held: int) -> Iterator[KeyPress]:
    """Yield a key that a terminal sends as the number of its character, and what is held down with it."""
    match code:
        case 9:
            yield _SHIFT_TAB if held & _SHIFT else KeyPress(Keys.ControlI, "\t")
        case 13:
            yield NEW_LINE if held else _ENTER
        case 8 | 127:
            yield _WORD_BACK if held & (_ALT | _CTRL) else _BACKSPACE
        case _ if code < ord(" ") or code > sys.maxunicode or code in _PRIVATE_USE:
            return
        case _ if held & _ALT:
            yield from filter(None, [_BY_ALT.get(chr(code))])
        case _ if held & _CTRL:
            yield from _with_ctrl(chr(code), held)
        case _:
            yield KeyPress(chr(code).upper() if held & _SHIFT and chr(code).isascii() else chr(code))


def _with_ctrl(character: str, held: int) -> Iterator[KeyPress]:
    """Yield a control key; Ctrl+Shift with a letter is a key of the terminal's own."""
    if character in "-/":
        character = "_"  # Ctrl-_, as terminals have always sent these
    if "@" <= character.upper() <= "_" and not (character.isalpha() and held & _SHIFT):
        control = chr(ord(character.upper()) & 0x1F)
        key = ANSI_SEQUENCES[control]
        if not isinstance(key, tuple) and control != "\x1b":
            yield KeyPress(key, control)


def _first(number: str) -> int:
    """Return a number without what kitty adds to it behind a colon."""
    return int(number.partition(":")[0] or 1)


def _modifiers(number: str) -> int:
    """Return which of Shift, Alt and Ctrl are held; a terminal counts from one, and adds the lock keys."""
    held = _first(number or "1") - 1
    return held & (_SHIFT | _ALT | _CTRL) | (_ALT if held & _META else 0)
