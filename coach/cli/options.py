"""The options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from coach.cli.completion import session_ids
from coach.language import _

Id = Annotated[
    str,
    typer.Argument(
        metavar="ID", help=_("A part of the session's name, words of whom it is about, or latest."), autocompletion=session_ids
    ),
]
Json = Annotated[bool, typer.Option("--json", help=_("Print JSON, for a program."))]
About = Annotated[str, typer.Option("--about", metavar=_("TEXT"), help=_("Only about this; a word of it is enough."))]
SequenceName = Annotated[str, typer.Option("--sequence", metavar=_("NAME"), help=_("Only of this sequence."))]
Since = Annotated[
    str, typer.Option("--since", metavar=_("DAY"), help=_("Only from this day on, as 2026-11-24, last month or november."))
]
Until = Annotated[str, typer.Option("--until", metavar=_("DAY"), help=_("Only up to and including this day."))]
Tag = Annotated[str, typer.Option("--tag", metavar=_("TAG"), help=_("Only with this tag."))]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=0, help=_("Show at most this many; 0 shows all."))]
All = Annotated[bool, typer.Option("--all", help=_("Show every pattern with every line."))]
