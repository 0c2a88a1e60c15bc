"""Reading the table of indicators and the records behind it: who sees what, and what is refused."""

import pytest

from lawbook.content import load
from services.kit.settings import ROOT
from tests.kpi_svc.ledger_facts import COMPLETENESS, ENTERED, ROSTER, enter_plant, listed

TABLE, RECORDS = "/v1/indicators", f"/v1/indicators/{COMPLETENESS}/records"
YEAR = {"year": 2026}


@pytest.fixture
async def two_counties(office, catch_up):
    """Three plants of one county, two of another; one of each is incomplete."""
    for number in (1, 2, 3):
        await enter_plant(office("140882"), number, legal_rep="" if number == 1 else "石望")
    for number in (4, 5):
        legal_rep = "" if number == 4 else "石望"
        await enter_plant(office("140802"), number, division_code="140802001", legal_rep=legal_rep)
    await catch_up()


async def test_the_city_sees_every_unit(two_counties, auditor):
    told = (await auditor("1408").get(TABLE, params=YEAR)).json()
    units = [unit["code"] for unit in load(ROOT / "content/units/1408.toml")["unit"]]
    for item in told["items"]:
        assert [line["unit"] for line in item["units"]] == sorted(units)
    by_unit = {line["unit"]: line for line in told["items"][0]["units"]}
    assert by_unit["140882"] == {
        "unit": "140882", "name": "河津市应急管理局", "region": "140882",
        "numerator": 2, "denominator": 3, "behind": [],
    }  # fmt: skip
    assert (by_unit["140802"]["numerator"], by_unit["140802"]["denominator"]) == (1, 2)
    assert by_unit["140821"]["denominator"] is None


async def test_a_county_sees_itself_and_nothing_of_another(two_counties, auditor):
    told = (await auditor("140802").get(TABLE, params=YEAR)).json()
    assert [[line["unit"] for line in item["units"]] for item in told["items"]] == [["140802"]] * 7
    records = (await auditor("140802").get(RECORDS, params=YEAR)).json()["items"]
    assert {record["unit"] for record in records} == {"140802"}
    other = await auditor("140802").get(RECORDS, params=YEAR | {"unit": "140882"})
    assert (other.status_code, other.json()["code"]) == (404, "not-found")


async def test_a_county_and_the_city_see_the_same_figure(two_counties, figure):
    assert await figure(COMPLETENESS, region="140882") == (2, 3)
    assert await figure(COMPLETENESS, region="1408") == (2, 3)


async def test_the_seven_of_the_notice_are_computed(two_counties, auditor):
    told = (await auditor().get(TABLE, params=YEAR)).json()
    assert [item["number"] for item in told["items"]] == [1, 2, 3, 4, 5, 6, 7]
    assert all(item["computed"] for item in told["items"])
    for item in told["items"][3:6]:
        assert {(x["numerator"], x["denominator"]) for x in item["units"]} == {(None, None)}
    assert [item["due_on"] for item in told["items"]] == ["2026-06-30"] * 6 + ["2026-12-31"]


async def test_an_indicator_with_nothing_to_measure_has_no_records(two_counties, auditor):
    answer = await auditor().get("/v1/indicators/online-other/records", params=YEAR)
    assert answer.json() == {"items": [], "next": None}


async def test_the_table_says_as_of_when(kpi, ledger, auditor, office, catch_up, place):
    assert (await auditor().get(TABLE, params=YEAR)).status_code == 200
    await enter_plant(office(), 1)
    await catch_up()
    first = (await auditor().get(TABLE, params=YEAR)).json()["as_of"]
    await enter_plant(office(), 2)
    await catch_up()
    assert (await auditor().get(TABLE, params=YEAR)).json()["as_of"] > first


async def test_records_come_in_pages_missing_ones_first(two_counties, auditor):
    seen, after = [], None
    while True:
        page = (
            await auditor().get(RECORDS, params=YEAR | {"limit": 2} | ({"after": after} if after else {}))
        ).json()  # fmt: skip
        seen += [(record["unit"], record["counted"]) for record in page["items"]]
        assert len(page["items"]) <= 2
        if (after := page["next"]) is None:
            break
    assert seen == [
        ("140802", False), ("140802", True), ("140882", False), ("140882", True), ("140882", True),
    ]  # fmt: skip


@pytest.mark.parametrize(("part", "expected"), [("counted", 2), ("missing", 1), ("all", 3)])
async def test_records_are_those_asked_for(two_counties, auditor, part, expected):
    params = YEAR | {"unit": "140882", "part": part}
    items = (await auditor().get(RECORDS, params=params)).json()["items"]
    assert len(items) == expected
    if part != "all":
        assert {record["counted"] for record in items} == {part == "counted"}


async def test_people_of_two_units_do_not_mix(office, auditor, catch_up):
    await office("140882").put(ROSTER, json=listed("14088200001", "14088200002"))
    url = "/v1/officer-rosters/140802/2026"
    await office("140802").put(url, json=listed("14080200001"))
    await catch_up()
    params = YEAR | {"unit": "140802"}
    items = (await auditor().get(f"/v1/indicators/{ENTERED}/records", params=params)).json()
    assert [record["title"] for record in items["items"]] == ["人员1（14080200001）"]


async def test_an_unknown_indicator_is_not_found(auditor):
    answer = await auditor().get("/v1/indicators/fines/records", params=YEAR)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert "fines" in answer.json()["detail"]


@pytest.mark.parametrize(
    "params",
    [{}, {"year": "今年"}, {"year": 1899}, {"year": 99999999999999999999}],
)
@pytest.mark.parametrize("url", [TABLE, RECORDS])
async def test_a_year_that_is_none_is_refused(auditor, url, params):
    answer = await auditor().get(url, params=params)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize(
    "params",
    [{"after": "!"}, {"after": "WyIxIiwiVHJ1ZSIsIm5vIl0"}, {"part": "some"}, {"limit": 0}],
)
async def test_a_page_that_cannot_be_is_refused(auditor, params):
    answer = await auditor().get(RECORDS, params=YEAR | params)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize("url", [TABLE, RECORDS])
async def test_whoever_may_not_read_indicators_is_refused(kpi, client_of, url):
    assert (await client_of(kpi).get(url, params=YEAR)).status_code == 401
    answer = await client_of(kpi, "1408", "administrator").get(url, params=YEAR)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
