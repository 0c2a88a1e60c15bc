"""In its window: whatever is seen can be recorded, somewhere else too; lists come and are renewed."""

import pytest

from field_app.actions.answer_item import answer_item
from field_app.found import found_at
from tests.field_app.screens.prepared import begun
from tests.field_app.screens.test_checklist_window import at_list

pytestmark = pytest.mark.display


async def found_for(hands, words):
    """记问题, and what was seen typed."""
    await hands.press("记问题")
    above = hands.app.page.above
    above.ids.words.text = words
    above.search()
    await hands.settle()
    return above


async def test_what_no_list_says_is_recorded_in_the_officers_own_words_and_taken_back(
    store, hands_on
):
    inspection = begun(store)
    with hands_on(store) as hands:
        page = await at_list(hands, inspection)
        await found_for(hands, "厂门口堆放杂物")
        await hands.press("都不合适")
        assert page.above is None
        (found,) = found_at(store, inspection)
        assert (page.code, found["description"]) == (found["id"], "厂门口堆放杂物")
        page.ids.breaks.text = "《安全生产法》第三十六条"
        page.switch_major()
        page.ids.judged_by.text = "某标准第三条"
        page.turn(1)
        (found,) = found_at(store, inspection)
        assert (found["basis"], found["criterion"]) == ("《安全生产法》第三十六条", "某标准第三条")
        # No answer can be pressed for what nobody asks.
        page.turn_to(found["id"])
        await hands.key("1")
        assert len(found_at(store, inspection)) == 1
        await hands.settle()
        await hands.press("撤销这个问题")
        assert found_at(store, inspection) == []
        assert page.code == "G01"


async def test_what_the_catalogue_of_offences_knows_is_recorded_with_its_articles(store, hands_on):
    inspection = begun(store)
    with hands_on(store) as hands:
        await at_list(hands, inspection)
        above = await found_for(hands, "危险物品的车间、商店、仓库与员工宿舍在同一座建筑")
        line = next(one for one in above.ids.found.children if "违法行为事项库" in one.note)
        await hands.press(line.title)
        (found,) = found_at(store, inspection)
        assert (found["check_item"], found["description"]) == ("", line.title)
        assert found["penalty_basis"].startswith("安全生产法 §105")


async def test_the_same_item_is_recorded_at_another_place(store, hands_on):
    inspection = begun(store)
    answer_item(store, inspection, "G04", "not_met")
    with hands_on(store) as hands:
        page = await at_list(hands, inspection)
        page.turn_to("G04")
        page.ids.scroll.scroll_y = 0.4
        page.record_another()
        await hands.settle()
        assert page.place.startswith("G04-2")
        page.ids.description.text = "铸造车间三名新工人未经培训"
        page.turn_to("G04")
        words = [one["description"] for one in found_at(store, inspection)]
        assert words[1:] == ["铸造车间三名新工人未经培训"]
        labels = [one.title for one in reversed(page.ids.rows.children)]
        assert labels[labels.index("G04") + 1] == "G04-2"


async def test_a_list_is_added_and_the_first_brought_to_its_newest_version(store, hands_on):
    inspection = begun(store)
    with hands_on(store) as hands:
        page = await at_list(hands, inspection)
        assert "已有 2026.2 版" in page.ids.banner.title
        page.show_lists()
        await hands.settle()
        await hands.press("改用新版")
        assert store.inspections.one(inspection).checklist == "metallurgy@2026.2"
        before = page._sheet.total
        page.show_lists()
        await hands.settle()
        await hands.press("液氨制冷")
        assert store.inspections.one(inspection).also_checklists == ("ammonia@2026.1",)
        assert page._sheet.total > before
        assert not page.ids.banner.shown
