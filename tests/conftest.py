"""What every test starts from."""

import gc

import pytest
from hypothesis import HealthCheck, settings

from coach.language import speak
from coach.program import call_me
from conversing import WAYS, Say, answering
from systems import IS_WINDOWS

collect_ignore = [] if IS_WINDOWS else ["windows"]  # what is only true there
gc.set_threshold(700, 10, 1000)  # to look at all that the modules made takes 0.3 s, also in the midst of what a test measures
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy one is no fault
settings.register_profile("quick", settings.get_profile("any machine"), max_examples=40)
settings.register_profile("thorough", settings.get_profile("any machine"), max_examples=1000)
settings.load_profile("quick")  # unless pytest is run with --hypothesis-profile thorough


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark a test that is given a folder: it writes files or starts programs, and these are what systems differ in."""
    if "tmp_path" in getattr(item, "fixturenames", ()) or item.path.parent.name == "windows":
        item.add_marker("disk")


@pytest.fixture(autouse=True)
def english() -> None:
    """Let every test start in English, whatever the one before it spoke, with commands named without a home or a language."""
    speak("en")
    call_me()


@pytest.fixture(params=WAYS)
def say(request: pytest.FixtureRequest) -> Say:
    """Return a function that gives answers one after another: straight, and in every other way that must come to the same."""
    return answering(request.param)
