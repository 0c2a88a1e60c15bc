"""What the screens say of this device, to who has signed in and to who has not."""

from datetime import timedelta

import pytest

from field_app import clocks
from field_app.actions.begin_inspection import begin_inspection
from field_app.contact import note
from field_app.moments import kept, now
from field_app.refusals import CodeUnreadable
from field_app.screens.device.view import code_in, view
from field_app.screens.outbox.view import view as outbox_view
from field_app.screens.sign_in.view import view as sign_in_view
from field_app.screens.today.view import view as today_view
from field_app.standing import standing
from field_app.vault import Vault
from tests.field_app.screens.prepared import PRESENT, scheme, today
from tests.field_app.tablet import LIGHT


def heard(store, days=0, **changes):
    """As after a report that many days ago."""
    told = {"unit_name": "河津市应急管理局", "state": "active", "offline_days": 7, "skew": 0}
    ago = timedelta(days=days)
    counted = clocks.monotonic() - ago // timedelta(milliseconds=1)
    note(
        store.installation, heard_at=kept(now() - ago), monotonic=counted, boot=clocks.boot(),
        **(told | changes),
    )  # fmt: skip


def test_a_device_that_nobody_let_in_says_so_and_is_not_in_the_way(store):
    shown = view(store.installation, store)
    assert (shown.standing.enrolled, shown.standing.state) == (False, "未注册")
    assert shown.standing.notes == []


def test_a_device_in_use_says_whose_it_is_and_how_long_it_may_be_worked_offline(store):
    heard(store)
    pairs = dict(view(store.installation, store).pairs)
    assert pairs["所属单位"] == "河津市应急管理局"
    assert pairs["离线登录"] == "自最近联系起 7 天内"
    assert pairs["未送达"] == "没有"
    assert standing(store.installation, store).badge == ""


@pytest.mark.parametrize(
    ("days", "badge", "tone"),
    [(1, "", "quiet"), (2, "已 2 天未联系", "warn"), (5, "已 5 天未联系", "bad")],
)
def test_the_days_without_the_office_are_a_badge(store, days, badge, tone):
    heard(store, days)
    vault = Vault(store.installation.folder, LIGHT)
    device = sign_in_view(vault, "http://office").device
    assert (device.badge, device.badge_tone) == (badge, tone)
    out = outbox_view(store)
    assert (out.badge, out.badge_tone) == (badge, tone)
    assert any("未联系" in one for one in today_view(store, today()).notes) is bool(badge)


def test_a_frozen_device_says_why_and_that_what_it_has_is_still_sent(store):
    heard(store, state="frozen", reason="平板遗失")
    (told,) = standing(store.installation, store).notes
    assert "平板遗失" in told
    assert "仍会送出" in told
    assert told in today_view(store, today()).notes


def test_a_device_to_be_wiped_says_what_that_waits_for(store):
    begin_inspection(store, scheme_id=scheme(1, today())["id"], place="车间", present=PRESENT)
    heard(store, state="wipe_requested")
    (told,) = standing(store.installation, store).notes
    assert "1 次检查、复查或文书未办完" in told


@pytest.mark.parametrize(("seconds", "doubted"), [(300, False), (400, True), (-400, True)])
def test_a_clock_that_is_five_minutes_off_is_told(store, seconds, doubted):
    heard(store, skew=seconds)
    assert bool(standing(store.installation, store).notes) is doubted


def test_a_clock_that_was_set_back_since_the_act_before_is_told(store, monkeypatch):
    heard(store)
    begin_inspection(store, scheme_id=scheme(1, today())["id"], place="车间", present=PRESENT)
    assert standing(store.installation, store).notes == []
    early = now() - timedelta(hours=1)
    monkeypatch.setattr(clocks, "now", lambda: early)
    (told,) = standing(store.installation, store).notes
    assert "与前一次操作之间，平板时钟被拨慢 60 分钟" in told
    assert told in today_view(store, today()).notes


def test_of_the_codes_in_a_picture_the_enrolment_is_taken():
    qr = "zhifa-enrol:1:http://office:ABCD-EFGH-JKMN"
    assert code_in(["https://www.gsxt.gov.cn/", qr]) == qr
    with pytest.raises(CodeUnreadable):
        code_in(["91140825734037478A"])
