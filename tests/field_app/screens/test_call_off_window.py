"""At the gate nobody lets them in: one page from the certificate, and the visit is over."""

import pytest

from tests.field_app.screens.prepared import begun

pytestmark = pytest.mark.display


async def test_a_refused_entry_is_told_from_the_gate(store, hands_on):
    visit = begun(store, 1)
    with hands_on(store) as hands:
        hands.app.go("certificate", inspection_id=visit)
        await hands.settle(0.3)
        await hands.press("未能检查")
        page = hands.app.page
        await hands.press("确认未能检查")
        assert "原因" in page.ids.banner.title
        await hands.press("拒绝检查")
        assert "二万元以上二十万元以下" in page.consequence
        page.ids.account.text = "门卫称负责人不在，拒绝执法人员入厂"
        await hands.press("确认未能检查")
        assert "见证人" in page.ids.banner.detail
        # What was written is there again after a call or a look elsewhere.
        hands.app.back()
        await hands.settle(0.3)
        await hands.press("未能检查")
        assert page.ids.account.text.startswith("门卫")
        assert page.witnessed
        page.ids.witness.text = "村委会主任 周正"
        await hands.press("确认未能检查")
        assert hands.app.screens.current == "today"
        assert "未能检查" in hands.app.page.ids.banner.title
        assert store.inspections.one(visit).called_off
        (letter,) = store.outbox.letters()
        assert letter.kind == "visit.call_off"
