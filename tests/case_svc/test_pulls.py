"""Pulls of inspections and hazards: whole, then only what changed, each county its own."""

from tests.case_svc.on_the_spot import inspection, lines_of, recorded, reinspection


async def test_the_first_pull_brings_everything_as_the_wire_has_it(officer, county):
    told = [await recorded(officer, inspection(county.plant, unmet)) for unmet in (("G06",), ())]
    rows, trailer = await lines_of(officer, "inspections")
    assert trailer["rows"] == 2
    shown = {row["id"]: row for row in rows}
    for one in told:
        row = shown[one["id"]]
        for moment in ("started_at", "ended_at", "recorded_at"):
            assert row.pop(moment).rstrip("0Z.") == one.pop(moment).rstrip("0Z.")
        assert row == one
    hazards, _ = await lines_of(officer, "hazards")
    assert hazards == (await officer.get("/v1/hazards")).json()["items"]


async def test_the_next_pull_brings_only_what_changed(officer, county):
    await recorded(officer, first := inspection(county.plant))
    _, trailer = await lines_of(officer, "hazards")
    await recorded(officer, inspection(county.plant, ()))
    assert (await lines_of(officer, "hazards", trailer["next"]))[0] == []
    again = reinspection(first)
    await officer.put(f"/v1/reinspections/{again['id']}", json=again)
    rows, _ = await lines_of(officer, "hazards", trailer["next"])
    assert [(row["id"], row["state"]) for row in rows] == [(first["findings"][0]["id"], "closed")]


async def test_another_county_pulls_nothing(officer, as_officer, county):
    await recorded(officer, inspection(county.plant))
    for region, rows in (("140802", 0), ("1408", 1)):
        client = as_officer(region)
        assert (await lines_of(client, "inspections"))[1]["rows"] == rows
        assert (await lines_of(client, "hazards"))[1]["rows"] == rows


async def test_the_province_may_pull_inspections(officer, as_officer, county):
    await recorded(officer, inspection(county.plant))
    province = as_officer("14", "province", kind="system", officer="")
    assert (await lines_of(province, "inspections"))[1]["rows"] == 1


async def test_a_pull_needs_its_permission_and_a_cursor_of_ours(officer, as_officer):
    for dataset in ("inspections", "hazards"):
        url = f"/v1/pulls/{dataset}"
        assert (await as_officer("140882", "bureau_head").get(url)).status_code == 403
        assert (await officer.get(url, params={"after": "nonsense"})).status_code == 422
