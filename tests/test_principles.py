"""Every principle of the article is served by a step, in both languages, or by the product itself."""

from pathlib import Path

import pytest
import yaml

from coach.sequences.catalogue import Catalogue, shipped_folder

MAP: dict[str, list[str] | dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "principles.yaml").read_text(encoding="utf-8")
)
STEPS = sorted({step for served in MAP.values() if isinstance(served, list) for step in served})


def test_every_principle_is_there_once() -> None:
    assert list(MAP) == [f"P{number:02}" for number in range(1, 57)]


def test_every_principle_is_served_by_steps_or_by_a_sentence() -> None:
    empty = [
        principle
        for principle, served in MAP.items()
        if not served or (isinstance(served, dict) and not (list(served) == ["product"] and served["product"].endswith(".")))
    ]

    assert empty == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_step_that_serves_a_principle_is_asked(language: str, tmp_path: Path) -> None:
    catalogue = Catalogue(language, tmp_path, shipped_folder(), tmp_path)
    asked = {f"{name}.{question.id}" for name in catalogue.names() for question in catalogue.read(name).questions}

    assert [step for step in STEPS if step not in asked] == []
