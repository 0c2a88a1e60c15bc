"""A plant and who leads it: two parties, two cases, one matter."""

from uuid import uuid4

import pytest

from tests.case_svc.on_the_spot import inspection, recorded

PRINCIPAL = {
    "kind": "person",
    "name": "周砚舟",
    "post": "主要负责人",
    "address": "河津市泰兴路 2 号",
}


@pytest.fixture
async def visit(officer, county):
    await recorded(officer, body := inspection(county.plant, ("G06",)))
    return body


async def begun(officer, visit, **changes):
    body = {"at": visit["ended_at"], "source": "inspection", "inspection_id": visit["id"]}
    return await officer.put(f"/v1/cases/{uuid4()}", json=body | changes)


async def of_one_matter(client, case):
    answer = await client.get("/v1/cases", params={"linked": case["id"]})
    assert answer.status_code == 200, answer.text
    return {one["party_name"] for one in answer.json()["items"]}


async def test_cases_of_one_matter_find_one_another(officer, visit, county):
    plant = (await begun(officer, visit)).json()
    assert await of_one_matter(officer, plant) == set()
    first = (await begun(officer, visit, party=PRINCIPAL, linked=[plant["id"]])).json()
    other = PRINCIPAL | {"name": "沈知远", "post": "安全管理部部长"}
    second = (await begun(officer, visit, party=other, linked=[plant["id"]])).json()
    assert await of_one_matter(officer, plant) == {"周砚舟", "沈知远"}
    assert await of_one_matter(officer, first) == {county.plant_name, "沈知远"}
    assert await of_one_matter(officer, second) == {county.plant_name, "周砚舟"}
    alone = (await begun(officer, visit)).json()
    assert await of_one_matter(officer, alone) == set()


async def test_the_second_party_s_case_has_the_inspection_s_evidence_and_its_own_party(
    officer, visit
):
    plant = (await begun(officer, visit)).json()
    case = (await begun(officer, visit, party=PRINCIPAL, linked=[plant["id"]])).json()
    seen = (await officer.get(f"/v1/cases/{case['id']}")).json()
    assert seen["facts"]["party"]["name"] == "周砚舟"
    assert seen["facts"]["violations"]
    assert seen["timeline"][0]["said"]["linked"] == [plant["id"]]


async def test_a_case_that_is_not_there_or_out_of_sight_cannot_be_named(
    officer, as_officer, visit, county
):
    plant = (await begun(officer, visit)).json()
    answer = await begun(officer, visit, linked=[str(uuid4())])
    assert (answer.status_code, answer.json()["code"]) == (422, "case-source-unknown")
    stranger = as_officer("140802", "officer", officer="14080200001", name="卫建国")
    assert await of_one_matter(stranger, plant) == set()
