"""Recording on-site inspections: the lawbook judges, what happened is kept."""

import asyncio
from uuid import uuid4

import pytest

from services.kit.pages import next_cursor
from tests.case_svc.on_the_spot import finding, inspection, recorded
from tests.case_svc.proceedings import CHIEF, FIRST, entity_state, officer_state, scheme


async def put(client, body):
    return await client.put(f"/v1/inspections/{body['id']}", json=body)


async def approved(county, officer, chief, head, **changes) -> str:
    """The id of an approved scheme."""
    url = f"/v1/inspection-schemes/{(id_ := str(uuid4()))}"
    agreed = {"opinion": "同意", "agreed": True}
    for client, path, body in (
        (officer, "", scheme(county.plant, **changes)),
        (chief, "/review", agreed),
        (head, "/approval", agreed),
    ):
        answer = await client.put(url + path, json=body)
        assert answer.status_code == 200, answer.text
    return id_


async def test_an_unmet_item_is_a_problem_and_an_open_hazard(officer, county):
    body = inspection(county.plant, ("G06",))
    told = await recorded(officer, body)
    assert told["outcome"] == "problem_found"
    assert (told["unit"], told["entity_name"]) == ("140882", county.plant_name)
    assert told["recorded_by"] == FIRST
    seen = (await officer.get(f"/v1/inspections/{body['id']}")).json()
    (hazard,) = seen["hazards"]
    assert hazard["id"] == body["findings"][0]["id"]
    assert hazard["state"] == "open"


async def test_with_every_item_met_no_problem_is_found(officer, county):
    told = await recorded(officer, inspection(county.plant, ()))
    assert (told["outcome"], told["findings"]) == ("no_problem_found", [])


async def test_what_was_sent_is_what_is_told(officer, county):
    body = inspection(county.plant)
    told = await recorded(officer, body)
    assert {name: told[name] for name in body} == body


async def test_sending_the_same_record_again_gives_the_same_answer(officer, county):
    body = inspection(county.plant)
    assert await recorded(officer, body) == await recorded(officer, body)
    assert len((await officer.get("/v1/hazards")).json()["items"]) == 1


async def test_the_same_record_is_answered_even_after_the_plant_has_changed(officer, county, told):
    body = inspection(county.plant)
    first = await recorded(officer, body)
    await told("entity.left", None, county.plant)
    assert await recorded(officer, body) == first


async def test_sixteen_at_once_make_one_inspection(officer, county, follower):
    body = inspection(county.plant)
    answers = await asyncio.gather(*(put(officer, body) for _ in range(16)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert len({answer.text for answer in answers if answer.status_code == 200}) == 1
    assert len((await officer.get("/v1/hazards")).json()["items"]) == 1


async def test_a_different_record_under_the_same_id_is_a_conflict(officer, county):
    body = inspection(county.plant)
    await recorded(officer, body)
    answer = await put(officer, body | {"place": "仓库"})
    assert (answer.status_code, answer.json()["code"]) == (409, "different-content")


async def test_another_county_sees_nothing_and_the_city_everything(officer, as_officer, county):
    body = inspection(county.plant)
    await recorded(officer, body)
    seen = {}
    for region in ("140882", "140802", "1408"):
        client = as_officer(region)
        seen[region] = (
            (await client.get(f"/v1/inspections/{body['id']}")).status_code,
            len((await client.get("/v1/inspections")).json()["items"]),
            len((await client.get("/v1/hazards")).json()["items"]),
        )
    assert seen == {"140882": (200, 1, 1), "140802": (404, 0, 0), "1408": (200, 1, 1)}


async def test_an_id_of_another_county_is_a_conflict_and_tells_nothing(
    as_officer, officer, county, told
):
    await recorded(officer, body := inspection(county.plant, ()))
    plant = entity_state(3, division_code="140802001")
    await told("entity.entered", plant)
    for number, name in (("14080200001", "卫建国"), ("14080200002", "柴晓梅")):
        await told("officer.changed", officer_state(number, name, region="140802", unit="140802"))
    other = inspection(
        plant["id"], (), id=body["id"], region="140802", officers=["14080200001", "14080200002"]
    )
    answer = await put(as_officer("140802"), other)
    assert (answer.status_code, answer.json()["code"]) == (409, "different-content")


async def test_without_the_permission_it_is_forbidden(as_officer, county):
    answer = await put(as_officer("140882", "bureau_head"), inspection(county.plant))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"officers": [FIRST]}, "too-few-officers"),
        ({"officers": [FIRST, FIRST]}, "too-few-officers"),
        ({"officers": [FIRST, "14088299999"]}, "not-known-yet"),
        ({"entity_id": "00000000-0000-4000-8000-000000000000"}, "not-known-yet"),
        ({"scheme_id": "00000000-0000-4000-8000-000000000000"}, "not-known-yet"),
        ({"checklist": "metallurgy@1999.1"}, "not-known-yet"),
    ],
)
async def test_what_the_law_refuses_or_the_office_does_not_know_is_a_409(
    officer, county, changes, code
):
    answer = await put(officer, inspection(county.plant, **changes))
    assert (answer.status_code, answer.json()["code"]) == (409, code)


