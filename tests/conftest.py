"""What every test starts from."""

import pytest
from hypothesis import HealthCheck, settings

from coach.language import speak

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy one is no fault
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def english() -> None:
    """Let every test start in English, whatever the one before it spoke."""
    speak("en")
