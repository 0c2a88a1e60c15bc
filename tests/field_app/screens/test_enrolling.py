"""A tablet is let in through its window, at the real office."""

import pytest

from field_app.contact import contact_of
from tests.field_app.office import URL
from tests.field_app.screens.display import beside
from tests.field_app.test_enrolled import a_code, bring, seen_device

pytestmark = pytest.mark.display


async def test_a_new_tablet_is_let_in_by_the_code_that_was_typed(bare, hands_on, office):
    code = (await a_code(office)).rpartition(":")[2]
    bare.close()
    vault = beside(bare)
    with hands_on(None, office.transport, vault) as hands:
        await hands.press("本机与注册")
        page = hands.app.page
        # Nobody has signed in: there is no outbox to go to.
        assert hands.find("发件箱") is None
        page.ids.code.text = "0000-0000-0000"
        await hands.press("注册")
        await hands.until(lambda: not page.busy)
        assert page.ids.banner.title == "注册码未被接受"
        assert "管理员" in page.ids.banner.next_step
        page.ids.name.text, page.ids.code.text = "河津七号", code.lower()
        await hands.press("注册")
        await hands.until(lambda: not page.busy)
        assert page.ids.banner.title == "已注册到河津市应急管理局"
        assert page.enrolled
        assert hands.app.gateway == contact_of(vault.device).gateway
        assert hands.app.gateway.startswith("http")
    assert (await seen_device(office, vault.device.id))["name"] == "河津七号"


async def test_a_wiped_tablet_asks_again_who_is_there(bare, hands_on, office):
    from field_app.actions.sign_in import sign_in
    from field_app.enrolment import enrol
    from tests.field_app.office import PASSWORD

    await enrol(bare.installation, URL, await a_code(office), transport=office.transport)
    await sign_in(bare, URL, "zhangyue", PASSWORD, office.transport)
    await bring(office, bare, "wipe_requested")
    with hands_on(bare, office.transport) as hands:
        await hands.press("更新")
        await hands.until(lambda: hands.app.screens.current == "sign_in")
        assert hands.app.store is None
        assert not [path for path in bare.folder.rglob("*") if path.is_file()]