async def test_an_officer_whose_certificate_is_over_cannot_inspect(officer, county, told):
    over = officer_state("14088200009", "史文", valid_until="2026-06-22")
    await told("officer.changed", over)
    answer = await put(officer, inspection(county.plant, officers=[FIRST, "14088200009"]))
    assert answer.json()["code"] == "certificate-not-valid"
    assert "2026-06-22" in answer.json()["detail"]


async def test_an_item_without_an_answer_is_named(officer, county):
    body = inspection(county.plant, ())
    del body["answers"]["G02"]
    answer = await put(officer, body)
    assert answer.json()["code"] == "items-unanswered"
    assert "G02" in answer.json()["detail"]


async def test_an_unmet_item_without_a_finding_is_malformed(officer, county):
    answer = await put(officer, inspection(county.plant, ("G06", "G02"), findings=[finding("G06")]))
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert "G02" in answer.json()["detail"]


async def test_two_findings_of_one_item_are_two_hazards(officer, county):
    twice = [finding("G06", description=where) for where in ("熔炼车间未公示", "铸造车间未公示")]
    body = inspection(county.plant, ("G06",), findings=twice)
    await recorded(officer, body)
    seen = (await officer.get(f"/v1/inspections/{body['id']}")).json()
    assert {(one["id"], one["description"]) for one in seen["hazards"]} == {
        (one["id"], one["description"]) for one in twice
    }


async def test_one_finding_twice_is_malformed(officer, county):
    twice = [finding("G06")] * 2
    answer = await put(officer, inspection(county.plant, ("G06",), findings=twice))
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


async def test_an_item_that_the_check_list_does_not_have_is_malformed(officer, county):
    body = inspection(county.plant, ())
    body["answers"]["X99"] = {"answer": "met", "remark": ""}
    answer = await put(officer, body)
    assert (answer.status_code, "X99" in answer.json()["detail"]) == (422, True)


async def test_a_region_that_is_not_the_plants_is_malformed(as_officer, county):
    body = inspection(county.plant, region="1408")
    answer = await put(as_officer("1408"), body)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


async def test_a_day_to_correct_before_the_inspection_is_refused(officer, county):
    early = [finding("G06", correct_by="2026-06-22")]
    answer = await put(officer, inspection(county.plant, ("G06",), findings=early))
    assert answer.json()["code"] == "correction-date-impossible"


async def test_an_incomplete_plant_without_a_scheme_is_refused_and_names_what_is_missing(
    officer, county
):
    answer = await put(officer, inspection(county.incomplete))
    assert (answer.status_code, answer.json()["code"]) == (409, "ledger-incomplete")


