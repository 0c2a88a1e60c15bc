"""Forms of acts without a browser: what the lawbook's stories say goes through a form unharmed."""

import pytest

from gateway.console import casework, shapes
from gateway.console.guard import Fields
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.shape import Kind
from tests.lawbook.penalty import stories

ACTS = [(name, act) for name, case in stories.every_story() for act in case.acts]


def typed(shape, said, where="said"):
    """The form that says this, as its inputs hold it."""
    for field in shapes.fitted(shape):
        path, value = f"{where}.{field.name}", said.get(field.name)
        if field.kind is Kind.RECORD and value:
            yield from typed(field.of, value, path)
        elif field.kind is Kind.RECORDS:
            for n, row in enumerate(value or ()):
                yield from typed(field.of, row, f"{path}.{n}")
        elif field.kind is Kind.LINES and field.choices:
            yield from ((path, one) for one in value or ())
        elif value is not None:
            yield path, shapes.shown(field, value)


@pytest.mark.parametrize(
    ("name", "act"), ACTS, ids=[f"{name}-{n}-{act.kind}" for n, (name, act) in enumerate(ACTS)]
)
def test_what_an_act_says_goes_through_its_form_unharmed(name, act):
    shape = REGISTRY[act.kind].shape
    found = shapes.read(shape, Fields(list(typed(shape, act.said))))
    assert found.faults == {}
    assert {k: v for k, v in found.said.items() if v != []} == {
        k: v for k, v in act.said.items() if v not in ([], None)
    }


@pytest.mark.parametrize("code", REGISTRY)
def test_an_empty_form_names_every_field_that_must_be_filled(code):
    shape = REGISTRY[code].shape
    found = shapes.read(shape, Fields([]))
    named = {path.split(".")[1] for path in found.faults}
    wanted = {
        field.name for field in shape
        if (field.least if field.kind in (Kind.LINES, Kind.RECORDS) else field.required)
    }  # fmt: skip
    assert named == wanted


@pytest.mark.parametrize(
    ("typed_as", "fen"),
    [("20000", 2_000_000), ("20,000.50", 2_000_050), ("0.01元", 1), ("３", 300)],
)
def test_money_is_typed_in_yuan(typed_as, fen):
    found = shapes.read(REGISTRY["demand"].shape, Fields([("said.amount", typed_as)]))
    assert found.said["amount"] == fen


@pytest.mark.parametrize("typed_as", ["两万", "1.005", "-3", "NaN", "1e999999"])
def test_money_that_cannot_be_read_stays_as_it_was_typed(typed_as):
    found = shapes.read(REGISTRY["demand"].shape, Fields([("said.amount", typed_as)]))
    assert found.said["amount"] == typed_as
    assert "单位为元" in found.faults["said.amount"]


def test_a_row_of_which_nothing_is_filled_in_is_left_out():
    pairs = [
        ("said.things.0.name", ""), ("said.things.0.amount", ""),
        ("said.things.4.name", "冲床"), ("said.things.4.amount", ""),
    ]  # fmt: skip
    found = shapes.read(REGISTRY["register-evidence"].shape, Fields(pairs))
    assert found.said["things"] == [{"name": "冲床"}]
    assert found.faults["said.things.0.amount"] == "请填写数量"


def test_an_act_is_told_in_words_and_money_in_yuan():
    act = next(act for _, act in ACTS if act.kind == "approve-decision")
    told = {line.label: line.text for line in shapes.told(REGISTRY[act.kind].shape, act.said)}
    assert told["处罚种类"] == "罚款"
    assert told["罚款"] == "¥60,000.00"


def test_every_decision_on_the_page_and_all_that_stands_in_its_place_are_acts():
    codes = {*casework.OPINIONS, *casework.OF, *(code for code, _ in casework.PEOPLE)}
    codes |= {one for given in casework.INSTEAD.values() for one in given} | casework.SERVED.keys()
    assert codes <= REGISTRY.keys()
