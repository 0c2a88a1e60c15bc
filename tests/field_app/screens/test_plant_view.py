"""What the plant screen shows."""

from typing import Any

from field_app.actions.answer_item import answer_item
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.propose import propose
from field_app.screens.plant import view
from field_app.screens.plant.finding import search
from field_app.screens.plant.view import colleagues
from field_app.shelves.mirror import Place
from field_app.whereabouts import here
from tests.field_app.screens.prepared import (
    HERE,
    OTHER,
    begun,
    entities,
    entity_id,
    hazard,
    past,
    scheme,
    today,
)


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
    assert len(shown.found) == 25
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
    shown = plant(store, entity_id(9), "", today())
    assert shown.missing == ["主要负责人及移动电话"]
    (ask,) = shown.asks
    assert (ask.field, ask.label, ask.keyboard) == ("principal_mobile", "主要负责人移动电话", "tel")
    assert (ask.choices, ask.held) == ([], "")


def test_a_field_of_fixed_values_is_chosen_and_a_wrong_value_is_shown(store):
    row = entities()[8]
    row["values"] |= {"supervise_level": "乡级", "op_status": "在营"}
    row["values"].pop("reg_category", None)
    store.mirror.apply("entities", [row], Place("1:2", 1, "x"), whole=False)
    asked = {ask.field: ask for ask in plant(store, entity_id(9), "", today()).asks}
    level = asked["supervise_level"]
    assert ([one.value for one in level.choices], level.several) == (
        ["省级", "市级", "县级"],
        False,
    )
    assert level.held == "乡级"
    assert asked["reg_category"].several
    assert "op_status" not in asked


def test_what_was_filled_in_is_shown_with_what_became_of_it(store):
    (made,) = propose(store, entity_id(9), {"principal_mobile": "13935912346"}, source="plant")
    shown = plant(store, entity_id(9), "", today())
    assert (shown.missing, shown.asks, shown.present["phone"]) == ([], [], "13935912346")
    (found,) = shown.found
    assert found.text == "主要负责人移动电话：13935912346"
    assert found.aside == "来源：企业提供　待送达，本机先按此办理"
    told = {"id": made, "state": "declined", "reason": "号码停机", "entity_version": None}
    store.mirror.apply("proposals", [told], Place("1:2", 1, "x"), whole=False)
    shown = plant(store, entity_id(9), "", today())
    assert [ask.field for ask in shown.asks] == ["principal_mobile"]
    assert shown.found[0].aside == "来源：企业提供　未采纳：号码停机"


def test_without_the_dictionary_what_is_missing_is_only_named(store):
    store.db.conn.execute("delete from pack where kind = 'ledger'")
    shown = plant(store, entity_id(9), "", today())
    assert (shown.missing, shown.asks, shown.found) == (["principal"], [], [])


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
    assert all(choice.label.endswith("内容待确认") for choice in shown.checklists)


def test_a_scheme_fixes_officers_and_check_list(store):
    told = dict(plant(store, entity_id(1), scheme(1, today())["id"], today()).scheme)
    assert "张岳（14088200001）" in told["检查人员"]
    # metallurgy@2026.1, which says no more than that nobody has confirmed it.
    assert told["检查表"] == "冶金等工贸企业专项检查表（内容待确认）"


def test_an_inspection_already_begun_is_offered_again(store):
    inspection = begun(store, 1)
    scheme_id = scheme(1, today())["id"]
    assert plant(store, entity_id(1), scheme_id, today()).going_on == inspection
    assert plant(store, entity_id(1), "", today()).going_on == inspection
    assert plant(store, entity_id(2), "", today()).going_on == ""


def test_open_hazards_are_listed_with_the_days_that_are_left(store):
    shown = plant(store, entity_id(7), "", today())
    assert [one.tone for one in shown.hazards] == ["bad", "plain"]
    assert "已逾期 2 天" in shown.hazards[0].aside
    assert "还有 5 天" in shown.hazards[1].aside
    assert [one.aside for one in shown.penalties] == ["警告、罚款 20,000.00 元", "警告"]


def test_a_hazard_that_was_closed_is_no_longer_urged(store):
    closed = [hazard(1, today(), state="closed")]
    store.mirror.apply("hazards", closed, Place("1:2", 1, "2026-06-01T00:00:00Z"), whole=False)
    assert len(plant(store, entity_id(7), "", today()).hazards) == 1


def test_past_inspections_come_from_the_office_and_from_this_tablet_each_once(store):
    (known,) = plant(store, entity_id(7), "", today()).visits
    assert (known.aside, known.tone) == ("发现 2 项问题", "warn")
    inspection = begun(store, 1)
    for item in store.packs.checklist("metallurgy@2026.1").items:
        answer_item(store, inspection, item.code, "met")
    finish_inspection(store, inspection)
    (mine,) = plant(store, entity_id(1), "", today()).visits
    assert mine.aside == "未发现问题，本机记录"
    line = past(1, today(), 0) | {"id": inspection}
    store.mirror.apply("inspections", [line], Place("1:2", 1, "2026-06-01T00:00:00Z"), whole=False)
    (told,) = plant(store, entity_id(1), "", today()).visits
    assert told.aside == "未发现问题"


def test_with_a_fix_the_nearest_come_first_and_the_distance_is_said(store):
    shown = search(store, "", HERE)
    assert shown.found[0].entity_id == entity_id(1)
    assert shown.found[0].detail.startswith("520 米")
    assert "由近到远" in shown.title
    assert "没有定位" in search(store, "").title
    assert plant(store, entity_id(1), "", today(), HERE).far == "520 米"


def test_a_fix_of_a_map_s_datum_is_not_compared_with_the_ledger(store):
    fix: Any = {"lat": HERE.lat, "lon": HERE.lon, "accuracy": 5.0, "datum": "WGS84"}
    assert here(store, fix) == HERE
    assert here(store, fix | {"datum": "GCJ-02"}) is None
    assert here(store, None) is None


def test_what_a_visit_still_lacks_is_said_on_the_plants_page(store):
    lacking = plant(store, entity_id(5), scheme(5, today())["id"], today()).lacking
    assert lacking == ["何静的执法证届时已过期"]
    assert plant(store, entity_id(1), scheme(1, today())["id"], today()).lacking == []
    assert plant(store, entity_id(6), scheme(6, today())["id"], today()).lacking == ["方案待批准"]


def test_a_plant_that_is_not_here_is_none(store):
    assert plant(store, "00000000-0000-4000-8000-999999999999", "", today()) is None
