"""Whatever order things happen in, no answer is lost that was not asked to be forgotten, and none is left that was."""

import random
from pathlib import Path

import pytest
from hypothesis import settings

pytest.importorskip("pyrage")

from sealing_world import World, step
from systems import needs_fork

pytestmark = pytest.mark.slow


@needs_fork
@pytest.mark.parametrize("seed", range(settings().max_examples))
def test_nothing_is_lost_and_nothing_is_left_in_any_order(tmp_path: Path, seed: int) -> None:
    world = World(tmp_path / "home", random.Random(seed))
    for _number in range(25):
        step(world)
