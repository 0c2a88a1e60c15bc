"""同案同罚: what the bureau decided before on the same act, shown before it decides again."""

from lawbook.penalty.case import Case
from services.case_svc.precedents.keeping import precedents_of
from tests.lawbook.penalty import stories as told_of
from tests.lawbook.penalty.stories import LI, QIAN, VIOLATION, WANG, ZHANG, ZHAO

ROLES = {
    ZHANG: "officer", LI: "officer", WANG: "section_chief", ZHAO: "bureau_head",
    QIAN: "legal_reviewer",
}  # fmt: skip
OFFENCE = VIOLATION["offence"]
FINES = (3_000_000, 4_000_000, 6_000_000, 9_000_000)


async def asked(client, case, **params):
    answer = await client.get(f"/v1/cases/{case}/precedents", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_the_handler_sees_how_the_same_act_was_decided_and_how_the_proposal_stands(office):
    earlier = [await office.replay(told_of.decided(fine).case) for fine in FINES]
    now = await office.replay(told_of.concluded().case)
    (found,) = await asked(office.clients[ZHANG.number], now["id"])
    assert found["offence"] == OFFENCE
    assert found["distribution"] == {
        "cases": 4, "grades": {}, "least": 3_000_000, "lower": 3_000_000, "median": 4_000_000,
        "upper": 6_000_000, "most": 9_000_000,
    }  # fmt: skip
    assert {one["case_id"] for one in found["latest"]} == {one["id"] for one in earlier}
    assert {one["number"] for one in found["latest"]} == {one["number"] for one in earlier}
    assert (found["fine"], found["standing"]) == (6_000_000, "within")
    assert "中位数40,000.00元" in found["told"]


async def test_a_case_is_no_precedent_of_itself_nor_before_it_is_decided(office):
    undecided = await office.replay(told_of.concluded().case)
    decided = await office.replay(told_of.decided().case)
    assert (await asked(office.clients[ZHANG.number], decided["id"]))[0]["distribution"][
        "cases"
    ] == 0
    (found,) = await asked(office.clients[ZHANG.number], undecided["id"])
    assert (found["distribution"]["cases"], found["standing"]) == (1, "few")


async def test_a_decision_that_fell_in_review_is_no_precedent(office):
    story = told_of.revoked_and_reopened().case
    fallen = next(n for n, act in enumerate(story.acts) if act.kind == "review-outcome")
    assert precedents_of(Case.of(story.acts[:fallen]))
    assert not precedents_of(Case.of(story.acts[: fallen + 1]))
    now = await office.replay(Case.of(story.acts[: fallen + 1]))
    other = await office.replay(told_of.concluded().case)
    (found,) = await asked(office.clients[ZHANG.number], other["id"])
    assert now["id"] not in [one["case_id"] for one in found["latest"]]


async def test_only_what_the_caller_may_see_is_compared_with(office, as_officer):
    await office.replay(told_of.decided().case)
    now = await office.replay(told_of.concluded().case)
    elsewhere = as_officer("140881", "officer", officer="14088100009", name="外县")
    assert (await elsewhere.get(f"/v1/cases/{now['id']}/precedents")).status_code == 404
    city = as_officer("1408", "bureau_head", officer="14080000001", name="市局")
    for within in ("unit", "region"):
        assert (await asked(city, now["id"], within=within))[0]["distribution"]["cases"] == 1


async def test_earlier_than_the_day_asked_for_is_left_out(office):
    await office.replay(told_of.decided().case)
    now = await office.replay(told_of.concluded().case)
    client = office.clients[ZHANG.number]
    assert (await asked(client, now["id"], since="2026-01-01"))[0]["distribution"]["cases"] == 1
    assert (await asked(client, now["id"], since="2027-01-01"))[0]["distribution"]["cases"] == 0
