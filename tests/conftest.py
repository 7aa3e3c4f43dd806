"""What every test starts from."""

import pytest

from coach.language import speak


@pytest.fixture(autouse=True)
def english() -> None:
    """Let every test start in English, whatever the one before it spoke."""
    speak("en")
