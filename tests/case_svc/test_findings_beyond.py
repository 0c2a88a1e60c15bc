"""What no item of the visit's list says is recorded like any other hazard; one visit, several lists."""

from uuid import uuid4

import pytest

from lawbook.checklist import Checklist, bodies
from services.kit.settings import ROOT
from tests.case_svc.on_the_spot import evidence, finding, inspection, recorded, reinspection

LISTS = {
    one.ref: one for one in (Checklist.from_content(body) for _, body in bodies(ROOT / "content"))
}
DUST = LISTS["dust@2026.1"]
OF_DUST = next(
    item for item in DUST.items if item.criterion and item.penalty_basis and item.code[0] != "G"
)


def beyond(**changes):
    """A problem that no list asks about, in the officer's own words."""
    return {
        "id": str(uuid4()), "check_item": "", "description": "厂区西侧围墙边违规搭设彩钢板宿舍",
        "basis": "安全生产法 §42", "correct_by": "2026-07-08", "major": False,
    } | changes  # fmt: skip


def of_dust(**changes):
    """A problem that another list asks about than that of the visit."""
    return {
        "id": str(uuid4()), "check_item": OF_DUST.code, "checklist": DUST.ref,
        "description": OF_DUST.unmet, "basis": OF_DUST.basis, "correct_by": "2026-07-23",
        "major": True, "criterion": OF_DUST.criterion,
    } | changes  # fmt: skip


async def filed_from(client, inspection_id, ended_at="2026-06-23T03:00:00Z"):
    """What the filing of a case from an inspection says, with all that was found there."""
    body = {"at": ended_at, "source": "inspection", "inspection_id": inspection_id}
    answer = await client.put(f"/v1/cases/{(id_ := uuid4())}", json=body)
    assert answer.status_code == 200, answer.text
    return (await client.get(f"/v1/cases/{id_}")).json()["timeline"][0]["said"]


async def put(client, body):
    return await client.put(f"/v1/inspections/{body['id']}", json=body)


async def test_what_no_list_asks_about_is_a_hazard_and_the_outcome_is_a_problem(officer, county):
    found = [beyond(penalty_basis="安全生产法 §105(1)(1)"), of_dust()]
    body = inspection(county.plant, (), findings=found)
    told = await recorded(officer, body)
    assert (told["outcome"], told["findings"]) == ("problem_found", found)
    hazards = (await officer.get(f"/v1/inspections/{body['id']}")).json()["hazards"]
    assert [(one["id"], one["checklist"], one["penalty_basis"]) for one in hazards] == [
        (found[1]["id"], DUST.ref, None), (found[0]["id"], None, "安全生产法 §105(1)(1)"),
    ]  # fmt: skip
    assert hazards[0]["criterion"] == OF_DUST.criterion


async def test_it_is_looked_at_again_and_closed_like_any_other(officer, county):
    body = inspection(county.plant, ("G06",), findings=[finding("G06"), beyond(), of_dust()])
    await recorded(officer, body)
    again = reinspection(body)
    answer = await officer.put(f"/v1/reinspections/{again['id']}", json=again)
    assert answer.status_code == 200, answer.text
    hazards = (await officer.get("/v1/hazards", params={"state": "closed"})).json()["items"]
    assert {one["id"] for one in hazards} == {one["id"] for one in body["findings"]}


async def test_a_case_from_the_visit_carries_its_facts_its_provisions_and_its_evidence(
    officer, county
):
    found = [
        beyond(penalty_basis="安全生产法 §105(1)(1)"),
        beyond(description="危险作业未审批"),
        of_dust(),
    ]
    body = inspection(county.plant, (), findings=found)
    await recorded(officer, body)
    photo = evidence(body["id"], b"\xff\xd8photo", hazard_id=found[0]["id"])
    answer = await officer.put(f"/v1/evidence/{photo['id']}", json=photo)
    assert answer.status_code == 200, answer.text
    said = await filed_from(officer, body["id"])
    assert set(said["hazards"]) == {one["id"] for one in found}
    told = {one["description"]: one["basis"] for one in said["violations"]}
    assert told == {
        found[0]["description"]: "安全生产法 §105(1)(1)", found[1]["description"]: "待核定",
        OF_DUST.unmet: OF_DUST.penalty_basis,
    }  # fmt: skip
    assert [one["id"] for one in said["evidence"]] == [photo["id"]]
    assert found[0]["description"] in said["summary"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"findings": [beyond(basis=" ")]}, 409, "finding-without-basis"),
        ({"findings": [finding("G06")]}, 409, "finding-contradicted"),
        ({"findings": [of_dust(checklist="dust@1999.1")]}, 409, "not-known-yet"),
        ({"findings": [of_dust(checklist="metallurgy@2026.1")]}, 422, "malformed"),
        ({"findings": [beyond(check_item="X99")]}, 422, "malformed"),
        ({"also_checklists": ["metallurgy@2026.2"]}, 422, "malformed"),
        ({"also_checklists": ["dust@2026.1"]}, 409, "items-unanswered"),
        ({"also_checklists": ["dust@1999.1"]}, 409, "not-known-yet"),
    ],
)
async def test_what_does_not_hold_together_is_refused(officer, county, changes, status, code):
    answer = await put(officer, inspection(county.plant, (), **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_one_visit_answers_several_lists_an_item_of_both_once(officer, county):
    body = inspection(county.plant, ())
    for item in DUST.items:
        body["answers"].setdefault(item.code, {"answer": "met", "remark": ""})
    body["answers"][OF_DUST.code]["answer"] = "not_met"
    told = of_dust()
    del told["checklist"]
    body |= {"also_checklists": [DUST.ref], "findings": [told]}
    recorded_ = await recorded(officer, body)
    assert recorded_["also_checklists"] == [DUST.ref]
    (hazard,) = (await officer.get(f"/v1/inspections/{body['id']}")).json()["hazards"]
    assert (hazard["check_item"], hazard["checklist"]) == (OF_DUST.code, DUST.ref)
    violation = (await filed_from(officer, body["id"]))["violations"][0]
    assert violation["basis"] == OF_DUST.penalty_basis
