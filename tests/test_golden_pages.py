"""What looking back on half a year shows, whole: a change that is meant is written by `python tests/support/pages.py`."""

import os

import pytest

from pages import GOLDEN, pages


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages(tmp_path_factory.mktemp("pages"))


@pytest.mark.parametrize("name", sorted(os.listdir(GOLDEN)))
def test_a_page_is_what_it_was(name: str, shown: dict[str, str]) -> None:
    assert shown[name] == (GOLDEN / name).read_text("utf-8")


def test_every_page_is_held(shown: dict[str, str]) -> None:
    assert sorted(shown) == sorted(os.listdir(GOLDEN))
