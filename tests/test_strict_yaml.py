"""Bombs, giants and any text at all: read, or refused with a line; never a crash."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.errors import CoachError, Problems
from coach.strict_yaml.parse import Items, Mapping, Node, Text, decode, parse

LAUGHS = "a: &a [lol, lol]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {x: y}\n" + "".join(
    f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 9)}]}}\n" for a, b in zip("abcde", "bcdef", strict=True)
)
DEEP_BLOCK = "".join(f"{'  ' * depth}a:\n" for depth in range(600))
TOO_DEEP = "lists inside lists go deeper than 20 levels; a sequence needs four at most"
ANCHORED = "`*` and `&` at the start of a value are not used; if it is meant as text, put it between quotes"


def refusal(text: str) -> str:
    """Return with what a text is refused."""
    with pytest.raises(CoachError) as caught:
        parse(text, Problems("x.yaml"))
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[" * 100_000, f"x.yaml:1: {TOO_DEEP}", id="a hundred thousand brackets"),
        pytest.param("{a: " * 100_000, f"x.yaml:1: {TOO_DEEP}", id="a hundred thousand braces"),
        pytest.param("- " * 100_000, f"x.yaml:1: {TOO_DEEP}", id="a hundred thousand dashes"),
        pytest.param("? " * 100_000, f"x.yaml:1: {TOO_DEEP}", id="a hundred thousand question marks"),
        pytest.param("title: x\nsteps:\n" + "[" * 100_000, f"x.yaml:3: {TOO_DEEP}", id="brackets below good lines"),
        pytest.param(DEEP_BLOCK, f"x.yaml:20: {TOO_DEEP}", id="six hundred keys inside each other"),
        pytest.param(LAUGHS, f"x.yaml:1: {ANCHORED}", id="billion laughs"),
        pytest.param(MERGES, f"x.yaml:1: {ANCHORED}", id="merge keys"),
        pytest.param("a: *b\n", f"x.yaml:1: {ANCHORED}", id="an alias of nothing"),
        pytest.param(
            "title: !!python/object/apply:os.system [id]\n",
            "x.yaml:1: `!` at the start of a value is not used; if it is meant as text, put it between quotes",
            id="a tag",
        ),
        pytest.param(
            "title: x\n" + "# filler\n" * 250_000,
            "x.yaml:1: the file is larger than 1 MB; split it, or take out what is not needed",
            id="two megabytes",
        ),
        pytest.param(
            "é" * 600_000,
            "x.yaml:1: the file is larger than 1 MB; split it, or take out what is not needed",
            id="a megabyte of bytes in fewer characters",
        ),
        pytest.param(
            "-\n" * 60_000,
            "x.yaml:50000: the file holds more than 50000 values; split it into several sequences",
            id="sixty thousand values",
        ),
        pytest.param(
            "title: x\nsteps: a\x00b\n",
            "x.yaml:2: a character that YAML does not allow: U+0000; take it out; it may be invisible",
            id="a NUL",
        ),
        pytest.param(
            "title: \ud800\n",
            "x.yaml:1: a character that YAML does not allow: U+D800; take it out; it may be invisible",
            id="a lone surrogate",
        ),
        pytest.param(
            "title: \ufeff\ufffe\n",
            "x.yaml:1: a character that YAML does not allow: U+FFFE; take it out; it may be invisible",
            id="no character at all",
        ),
    ],
)
def test_a_bomb_is_refused_with_its_line(text: str, message: str) -> None:
    assert refusal(text) == message


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x" * 1_000_001, 1, 1),
        ("a: 1\nb: c\x00d\n", 2, 5),
        ("a: 1\nb: *c\n", 2, 4),
        ("a: 1\n---\nb: 2\n", 2, 1),
        ("", 1, 1),
        ("a: [\n", 2, 1),
    ],
)
def test_a_refusal_points_at_the_place(text: str, line: int, column: int) -> None:
    with pytest.raises(CoachError) as caught:
        parse(text, Problems("x.yaml"))
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(line, column)]


def test_a_megabyte_is_the_most_that_is_read() -> None:
    assert parse("x" * 1_000_000, Problems("x.yaml")) == Text("x" * 1_000_000, 1, 1)


def test_as_deep_as_allowed_is_read() -> None:
    assert isinstance(parse("[" * 20 + "]" * 20, Problems("x.yaml")), Items)


def test_one_level_deeper_is_refused() -> None:
    assert refusal("[" * 21 + "]" * 21) == f"x.yaml:1: {TOO_DEEP}"


def test_duplicate_keys_are_all_noted_and_the_rest_is_read() -> None:
    problems = Problems("x.yaml")

    root = parse("a: 1\na: 2\nb: {c: 3, c: 4}\n", problems)

    assert root == Mapping(
        ((Text("a", 1, 1), Text("1", 1, 4)), (Text("b", 3, 1), Mapping(((Text("c", 3, 5), Text("3", 3, 8)),), 3, 4))), 1, 1
    )
    assert [str(problem) for problem in problems.found] == [
        "x.yaml:2: 'a' stands here twice, first on line 1; keep one of the two",
        "x.yaml:3: 'c' stands here twice, first on line 3; keep one of the two",
    ]


YAML = st.lists(
    st.sampled_from(
        ["a", "b", ":", ": ", "- ", "\n", "  ", "\t", "'", '"', "[", "]", "{", "}", ",", "&", "*", "!", "|", ">", "%", "@", "`",
         "#", " #", "?", "? ", "---", "...", "<<", "\\", "é", "\u2028", "\x85", "\ufeff", "\x00", "\r"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), YAML))
@example("\ud800")
@example("%YAML 9.9\n---\n")
@example("%TAG ! x\n")
@example("a: 'b\n--- c'")
@example("? [a]\n: b")
@example('"\\')
@example('"\\ud800"')
@example("|")
@example("- -x:\n")
@example("!<")
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    assert all(line >= 1 for line in lines(text))


def lines(text: str) -> list[int]:
    """Return the lines of what is read, or of why it is not."""
    try:
        return [node.line for node in nodes(parse(text, Problems("x.yaml")))]
    except CoachError as error:
        return [problem.line for problem in error.problems]


def nodes(root: Node) -> Iterator[Node]:
    """Yield a node and all inside it."""
    yield root
    match root:
        case Items(items):
            for item in items:
                yield from nodes(item)
        case Mapping(entries):
            for key, value in entries:
                yield key
                yield from nodes(value)
        case Text():
            pass


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_text_is_decoded_as_it_was_encoded(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode(), Problems("x.yaml")) == text


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    assert decoded(data) in {data.decode("utf-8-sig", "ignore"), ""}


def decoded(data: bytes) -> str:
    """Return the text in some bytes, or "" where they are refused."""
    try:
        return decode(data, Problems("x.yaml"))
    except CoachError:
        return ""


def test_the_line_of_what_is_not_utf_8_is_told() -> None:
    with pytest.raises(CoachError) as caught:
        decode(b"title: x\nask: caf\xe9\n", Problems("x.yaml"))

    assert str(caught.value) == "x.yaml:2: it is not UTF-8 text; save the file as UTF-8"
