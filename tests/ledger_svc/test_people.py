"""Officers, rosters, trainings, units."""

from uuid import uuid4

from tests.examples import account, officer, training


async def test_an_officer_is_trained_and_may_sign_in(as_officer):
    office = as_officer("140882", "administrator", "trainer")
    id_ = str(uuid4())
    assert (await office.put(f"/v1/officers/{id_}", json=officer())).status_code == 200
    await office.put(f"/v1/accounts/{uuid4()}", json=account(officer_id=id_))
    await office.put(f"/v1/trainings/{uuid4()}", json=training(attended=[id_]))
    seen = (await office.get(f"/v1/officers/{id_}")).json()
    assert (seen["account_active"], seen["trained_on"]) == (True, ["2026-05-12"])


async def test_an_account_that_passes_to_another_officer_changes_both(as_officer):
    office = as_officer("140882", "administrator")
    had, has, id_ = str(uuid4()), str(uuid4()), uuid4()
    await office.put(f"/v1/officers/{had}", json=officer())
    await office.put(f"/v1/officers/{has}", json=officer("14088200002"))
    await office.put(f"/v1/accounts/{id_}", json=account(officer_id=had))
    await office.put(f"/v1/accounts/{id_}", json=account(officer_id=has))
    feed = (await as_officer("1408", "follower").get("/v1/feeds/ledger?limit=500")).json()
    last = {c["subject"]: c for c in feed["changes"] if c["kind"] == "officer.changed"}
    active = {subject: change["state"]["account_active"] for subject, change in last.items()}
    assert active == {had: False, has: True}
    # Entered, given the account, and told that it is gone: a mirror must hear all three.
    assert sum(c["subject"] == had for c in feed["changes"]) == 3


async def test_another_county_sees_no_officer(as_officer):
    id_ = uuid4()
    await as_officer("140882", "administrator").put(f"/v1/officers/{id_}", json=officer())
    assert (await as_officer("140802").get(f"/v1/officers/{id_}")).status_code == 404
    assert (await as_officer("140802").get("/v1/officers")).json()["items"] == []


async def test_a_roster_replaces_the_list_of_its_year(as_officer):
    office, url = as_officer("1408", "administrator"), "/v1/officer-rosters/140882/2026"
    people = [
        {"certificate_number": f"1408820000{n}", "name": name, "work_type": "industry_and_trade"}
        for n, name in enumerate("甲乙丙")
    ]
    await office.put(url, json={"people": people})
    told = (await office.put(url, json={"people": people[1:]})).json()
    assert [person["name"] for person in told["people"]] == ["乙", "丙"]
    feed = (
        await as_officer("1408", "follower").get("/v1/feeds/ledger", params={"limit": 500})
    ).json()
    kinds = [c["kind"] for c in feed["changes"] if c["kind"].startswith("roster")]
    assert kinds == ["roster_person.listed"] * 3 + ["roster_person.removed"]


async def test_a_certificate_number_that_cannot_be_one_says_where(as_officer):
    answer = await as_officer("140882", "administrator").put(
        f"/v1/officers/{uuid4()}", json=officer("x")
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"] == "/body/certificate/number"


async def test_there_are_fifteen_units_and_a_county_sees_its_own(as_officer):
    assert len((await as_officer("1408").get("/v1/units")).json()["items"]) == 15
    assert len((await as_officer("140882").get("/v1/units")).json()["items"]) == 1
