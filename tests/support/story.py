"""What the care coordinator of the story answers, from the demonstration and from files, and what she types for it."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from coach.conversation.answers_file import read_answers
from coach.sequences.catalogue import Catalogue, shipped_folder

STORY = Path(__file__).parents[1] / "story"


def answers_file(language: str, name: str) -> Path:
    own = STORY / language / f"{name}.yaml"
    return own if own.exists() else Path(str(files("coach"))) / "demo" / language / f"{name}.yaml"


def answers(language: str, name: str) -> dict[str, str]:
    path = answers_file(language, name)
    return {id_: text.value for id_, text in read_answers(path.read_bytes(), path.name).items()}


def keys(language: str, name: str) -> Iterator[str]:
    """Yield what a person types at each question: a text, or arrows down to the option, and Enter."""
    sequence = Catalogue(language, Path("none"), shipped_folder(), Path.cwd()).read(name)
    for id_, answer in answers(language, name).items():
        question = sequence.question(id_)
        assert question is not None
        options = [option.key for option in question.options]
        yield "\x1b[B" * options.index(answer) if options else answer
