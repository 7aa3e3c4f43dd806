"""Options to choose from: with the arrows, by their number, or by the beginning of their label."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from prompt_toolkit.application import get_app
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, Window

from coach.conversation.asker import Reply
from coach.conversation.meaning import NO, YES, meant
from coach.language import _
from coach.terminal.frame import MARK, Frame
from coach.terminal.keys import MARGIN, Leaving, more_is_coming
from coach.terminal.lines import cells, hung
from coach.text import cut, visible

_LONGEST = 40  # letters of what was typed and fits nothing, as it is told
_FIRST, _LAST = 0, -1


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in a menu that takes a text of one's own as well."""

    text: str


@dataclass(frozen=True, slots=True)
class Options:
    """What there is to choose: labels by their keys, and behind some of them what they cost.

    With `several`, any number of them can be marked. `yes` and `no` are the keys of what a yes and a no mean. With `takes_text`,
    what fits no option is an answer too.
    """

    labels: Mapping[str, str]
    costs: Mapping[str, str] = field(default_factory=dict)
    several: bool = False
    yes: str = YES
    no: str = NO
    takes_text: bool = False


class Menu:
    """A list of options, made once for all questions."""

    def __init__(self) -> None:
        self.fill(Options({}), "")
        content = Window(FormattedTextControl(self._shown), wrap_lines=True, dont_extend_height=True, always_hide_cursor=True)
        self.frame = Frame(content, self._keys(), Leaving(self._draft))

    def fill(self, options: Options, chosen: str) -> None:
        """Put options there, with the keys of those that were chosen before, a line each."""
        before = chosen.split("\n")
        places = [place for place, key in enumerate(options.labels) if key in before and not options.several]
        self._options = options
        self._pointed = places[0] if places else _FIRST
        self._marked = {key for key in options.labels if options.several and key in before}
        self._typed = self._notice = ""
        self._is_taken = False

    def _keys(self) -> KeyBindings:
        bindings = KeyBindings()

        def bind(names: str, action: Callable[[], object]) -> None:
            for name in names.split():
                bindings.add(name, eager=True)(lambda _event: action())

        bind("up c-p", lambda: self._point(self._pointed - 1))
        bind("down c-n", lambda: self._point(self._pointed + 1))
        bind("home c-home pageup", lambda: self._point(_FIRST))
        bind("end c-end pagedown", lambda: self._point(_LAST))
        bind("c-h", lambda: self._seek(self._typed[:-1]))
        bind("c-u c-w", lambda: self._seek(""))
        bindings.add("enter", eager=True)(self._enter)
        bindings.add("c-j", eager=True)(self._enter)
        bindings.add(Keys.BracketedPaste, eager=True)(self._type)
        bindings.add(Keys.Any, eager=True)(self._press)
        return bindings

    def _press(self, event: KeyPressEvent) -> None:
        if isinstance(event.key_sequence[0].key, Keys):
            return
        if self._options.several and event.data == " ":
            self._mark()
        else:
            self._type(event)

    def _type(self, event: KeyPressEvent) -> None:
        """Look for what is meant, or take it as a text of one's own, which means yes."""
        self._seek(self._typed + event.data)
        if self._notice and self._options.takes_text:
            typed = self._typed
            self._seek(self._options.labels[self._options.yes])
            self._is_taken = True
            event.app.exit(result=Typed(typed))

    def _seek(self, typed: str) -> None:
        """Point at what is meant by what was typed; say so where nothing is."""
        self._typed, self._notice = typed.lstrip(), ""
        key = meant(self._typed, self._options.labels, self._options.yes, self._options.no)
        if key is not None:
            self._pointed = list(self._options.labels).index(key)
        elif self._typed:
            self._notice = _('No choice begins with "{typed}".').format(typed=visible(cut(self._typed, _LONGEST)))

    def _point(self, place: int) -> None:
        self._pointed = place % len(self._options.labels)
        self._typed = self._notice = ""

    def _mark(self) -> None:
        self._marked ^= {self._key}
        self._typed = self._notice = ""

    def _enter(self, event: KeyPressEvent) -> None:
        """Take what is shown, never what was not meant; an Enter with more behind it is of a pasted text, and chooses nothing."""
        if more_is_coming(event.app):
            return
        if self._notice and self._typed:
            self._seek("")
        elif self._options.several and self._typed and self._key not in self._marked:
            self._mark()
        else:
            self._is_taken = True
            event.app.exit(result=Reply(self._draft() if self._options.several else self._key))

    @property
    def _key(self) -> str:
        return list(self._options.labels)[self._pointed]

    def _draft(self) -> str:
        """Return what is marked, in the order it is shown in."""
        return "\n".join(key for key in self._options.labels if key in self._marked)

    def _shown(self) -> StyleAndTextTuples:
        options, width = self._options, get_app().output.get_size().columns
        if self._is_taken:
            taken = self._marked if options.several else {self._key}
            answer = ", ".join(label for key, label in options.labels.items() if key in taken)
            return [("class:mark", MARK.ljust(MARGIN)), ("", hung(visible(answer), width, MARGIN))]
        lines = list(self._lines(width))
        lines += [[("", " " * MARGIN + hung(self._notice, width, MARGIN))]] if self._notice else []
        return [*lines[0], *(part for line in lines[1:] for part in (("", "\n"), *line))]

    def _lines(self, width: int) -> Iterator[StyleAndTextTuples]:
        """Yield what is shown of each option: its number, its label, and behind it what it costs."""
        options = self._options
        digits = len(str(len(options.labels)))
        for number, (key, label) in enumerate(options.labels.items(), start=1):
            is_pointed = number == self._pointed + 1
            box = ("● " if key in self._marked else "○ ") if options.several else ""
            before = f"{number:>{digits}}. {box}"
            margin = MARGIN + cells(before)
            yield [
                *([("[SetCursorPosition]", "")] if is_pointed else []),
                ("class:mark" if is_pointed else "", (f" {MARK} " if is_pointed else " " * MARGIN) + before),
                ("class:mark" if is_pointed else "", hung(visible(label), width, margin)),
                ("", _behind(label, options.costs.get(key, ""), width, margin)),
            ]


def _behind(label: str, cost: str, width: int, margin: int) -> str:
    """Return what stands behind a label, on a line of its own where there is no room."""
    if not cost:
        return ""
    has_room = margin + cells(f"{label}  {cost}") <= width
    return f"  {cost}" if has_room else "\n" + " " * margin + hung(cost, width, margin)
