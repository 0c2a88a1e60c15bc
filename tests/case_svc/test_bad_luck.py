"""What nobody plans: a party renamed in the middle, a head on leave, an account known at last."""

import shutil
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lawbook.penalty.case import Case
from services.case_svc.app import case_app
from tests.case_svc import papers
from tests.case_svc.casework import ROLES, Office, acting, story
from tests.lawbook.penalty.stories import WANG, ZHANG, ZHAO, Story

AT = "2026-04-28T09:00:00+08:00"


async def test_a_party_renamed_in_the_middle_has_its_old_name_before_and_both_after(office):
    case = story("hearing-and-instalments")
    now = await office.replay(case, until="decide")
    handler = office.clients[ZHANG.number]
    before = await papers.made(handler, now["id"], "case-filing-approval", AT)
    assert before.json()["data"]["party_name"] == "河津市汾滨机械有限公司"
    done = case.acts[: now["acts"]]
    rename = Story(Case.of(done), on=done[-1].on).act(
        "change-party", party={"name": "河津市汾滨重工有限公司"}, reason="名称变更登记"
    )
    assert (await office.put(now["id"], rename, now["acts"])).status_code == 200
    after = await papers.made(handler, now["id"], "investigation-report", AT)
    assert after.status_code == 200, after.text
    name = "河津市汾滨重工有限公司（原名：河津市汾滨机械有限公司）"
    assert after.json()["data"]["party_name"] == name
    again = await handler.get(f"/v1/documents/{before.json()['id']}")
    assert again.json()["data"]["party_name"] == "河津市汾滨机械有限公司"
    assert (await office.read(now["id"]))["party_name"] == "河津市汾滨重工有限公司"


@pytest.fixture
async def furnished(settings, county, run_app, client_of, tmp_path):
    """An office whose content has the account of its fines."""
    content = tmp_path / "content"
    shutil.copytree(settings.content, content)
    path = content / "organs" / "1408.toml"
    whose = 'unit = "140882"\n'
    told = path.read_text("utf-8")
    assert whose in told
    account = (
        f'{whose}bank = "河津市农商银行"\naccount = "00000000"\naddress = "河津市泰兴路 2 号"\n'
    )
    path.write_text(told.replace(whose, account), "utf-8")
    app = await run_app(case_app(settings.model_copy(update={"content": content}), None))
    return Office(
        {
            one.number: client_of(app, "140882", role, officer=one.number, name=one.name)
            for one, role in ROLES.items()
        }
    )


async def test_what_content_knows_of_a_unit_no_handler_writes(office, furnished):
    now = await office.replay(story("hearing-and-instalments"), until="decide")
    asked: dict[str, Any] = {}
    for name, desk in (("plain", office), ("furnished", furnished)):
        client, id_ = desk.clients[ZHANG.number], f"00000000-0000-4000-8000-00000000000{len(asked)}"
        body = {"kind": "penalty-decision", "said": {}, "revision": 0}
        drafted = await client.put(f"/v1/cases/{now['id']}/drafts/{id_}", json=body)
        asked[name] = drafted.json()
    assert {"bank", "account"}.isdisjoint(asked["plain"]["data"])
    told = asked["furnished"]["data"]
    assert (told["bank"], told["account"]) == ("河津市农商银行", "00000000")
    assert told["review_organ"] == asked["plain"]["data"]["review_organ"] == "河津市人民政府"
    assert told["court"] == "河津市人民法院"


async def test_while_the_head_is_away_the_chief_approves_in_every_case_of_the_unit(office):
    case = story("transferred")
    first, second = [await office.begin(case.acts[0]) for _ in range(2)]
    approve = case.acts[1]
    chief, head = office.clients[WANG.number], office.clients[ZHAO.number]

    async def tries(now):
        url = f"/v1/cases/{now['id']}/acts/{uuid4()}"
        return await chief.put(url, json=acting(approve, 1))

    assert (await tries(first)).status_code == 403
    body = {
        "power": "case.approve", "to_number": WANG.number, "to_name": WANG.name,
        "since": "2026-03-01", "until": "2099-12-31", "reason": "学习",
    }  # fmt: skip
    url = f"/v1/delegations/{uuid4()}"
    assert (await head.put(url, json=body)).json()["code"] == "delegation-unsound"
    body |= {"until": "2026-03-31"}
    given = await head.put(url, json=body)
    assert given.status_code == 200, given.text
    assert (await head.put(url, json=body)).json() == given.json()
    for who, said in ((chief, body), (head, body | {"to_number": ZHAO.number})):
        refused = await who.put(f"/v1/delegations/{uuid4()}", json=said)
        assert refused.status_code in (403, 422)

    done = await tries(first)
    assert done.status_code == 200, done.text
    act = (await office.read(first["id"]))["timeline"][1]
    assert act["by"] == WANG.number
    assert f"delegation:{given.json()['id']}" in act["rules"]

    late = Story(Case.of(case.acts[:1])).act("approve-filing", WANG, "2026-04-01", opinion="同意")
    over = await chief.put(f"/v1/cases/{second['id']}/acts/{uuid4()}", json=acting(late, 1))
    assert over.status_code == 403
    for other in (chief, office.clients[ZHANG.number]):
        assert (await other.put(f"{url}/end")).status_code == 403
    assert (await head.put(f"{url}/end")).status_code == 200
    assert (await tries(second)).status_code == 403
    assert (await office.read(first["id"]))["stage"] == "investigating"
    (one,) = (await chief.get("/v1/delegations")).json()["items"]
    assert one["ended_at"]


async def test_who_stands_in_sees_what_waits_and_a_neighbouring_unit_nothing(office, as_officer):
    now = await office.begin(story("transferred").acts[0])
    chief, head = office.clients[WANG.number], office.clients[ZHAO.number]

    async def waits():
        items = (await chief.get("/v1/work-list")).json()["items"]
        return {
            one["name"] for one in items if one["case_id"] == now["id"] and not one["escalated"]
        }

    assert "approve-filing" not in await waits()
    today = datetime.now(UTC).date()
    body = {
        "power": "case.approve", "to_number": WANG.number, "to_name": WANG.name, "reason": "出差",
        "since": str(today - timedelta(1)), "until": str(today + timedelta(1)),
    }  # fmt: skip
    assert (await head.put(f"/v1/delegations/{uuid4()}", json=body)).status_code == 200
    assert "approve-filing" in await waits()
    neighbour = as_officer("140881", "bureau_head", officer="14088100005")
    assert (await neighbour.get("/v1/delegations")).json()["items"] == []
