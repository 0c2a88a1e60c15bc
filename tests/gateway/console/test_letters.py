"""信件核查 in the office: what waits, what forked, what was handed over, and what to do about each."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import psycopg
import pytest

from deploy.county import PASSWORD
from deploy.day.bureau import good
from field_app.bundle import OfficeKey, seal
from field_app.device import device_in
from services.kit.claims import ALGORITHM, AUDIENCE
from services.kit.grants import GRANT
from tests.case_svc.on_the_spot import evidence, inspection, letter
from tests.case_svc.proceedings import FIRST
from tests.case_svc.test_deliveries import PHOTO, deliver, states
from tests.case_svc.test_journal import chained
from tests.examples import account
from tests.gateway.console.conftest import NEIGHBOUR

pytestmark = pytest.mark.browser
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDTHS = [(1280, "light"), (1280, "dark"), (400, "light"), (400, "dark")]
AT = datetime(2026, 6, 23, 3, tzinfo=UTC)
"""When the letters were written."""


@pytest.fixture
def owner(server, office_database):
    """PostgreSQL of the house as its owner."""
    name = office_database("case_svc").partition("?")[0].rpartition("/")[2]
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        yield connection


@pytest.fixture
async def handed(office, tmp_path):
    """Hand a bundle over at the office: `await handed(letters, …)`."""
    device = device_in(tmp_path / "tablet")

    async def hand(*letters, drafts=()):
        carrier = await office.act("wangheng")
        (key, *_) = good(await carrier.get("/v1/bundle-keys"))["items"]
        grant = {
            "iss": AUDIENCE, "aud": GRANT, "sub": "account-1", "device": device.id,
            "device_key": device.public_key, "officer": FIRST, "name": "张岳", "unit": "140882",
            "region": "140882", "roles": ["officer"],
            "iat": int((AT - timedelta(hours=1)).timestamp()),
            "exp": int((AT + timedelta(days=7)).timestamp()),
        }  # fmt: skip
        head = {
            "format": 1, "device": device.id, "purpose": "rescue", "versions": {"app": "2026.11"},
            "made_at": "2026-06-24T00:00:00Z", "letters": list(letters), "drafts": list(drafts),
            "grants": [jwt.encode(grant, office.claims_key, algorithm=ALGORITHM)], "files": [],
        }  # fmt: skip
        into = io.BytesIO()
        to = OfficeKey(key["key"], key["public_key"])
        made = seal(head, [], 0, device=device, office=to, into=into)
        good(await carrier.post("/v1/bundles", content=into.getvalue()))
        return made.sha256

    return hand


async def a_wait(office, owner, device, *letters):
    """Letters that the tablet sent 30 hours ago and that have waited since."""
    officer = await office.act("zhangyue")
    assert set(states(await deliver(officer, *letters, device=device))) == {"held"}
    owner.execute(
        "update case_svc.held_letter set held_since = now() - interval '30 hours' where id = any(%s)",
        ([one["id"] for one in letters],),
    )


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
async def test_a_letter_that_waits_is_shown_with_plant_device_reason_and_what_to_do(
    visitor, office, owner, width, scheme
):
    officer = await office.act("zhangyue")
    plant = good(await officer.get(f"/v1/entities/{office.complete[0]}"))
    device = f"平板{uuid4().hex[:6]}"
    known = inspection(plant["id"], officers=[FIRST, "14088299999"])
    behind = letter("evidence.declare", evidence(known["id"], PHOTO))
    stranger = letter("inspection.record", inspection(str(uuid4())))
    first = letter("inspection.record", known)
    await a_wait(office, owner, device, first, behind, stranger)
    page = await visitor("wangheng", width=width, color_scheme=scheme)
    await page.get_by_role("link", name="信件核查").click()
    row = page.locator(f"#l-{first['id']}")
    text = await row.inner_text()
    for said in (plant["name"], device, "张岳", "30 小时", "14088299999", "现场检查情况", "补齐"):
        assert said in text
    text = await page.locator(f"#l-{behind['id']}").inner_text()
    assert plant["name"] in text
    assert "先处理同一事项前面的信件" in text
    assert "企业尚未登记" in await page.locator(f"#l-{stranger['id']}").inner_text()
    assert await page.evaluate(OVER) <= 0
    await row.get_by_role("link", name=plant["name"]).focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("heading", name=plant["name"]).wait_for()


async def test_a_letter_that_came_today_is_shown_only_when_asked_for(visitor, office):
    officer = await office.act("zhangyue")
    sent = letter("inspection.record", inspection(str(uuid4())))
    await deliver(officer, sent, device="平板今日")
    page = await visitor("wangheng")
    await page.goto("/letters")
    await page.get_by_role("heading", name="信件核查").wait_for()
    assert await page.locator(f"#l-{sent['id']}").count() == 0
    await page.get_by_role("link", name="全部等待的").click()
    await page.goto("/letters?hours=0&held=")
    while not await page.locator(f"#l-{sent['id']}").count():
        await page.locator("#held").get_by_role("link", name="下一页").click()
    assert "不到 1 小时" in await page.locator(f"#l-{sent['id']}").inner_text()


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
async def test_a_letter_in_doubt_is_taken_on_the_page(visitor, office, owner, width, scheme):
    officer = await office.act("zhangyue")
    plant, gone = office.complete[0], str(uuid4())
    owner.execute(
        "insert into case_svc.entity_past (entity_id, region, until, name, values, missing) "
        "select %s, region, %s, name, values, missing from case_svc.entity where id = %s",
        (gone, AT - timedelta(days=3), plant),
    )
    sent = letter("inspection.record", inspection(gone, ()))
    device = f"平板{uuid4().hex[:6]}"
    (told,) = await deliver(officer, sent, device=device)
    assert told["problem"]["code"] == "authority-in-doubt"
    page = await visitor("wangheng", width=width, color_scheme=scheme)
    await page.goto("/letters")
    row = page.locator(f"#l-{sent['id']}")
    await row.get_by_text("登记核查结论").click()
    await row.get_by_label("核查结论").fill("已向企业核实，检查时尚属本辖区。")
    assert await page.evaluate(OVER) <= 0
    await row.get_by_role("button", name="受理", exact=True).click()
    await row.get_by_text("核查后受理").wait_for()
    assert states(await deliver(officer, sent, device=device)) == ["applied"]


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
async def test_a_copied_tablet_is_shown_with_who_used_it(visitor, office, width, scheme):
    officer = await office.act("zhangyue")
    device = f"平板{uuid4().hex[:6]}"
    for _ in range(2):
        visit = inspection(office.complete[0], (), device=device)
        sent = chained(letter("inspection.record", visit), device=device)
        assert states(await deliver(officer, *sent, device=device)) == ["applied"]
    page = await visitor("wangheng", width=width, color_scheme=scheme)
    await page.goto("/letters")
    text = await page.locator(f"#f-{sent[0]['id']}").inner_text()
    for said in (device, "张岳", "第 1 号有两封不同的信件", "找回平板"):
        assert said in text
    assert await page.evaluate(OVER) <= 0
    row = page.locator(f"#f-{sent[0]['id']}")
    await row.get_by_text("登记核查结论").click()
    await row.get_by_label("核查结论").fill("平板送修时做过整机备份，已冻结并重新注册。")
    assert await page.evaluate(OVER) <= 0
    await row.get_by_role("button", name="登记").click()
    await row.get_by_text("已核查").wait_for()
    text = await row.inner_text()
    assert "重新注册。" in text
    assert "王衡" in text
    assert "找回平板" not in text


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
async def test_what_was_handed_over_names_the_plants_and_what_is_left_to_do(
    visitor, office, handed, width, scheme
):
    officer = await office.act("zhangyue")
    plants = [good(await officer.get(f"/v1/entities/{id_}"))["name"] for id_ in office.complete[:2]]
    done = inspection(office.complete[0], ())
    waits = letter("inspection.record", inspection(str(uuid4())))
    about = {
        "entity_id": office.complete[1],
        "place": "成品库",
        "started_at": "2026-06-23T02:00:00Z",
    }
    draft = {"kind": "inspection", "id": str(uuid4()), "about": about}
    id_ = await handed(letter("inspection.record", done), waits, drafts=[draft])
    page = await visitor("wangheng", width=width, color_scheme=scheme)
    await page.goto("/letters")
    row = page.locator(f"#h-{id_[:16]}")
    text = await row.inner_text()
    for said in (*plants, "张岳", "王衡", "等待 1", "未办完的现场检查：成品库", "接着办理"):
        assert said in text
    assert await page.evaluate(OVER) <= 0
    await row.get_by_role("link", name=plants[0]).click()
    await page.wait_for_url(f"**/inspections/{done['id']}")


async def test_where_nothing_waits_the_page_says_that_all_is_well(visitor, office):
    administrator = await office.bureau.as_administrator()
    quiet = account(
        "weilan", name="卫岚", region=NEIGHBOUR, unit=NEIGHBOUR, password=PASSWORD,
        roles=["section_chief"],
    )  # fmt: skip
    good(await administrator.put(f"/v1/accounts/{uuid4()}", json=quiet))
    page = await visitor("weilan")
    await page.goto("/letters")
    assert "无需处理" in await page.locator("main .empty").inner_text()
    assert await page.locator("main table").count() == 0


async def test_an_officer_has_no_such_page(visitor):
    page = await visitor("zhangyue")
    assert await page.get_by_role("link", name="信件核查").count() == 0
    answer = await page.goto("/letters")
    assert answer.status == 403
