"""Every refusal of the lawbook has its article, or says that it is a rule of this system (依据)."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import lawbook
from lawbook.refusal import SYSTEM_RULE, Refusal

for module in pkgutil.walk_packages(lawbook.__path__, "lawbook."):
    importlib.import_module(module.name)


def below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


REFUSALS = {
    f"{one.__module__}.{one.__qualname__}": one
    for one in below(Refusal) if one.__module__.startswith("lawbook")
}  # fmt: skip
OF_THE_SYSTEM = {
    "ActIncomplete", "ClockInDoubt", "NotSubmitter", "NothingCorrected", "NothingOpen", "OffenceUnknown",
    "PenaltyRefusal", "ProcedureUnknown", "SourceUnknown", "ValueNotFit",
}  # fmt: skip
"""Those behind which no law stands; who adds one says so here."""


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_a_refusal_has_an_article_or_says_that_it_is_a_rule_of_the_system(name):
    law = REFUSALS[name].law
    assert law
    assert "§" in law or law == SYSTEM_RULE or "〔" in law, law


def test_what_is_no_law_is_listed_and_told_as_such():
    found = {name.rpartition(".")[2] for name, one in REFUSALS.items() if one.law == SYSTEM_RULE}
    assert found == OF_THE_SYSTEM
    assert REFUSALS["lawbook.penalty.refusals.NothingOpen"]().problem()["law"] == "系统规则"
