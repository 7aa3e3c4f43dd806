"""What terminals send for keys, by what it means in a text: nothing, a new line, to take away, to leave."""

import re

CONTROLS = {chr(code) for code in (*range(32), 127)} - {"\x1b"}
ALT = {"\x1b" + chr(code) for code in range(32, 127)}
LETTERS, NUMBERS, HELD = "ABCDEFGHPQRS", range(1, 35), range(2, 17)

XTERM = {
    *(f"\x1b[{letter}" for letter in LETTERS),
    *(f"\x1bO{letter}" for letter in LETTERS),
    *(f"\x1b[1;{held}{letter}" for letter in LETTERS for held in HELD),
    *(f"\x1bO{held}{letter}" for letter in LETTERS for held in range(2, 9)),
    *(f"\x1b[{held}{letter}" for letter in "ABCD" for held in range(2, 9)),
    *(f"\x1b[{number}~" for number in NUMBERS),
    *(f"\x1b[{number};{held}~" for number in NUMBERS for held in HELD),
}
RXVT = {f"\x1b[{number}{held}" for number in NUMBERS for held in "$^@"} | {
    *(f"\x1b[{letter}" for letter in "abcd"),
    *(f"\x1bO{letter}" for letter in "abcd"),
    *(f"\x1b\x1b[{letter}" for letter in "ABCD"),
    *(f"\x1b\x1bO{letter}" for letter in "ABCD"),
}
LINUX = {f"\x1b[[{letter}" for letter in "ABCDE"}
PUTTY = {f"\x1b[{number}~" for number in (11, 12, 13, 14)} | {"\x1bOG", "\x1b[G"}
KITTY = {
    *(f"\x1b[{code}u" for code in range(57344, 57455)),
    *(f"\x1b[{code};{held}u" for code in (*range(32, 127), *range(57358, 57365)) for held in (3, 4, 7, 8)),
    *(f"\x1b[{code};{held}:{event}u" for code in range(97, 123) for held in (3, 7) for event in (1, 2, 3)),
    *(f"\x1b[{code};5u" for code in (*range(48, 58), *map(ord, "ilnopqrsvx[\\]^"))),
    *(f"\x1b[{code};6u" for code in range(97, 123)),
    *(f"\x1b[1;{held}:3{letter}" for held in (1, 2, 5) for letter in LETTERS),
    "\x1b[27u",
    "\x1b[27;2u",
    "\x1b[9u",
    "\x1b[13;1:3u",
    "\x1b[97;1:3u",
}
MODIFIED = {f"\x1b[27;{held};{code}~" for code in (*range(48, 58), *range(97, 123)) for held in (3, 4, 6, 7, 8)} | {
    "\x1b[27;5;9~",
    "\x1b[27;5;27~",
}
MOUSE = {
    *(f"\x1b[<{button};10;5{state}" for button in (0, 1, 2, 35, 64, 65) for state in "Mm"),
    *("\x1b[M" + button + "!!" for button in ' !"#@`a'),
    *(f"\x1b[{button};10;5M" for button in (32, 35, 67, 96)),
}
ANSWERS = {
    "\x1b[I",  # the window has the focus
    "\x1b[O",
    "\x1b[24;80R",
    "\x1b[?24;80R",
    "\x1b[?64;1;2;4c",
    "\x1b[>41;370;0c",
    "\x1b[0n",
    "\x1b[?2026;2$y",
    "\x1b[4;1$y",
    "\x1b[?1u",
    "\x1b[8;24;80t",
    "\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    "\x1b]11;rgb:ffff/ffff/ffff\x07",
    "\x1b]0;a title\x07",
    "\x1bP>|XTerm(370)\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1bP1+r544e=787465726d\x1b\\",
    "\x9b",
    "\x85",
}
UNKNOWN = {"\x1b[999;99;9z", "\x1b[ q", "\x1b[1 @", "\x1b[;;;;;A", "\x1bOz", "\x1b[1;99999A"}

NEW_LINES = {
    "\x1b\r",  # Alt+Enter; Escape, Enter
    "\x1b\n",
    "\x1bOM",  # Shift+Enter in Konsole
    *(f"\x1b[13;{held}u" for held in (2, 3, 5, 6)),
    *(f"\x1b[27;{held};13~" for held in (2, 3, 5, 6)),
}
TYPED = {
    **{f"\x1bO{final}": character for final, character in zip("jklmnopqrstuvwxy", "*+,-./0123456789", strict=True)},
    "\x1b[27;2;78~": "N",
    "\x1b[27;2;32~": " ",
    "\x1b[110;2u": "N",
    "\x1b[233u": "é",
    "\x1b[200~a\rb\r\nc\x1b[201~": "a\nb\nc",
}
DELETIONS = {"\x08", "\x7f", "\x17", "\x15", "\x0b", "\x04", "\x1f", "\x1bd", "\x1b\x7f", "\x1b\x08"} | {
    *(f"\x1b[3;{held}~" for held in HELD),
    *("\x1b[3~", "\x1b[3$", "\x1b[3^", "\x1b[3@", "\x1b[100;3u", "\x1b[27;3;100~", "\x1b[127;3u", "\x1b[127;5u", "\x1b[8;5u"),
}
ENTER = {"\r", "\n", "\x1b[13u"}
BACK = {"\x02", "\x1b[Z", "\x1b\t", "\x1b[9;2u", "\x1b[27;2;9~", "\x1b[98;5u"}
LEAVING = {"\x03", "\x14", "\x1a"}
_ALL = CONTROLS | ALT | XTERM | RXVT | LINUX | PUTTY | KITTY | MODIFIED | MOUSE | ANSWERS | UNKNOWN
HARMLESS = sorted(_ALL - DELETIONS - ENTER - BACK - LEAVING - NEW_LINES - TYPED.keys())
"""All that neither adds, takes away, accepts nor leaves."""


def is_whole(sequence: str) -> bool:
    """Return whether a sequence is one from its first character on, so that no time tells where it ends."""
    return not re.fullmatch(r"\x1b[\[O\]P]?", sequence)
