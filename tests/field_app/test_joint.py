"""A joint inspection with the city (联合检查): who inspects together knows one another, and no more."""

from uuid import uuid4

from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.finish_inspection import finish_inspection
from field_app.delivery import deliver
from field_app.moments import day, now
from field_app.refresh import refresh
from field_app.screens.plant.view import colleagues
from tests.examples import officer
from tests.field_app.office import TODAY, good
from tests.field_app.tablet import CHECKLIST, FIRST, PRESENT, answered
from tests.field_app.weather import Weather

CITY, NEIGHBOUR = "14080000001", "14088100001"


async def seen(client):
    return {
        one["name"]: one for one in (await good(await client.get("/v1/joint-officers")))["items"]
    }


async def test_a_visit_with_an_officer_of_the_city_is_made_and_taken(office, tablet_of):
    admin = office.client_of("14", "administrator", "ledger_clerk")
    for number, name, region in ((CITY, "陈岚", "1408"), (NEIGHBOUR, "林海", "140881")):
        told = officer(number, name=name, region=region, unit=region)
        await good(await admin.put(f"/v1/officers/{uuid4()}", json=told))
    follower = office.case.state.followers[0]
    await follower.catch_up()

    # The superior bureau's are seen by the county; another county's are not, and nobody's phone is.
    county = office.client("officer", officer=FIRST)
    assert [*await seen(county)] == ["陈岚"]
    assert {*(await seen(county))["陈岚"]} == {"id", "name", "unit", "unit_name", "certificate"}
    assert await seen(office.client_of("1408", "officer")) == {}
    assert (await good(await county.get("/v1/officers")))["items"] != []
    assert all(
        one["region"] == "140882" for one in (await good(await county.get("/v1/officers")))["items"]
    )

    store, client = await tablet_of(Weather(office.transport))
    assert (await refresh(store, client)).stopped is None
    offered = {one.value: one.label for one in colleagues(store, day(now()))}
    assert offered[CITY].startswith("陈岚（")
    visit = begin_inspection(
        store, entity_id=office.plant, checklist=CHECKLIST, officers=[FIRST, CITY],
        ground="联合检查", place="熔炼车间", present=PRESENT,
    )  # fmt: skip
    finish_inspection(store, answered(store, visit, unmet=0))
    done = await deliver(store, client)
    assert (done.sent, done.refused, done.stopped) == (1, 0, None)
    taken = await good(await county.get(f"/v1/inspections/{visit}"))
    assert taken["officers"] == [FIRST, CITY]

    # The city sends an officer of the neighbouring county along: whom a scheme in one's sight names.
    scheme = {
        "planned_inspection_id": None, "ground": "交叉检查", "entity_id": office.plant,
        "officers": [FIRST, NEIGHBOUR], "inspect_on": TODAY, "checklist": CHECKLIST,
        "contents": ["安全生产责任制"], "method": "现场检查",
    }  # fmt: skip
    city = office.client_of("1408", "officer", officer=CITY, name="陈岚")
    await good(await city.put(f"/v1/inspection-schemes/{uuid4()}", json=scheme))
    assert [*await seen(county)] == ["陈岚", "林海"]
    assert [*await seen(office.client_of("140821", "officer"))] == ["陈岚"]
    assert (await refresh(store, client)).stopped is None
    assert store.mirror.officer(NEIGHBOUR)["name"] == "林海"
