"""HTML and SVG in which what a person wrote stays text, on a page that needs nothing else: no network, script or file."""

from __future__ import annotations

from html import escape
from pathlib import Path

from coach.text import visible

_STYLE = Path(__file__).with_name("report.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(title: str, language: str, body: str) -> str:
    """Return a whole page around a body of markup."""
    head = "\n".join(
        (
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{text(_POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<link rel="icon" href="data:,">',
            f"<title>{text(title)}</title>",
            f"<style>\n{_STYLE.read_text('utf-8')}</style>",
        )
    )
    whole = f"<head>\n{head}\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>"
    return f'<!doctype html>\n<html lang="{text(language)}">\n{whole}\n</html>\n'


def text(words: object) -> str:
    """Return words as they may stand in HTML, between tags and in an attribute."""
    return escape(visible(str(words)))


def lines(words: str) -> str:
    """Return words of several lines."""
    return "<br>".join(map(text, words.split("\n")))


def tag(name: str, *children: str, **attributes: object) -> str:
    """Return an element around children that are markup already; `aria_label` is `aria-label`, `class_` is `class`."""
    named = "".join([f' {key.rstrip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items()])
    return f"<{name}{named}>{''.join(children)}</{name}>"
