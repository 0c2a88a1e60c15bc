"""What the plant screen shows."""

from typing import Any

from field_app.screens.plant import view
from field_app.screens.plant.view import colleagues, search
from tests.field_app.screens.prepared import OTHER, begun, entities, entity_id, scheme, today


def plant(*given: Any) -> Any:
    """The view; what it lacks shows in the test."""
    return view.plant(*given)


def test_a_plant_is_found_by_its_name_and_by_its_credit_code(store):
    wanted = entities()[4]
    for words in (wanted["name"][3:7], f" {wanted['credit_code']} "):
        assert wanted["id"] in [one.entity_id for one in search(store, words).found]


def test_a_plant_with_an_incomplete_ledger_is_marked(store):
    (found,) = search(store, entities()[8]["credit_code"]).found
    assert (found.tag, found.tone) == ("缺 1 项", "warn")


def test_many_plants_are_cut_and_it_is_said(store):
    shown = search(store, "")
    assert len(shown.found) == 40
    assert "共 60 家" in shown.title


def test_nothing_found_and_nothing_here_say_different_things(store, bare):
    assert "没有找到“没有这家”" in search(store, "没有这家").title
    assert "还没有企业台账" in search(bare, "没有这家").title


def test_facts_carry_the_ledgers_own_labels(store):
    shown = plant(store, entity_id(3), "", today())
    facts = dict(shown.facts)
    assert facts["统一社会信用代码"] == entities()[2]["credit_code"]
    assert "ent_name" not in facts


def test_missing_items_are_named(store):
    assert plant(store, entity_id(9), "", today()).missing == ["主要负责人及移动电话"]


def test_only_colleagues_with_a_valid_certificate_can_come_along(store):
    assert [choice.value for choice in colleagues(store, today())] == [OTHER]


def test_the_check_lists_of_the_plants_own_trade_come_first(store):
    shown = plant(store, entity_id(3), "", today())
    refs = [choice.value for choice in shown.checklists]
    first = store.packs.checklist(refs[0])
    assert first.trade == "industry_and_trade"
    assert (
        refs.index("metallurgy@2026.2") < refs.index("training@2026.1") < refs.index("mines@2026.2")
    )
    assert "metallurgy@2026.1" not in refs


def test_a_scheme_fixes_officers_and_check_list(store):
    told = dict(plant(store, entity_id(1), scheme(1, today())["id"], today()).scheme)
    assert "张岳（14088200001）" in told["检查人员"]
    assert told["检查表"] == "冶金等工贸企业专项检查表"


def test_an_inspection_already_begun_is_offered_again(store):
    inspection = begun(store, 1)
    scheme_id = scheme(1, today())["id"]
    assert plant(store, entity_id(1), scheme_id, today()).going_on == inspection
    assert plant(store, entity_id(1), "", today()).going_on == inspection
    assert plant(store, entity_id(2), "", today()).going_on == ""


def test_hazards_that_the_office_knows_are_the_plants_history(store):
    history = plant(store, entity_id(7), "", today()).history
    assert len(history) == 2
    assert any("已过2天到期" in text for text in history)


def test_a_plant_that_is_not_here_is_none(store):
    assert plant(store, "00000000-0000-4000-8000-999999999999", "", today()) is None
