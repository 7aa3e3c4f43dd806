"""What is about somebody's safety is heard, of the right kind; what only sounds like it is not."""

import re
import unicodedata
from pathlib import Path

import pytest

from coach.ear import safety
from coach.ear.checks import SAFETY
from coach.ear.ear import load_ear
from coach.ear.safety_file import read_safety
from coach.ear.stored import load_safety
from coach.errors import CoachError, Problems
from coach.strict_yaml.parse import Items, Mapping, Text, parse

LANGUAGES = ("nl", "en")
FOLDER = Path(__file__).parent / "ear"


def sentences(language: str) -> list[tuple[str, str, str]]:
    """Return the language, the kind and the text of every sentence of our own."""
    root = parse((FOLDER / f"safety_{language}.yaml").read_text("utf-8"), Problems("x"))
    assert isinstance(root, Mapping)
    lists = [(kind.value, texts) for kind, texts in root.entries if isinstance(texts, Items)]
    return [(language, kind, text.value) for kind, texts in lists for text in texts.items if isinstance(text, Text)]


OWN = [sentence for language in LANGUAGES for sentence in sentences(language)]


def kinds(language: str, text: str) -> list[str]:
    return [heard.check for heard in load_ear(language).hear(text, SAFETY) if heard.check in SAFETY]


def as_typed(language: str, text: str) -> set[str]:
    """Return a text in each way it may be typed."""
    filler = {"nl": "Eh, ", "en": "Um, "}[language]
    return {
        text,
        text.upper(),
        text.lower(),
        text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}"),
        text.rstrip("."),
        f"  {text}  \n",
        unicodedata.normalize("NFD", text),
        filler + text,
    }


@pytest.mark.parametrize(("language", "kind"), sorted({(language, kind) for language, kind, _text in OWN}))
def test_a_sentence_about_safety_is_heard_as_its_kind_however_it_is_typed(language: str, kind: str) -> None:
    texts = [typed for *of, text in OWN if of == [language, kind] for typed in as_typed(language, text)]
    heard = {text: kinds(language, text) for text in texts}
    assert {text: found for text, found in heard.items() if found != ([] if kind == "nothing" else [kind])} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_has_a_calm_line_of_its_own(language: str) -> None:
    lines = load_safety(language).lines
    assert set(lines) == {*SAFETY, "safety_other.own"}
    assert len(set(lines.values())) == len(lines)
    assert [line for line in lines.values() if "!" in line or "?" in line or len(line) > 260] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_violence_at_ones_own_home_leads_to_somebody_one_trusts(language: str) -> None:
    text = {"nl": "Mijn man heeft me gisteren geslagen.", "en": "My husband hit me last night."}[language]
    (heard,) = [heard for heard in load_ear(language).hear(text, SAFETY) if heard.check in SAFETY]
    assert heard.remark == load_safety(language).lines["safety_other.own"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_can_be_read(language: str) -> None:
    path = Path(safety.__file__).with_name(f"{language}_safety.yaml")
    text = path.read_text(encoding="utf-8")
    assert read_safety(text, path.name).count == len(re.findall(r"^  - check: ", text, re.MULTILINE))


def test_a_mistake_in_a_sign_is_told_with_its_line() -> None:
    path = Path(safety.__file__).with_name("en_safety.yaml")
    text = path.read_text(encoding="utf-8").replace("- check: safety_other", "- check: safety_others", 1)
    line = text[: text.index("- check: safety_others")].count("\n") + 1
    with pytest.raises(CoachError) as caught:
        read_safety(text, "en_safety.yaml")
    assert f"en_safety.yaml:{line}: unknown check 'safety_others'; did you mean 'safety_other'?" in str(caught.value)
