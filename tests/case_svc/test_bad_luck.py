"""What nobody plans: a party renamed in the middle, an account that the bureau has at last."""

import shutil

import pytest

from lawbook.penalty.case import Case
from services.case_svc.app import case_app
from tests.case_svc import papers
from tests.case_svc.casework import ROLES, Office, story
from tests.lawbook.penalty.stories import ZHANG, Story

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
    asked = {}
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
