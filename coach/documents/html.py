"""Pieces of HTML and SVG, in which what a person wrote stays text."""

from __future__ import annotations

from html import escape

from coach.inert import visible


def text(words: object) -> str:
    """Return words as they may stand in HTML, between tags and in an attribute."""
    return escape(visible(str(words)))


def lines(words: str) -> str:
    """Return words of several lines."""
    return "<br>".join(map(text, words.split("\n")))


def tag(name: str, *children: str, **attributes: object) -> str:
    """Return an element around children that are markup already; `aria_label` is `aria-label`, `class_` is `class`."""
    named = "".join(f' {key.rstrip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items())
    return f"<{name}{named}>{''.join(children)}</{name}>"
