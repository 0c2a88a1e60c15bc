"""Definitions of indicators: only words of the vocabulary, and only together as they fit."""

import pytest

from lawbook.content import ContentError
from services.kpi_svc.indicators.specs import parse


def indicator(**changes):
    return {
        "number": 8, "code": "x", "name": "例", "category": "例", "requirement": "例",
        "basis": "例", "goal": 1.0, "due": "06-30", "status": "待确认", "note": "例",
        "computed": True, "definition": definition(),
    } | changes  # fmt: skip


def definition(**changes):
    return {
        "population": "entity", "within": ["operating"], "counted": ["complete"], "measure": "each",
    } | changes  # fmt: skip


def test_a_definition_of_known_words_is_taken():
    found = parse(indicator())
    assert found.definition is not None
    assert found.definition.counted == ("complete",)
    assert found.due_on(2026).isoformat() == "2026-06-30"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"population": "penalty"}, "penalty"),
        ({"counted": ["fined"]}, "fined"),
        ({"counted": []}, "counted"),
        ({"within": ["approved"]}, "approved"),
        ({"counted": ["trained_in_year"]}, "trained_in_year"),
        ({"measure": "amount"}, "amount"),
        ({"measure": "times"}, "times"),
    ],
)
def test_a_word_that_is_unknown_or_does_not_fit_is_named(changes, named):
    with pytest.raises(ContentError, match=named):
        parse(indicator(definition=definition(**changes)))


@pytest.mark.parametrize("changes", [{"computed": False}, {"definition": None}])
def test_what_is_computed_has_a_definition_and_nothing_else_has(changes):
    with pytest.raises(ContentError, match="computed"):
        parse(indicator(**changes))
