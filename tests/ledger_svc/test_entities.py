"""The ledger of plants."""

import asyncio
from uuid import uuid4

from tests.examples import entity_values


async def test_a_complete_plant_is_complete(as_officer):
    answer = await as_officer().put(f"/v1/entities/{uuid4()}", json={"values": entity_values()})
    assert answer.status_code == 200
    assert answer.json()["complete"]
    assert answer.json()["region"] == "140882"


async def test_an_incomplete_plant_is_kept_and_names_what_is_missing(as_officer):
    values = {"ent_name": "河津市远岫铸造厂", "division_code": "140882001"}
    answer = await as_officer().put(f"/v1/entities/{uuid4()}", json={"values": values})
    assert answer.status_code == 200
    assert not answer.json()["complete"]
    assert "uscc" in answer.json()["missing"]


async def test_a_value_filled_wrongly_is_refused_with_its_place(as_officer):
    values = entity_values(uscc="91140882MADEM00019")
    answer = await as_officer().put(f"/v1/entities/{uuid4()}", json={"values": values})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == "/body/values/uscc"


async def test_sending_the_same_plant_twice_changes_nothing(as_officer):
    url, body = f"/v1/entities/{uuid4()}", {"values": entity_values()}
    first, second = await as_officer().put(url, json=body), await as_officer().put(url, json=body)
    assert first.json() == second.json()


async def test_sixteen_at_once_make_one_plant(as_officer):
    client, url, body = as_officer(), f"/v1/entities/{uuid4()}", {"values": entity_values()}
    answers = await asyncio.gather(*(client.put(url, json=body) for _ in range(16)))
    assert {a.status_code for a in answers} <= {200, 409, 503}
    assert (await client.get(url)).json()["version"] == 1


async def test_a_neighbouring_county_cannot_see_it_and_the_city_can(as_officer):
    url = f"/v1/entities/{uuid4()}"
    await as_officer("140882").put(url, json={"values": entity_values()})
    seen_by = {
        region: (await as_officer(region).get(url)).status_code
        for region in ("140882", "140802", "140800KFQ", "1408", "14")
    }
    assert seen_by == {"140882": 200, "140802": 404, "140800KFQ": 404, "1408": 200, "14": 200}


async def test_an_id_of_another_county_is_a_conflict_and_tells_nothing(as_officer):
    url = f"/v1/entities/{uuid4()}"
    await as_officer("140882").put(url, json={"values": entity_values()})
    answer = await as_officer("140802").put(
        url, json={"values": entity_values(2, division_code="140802001")}
    )
    assert answer.status_code == 409
    assert "河津" not in answer.text


async def test_a_plant_outside_the_callers_county_is_forbidden(as_officer):
    values = entity_values(division_code="140802001")
    answer = await as_officer("140882").put(f"/v1/entities/{uuid4()}", json={"values": values})
    assert answer.status_code == 403


async def test_a_credit_code_is_held_by_one_plant(as_officer):
    await as_officer().put(f"/v1/entities/{uuid4()}", json={"values": entity_values()})
    answer = await as_officer().put(
        f"/v1/entities/{uuid4()}", json={"values": entity_values(ent_name="另一家厂")}
    )
    assert answer.status_code == 409
    assert answer.json()["code"] == "credit-code-taken"


async def test_a_plant_in_the_zone_is_the_zones(as_officer):
    values = entity_values(division_code="140802404")
    answer = await as_officer("1408").put(f"/v1/entities/{uuid4()}", json={"values": values})
    assert answer.json()["region"] == "140800KFQ"


async def test_a_plant_that_moves_leaves_its_county_and_enters_the_other(as_officer):
    url = f"/v1/entities/{uuid4()}"
    await as_officer("1408").put(url, json={"values": entity_values()})
    await as_officer("1408").put(url, json={"values": {"division_code": "140802001"}})
    assert (await as_officer("140882").get(url)).status_code == 404
    assert (await as_officer("140802").get(url)).status_code == 200
    follower = as_officer("140882", "follower")
    kinds = [c["kind"] for c in (await follower.get("/v1/feeds/ledger")).json()["changes"]]
    assert kinds[-1] == "entity.left"


async def test_without_the_permission_it_is_forbidden(as_officer):
    answer = await as_officer("140882", "officer").put(
        f"/v1/entities/{uuid4()}", json={"values": entity_values()}
    )
    assert answer.status_code == 403


async def test_plants_are_found_by_name_by_code_and_by_completeness(as_officer):
    client = as_officer()
    for number in (1, 2, 3):
        await client.put(f"/v1/entities/{uuid4()}", json={"values": entity_values(number)})
    await client.put(f"/v1/entities/{uuid4()}", json={"values": {"ent_name": "不全的厂"}})
    found = await client.get("/v1/entities", params={"q": entity_values(2)["uscc"][:17].lower()})
    assert [item["name"] for item in found.json()["items"]] == [entity_values(2)["ent_name"]]
    incomplete = (await client.get("/v1/entities", params={"complete": False})).json()["items"]
    assert [item["name"] for item in incomplete] == ["不全的厂"]
    first = (await client.get("/v1/entities", params={"limit": 3})).json()
    rest = (await client.get("/v1/entities", params={"limit": 3, "after": first["next"]})).json()
    assert len({i["id"] for i in first["items"] + rest["items"]}) == 4
    assert rest["next"] is None
