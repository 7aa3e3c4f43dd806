"""The sequences there are: one's own first, then those shipped."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coach import disk, files
from coach.errors import CoachError, Problem, suggestion
from coach.language import LANGUAGES, _
from coach.sequences.glance import glance
from coach.sequences.reader import Source, read_sequence
from coach.sequences.sequence import NAME, Sequence, Top


def shipped_folder() -> Path:
    """Return the folder of the sequences that come with the program, in a wheel or in its source."""
    inside = Path(__file__).parents[1] / "prompts"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "prompts"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sequences in one language, in the order of the folders they are looked for."""

    language: str
    own: Path
    shipped: Path
    working: Path

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where sequences are looked for, first place first."""
        return (self.own / self.language, self.own, self.shipped / self.language)

    def path(self, name: str) -> Path | None:
        """Return the file of the sequence `name`, or None."""
        if not NAME.fullmatch(name):
            return None
        return next((path for folder in self.folders if (path := folder / f"{name}.yaml").is_file()), None)

    def get(self, name: str) -> Source | None:
        """Return the file of the sequence `name` with what it holds, or None."""
        path = self.path(name)
        return self.source(path) if path else None

    def source(self, path: Path) -> Source:
        """Return what a file of a sequence holds, its path as it is shown."""
        language = path.parent.name if path.parent.name in LANGUAGES else self.language
        return Source(path.stem, shown(path, self.working), files.read(path), language)

    def names(self) -> tuple[str, ...]:
        """Return the names of all sequences.

        Raises:
            CoachError: when one's own cannot be reached.

        """
        self._see_own()
        found = {path.stem for folder in self.folders for path in folder.glob("*.yaml") if NAME.fullmatch(path.stem)}
        return tuple(sorted(found - {"ear"}))

    def read(self, name: str) -> Sequence:
        """Return the sequence `name`.

        Raises:
            CoachError: when there is none, or it has mistakes.

        """
        self._see_own(f"{name}.yaml")
        source = self.get(name)
        if source is None:
            what = _("there is no sequence '{name}'").format(name=name)
            raise CoachError(Problem("", what, suggestion(name, self.names())))
        return read_sequence(source, self)

    def top(self, name: str) -> Top:
        """Return what stands at the top of the sequence `name`; nothing where it is gone, or cannot be read."""
        source = self.get(name)
        try:
            return glance(source.data) if source else Top()
        except CoachError:
            return Top()

    def _see_own(self, file: str = "") -> None:
        """See that what is one's own is there where a link leads to it: what is absent is not empty."""
        for folder in self.folders[:-1]:
            if absent := disk.absence(folder / file):
                raise CoachError(absent)


def shown(path: Path, working: Path) -> str:
    """Return a path as short as it can be typed from the working directory."""
    try:
        return str(path.relative_to(working))
    except ValueError:
        return str(path)
