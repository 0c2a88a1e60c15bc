"""What an officer sees when the tablet itself fails."""

from contextlib import suppress

import pytest

from tests.field_app.screens.prepared import begun

pytestmark = pytest.mark.display


async def test_a_full_disk_is_told_as_one_and_the_answer_can_be_given_once_there_is_room(
    store, hands_on
):
    inspection = begun(store, 1)
    one = store.db.conn.execute
    with hands_on(store) as hands:
        hands.app.go("checklist", inspection_id=inspection)
        one("create table ballast (bytes blob)")
        one(f"pragma max_page_count = {one('pragma page_count').fetchone()[0]}")
        with suppress(store.db.conn.OperationalError):
            for _ in range(200):  # what is still free within the pages
                one("insert into ballast values (randomblob(3000))")
        told = hands.app.page.ids.banner
        # What is free within the pages of the answers themselves is soon full too.
        for key in "23" * 100:
            before = store.inspections.answers(inspection)
            await hands.key(key)
            if told.title == "本机存储空间已满，刚才的操作没有保存":
                break
        assert "没有保存" in told.title
        assert store.inspections.answers(inspection) == before
        one("pragma max_page_count = 1000000")
        await hands.key(key)
        assert store.inspections.answers(inspection) != before


async def test_a_failure_is_told_without_its_insides(store, hands_on):
    inspection = begun(store, 1)
    with hands_on(store) as hands:
        hands.app.go("checklist", inspection_id=inspection)
        store.db.conn.execute("drop table inspection")
        await hands.key("1")
        assert hands.app.page.ids.banner.title == "刚才的操作没有完成"
