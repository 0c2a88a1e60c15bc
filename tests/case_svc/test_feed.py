"""The feed of proceedings, as kpi_svc reads it."""

import json
from uuid import uuid4

from tests.case_svc import proceedings as good


async def make(chief, head, county):
    """An approved plan with one plant: the ids of plan and planned inspection."""
    plan, planned = str(uuid4()), str(uuid4())
    await chief.put(f"/v1/plans/{plan}", json=good.plan())
    await chief.put(f"/v1/planned-inspections/{planned}", json=good.planned(plan, county.plant))
    await head.put(f"/v1/plans/{plan}/approval", json=good.approval())
    return plan, planned


async def test_each_fact_comes_once_in_order_with_its_subject_as_it_is(
    chief, head, county, follower
):
    plan, planned = await make(chief, head, county)
    page = (await follower.get("/v1/feeds/case")).json()
    assert [(c["position"], c["kind"], c["subject"]) for c in page["changes"]] == [
        (1, "plan.drafted", plan),
        (2, "planned_inspection.listed", planned),
        (3, "plan.approved", plan),
        (4, "planned_inspection.approved", planned),
    ]
    states = {c["subject"]: c["state"] for c in page["changes"]}
    assert states[plan] == (await chief.get(f"/v1/plans/{plan}")).json()
    assert states[planned] == (await chief.get(f"/v1/planned-inspections/{planned}")).json()
    assert {c["officer"] for c in page["changes"]} == {good.CHIEF, good.HEAD}


async def test_a_cursor_goes_on_where_the_last_page_ended(chief, head, county, follower):
    await make(chief, head, county)
    first = (await follower.get("/v1/feeds/case", params={"limit": 3})).json()
    rest = (await follower.get("/v1/feeds/case", params={"after": first["next"]})).json()
    assert (first["more"], rest["more"]) == (True, False)
    assert [c["position"] for c in first["changes"] + rest["changes"]] == [1, 2, 3, 4]
    nothing = (await follower.get("/v1/feeds/case", params={"after": rest["next"]})).json()
    assert (nothing["changes"], nothing["next"]) == ([], rest["next"])


async def test_a_refused_act_announces_nothing(chief, county, follower):
    await chief.put(f"/v1/plans/{uuid4()}", json=good.plan(region="140802"))
    await chief.put(
        f"/v1/planned-inspections/{uuid4()}", json=good.planned(str(uuid4()), county.plant)
    )
    assert (await follower.get("/v1/feeds/case")).json()["changes"] == []


async def test_a_county_reads_only_its_own(chief, head, county, as_officer):
    await make(chief, head, county)
    for region, seen in (("140802", 0), ("140882", 4), ("1408", 4)):
        client = as_officer(region, "follower", kind="system", officer="")
        assert len((await client.get("/v1/feeds/case")).json()["changes"]) == seen


async def test_only_services_read_the_feed(officer, chief, head):
    for client in (officer, chief, head):
        assert (await client.get("/v1/feeds/case")).status_code == 403


async def test_a_pull_and_the_feed_share_one_cursor_space(chief, head, county, officer, follower):
    await make(chief, head, county)
    lines = (await officer.get("/v1/pulls/planned-inspections")).text.splitlines()
    cursor = json.loads(lines[-1])["next"]
    assert (await follower.get("/v1/feeds/case", params={"after": cursor})).json()["changes"] == []
    await chief.put(f"/v1/plans/{uuid4()}", json=good.plan(year=2027))
    tail = await officer.get("/v1/pulls/planned-inspections", params={"after": cursor})
    assert json.loads(tail.text)["rows"] == 0
    changes = (await follower.get("/v1/feeds/case", params={"after": cursor})).json()["changes"]
    assert [c["kind"] for c in changes] == ["plan.drafted"]
