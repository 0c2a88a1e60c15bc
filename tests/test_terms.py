"""One thing has one word: docs/terms.md and the code say the same."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("lawbook", "paper", "services", "gateway", "field_app")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ROW = re.compile(r"^\| (?P<terms>`[^|]+) \| (?P<chinese>[^|]+) \| [^|]*\| (?P<state>in use|planned) \|$")  # fmt: skip


def terms(section: str) -> Iterator[tuple[str, str]]:
    """(term, state) of one section of the page."""
    text = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
    body = text.partition(f"## {section}\n")[2].partition("\n## ")[0]
    for line in body.splitlines():
        if line.startswith("| `"):
            row = ROW.match(line)
            assert row, line
            assert CHINESE.search(row["chinese"]), line
            for term in re.findall(r"`([a-z_]+)`", row["terms"]):
                yield term, row["state"]


LAW, HOUSE = list(terms("Of the law")), list(terms("Of the house"))


def segments(name: str) -> str:
    """A name in any spelling as snake case between bars: EntityRow, entity-row → _entity_row_."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|-", "_", name).lower()
    return f"_{snake.strip('_')}_"


def holds(name: str, term: str) -> bool:
    """Whether a name holds a term, as its singular or its plural."""
    plural = re.sub(r"(?<![aeiou])y$", "ie", term) + "s"
    return any(f"_{form}_" in segments(name) for form in (term, plural))


def sources() -> list[Path]:
    return [path for part in PARTS for path in sorted((ROOT / part).rglob("*.py"))]


@cache
def names() -> frozenset[str]:
    """Every name and every kebab-case word of the code, in snake case."""
    found: set[str] = set()
    for path in sources():
        found.update(re.findall(r"[A-Za-z][A-Za-z0-9_-]*[A-Za-z0-9]", path.read_text("utf-8")))
    return frozenset(found)


@pytest.mark.parametrize("term", [term for term, state in LAW + HOUSE if state == "in use"])
def test_a_term_in_use_occurs_in_the_code(term):
    assert any(holds(name, term) for name in names())


@pytest.mark.parametrize("term", [term for term, state in LAW + HOUSE if state == "planned"])
def test_a_planned_term_does_not_occur_yet(term):
    """When it does, the page is brought up to date."""
    assert not [name for name in names() if holds(name, term)]


def test_no_term_stands_twice():
    listed = [term for term, _ in LAW + HOUSE]
    assert len(set(listed)) == len(listed)


def classes() -> Iterator[tuple[str, ast.ClassDef]]:
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield str(path.relative_to(ROOT)), node


SHAPE = re.compile(r"(Row|Body|Record|State)$")


def test_a_class_that_stands_for_a_thing_of_the_law_says_its_chinese():
    """As a row, as a shape on the wire, or as the thing itself."""
    legal = {term for term, _ in LAW}
    standing = [
        (path, node)
        for path, node in classes()
        if segments(SHAPE.sub("", node.name)).strip("_") in legal
    ]
    silent = [
        f"{path}: {node.name}"
        for path, node in standing
        if not CHINESE.search(ast.get_docstring(node) or "")
    ]
    assert len(standing) > 30
    assert silent == []


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "common", "misc"])
def test_no_module_is_named_after_nothing(word):
    assert not [path for path in sources() if word in path.stem]


def test_a_row_class_ends_in_row_and_nothing_else_does():
    """But for the base, and the columns that several tables share."""
    wrong = [
        f"{path}: {node.name}"
        for path, node in classes()
        if ("__tablename__" in ast.dump(node)) != node.name.endswith("Row")
        and not node.name.endswith("Columns")
        and node.name
        not in ("Row", "ChangeRow", "FeedCounterRow", "FollowedFeedRow", "SuccessionRow")
    ]
    assert wrong == []