async def test_by_an_approved_scheme_it_is_recorded_though_the_plant_has_become_incomplete(
    officer, chief, head, county, told
):
    scheme_id = await approved(county, officer, chief, head)
    await told("entity.changed", entity_state(1, without="legal_rep"))
    body = inspection(county.plant, scheme_id=scheme_id)
    assert (await recorded(officer, body))["scheme_id"] == scheme_id


async def test_a_scheme_that_nobody_has_approved_is_refused(officer, county):
    id_ = str(uuid4())
    await officer.put(f"/v1/inspection-schemes/{id_}", json=scheme(county.plant))
    answer = await put(officer, inspection(county.plant, scheme_id=id_))
    assert (answer.status_code, answer.json()["code"]) == (409, "scheme-not-approved")


async def test_a_scheme_of_another_plant_is_malformed(officer, chief, head, county, told):
    scheme_id = await approved(county, officer, chief, head)
    await told("entity.entered", other := entity_state(5))
    answer = await put(officer, inspection(other["id"], scheme_id=scheme_id))
    assert answer.status_code == 422


async def test_inspections_come_newest_first_in_pages(officer, county):
    for day in (21, 23, 22):
        await recorded(
            officer,
            inspection(
                county.plant, (), started_at=f"2026-06-{day}T01:00:00Z",
                ended_at=f"2026-06-{day}T02:00:00Z",
            ),
        )  # fmt: skip
    first = (await officer.get("/v1/inspections?limit=2")).json()
    rest = (
        await officer.get("/v1/inspections", params={"limit": 2, "after": first["next"]})
    ).json()
    days = [one["started_at"][8:10] for one in first["items"] + rest["items"]]
    assert days == ["23", "22", "21"]
    assert rest["next"] is None


async def test_inspections_are_found_by_part_of_the_plants_name(officer, county):
    await recorded(officer, inspection(county.plant, ()))
    for q, found in ((county.plant_name[3:7], 1), ("不存在的企业", 0), ("%", 0)):
        items = (await officer.get("/v1/inspections", params={"q": q})).json()["items"]
        assert len(items) == found


async def test_a_cursor_that_is_not_ours_is_malformed(officer):
    for path in ("inspections", "hazards", "documents"):
        for after in ("nonsense", next_cursor("yesterday", "x")):
            answer = await officer.get(f"/v1/{path}", params={"after": after})
            assert answer.status_code == 422


async def test_what_is_recorded_is_announced_in_the_feed(officer, county, follower):
    body = inspection(county.plant)
    await recorded(officer, body)
    changes = (await follower.get("/v1/feeds/case")).json()["changes"]
    told = {change["kind"]: change["state"] for change in changes}
    assert told["inspection.recorded"]["outcome"] == "problem_found"
    assert told["hazard.found"]["state"] == "open"


async def test_an_officer_of_no_inspection_may_record_it(as_officer, county):
    """The tablet is passed around: who sends is told apart from who inspected."""
    client = as_officer("140882", officer=CHIEF)
    assert (await recorded(client, inspection(county.plant)))["recorded_by"] == CHIEF


async def test_ground_certificate_and_who_was_there_are_told_as_they_were_sent(officer, county):
    more = {
        "ground_kind": "complaint", "ground": "12350 举报电话转办",
        "certificate_shown_at": "2026-06-23T00:58:00Z",
        "also_present": [{"name": "关山月", "duty": "车间主任", "phone": ""}],
    }  # fmt: skip
    body = inspection(county.plant) | more
    told = await recorded(officer, body)
    assert {name: told[name] for name in more} == more
    assert await recorded(officer, body) == told
    older = await recorded(officer, inspection(county.plant))
    assert (older["ground_kind"], older["also_present"]) == (None, [])
    answer = await put(officer, inspection(county.plant) | {"ground_kind": "whim"})
    assert answer.status_code == 422
