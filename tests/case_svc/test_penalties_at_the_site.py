"""A penalty decided at the plant is a case at the office, as soon as its document has come home."""

import pytest

from lawbook.penalty.stages import Stage
from tests.case_svc.on_the_spot import (
    document,
    document_data,
    inspection,
    leased,
    recorded,
    signature,
)
from tests.case_svc.proceedings import FIRST, SECOND
from tests.case_svc.test_documents import issued, put

KIND = "on-the-spot-penalty"
FACTS = "2026年6月23日现场检查发现，砂处理地坑入口处未设置明显的安全警示标志。"


@pytest.fixture
async def visit(officer, county):
    await recorded(officer, body := inspection(county.plant, ("G06",)))
    return body


async def decision(officer, visit, **said):
    lease = await leased(officer, KIND)
    data = document_data(KIND, visit) | {"facts": FACTS} | said
    return document(visit, lease, kind=KIND, data=data)


async def cases(officer):
    answer = await officer.get("/v1/cases", params={"procedure": "summary"})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def whole(officer):
    (one,) = await cases(officer)
    return (await officer.get(f"/v1/cases/{one['id']}")).json()


def last(case, kind):
    (act,) = [one for one in case["timeline"] if one["kind"] == kind]
    return act["said"]


async def test_the_decision_is_a_case_with_everything_that_was_done(officer, visit, county):
    body = await decision(officer, visit, fine=200_000, penalties=["fine"], payment="bank")
    await issued(officer, body)
    case = await whole(officer)
    assert case["stage"] == Stage.SERVED
    assert case["party_name"] == county.plant_name
    assert case["inspection_id"] == visit["id"]
    assert "〔2026〕" in case["number"]
    assert [one["kind"] for one in case["timeline"]] == [
        "begin-summary", "notify-penalty", "state-and-defend", "decide", "serve",
    ]  # fmt: skip
    assert {one["number"] for one in case["timeline"][0]["officers"]} == {FIRST, SECOND}
    assert last(case, "decide")["number"] == body["number"]
    assert last(case, "serve")["served_on"] == "2026-06-23"
    assert case["outstanding"] == 200_000
    assert {"pay", "publish", "report-summary"} <= {one["name"] for one in case["duties"]}
    (violation,) = case["facts"]["violations"]
    assert violation["offence"] == "aqscf-99-1"


async def test_the_same_document_again_makes_no_second_case(officer, visit):
    body = await decision(officer, visit)
    await issued(officer, body)
    before = await whole(officer)
    assert (await put(officer, body)).status_code == 200
    assert (await whole(officer))["link"] == before["link"]


PERSON = {"party_kind": "person", "party": "邵文清", "id_number": "14080219800101001X"}


async def test_a_person_is_the_party_where_the_document_says_so(officer, visit):
    """By a provision that the catalogue does not hold: its measure is the officers' word."""
    basis = "《安全生产培训管理办法》第三十六条"
    body = await decision(
        officer, visit, **PERSON, penalty_basis=basis, penalties=["fine"], fine=10_000
    )
    await issued(officer, body)
    case = await whole(officer)
    assert (case["party_kind"], case["party_name"]) == ("person", "邵文清")
    assert case["facts"]["decision"]["penalties"] == ["fine"]
    assert case["outstanding"] == 10_000


async def test_a_penalty_that_its_article_does_not_know_waits_for_the_office(officer, visit):
    """安全生产法 §99 punishes a person only once the order was not followed."""
    await issued(officer, await decision(officer, visit, **PERSON, penalties=["fine"], fine=10_000))
    case = await whole(officer)
    assert case["stage"] == Stage.ON_THE_SPOT
    assert [one["kind"] for one in case["timeline"]] == ["begin-summary"]


async def test_who_would_not_sign_is_served_by_leaving_it_with_a_witness(officer, visit):
    body = await decision(officer, visit)
    seal = body["digest"]
    refused = signature(seal, "party", "贺平川") | {"strokes": [], "refused": "不愿签字"}
    witness = signature(seal, "witness", "段学文")
    body["signatures"] = [*body["signatures"][:2], refused, witness]
    await issued(officer, body)
    said = last(await whole(officer), "serve")
    assert (said["method"], said["reason"], said["witness"]) == ("left", "不愿签字", "段学文")


async def test_where_an_act_is_stopped_the_document_stands_and_the_case_waits_there(officer, visit):
    """A place with more words than a receipt of service takes: decided, and still to be served."""
    await issued(officer, await decision(officer, visit, place="砂处理工段" * 60))
    case = await whole(officer)
    assert case["stage"] == Stage.DECIDED
    (serve,) = [one for one in case["offers"] if one["kind"] == "serve"]
    assert serve["lawful"]


async def test_a_case_that_cannot_begin_leaves_the_document_as_it_is(officer, visit):
    body = await decision(officer, visit, party_kind="person", party="邵文清" * 100, fine=10_000)
    await issued(officer, body)
    assert await cases(officer) == []
    assert (await officer.get(f"/v1/documents/{body['id']}")).status_code == 200


async def test_another_county_sees_none_of_it(officer, as_officer, visit):
    await issued(officer, await decision(officer, visit))
    assert await cases(as_officer("140802", "officer")) == []
